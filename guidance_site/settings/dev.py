"""Development: SQLite in var/, no HTTPS, mail to the console. Never serve this to anybody."""

import contextlib
import os
from pathlib import Path

from guidance.signing import SigningKey
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


def _kept_key(path: Path) -> str:
    """The key that signs certificates here: made once, so that they can be checked tomorrow."""
    path.parent.mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError), open(path, "x", opener=_private) as made:
        made.write(SigningKey.generated().text)
    return path.read_text()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


CERTIFICATE_KEY = _kept_key(BASE_DIR / "var" / "certificate-key")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "guidance@localhost"
