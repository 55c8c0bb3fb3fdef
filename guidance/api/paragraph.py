"""One paragraph in one edition: /guidance/{slug}/paragraphs/{reference}/ and /paragraphs/{id}/."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from guidance.actions.exporting import export_edition, written
from guidance.api.addresses import absolute
from guidance.api.asked import document_of, edition_asked, pinned, state_of
from guidance.api.formats import MEDIA_TYPES, Formatted, chosen
from guidance.api.kept import answered
from guidance.api.lists import json_bytes
from guidance.api.objects import Json, document_ref, edition_ref, in_force
from guidance.api.paragraph_parts import citations, footnotes, lineage
from guidance.api.paragraph_rows import COLUMNS, listed
from guidance.api.parameters import When
from guidance.api.problems import not_found
from guidance.api.schemas import Paragraph
from guidance.models import Entry
from guidance.rendering.addresses import status_path
from guidance.views.ledger import DocumentFacts, EditionFacts

router = Router(tags=["Paragraphs"], by_alias=True)
by_identity = Router(tags=["Paragraphs"], by_alias=True)

_MORE = ("version__content", "statements", "conflict")


class Asked(When, Formatted):
    """Which edition's, and in which format."""


@router.get(
    "/{slug}/paragraphs/{reference}/",
    response=Paragraph,
    operation_id="paragraph",
    summary="One paragraph",
    openapi_extra=MEDIA_TYPES,
)
def paragraph(
    request: HttpRequest, slug: str, reference: str, asked: Query[Asked]
) -> HttpResponseBase:
    """A paragraph by its number, or by its name where it has none ("box-data-sharing"): in the
    edition named, or in the one in force on a date."""
    facts = document_of(slug, asked.instant)
    edition = edition_asked(facts, asked)
    return _answer(request, facts, edition, Q(reference=reference[:255]), asked)


@by_identity.get(
    "/{identity}/",
    response=Paragraph,
    operation_id="paragraph_by_identity",
    summary="One paragraph by its identity",
    openapi_extra=MEDIA_TYPES,
)
def paragraph_by_identity(
    request: HttpRequest, identity: UUID, asked: Query[Asked]
) -> HttpResponseBase:
    """The same paragraph whatever its number became: its identity is its `id`, kept for life."""
    slug = (
        Entry.objects.citable()
        .filter(paragraph=identity)
        .order_by()
        .values_list("edition__document__slug", flat=True)
        .first()
    )
    if slug is None:
        raise not_found("No published edition has a paragraph of this identity.")
    facts = document_of(slug, asked.instant)
    edition = edition_asked(facts, asked)
    return _answer(request, facts, edition, Q(paragraph=identity), asked)


def _answer(
    request: HttpRequest, facts: DocumentFacts, edition: EditionFacts, which: Q, asked: Asked
) -> HttpResponseBase:
    form = chosen(request, asked.format)

    def make() -> bytes:
        row = _row(edition, which)
        if form.name == "json":
            return json_bytes(_paragraph(facts, edition, row))
        return written(export_edition(edition.pk, position=row[-1]), form.name)

    state = state_of(facts, today=not pinned(asked))
    return answered(request, replace(state, negotiated=True), make, form.media_type)


def _row(edition: EditionFacts, which: Q) -> Any:
    entries = Entry.objects.citable().filter(which, edition=edition.pk).order_by()
    row = entries.values_list(*COLUMNS, *_MORE, "position").first()
    if row is None:
        raise not_found(
            f"The edition “{edition.slug}” has no such paragraph. Its address lists those it has;"
            " /history/ tells what became of one that another edition has."
        )
    return row


def _paragraph(facts: DocumentFacts, edition: EditionFacts, row: Any) -> Json:
    content, statements, conflict = row[len(COLUMNS) : -1]
    cites, cited_by = citations(facts.slug, edition.pk, edition.slug, row[0])
    [found] = listed([row[: len(COLUMNS)]], facts.slug, edition.slug)
    return {
        **found,
        "document": document_ref(facts),
        "edition": edition_ref(facts.slug, edition),
        "in_force": in_force(edition, facts.editions),
        "statements": [
            {"number": at + 1, "url": absolute(status_path(facts.slug, edition.slug, at))}
            for at in statements
        ],
        "conflict": conflict,
        "footnotes": footnotes(content),
        "cites": cites,
        "cited_by": cited_by,
        "lineage": lineage(facts.slug, edition.pk, row[8]),
    }
