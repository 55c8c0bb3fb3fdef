"""The site of the tests, which keeps what it knows for as long as a site that is served does.

What it would do in the background to bring the index in line with the ledger is left undone: most of
what the benchmark indexes was never published.
"""

from guidance_site.settings import base
from guidance_site.settings.test import *  # noqa: F403

READING_UNASKED_SECONDS = base.READING_UNASKED_SECONDS
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"},
}
