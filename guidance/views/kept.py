"""Sections as bytes, kept in the process for a minute: fetching and encoding them costs most.

What is kept belongs to an issued edition, known by its digest, so its words cannot be out of date;
a minute bounds how long a rendering survives that `render_ledger` has replaced.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from zlib import crc32

SECONDS = 60.0
SECTIONS = 128
"""At most: a section has some 50 to 100 KB, and every worker keeps its own."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KeptSection:
    """A section ready to be sent: its words for the title, its HTML, and the checksum of that."""

    title: str
    html: bytes
    checksum: int
    until: float


_kept: OrderedDict[Key, KeptSection] = OrderedDict()
_lock = Lock()


def keep(key: Key, title: str, html: str) -> KeptSection:
    """Keep a section under (digest of its edition, its slug); the oldest makes room."""
    encoded = html.encode()
    section = KeptSection(title, encoded, crc32(encoded), monotonic() + SECONDS)
    with _lock:
        _kept[key] = section
        _kept.move_to_end(key)
        while len(_kept) > SECTIONS:
            _kept.popitem(last=False)
    return section


def recall(key: Key) -> KeptSection | None:
    """What was kept in the last minute."""
    section = _kept.get(key)
    return section if section and monotonic() < section.until else None


def forget() -> None:
    """Keep nothing any longer, as after rendering again in this process."""
    with _lock:
        _kept.clear()
