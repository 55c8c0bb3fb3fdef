"""Counts what is searched for and what finds nothing, so that editors can see what is missing.

What looks as if it told of a person is not kept at all, and nothing says who asked. A search waits
for none of it: counts gather in the process and are written beside it every few seconds, and when
the process ends. What cannot be written is kept for the next time; no text is ever logged.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
from datetime import date, timedelta
from threading import Lock, Timer

from django.conf import settings
from django.db import Error, connection, connections, transaction
from django.utils import timezone

from search.models import SearchCount
from search.query.lexer import tidy

LONGEST = 100
"""Characters. A longer search is more likely a person's story than something others ask too."""

MOST_WAITING = 5_000
"""Different searches in one process between two writings; the rest is not counted."""

_PERSONAL = re.compile(
    r"""
    @ | ://                                            # an address of e-mail or of a page
    | \d{6}                                            # a number of somebody or something
    | (?:\d[ ().-]{0,2}){9}\d                          # the same in groups: telephone, NHS number
    | \b\d{1,2}[/-]\d{1,2}[/-](?:19|20)?\d\d\b         # a day of birth
    | \b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b            # a postcode
    | \b[a-z]{2}\s*\d\d\s*\d\d\s*\d\d\s*[a-d]?\b       # a National Insurance number
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ADD = (
    "INSERT INTO search_searchcount (day, text, searches, in_vain) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (day, text) DO UPDATE SET"
    " searches = search_searchcount.searches + excluded.searches,"
    " in_vain = search_searchcount.in_vain + excluded.in_vain"
)

Counts = dict[tuple[date, str], tuple[int, int]]

logger = logging.getLogger(__name__)


def count(text: str, found: int) -> None:
    """Count a search that was answered with its first page. Never fails, and waits for nothing."""
    text = countable(text)
    if text:
        _WAITING.add(timezone.localdate(), text, found == 0)


def countable(text: str) -> str:
    """A search as it is counted, in lower case and on one line; "" where it is not to be kept."""
    text = tidy(text).lower()
    if len(text) > LONGEST or _PERSONAL.search(text) or not re.search(r"\w", text):
        return ""
    return text


def write_counts() -> int:
    """Write what was counted in this process, and remove what is too old; how many searches."""
    counts = _WAITING.take()
    try:
        with transaction.atomic():
            _write(counts)
            remove_old_counts()
    except Error as error:
        _WAITING.put_back(counts)
        logger.warning("event=search_counts_not_written error=%s", type(error).__name__)
        return 0
    return len(counts)


def remove_old_counts() -> None:
    """Nothing is kept for longer than `settings.SEARCH_COUNTS_KEPT_DAYS`."""
    kept = timedelta(days=settings.SEARCH_COUNTS_KEPT_DAYS)
    SearchCount.objects.filter(day__lt=timezone.localdate() - kept).delete()


def _write(counts: Counts) -> None:
    """In the same order in every process, so that no two wait for each other."""
    if counts:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, [(*key, *numbers) for key, numbers in sorted(counts.items())])


class _Waiting:
    """What is counted and not yet written, and the timer that will write it."""

    def __init__(self) -> None:
        self._counts: Counts = {}
        self._lock = Lock()
        self._timer: Timer | None = None

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, day: date, text: str, in_vain: bool) -> None:
        with self._lock:
            self._merge((day, text), 1, int(in_vain))
            self._soon()

    def take(self) -> Counts:
        with self._lock:
            taken, self._counts = self._counts, {}
            return taken

    def put_back(self, counts: Counts) -> None:
        with self._lock:
            for key, numbers in counts.items():
                self._merge(key, *numbers)

    def _merge(self, key: tuple[date, str], searches: int, in_vain: int) -> None:
        if key not in self._counts and len(self._counts) >= MOST_WAITING:
            return
        before = self._counts.get(key, (0, 0))
        self._counts[key] = (before[0] + searches, before[1] + in_vain)

    def _soon(self) -> None:
        seconds = settings.SEARCH_COUNTS_SECONDS
        if self._timer is None and seconds:
            self._timer = Timer(seconds, self._now)
            self._timer.daemon = True
            self._timer.start()

    def _now(self) -> None:
        with self._lock:
            self._timer = None
        try:
            write_counts()
        finally:
            connections.close_all()


_WAITING = _Waiting()


def _begin_anew() -> None:
    """In a process that was just made from this one, which writes its own counts."""
    global _WAITING
    _WAITING = _Waiting()


def _at_exit() -> None:
    if settings.SEARCH_COUNTS_SECONDS and _WAITING:
        write_counts()


os.register_at_fork(after_in_child=_begin_anew)
atexit.register(_at_exit)
