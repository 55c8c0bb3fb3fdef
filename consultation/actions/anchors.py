"""Anchors: places of a draft that questions ask about and comments are on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from guidance.models import Entry, Kind

QUOTED = 280
"""Characters of a quotation, at most."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph as an edition has it; `reference` is how it is addressed there, `number` how it is
    displayed ("2.13", "Annex 1", "Box “Who decides”")."""

    paragraph: UUID
    version: int
    number: str
    quotation: str
    reference: str

    @property
    def fields(self) -> dict[str, Any]:
        """For a row that is `Anchored`."""
        return {
            "paragraph_id": self.paragraph,
            "version_id": self.version,
            "number": self.number,
            "quotation": self.quotation,
        }


def anchors(edition: int) -> dict[str, Anchor]:
    """Every paragraph of an edition (by primary key) that can be cited, by reference, in its order;
    in one query."""
    return {anchor.reference: anchor for anchor in _read(Entry.objects.filter(edition=edition))}


def anchor(edition: int, reference: str) -> Anchor | None:
    """One of them, by its reference."""
    found = _read(Entry.objects.filter(edition=edition, reference=reference))
    return next(found, None) if reference else None


def anchors_of(edition: int, paragraphs: Iterable[UUID]) -> dict[UUID, Anchor]:
    """Some of them, by identity."""
    rows = Entry.objects.filter(edition=edition, paragraph__in=list(paragraphs))
    return {anchor.paragraph: anchor for anchor in _read(rows)}


def _read(entries: QuerySet[Entry]) -> Iterator[Anchor]:
    rows = entries.citable().exclude(reference="").order_by("position")  # type: ignore[attr-defined]
    for paragraph, version, reference, kind, number, title, prefix, text in rows.values_list(
        *("paragraph_id", "version_id", "reference", "version__kind", "version__number"),
        *("version__title", "section__prefix", "version__text"),
    ):
        yield Anchor(
            paragraph, version, displayed(kind, number, title, prefix), quotation(text), reference
        )


def quotation(text: str) -> str:
    """The first words of a paragraph, cut between words."""
    words = " ".join(text.split())
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rpartition(' ')[0]} …"


def displayed(kind: str, number: str, title: str, prefix: str) -> str:
    """A paragraph's number with its section's prefix; its kind and title where it has none."""
    if number:
        return f"{prefix} {number}".strip()
    words = f"{Kind(kind).label} “{title}”" if title else str(Kind(kind).label)
    return words[:200]
