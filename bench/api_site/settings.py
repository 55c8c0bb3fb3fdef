"""The site as it is served, without HTTPS, with Wagtail's own two APIs beside ours."""

import os

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import INSTALLED_APPS, database

SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
STATIC_ROOT = os.environ["BENCH_STATIC"]
ROOT_URLCONF = "bench.api_site.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2", "wagtail.api.v3", "rest_framework"]
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
# Every request is counted, as in production; here the limit is never met.
API_REQUESTS_PER_MINUTE = 1_000_000_000
