"""No more than Wagtail's search needs, on the database that DATABASE_URL names."""

import os

from guidance_site.settings.base import database

SECRET_KEY = "benchmark"
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
INSTALLED_APPS = ["django.contrib.contenttypes", "modelsearch", "bench.searching_site"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
