"""What belongs to one paragraph beside its words: what it cites, what cites it, where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from guidance.api.objects import HEAD, Head, Json, Place, section_ref
from guidance.api.titles import titles
from guidance.models import Citation, Entry, Lineage
from guidance.richtext import to_text

_CITES = (
    "words", "start", "end", "provision__instrument__path", "provision__place",
    "to_paragraph_id", "to_section__slug", "to_section__number", "to_section__title",
)  # fmt: skip


def footnotes(content: Mapping[str, Any]) -> list[Json]:
    """The notes of a version's content, as they are printed under it."""
    return [
        {"mark": note["mark"], "html": note["html"], "text": to_text(note["html"])}
        for note in content.get("notes") or ()
    ]


def citations(
    document: str, edition: int, slug: str, identity: UUID
) -> tuple[list[Json], list[Json]]:
    """What a paragraph cites in an edition, and the paragraphs there that cite it; three queries."""
    rows = list(
        Citation.objects.filter(edition=edition, paragraph=identity)
        .order_by("position")
        .values_list(*_CITES)
    )
    citing = list(
        Citation.objects.filter(edition=edition, to_paragraph=identity)
        .exclude(paragraph=identity)
        .values_list("paragraph_id", flat=True)
    )
    named = _paragraphs(document, edition, slug, {*citing, *(row[5] for row in rows if row[5])})
    by = set(citing)
    return (
        [_cites(row, document, slug, named) for row in rows],
        [paragraph for found, paragraph in named.items() if found in by],
    )


def lineage(document: str, edition: int, version: int) -> list[Json]:
    """How a version came from the edition before, in two queries at most."""
    rows = list(
        Lineage.objects.filter(edition=edition, after=version)
        .order_by("pk")
        .values_list(
            "change", "reason", "before_id", "edition__previous_id", "edition__previous__slug"
        )
    )
    named: dict[int, Json] = {}
    if any(row[2] for row in rows):
        place = Place.of(document, rows[0][4])
        entries = Entry.objects.filter(edition=rows[0][3], version__in=[row[2] for row in rows])
        named = {
            found: place.paragraph(Head(*head))
            for found, *head in entries.values_list("version_id", *HEAD)
        }
    return [
        {"change": change, "reason": reason, "before": named.get(before)}
        for change, reason, before, *_ in rows
    ]


def _paragraphs(
    document: str, edition: int, slug: str, identities: Iterable[UUID]
) -> dict[UUID, Json]:
    """Paragraphs of an edition by identity, in its order."""
    wanted = list(identities)
    if not wanted:
        return {}
    place = Place.of(document, slug)
    entries = Entry.objects.citable().filter(edition=edition, paragraph__in=wanted)
    rows = entries.order_by("position").values_list(*HEAD)
    return {row[0]: place.paragraph(Head(*row)) for row in rows}


def _cites(row: Any, document: str, slug: str, named: Mapping[UUID, Json]) -> Json:
    words, start, end, instrument, where, paragraph, *section = row
    provision = f"{instrument}/{where}".rstrip("/") if instrument else ""
    return {
        "words": words,
        "start": start,
        "end": end,
        "provision": titles().provision(provision) if provision else None,
        "paragraph": named.get(paragraph) if paragraph else None,
        "section": section_ref(document, slug, section) if section[0] else None,
    }
