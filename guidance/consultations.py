"""Which consultations there are, for whoever shows them beside guidance.

The app that holds consultations stands beside those that show them and none imports another; it
registers here what it has (`register_source` in its `AppConfig.ready`), and they ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation that the public may know of: on which document and edition (their slugs), where
    it is, and from when until when it is open. The instants are aware; the minute named as the close
    still counts."""

    document: str
    title: str
    address: str
    opens: datetime
    closes: datetime
    edition: str = ""

    def is_open(self, now: datetime) -> bool:
        return self.opens <= now < self.closes + timedelta(minutes=1)

    def is_closed(self, now: datetime) -> bool:
        return now >= self.closes + timedelta(minutes=1)


Source = Callable[[], Iterable[Consultation]]
_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """Ask `source` from now on; one that was registered under the same name is replaced."""
    _sources[name] = source


def consultations() -> list[Consultation]:
    """Every consultation that is known, the one that closes first first."""
    found = [consultation for source in _sources.values() for consultation in source()]
    return sorted(found, key=lambda c: (c.closes, c.title))
