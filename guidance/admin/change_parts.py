"""What the review of changes is made of on its page: filters, links, sections, unchanged runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from guidance.admin.change_rows import ChangeRow
from guidance.comparison import CHANGES
from guidance.content import plain_text
from guidance.edition_text import Line

SHOW = {"changes": "Changes", "undecided": "Without a reason", "all": "Everything"}
"""How much of the review is shown, in words."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the review is shown; what an address asks for and is not known is left out."""

    show: str = "changes"
    kind: str = ""
    section: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str], sections: Collection[str]) -> Filters:
        show, kind, section = (query.get(name, "") for name in ("show", "kind", "section"))
        return cls(
            show if show in SHOW else "changes",
            kind if kind in CHANGES else "",
            section if section in sections else "",
        )

    def address(self, **other: str) -> str:
        """The query string with some of it replaced."""
        wanted = {"show": self.show, "kind": self.kind, "section": self.section, **other}
        if wanted["show"] == "changes":
            wanted["show"] = ""
        return "?" + urlencode({name: value for name, value in wanted.items() if value})


@dataclass(slots=True)
class Unchanged:
    """A run of paragraphs that are as they were."""

    lines: list[Line] = field(default_factory=list)

    @property
    def words(self) -> str:
        names = [line.block.number for line in self.lines if line.block.number]
        ends = f" ({names[0]} to {names[-1]})" if len(names) > 1 else f" ({''.join(names)})"
        count = len(self.lines)
        return f"{count} unchanged{ends if names else ''}"

    def texts(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            yield line.block.number, plain_text(line.content)


@dataclass(slots=True)
class Chapter:
    """A section of the draft with what is shown of it."""

    slug: str
    title: str
    items: list[ChangeRow | Unchanged] = field(default_factory=list)

    @property
    def changed(self) -> int:
        return sum(isinstance(item, ChangeRow) for item in self.items)

    @property
    def undecided(self) -> int:
        return sum(isinstance(item, ChangeRow) and item.undecided for item in self.items)


@dataclass(frozen=True, slots=True)
class Link:
    """A way to see a part of the review."""

    slug: str
    words: str
    count: int
    address: str
    current: bool
