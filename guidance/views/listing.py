"""Guidance documents in a list, each with what it is on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from guidance.models import Edition
from guidance.rendering.addresses import document_path
from guidance.standing import Applies, Standing, shown_on, standing
from guidance.views.ledger import DocumentFacts, EditionFacts

GROUPS = (
    (Applies.IN_FORCE, "In force"),
    (Applies.NOT_YET, "Not yet in force"),
    (Applies.DRAFT, "Drafts for consultation"),
    (Applies.WITHDRAWN, "Withdrawn"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a list shows it."""

    title: str
    summary: str
    address: str
    edition: EditionFacts
    standing: Standing


def listed_groups(day: date) -> list[tuple[str, list[Listed]]]:
    """Every document that has an issued edition, by whether it applies on `day`; in one query."""
    documents = listed_documents(day)
    groups = (
        (title, [d for d in documents if d.standing.applies == applies])
        for applies, title in GROUPS
    )
    return [(title, group) for title, group in groups if group]


def listed_documents(day: date) -> Sequence[Listed]:
    """Every document that has an issued edition, by title, with what it is on a day."""
    listed: list[Listed] = []
    for document, summary in issued_documents():
        shown = shown_on(document.editions, day)
        assert isinstance(shown, EditionFacts)
        found = standing(shown, document.editions, day)
        listed.append(Listed(document.title, summary, document_path(document.slug), shown, found))
    return listed


def issued_documents() -> Iterator[tuple[DocumentFacts, str]]:
    """Every document that has an issued edition, by title, and its summary; in one query."""
    rows = (
        Edition.objects.annotate(withdrawn_from=Edition.objects.all().withdrawn_from())
        .order_by("document__title", "document_id", "-issued_at")
        .values_list(
            "document__slug",
            "document_id",
            "document__title",
            "document__summary",
            "pk",
            "slug",
            "title",
            "stage",
            "published",
            "in_force_from",
            "digest",
            "issued_at",
            "withdrawn_from",
        )
    )
    for (slug, pk, title, summary), group in groupby(rows, key=lambda row: row[:4]):
        yield DocumentFacts(slug, pk, title, [EditionFacts(*row[4:]) for row in group]), summary
