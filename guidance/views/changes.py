"""The kinds of change in the words of a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from guidance.comparison import Row, Side
from guidance.models import Change, Kind, Status
from guidance.rendering.addresses import paragraph_path, section_path
from guidance.views.provisions import Named

Link = tuple[str, str]
"""Words and an address, which may be empty."""

COUNTED = {
    Change.SUBSTANTIVE.value: "substantive",
    Change.EDITORIAL.value: "editorial",
    Change.INSERTED.value: "inserted",
    Change.REMOVED.value: "removed",
    Change.SPLIT.value: "split",
    Change.MERGED.value: "merged",
    Change.RENUMBERED.value: "renumbered",
    Change.MOVED.value: "moved",
}
"""How the kinds are counted, in that order: "14 substantive, 9 editorial"."""


def change_words(change: str) -> str:
    return str(Change(change).label)


class Block(Protocol):
    """A block by its own kind, number and title."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...


def origins_words(changes: Collection[str]) -> str:
    """What stands before the names of the paragraphs that it came from."""
    if "merged" in changes:
        return "With the words of" if "split" not in changes else "From"
    return "Split from"


def destinations_words(changes: Collection[str], *, present: bool) -> str:
    """What stands before the names of the paragraphs that it, or a part of it, went into."""
    if present:
        return "Part of it is now"
    return "Merged into" if "merged" in changes else "Now in"


def name_of(side: Block) -> str:
    """How a block is called in a list: by its number, its title, or what it is and follows."""
    if side.number:
        return f"Question {side.number}" if side.kind == Kind.QUESTION else side.number
    if side.title:
        return side.title
    after = getattr(side, "after", "")
    return f"{Kind(side.kind).label} after {after}" if after else str(Kind(side.kind).label)


def address_of(side: Side, document: str, edition: str) -> str:
    """The paragraph as it stands in that edition; for what is not cited by itself, its section."""
    if side.reference:
        return paragraph_path(document, side.reference, edition=edition)
    return section_path(document, edition, side.section_slug)


@dataclass(frozen=True, slots=True)
class Restated:
    """A change of status in words: what it was and what it is now, with the provisions."""

    was: str
    was_under: list[Named]
    now: str
    now_under: list[Named]


def provisions_named(rows: Iterable[Row]) -> list[str]:
    """The provisions that `restated` will ask for."""
    return [
        path
        for row in rows
        if row.restated
        for side in (row.before, row.after)
        if side is not None
        for path in side.provisions
    ]


def restated(row: Row, provisions: Mapping[str, Named]) -> Restated | None:
    """None where the status is as it was, under the same provisions."""
    if not row.restated or row.before is None or row.after is None:
        return None
    return Restated(
        status_words(row.before.status),
        [provisions[p] for p in row.before.provisions],
        status_words(row.after.status),
        [provisions[p] for p in row.after.provisions],
    )


def status_words(status: str) -> str:
    """In a sentence: "statutory guidance"."""
    return _STATUSES.get(status, status)


_STATUSES: dict[str, str] = {
    Status.STATUTORY.value: "statutory guidance",
    Status.NON_STATUTORY.value: "non-statutory guidance",
    Status.UNSTATED.value: "without a stated status",
}
