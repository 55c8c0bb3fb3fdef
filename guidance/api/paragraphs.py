"""The paragraphs of an edition: /guidance/{slug}/paragraphs/."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from ninja import Field, Query, Router

from guidance.api.asked import document_of, edition_asked, pinned, state_of
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import edition_ref
from guidance.api.paragraph_rows import listed, rows_of, under
from guidance.api.parameters import Paged, Slug, When
from guidance.api.schemas import CitableKind, ParagraphList, StatusName
from guidance.models import Entry

router = Router(tags=["Paragraphs"], by_alias=True)


class Wanted(When, Paged):
    """Which paragraphs of which edition."""

    section: Slug | None = Field(None, description="Of the section with this slug.")
    status: StatusName | None = None
    provision: str | None = Field(
        None,
        max_length=160,
        pattern=r"^[a-z]{3,6}/[0-9]{4}/[0-9]{1,5}(/[A-Za-z0-9.-]+)*$",
        description="Resting on this provision or a part of it.",
        examples=["ukpga/2007/28/section/138"],
    )
    kind: CitableKind | None = None


@router.get(
    "/{slug}/paragraphs/",
    response=ParagraphList,
    operation_id="paragraphs",
    summary="The paragraphs of an edition",
)
def paragraphs(request: HttpRequest, slug: str, wanted: Query[Wanted]) -> HttpResponseBase:
    """Numbered paragraphs, boxes, tables, figures and glossary entries in the edition's order: of
    the edition named, or of the one in force on a date."""
    facts = document_of(slug, wanted.instant)
    edition = edition_asked(facts, wanted)

    def make() -> bytes:
        rows = rows_of(_entries(edition.pk, wanted))
        some = list(rows[window(wanted)])
        full = wanted.page == 1 and len(some) < wanted.page_size
        return json_bytes(
            envelope(
                request,
                wanted,
                len(some) if full else rows.order_by().count(),
                listed(some, slug, edition.slug),
                edition=edition_ref(slug, edition),
            )
        )

    return answered(request, state_of(facts, today=not pinned(wanted)), make, JSON)


def _entries(edition: int, wanted: Wanted) -> QuerySet[Entry, Entry]:
    entries = Entry.objects.filter(edition=edition)
    if wanted.section is not None:
        entries = entries.filter(section__slug=wanted.section)
    if wanted.status is not None:
        entries = entries.filter(version__status=wanted.status)
    if wanted.kind is not None:
        entries = entries.filter(version__kind=wanted.kind)
    if wanted.provision is not None:
        entries = entries.filter(under(wanted.provision)).distinct()
    return entries
