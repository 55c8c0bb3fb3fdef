"""What an edition says of itself beside its text: statements, duties, definitions, contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from guidance.models import Edition, Entry, Section, Status
from guidance.numbering import parse_ranges
from guidance.rendering.addresses import paragraph_path, section_path, status_path
from guidance.views.provisions import Named, in_words


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A statement of status as the edition makes it; `position` counts from 0."""

    position: int
    paragraphs: str
    status: str
    provisions: Sequence[Named]
    replaces: Sequence[str]
    replaced_under: Sequence[Named]
    on: str
    words: str
    note: str
    address: str

    @property
    def number(self) -> int:
        return self.position + 1

    @property
    def status_words(self) -> str:
        return str(Status(self.status).label)


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """A duty that the edition explains, as the register had it when the edition was issued."""

    title: str
    description: str
    binds: str
    excepts: str
    commences: str
    explained_in: str
    provisions: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that an edition declares; looked up in two queries."""

    product_code: str
    isbn: str
    statements: Sequence[StatementFacts]
    duties: Sequence[DutyFacts]
    definitions: Sequence[Mapping[str, str]]
    raw_statements: Sequence[Mapping[str, Any]]
    named: Mapping[str, Named]


def declared(edition: int, document: str, slug: str) -> Declared:
    """What an edition declares. `document` and `slug` are for the addresses."""
    row = Edition.objects.values_list(
        "product_code", "isbn", "statements", "duties", "definitions"
    ).get(pk=edition)
    code, isbn, statements, duties, definitions = row
    told = (
        p
        for row in (*statements, *duties)
        for key in ("provisions", "replaced_under")
        for p in row.get(key, ())
    )
    provisions = in_words(told)
    return Declared(
        code,
        isbn,
        [_statement(i, s, provisions, document, slug) for i, s in enumerate(statements)],
        [_duty(d, provisions) for d in duties],
        definitions,
        statements,
        provisions,
    )


def contents(edition: int, document: str, slug: str, query: str = "") -> list[dict[str, str]]:
    """The sections of an edition in order, with their addresses and `query`, in one query."""
    rows = Section.objects.filter(edition=edition).values_list("slug", "number", "title")
    return [
        {
            "number": number,
            "title": title,
            "address": f"{section_path(document, slug, section)}{query}",
        }
        for section, number, title in rows
    ]


def status_counts(edition: int) -> list[tuple[str, int]]:
    """How many numbered paragraphs have each status, in words, in one query."""
    counts = dict(
        Entry.objects.filter(edition=edition, version__kind="paragraph")
        .order_by()
        .values_list("version__status")
        .annotate(Count("pk"))
    )
    return [(str(status.label), counts[status]) for status in Status if status in counts]


def glossary(edition: int, document: str, slug: str) -> list[tuple[str, str]]:
    """The terms of an edition's glossary with the addresses of their definitions, in one query."""
    rows = Entry.objects.filter(edition=edition, version__kind="glossary").values_list(
        "version__title", "reference"
    )
    return [(term, paragraph_path(document, ref, edition=slug)) for term, ref in rows]


def explains(duty: DutyFacts, number: str, section: str) -> bool:
    """Whether the edition says that it explains the duty at this paragraph."""
    try:
        return bool(duty.explained_in) and parse_ranges(duty.explained_in).covers(
            number, section=section
        )
    except ValueError:  # words that name no range ("throughout") are shown on the edition's page
        return False


def _statement(
    position: int,
    row: Mapping[str, Any],
    provisions: Mapping[str, Named],
    document: str,
    slug: str,
) -> StatementFacts:
    return StatementFacts(
        position=position,
        paragraphs=row.get("paragraphs", ""),
        status=row.get("status", Status.UNSTATED),
        provisions=[provisions[p] for p in row.get("provisions", ())],
        replaces=list(row.get("replaces", ())),
        replaced_under=[provisions[p] for p in row.get("replaced_under", ())],
        on=row.get("on", ""),
        words=row.get("words", ""),
        note=row.get("note", ""),
        address=status_path(document, slug, position),
    )


def _duty(row: Mapping[str, Any], provisions: Mapping[str, Named]) -> DutyFacts:
    binds = row.get("binds_words") or _listed(row.get("binds", ()))
    excepts = [name for name in row.get("excepts", ()) if name.casefold() not in binds.casefold()]
    return DutyFacts(
        title=row.get("title", ""),
        description=row.get("description", ""),
        binds=binds,
        excepts=_listed(excepts),
        commences=row.get("commences", ""),
        explained_in=row.get("explained_in", ""),
        provisions=[provisions[p] for p in row.get("provisions", ())],
    )


def _listed(names: Sequence[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    )
