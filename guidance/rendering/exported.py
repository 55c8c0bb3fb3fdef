"""An edition, or one paragraph of it, as every exporter takes it. Nothing here is drawn yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Text without the characters that XML and HTML have no way to write."""
    return _FORBIDDEN.sub("", text)


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """A block in its place. `html` is the stored HTML of its words; `provisions` are paths."""

    identity: str
    reference: str
    after: str
    kind: str
    number: str
    title: str
    status: str
    provisions: Sequence[str]
    digest: str
    content: Mapping[str, Any]
    html: str


@dataclass(frozen=True, slots=True)
class ExportedSection:
    """A section with its entries in order."""

    slug: str
    number: str
    prefix: str
    title: str
    entries: Sequence[ExportedEntry]

    @property
    def heading(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Exported:
    """An issued edition; with `whole` False, the one paragraph asked for. `address` is absolute."""

    document: str
    title: str
    slug: str
    edition: str
    stage: str
    published: date
    in_force_from: date | None
    digest: str
    address: str
    site: str
    publisher: str
    statements: Sequence[Mapping[str, Any]]
    sections: Sequence[ExportedSection]
    whole: bool = True

    @property
    def entry(self) -> ExportedEntry:
        """The one paragraph of an export that is not whole."""
        return self.sections[0].entries[0]
