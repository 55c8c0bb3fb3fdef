"""What the reading pages look up: plain facts of issued editions, never a page or a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from guidance.models import Edition, Section
from guidance.prepared import Prepared


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """One issued edition as every page needs it."""

    pk: int
    slug: str
    title: str
    stage: str
    published: date
    in_force_from: date | None
    digest: str
    issued_at: datetime
    withdrawn_from: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document with its issued editions, newest first; there is at least one."""

    slug: str
    pk: int
    title: str
    editions: Sequence[EditionFacts]

    def edition(self, slug: str) -> EditionFacts | None:
        return next((e for e in self.editions if e.slug == slug), None)


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section as it is sent: its stored HTML and its words for the title."""

    edition: int
    title: str
    number: str
    html: str


def _editions(
    document: str, known_on: datetime | None = None
) -> QuerySet[Edition, tuple[object, ...]]:
    editions = Edition.objects.filter(document__slug=document)
    if known_on is not None:
        editions = editions.known_on(known_on)
    return (
        editions.annotate(withdrawn_from=Edition.objects.all().withdrawn_from(known_on))
        .newest_first()
        .values_list(
            "document_id",
            "document__title",
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


def _section(document: str, edition: str, section: str) -> QuerySet[Section, tuple[object, ...]]:
    return (
        Section.objects.filter(
            edition__document__slug=document, edition__slug=edition, slug=section
        )
        .order_by()
        .values_list("edition_id", "title", "number", "html")
    )


_EDITIONS = Prepared(_editions, "document")
_SECTION = Prepared(_section, "document", "edition", "section")


def edition_rows(document: str) -> list[tuple[Any, ...]]:
    """The issued editions of a document as rows, in one query; `document_of` reads them."""
    return _EDITIONS.rows(document=document)


def find_document(slug: str, known_on: datetime | None = None) -> DocumentFacts | None:
    """The document and its issued editions in one query; None where nothing was issued. With
    `known_on`, as the site knew it at that instant."""
    rows = edition_rows(slug) if known_on is None else list(_editions(slug, known_on))
    return document_of(slug, rows)


def document_of(slug: str, rows: Sequence[tuple[Any, ...]]) -> DocumentFacts | None:
    """A document from its rows; None where there are none."""
    if not rows:
        return None
    return DocumentFacts(slug, rows[0][0], rows[0][1], [EditionFacts(*row[2:]) for row in rows])


def find_section(document: str, edition: str, section: str) -> SectionFacts | None:
    """A section of an issued edition in one query."""
    rows = _SECTION.rows(document=document, edition=edition, section=section)
    return SectionFacts(*rows[0]) if rows else None
