"""The site of the tests, which keeps what it knows for as long as a site that is served does."""

from guidance_site.settings import base
from guidance_site.settings.test import *  # noqa: F403

READING_UNASKED_SECONDS = base.READING_UNASKED_SECONDS
