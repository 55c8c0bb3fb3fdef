"""The site as it is served, without HTTPS and without limits on how much one address may send."""

import os

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import STORAGES, database

SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
STATIC_ROOT = os.environ["BENCH_STATIC"]
STORAGES["private"]["OPTIONS"]["location"] = f"{STATIC_ROOT}/responses"
SEARCH_URL = f"embedded:{STATIC_ROOT}/search"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CONSULTATION_BEGUN_PER_HOUR = 1_000_000_000
CONSULTATION_SAVES_PER_MINUTE = 1_000_000_000
ROOT_URLCONF = "bench.consultation_site.urls"
