"""Production settings, the default. Every choice comes from the environment; no secret has a default.

DJANGO_SECRET_KEY   required
ALLOWED_HOSTS       required, host names parted by commas
SITE_URL            required, the public address ("https://guidance.example.gov.uk")
DATABASE_URL        required ("postgres://user:password@host/name" or "sqlite:///path")
CACHE_URL           "redis://…" for more than one process; otherwise local memory
MEDIA_ROOT          where uploaded files are kept on disk
EMAIL_URL parts     EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, DEFAULT_FROM_EMAIL
"""

import os

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import BASE_DIR, database, required

DEBUG = False
SECRET_KEY = required("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = [h.strip() for h in required("ALLOWED_HOSTS").split(",") if h.strip()]
WAGTAILADMIN_BASE_URL = required("SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
DATABASES = {"default": database(required("DATABASE_URL"))}
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
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "guidance@localhost")
