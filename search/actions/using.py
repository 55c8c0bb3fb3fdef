"""The search engine of this process, opened once from SEARCH_URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed

from search.engines import Engine
from search.engines.opening import open_engine


@lru_cache(maxsize=4)
def _opened(url: str) -> Engine:
    return open_engine(url, **settings.SEARCH_OPTIONS)


_INSTEAD: ContextVar[str] = ContextVar("search_engine_instead", default="")


def engine() -> Engine:
    """The engine that searches are answered by."""
    return _opened(_INSTEAD.get() or settings.SEARCH_URL)


@contextmanager
def engine_at(url: str) -> Iterator[Engine]:
    """Another engine, and no fallback, for what is done inside: to measure or to try one."""
    token = _INSTEAD.set(url)
    try:
        yield engine()
    finally:
        engine().close()
        _INSTEAD.reset(token)
        forget()


def fallback() -> Engine | None:
    """The engine that answers while the first one is down, where SEARCH_FALLBACK_URL names one."""
    url = "" if _INSTEAD.get() else settings.SEARCH_FALLBACK_URL
    return _opened(url) if url and url != settings.SEARCH_URL else None


def forget(**kwargs: object) -> None:
    """Opens the engines anew at the next use: for tests, and for processes that fork."""
    _opened.cache_clear()


setting_changed.connect(forget, dispatch_uid="search.actions.using")
