"""Tests: the development settings, quick passwords, plain static files, media in a scratch folder."""

import os
import tempfile

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import STORAGES, database

DEBUG = False
SERVE_MEDIA = True
DEMONSTRATION = True
SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://testserver"
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or "sqlite://:memory:")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STORAGES["private"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="guidance-responses-")
MEDIA_ROOT = tempfile.mkdtemp(prefix="guidance-media-")
SEARCH_URL = (
    os.environ.get("SEARCH_URL") or f"embedded:{tempfile.mkdtemp(prefix='guidance-search-')}"
)
READING_UNASKED_SECONDS = 0.0
SEARCH_COUNTS_SECONDS = 0.0  # written when a test asks for it
CERTIFICATE_KEY = "dGVzdHMgc2lnbiB3aXRoIHRoaXMga2V5ICYgbm8gb24="
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {
    name: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    for name in ("default", "background")
}
CONSULTATION_BEGUN_PER_HOUR = 1_000_000  # all tests ask from one address; those of the limit set it
