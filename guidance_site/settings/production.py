"""Production settings, the default. Every choice comes from the environment; no secret has a default.

DJANGO_SECRET_KEY   required
ALLOWED_HOSTS       required, host names parted by commas
SITE_URL            required, the public address ("https://guidance.example.gov.uk")
DATABASE_URL        required ("postgres://user:password@host/name" or "sqlite:///path")
CERTIFICATE_KEY     signs certificates (`manage.py make_certificate_key`); without it none are made
CERTIFICATE_OLD_KEYS  public keys that signed earlier ones, parted by commas
CACHE_URL           "redis://…" for more than one process; otherwise local memory
SEARCH_URL          where the search is kept: "embedded:/folder" (the default, in var/search), or
                    "opensearch+https://user:password@host:9200", "elasticsearch+https://…"; with
                    SEARCH_SHARDS (1), SEARCH_REPLICAS (0), SEARCH_CA_CERTS, SEARCH_TIMEOUT (5 s)
SEARCH_FALLBACK_URL  an embedded search that answers while the cluster does not
MEDIA_ROOT          where uploaded files are kept on disk
RESPONSES_ROOT      where files that came with responses are kept: not where a web server looks
CONSULTATION_MAILBOX  a mailbox that responses are read from: "imaps://user:password@host/INBOX"
CLAMD               the virus scanner, "host:3310" or the path of its socket
OPERATOR            who runs the site, and
CONTACT_EMAIL       whom to write to, as its pages about itself say
DEFAULT_FROM_EMAIL  the address that e-mails come from (guidance@ and the host of SITE_URL)
EMAIL_HOST          the mail server (localhost), with EMAIL_PORT (25), EMAIL_HOST_USER,
                    EMAIL_HOST_PASSWORD and EMAIL_USE_TLS=1 as it needs them
"""

import os
from urllib.parse import urlsplit

from guidance.signing import PublicKey, SigningKey
from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import BASE_DIR, database, required

DEBUG = False
SECRET_KEY = required("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = [h.strip() for h in required("ALLOWED_HOSTS").split(",") if h.strip()]
WAGTAILADMIN_BASE_URL = required("SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
DATABASES = {"default": database(required("DATABASE_URL"))}
CERTIFICATE_KEY = os.environ.get("CERTIFICATE_KEY", "")
CERTIFICATE_OLD_KEYS = [
    key.strip() for key in os.environ.get("CERTIFICATE_OLD_KEYS", "").split(",") if key.strip()
]
for _key in CERTIFICATE_OLD_KEYS:  # what cannot be read stops the site here, with a sentence
    PublicKey.of(_key)
if CERTIFICATE_KEY:
    SigningKey.of(CERTIFICATE_KEY)
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", str(BASE_DIR / "var" / "media"))

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_HTTPONLY = True
# Wagtail shows its previews in a frame, so our own origin may frame us.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get(
    "DEFAULT_FROM_EMAIL", f"guidance@{urlsplit(WAGTAILADMIN_BASE_URL).hostname}"
)
