"""The titles of instruments, kept in the process for a minute: every paragraph names some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from zlib import crc32

from django.db.models.signals import post_delete, post_save

from guidance.api.addresses import instrument_api, legislation_page
from guidance.models import Instrument
from guidance.statute import parse_provision

SECONDS = 60.0


@dataclass(slots=True)
class Titles:
    """Titles by path; `mark` is another when any of them is; `named` keeps what was asked for."""

    by_path: Mapping[str, str]
    mark: int
    read: float
    named: dict[str, dict[str, str]] = field(default_factory=dict)

    def provision(self, path: str) -> dict[str, str]:
        """A provision as the API gives it, its instrument named in full."""
        if path not in self.named:
            self.named[path] = self._provision(path)
        return self.named[path]

    def _provision(self, path: str) -> dict[str, str]:
        parsed = parse_provision(path)
        title = self.by_path.get(parsed.instrument.path, parsed.instrument.path)
        return {
            "path": path,
            "words": f"{parsed.words} of the {title}" if parsed.words else f"the {title}",
            "legislation_url": parsed.address,
            "url": legislation_page(path),
            "api_url": instrument_api(path),
        }


_read: Titles | None = None


def titles() -> Titles:
    """The register's titles, at most a minute old; in one query or none."""
    global _read
    found = _read
    if found is None or monotonic() - found.read >= SECONDS:
        rows = list(Instrument.objects.order_by("path").values_list("path", "title"))
        found = _read = Titles(dict(rows), crc32(repr(rows).encode()), monotonic())
    return found


def forget(**_: Any) -> None:
    """Read the titles anew, as after a correction in this process."""
    global _read
    _read = None


post_save.connect(forget, sender=Instrument, dispatch_uid="guidance.api.titles.saved")
post_delete.connect(forget, sender=Instrument, dispatch_uid="guidance.api.titles.deleted")
