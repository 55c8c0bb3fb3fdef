"""The site as it is served, without HTTPS, with an empty view beside it."""

from bench.reading_site.settings import *  # noqa: F403
