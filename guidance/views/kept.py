"""Section pages kept in the process, since asking the database is most of what one costs.

A page is kept with the rows of its document's editions and the day that it was made for. For one
second it is sent unasked; after that only while the rows are as they were; and never on another
day, so that no edition is shown as current a day late or early. A new edition is seen at once in
the process that publishes it and within the second in others. A minute bounds how long HTML stays
that `render_ledger` has replaced.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from wagtail.signals import page_published

from guidance.views.responses import Validators

SECONDS = 60.0
PAGES = 128
"""At most: a page has some 50 to 100 KB, and every worker keeps its own."""

Key = tuple[str, ...]
"""Document, edition, section, and the day that was asked for, if any."""
Rows = Sequence[tuple[Any, ...]]


@dataclass(slots=True)
class KeptPage:
    """A page as it is sent, what it was made from and when, and when its rows were last seen."""

    rows: Rows
    day: date
    body: bytes
    validators: Validators
    made: float
    seen: float

    def unasked(self) -> bool:
        """Whether it may be sent without looking at the rows again."""
        return monotonic() - self.seen < settings.READING_UNASKED_SECONDS

    def stands(self, rows: Rows) -> bool:
        """Whether it is still what these rows make; if so they count as seen now."""
        if self.rows != rows:
            return False
        self.seen = monotonic()
        return True


_kept: OrderedDict[Key, KeptPage] = OrderedDict()
_lock = Lock()


def keep(key: Key, rows: Rows, day: date, body: bytes, validators: Validators) -> KeptPage:
    """Keep a page under its key; the one kept longest makes room."""
    now = monotonic()
    page = KeptPage(rows, day, body, validators, made=now, seen=now)
    with _lock:
        _kept[key] = page
        _kept.move_to_end(key)
        while len(_kept) > PAGES:
            _kept.popitem(last=False)
    return page


def recall(key: Key, day: date) -> KeptPage | None:
    """The page that was made on that day and in the last minute, if it was kept."""
    page = _kept.get(key)
    if page is None or page.day != day or monotonic() - page.made >= SECONDS:
        return None
    return page


def forget(**_: Any) -> None:
    """Keep nothing any longer, as after publishing or rendering again in this process."""
    with _lock:
        _kept.clear()


page_published.connect(forget, dispatch_uid="guidance.views.kept")
