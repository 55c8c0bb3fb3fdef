"""Development: SQLite in var/, no HTTPS, mail to the console. Never serve this to anybody."""

import os

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import BASE_DIR, database

DEBUG = os.environ.get("DEBUG", "") == "1"
SERVE_MEDIA = True
DEMONSTRATION = True
SECRET_KEY = "for development only; production has no default"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://localhost:8000")
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'var' / 'guidance.sqlite3'}"
    )
}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "guidance@localhost"
