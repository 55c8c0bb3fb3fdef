"""What the API says of documents, editions, sections and paragraphs, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from guidance.api.addresses import (
    absolute,
    document_api,
    edition_api,
    paragraph_stem,
)
from guidance.rendering.addresses import document_path, edition_path, paragraph_path, section_path
from guidance.standing import span_in_force, standing
from guidance.views.ledger import DocumentFacts, EditionFacts

Json = dict[str, Any]


def document_ref(facts: DocumentFacts) -> Json:
    return {
        "slug": facts.slug,
        "title": facts.title,
        "url": absolute(document_path(facts.slug)),
        "api_url": document_api(facts.slug),
    }


def edition_ref(document: str, edition: EditionFacts) -> Json:
    return {
        "slug": edition.slug,
        "title": edition.title,
        "stage": edition.stage,
        "published": edition.published,
        "in_force_from": edition.in_force_from,
        "digest": edition.digest,
        "url": absolute(edition_path(document, edition.slug)),
        "api_url": edition_api(document, edition.slug),
    }


def edition_summary(
    document: str, edition: EditionFacts, editions: Sequence[EditionFacts], day: date
) -> Json:
    """An edition and whether it applies on a day, in the words of the first line of its pages."""
    found = standing(edition, editions, day)
    return {
        **edition_ref(document, edition),
        "applies": str(found.applies),
        "standing": ": ".join(filter(None, (found.words, found.note))),
        "in_force": in_force(edition, editions),
        "issued_at": edition.issued_at,
    }


def in_force(edition: EditionFacts, editions: Sequence[EditionFacts]) -> Json | None:
    """When the edition is in force; None for a draft, and for one that never is."""
    span = span_in_force(edition, editions)
    if span is None or (span.end is not None and span.end <= span.start):
        return None
    return {"from": span.start, "until": span.end}


def section_ref(document: str, edition: str, row: Sequence[str]) -> Json:
    """A section from its (slug, number, title)."""
    slug, number, title = row
    return {
        "slug": slug,
        "number": number,
        "title": title,
        "url": absolute(section_path(document, edition, slug)),
    }


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a paragraph wherever it is named: columns of its entry and its version."""

    id: UUID
    reference: str
    number: str
    kind: str
    title: str
    status: str
    digest: str


HEAD = (
    "paragraph_id", "reference", "version__number", "version__kind", "version__title",
    "version__status", "version__digest",
)  # fmt: skip
"""The columns of an entry that make a `Head`, in its order."""


@dataclass(frozen=True, slots=True)
class Place:
    """The addresses of one edition's paragraphs, their common parts joined once."""

    page: str
    api: str
    pin: str

    @classmethod
    def of(cls, document: str, edition: str) -> Place:
        page = absolute(paragraph_path(document, "")).removesuffix("/")
        return cls(page, paragraph_stem(document), f"/?edition={edition}")

    def paragraph(self, head: Head) -> Json:
        """A paragraph as it stands in this edition. References need no quoting: they are slugs."""
        return {
            "id": str(head.id),
            "reference": head.reference,
            "number": head.number,
            "kind": head.kind,
            "title": head.title,
            "status": head.status,
            "digest": head.digest,
            "url": f"{self.page}{head.reference}{self.pin}",
            "api_url": f"{self.api}{head.reference}{self.pin}",
        }
