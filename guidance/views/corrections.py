"""What an edition puts right, and what puts it right, as its page says."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from guidance.models import Edition
from guidance.rendering.addresses import edition_path
from guidance.views.ledger import DocumentFacts, EditionFacts


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrigendum and the edition it corrects, seen from one of them: the other's title and
    address, and what was wrong in words."""

    by_this: bool
    title: str
    address: str
    words: str


def corrections(document: DocumentFacts, issued: EditionFacts) -> list[Correction]:
    """In one query: what it corrects first, then what corrected it, in order of issue."""
    rows = (
        Edition.objects.filter(Q(pk=issued.pk, corrects__isnull=False) | Q(corrects=issued.pk))
        .order_by("issued_at")
        .values_list("pk", "corrects_id", "correction")
    )
    titles = {e.pk: e for e in document.editions}
    found = []
    for pk, corrected, words in rows:
        by_this = pk == issued.pk
        other = titles[corrected if by_this else pk]
        path = edition_path(document.slug, other.slug)
        found.append(Correction(by_this, other.title, path, words))
    return found
