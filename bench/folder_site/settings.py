"""The site as it is served, without HTTPS, with an empty view beside it."""

import os

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import database

SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
STATIC_ROOT = os.environ["BENCH_STATIC"]
ROOT_URLCONF = "bench.folder_site.urls"
# Every request is counted, as in production; here the limit is never met.
API_REQUESTS_PER_MINUTE = 1_000_000_000
