"""What every environment shares. Nothing here is secret and nothing here loosens security."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def required(name: str) -> str:
    """The environment variable, or a sentence that names it."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}; it has no default.")
    return value


def database(url: str) -> dict[str, Any]:
    """A database from its address. Connections are kept; SQLite writes ahead and waits its turn."""
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA recursive_triggers=ON; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;"
            ),
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    return config


INSTALLED_APPS = [
    "accounts",
    "guidance",
    "home",
    "search",
    "consultation",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "guidance_site.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guidance.admin.outsiders.OutsidersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "guidance_site.urls"
WSGI_APPLICATION = "guidance_site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"]
MEDIA_URL = "/media/"
SERVE_MEDIA = False
DEMONSTRATION = False
MEDIA_ROOT = str(BASE_DIR / "var" / "media")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Files that came with responses: kept where no web server looks, handed out by us alone.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": os.environ.get("RESPONSES_ROOT") or str(BASE_DIR / "var" / "responses"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

_cache_url = os.environ.get("CACHE_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache_url}
        if _cache_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guidance_site.errors.form_expired"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Small work runs at once; what would keep a person waiting runs beside the request.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": os.environ.get("TASK_BACKEND", "guidance_site.tasks.ThreadBackend")},
}

WAGTAIL_SITE_NAME = "Statutory guidance"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "guidance.actions.workflow.finish"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# Where the search is kept: a folder, or a cluster ("opensearch+https://user:password@host:9200").
# The fallback answers while a cluster does not; it is kept up to date beside it.
SEARCH_URL = os.environ.get("SEARCH_URL") or f"embedded:{BASE_DIR / 'var' / 'search'}"
SEARCH_FALLBACK_URL = os.environ.get("SEARCH_FALLBACK_URL", "")
SEARCH_OPTIONS = {
    "shards": int(os.environ.get("SEARCH_SHARDS", "1")),
    "replicas": int(os.environ.get("SEARCH_REPLICAS", "0")),
    "ca_certs": os.environ.get("SEARCH_CA_CERTS", ""),
    "timeout": float(os.environ.get("SEARCH_TIMEOUT", "5")),
}
# What is searched for is counted, without anybody's name: written every few seconds, removed after
# so many days, and shown to editors once it was asked so often (one person's own words are not).
SEARCH_COUNTS_SECONDS = 5.0
SEARCH_COUNTS_KEPT_DAYS = int(os.environ.get("SEARCH_COUNTS_KEPT_DAYS", "90"))
SEARCH_COUNTS_SHOWN_FROM = int(os.environ.get("SEARCH_COUNTS_SHOWN_FROM", "3"))
# Who runs the site and whom to write to; its pages about itself, and those that report an error, say so.
OPERATOR = os.environ.get("OPERATOR", "")
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")
# How long a section page that was just read is sent without asking whether the ledger has grown.
READING_UNASKED_SECONDS = 1.0
# The API: how often one address may ask, and how many proxies of ours stand in front and add the
# address that asked them to X-Forwarded-For. With none, that header is not believed.
API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "600"))
API_TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
# Certificates are signed with this key (`manage.py make_certificate_key`); without one none are made.
# Those that older keys signed are accepted as long as their public keys are named here.
CERTIFICATE_KEY = ""
CERTIFICATE_OLD_KEYS: list[str] = []
# Editorial checks by code: "blocking", "advisory" or "off", where the default is not wanted.
GUIDANCE_CHECKS: dict[str, str] = {}
# Consultations: weeks that one is open at least where its department has no number of its own; days
# before the close on which unsent responses get a reminder; days for which a link by e-mail works;
# responses that one address may begin in an hour; megabytes of one file and of all of a response.
CONSULTATION_MINIMUM_WEEKS = 12
CONSULTATION_REMINDER_DAYS = int(os.environ.get("CONSULTATION_REMINDER_DAYS", "3"))
CONSULTATION_LINK_DAYS = int(os.environ.get("CONSULTATION_LINK_DAYS", "30"))
CONSULTATION_BEGUN_PER_HOUR = int(os.environ.get("CONSULTATION_BEGUN_PER_HOUR", "30"))
CONSULTATION_FILE_MEGABYTES = int(os.environ.get("CONSULTATION_FILE_MEGABYTES", "10"))
CONSULTATION_FILES_MEGABYTES = int(os.environ.get("CONSULTATION_FILES_MEGABYTES", "30"))
# Files are scanned by clamd at "host:port" or at the path of its socket; unset, they are not.
CLAMD = os.environ.get("CLAMD", "")
# The mailbox that responses come to: "imaps://user:password@host/folder"; unset, none is read.
CONSULTATION_MAILBOX = os.environ.get("CONSULTATION_MAILBOX", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "consultation.views.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
