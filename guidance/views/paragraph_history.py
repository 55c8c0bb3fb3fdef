"""The history of a paragraph through all editions of its document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from guidance.models import Change, Entry, Lineage
from guidance.rendering.addresses import paragraph_path
from guidance.views.ledger import DocumentFacts, EditionFacts


@dataclass(frozen=True, slots=True)
class Appearance:
    """The paragraph in one edition of its document, for the list of its versions."""

    edition: EditionFacts
    number: str
    title: str
    change: str
    address: str


def history(document: DocumentFacts, identity: UUID) -> list[Appearance]:
    """The paragraph in each edition that has it, newest first, and how it came to it."""
    change = Lineage.objects.filter(edition=OuterRef("edition"), after=OuterRef("version"))
    rows: Any = (
        Entry.objects.filter(paragraph=identity)
        .annotate(change=Subquery(change.values("change")[:1]))
        .order_by()
        .values_list("edition_id", "reference", "version__number", "version__title", "change")
    )
    editions = {edition.pk: edition for edition in document.editions}
    found = [
        Appearance(
            editions[pk],
            number,
            title,
            str(Change(change or Change.UNCHANGED).label),
            paragraph_path(document.slug, reference, edition=editions[pk].slug),
        )
        for pk, reference, number, title, change in rows
    ]
    return sorted(found, key=lambda a: (a.edition.issued_at, a.edition.pk), reverse=True)
