"""What aligning two editions takes and gives: items, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Change(StrEnum):
    """How a paragraph came from the last edition (the lineage of ARCHITECTURE.md)."""

    UNCHANGED = "unchanged"
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    INSERTED = "inserted"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of an edition. `number` is empty for a box, table or figure, which has a title;
    `section` is any text that is the same for the paragraphs of one section."""

    id: str
    kind: str
    number: str
    title: str
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """What became of one new item.

    `old` is the identity that it keeps, or None; `origins` are the old items that its words come
    from, `old` first, where it was split or merged. `confidence` runs from 0 to 1.
    """

    new: Item
    old: str | None
    change: Change
    confidence: float
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """One line for each new item, in order, and the old items that have no identity in the new
    edition: `removed` without trace, `merged` into a new item (old identity to new item's id)."""

    items: tuple[Aligned, ...]
    removed: tuple[str, ...]
    merged: dict[str, str] = field(default_factory=dict)
