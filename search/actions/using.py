"""The search engine of this process, opened once from SEARCH_URL."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed

from search.engines import Engine
from search.engines.opening import open_engine


@lru_cache(maxsize=4)
def _opened(url: str) -> Engine:
    return open_engine(url, **settings.SEARCH_OPTIONS)


def engine() -> Engine:
    """The engine that searches are answered by."""
    return _opened(settings.SEARCH_URL)


def fallback() -> Engine | None:
    """The engine that answers while the first one is down, where SEARCH_FALLBACK_URL names one."""
    url = settings.SEARCH_FALLBACK_URL
    return _opened(url) if url and url != settings.SEARCH_URL else None


def forget(**kwargs: object) -> None:
    """Opens the engines anew at the next use: for tests, and for processes that fork."""
    _opened.cache_clear()


setting_changed.connect(forget, dispatch_uid="search.actions.using")
