"""Section pages kept in the process for a minute, since making one costs more than the look-up.

A page is kept with the rows of its document's editions and the day that it was made for, and is
sent only while both are as they were: a new edition, or midnight, is seen at once. A minute bounds
how long HTML stays that `render_ledger` has replaced.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any

from guidance.views.responses import Validators

SECONDS = 60.0
PAGES = 128
"""At most: a page has some 50 to 100 KB, and every worker keeps its own."""

Key = tuple[str, str, str]
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is sent, and what it was made from."""

    rows: Rows
    day: date
    body: bytes
    validators: Validators
    until: float


_kept: OrderedDict[Key, KeptPage] = OrderedDict()
_lock = Lock()


def keep(key: Key, rows: Rows, day: date, body: bytes, validators: Validators) -> KeptPage:
    """Keep the page of (document, edition, section); the one kept longest makes room."""
    page = KeptPage(rows, day, body, validators, monotonic() + SECONDS)
    with _lock:
        _kept[key] = page
        _kept.move_to_end(key)
        while len(_kept) > PAGES:
            _kept.popitem(last=False)
    return page


def recall(key: Key, rows: Rows, day: date) -> KeptPage | None:
    """The page, if it was made in the last minute, on that day and from those rows."""
    page = _kept.get(key)
    if page is None or page.day != day or page.rows != rows or monotonic() >= page.until:
        return None
    return page


def forget() -> None:
    """Keep nothing any longer, as after rendering again in this process."""
    with _lock:
        _kept.clear()
