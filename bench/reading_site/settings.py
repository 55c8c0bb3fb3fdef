"""The site as it is served, without HTTPS, with the addresses that the benchmark compares."""

import os
from pathlib import Path

from guidance_site.settings.base import *  # noqa: F403
from guidance_site.settings.base import TEMPLATES, database

SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
STATIC_ROOT = os.environ["BENCH_STATIC"]
ROOT_URLCONF = "bench.reading_site.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]}]
