"""The line at the top of every reading page, and what stands at the foot of each printed sheet."""

from __future__ import annotations

from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe

from guidance.models import Stage
from guidance.rendering.addresses import document_path, edition_path
from guidance.standing import Applies, Standing, day_words, standing
from guidance.views.ledger import DocumentFacts, EditionFacts

STAGES = {Stage.FINAL.value: "Final edition", Stage.CORRIGENDUM.value: "Corrigendum"}


def first_line(document: DocumentFacts, edition: EditionFacts, day: date) -> SafeString:
    """What the edition is and whether it applies on `day`, with the way to what does."""
    found = standing(edition, document.editions, day)
    stage = STAGES.get(edition.stage)
    more = [
        *([stage] if stage else []),
        *([escape(found.note)] if found.note else []),
        *([_see(document, found)] if found.see else []),
        f"as at {day_words(day)}{_change(document)}",
    ]
    return mark_safe(  # noqa: S308  every part is escaped above
        f'<p class="standing {found.applies}"><strong>{escape(found.words)}</strong>'
        f'<span class="more">{" · ".join(more)}</span></p>'
    )


def print_line(document: DocumentFacts, edition: EditionFacts, day: date) -> str:
    """Title, edition and standing as HTML-safe text for paper."""
    found = standing(edition, document.editions, day)
    words = "" if found.applies == Applies.DRAFT else f" · {found.words}"
    stage = "" if "draft" in edition.title.lower() or words else " · Draft for consultation"
    return escape(f"{document.title} · {edition.title}{stage}{words} · as at {day_words(day)}")


def _see(document: DocumentFacts, found: Standing) -> str:
    path = edition_path(document.slug, found.see)
    return f'<a class="govuk-link" href="{path}">{escape(found.see_words)}</a>'


def _change(document: DocumentFacts) -> str:
    return (
        '<span class="no-print"> (<a class="govuk-link" '
        f'href="{document_path(document.slug)}#as-at">'
        'change<span class="govuk-visually-hidden"> the date</span></a>)</span>'
    )
