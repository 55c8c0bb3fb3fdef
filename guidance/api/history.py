"""What became of a paragraph: /guidance/{slug}/paragraphs/{reference}/history/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from guidance.api.asked import document_of, edition_asked, edition_named, pinned, state_of
from guidance.api.comparison_schemas import History
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import HEAD, Head, Json, Place, edition_ref, in_force
from guidance.api.parameters import Paged, When
from guidance.api.problems import not_found
from guidance.comparison import redline
from guidance.models import Entry, Lineage
from guidance.views.ledger import DocumentFacts, EditionFacts

router = Router(tags=["Paragraphs"], by_alias=True)


class Wanted(When, Paged):
    """Which edition's paragraph; without one, what has the number now, else had it last."""


@dataclass(slots=True)
class Version:
    """The paragraph from one edition on; `head` is None where that edition removed it."""

    edition: EditionFacts
    head: Head | None
    text: str
    also_in: list[str] = field(default_factory=list)


@router.get(
    "/{slug}/paragraphs/{reference}/history/",
    response=History,
    operation_id="history",
    summary="The history of a paragraph",
)
def history(
    request: HttpRequest, slug: str, reference: str, wanted: Query[Wanted]
) -> HttpResponseBase:
    """The versions of a paragraph through all editions, oldest first, each with the words that
    came and went. A paragraph keeps its identity whatever its number becomes."""
    facts = document_of(slug, wanted.instant)
    asked = edition_asked(facts, wanted) if pinned(wanted) else None

    def make() -> bytes:
        identity = _identity(facts, reference[:255], asked)
        changes = _changes(facts, identity)
        versions = _versions(facts, identity, changes)
        some = range(len(versions))[window(wanted)]
        results = [_written(facts, versions, changes, at) for at in some]
        return json_bytes(envelope(request, wanted, len(versions), results, id=str(identity)))

    return answered(request, state_of(facts, today=asked is None), make, JSON)


def _identity(facts: DocumentFacts, reference: str, asked: EditionFacts | None) -> UUID:
    """Of the paragraph that has the reference in the edition asked for, else in the newest one."""
    order = {edition.pk: at for at, edition in enumerate(facts.editions)}
    editions = [asked.pk] if asked else list(order)
    rows = list(
        Entry.objects.citable()
        .filter(edition__in=editions, reference=reference)
        .order_by()
        .values_list("edition_id", "paragraph_id")
    )
    if not rows:
        raise not_found("No published edition has a paragraph of this number or name.")
    return min(rows, key=lambda row: order[row[0]])[1]


def _versions(
    facts: DocumentFacts, identity: UUID, changes: Mapping[int, Sequence[tuple[str, str]]]
) -> list[Version]:
    """In the order of issue; editions in which nothing about it changed are taken together."""
    rows: dict[int, Sequence[Any]] = {
        edition: row
        for edition, *row in Entry.objects.filter(
            paragraph=identity, edition__in=[e.pk for e in facts.editions]
        )
        .order_by()
        .values_list("edition_id", *HEAD, "version__text")
    }
    found: list[Version] = []
    for edition in sorted(facts.editions, key=lambda e: (e.issued_at, e.pk)):
        row = rows.get(edition.pk)
        head = Head(*row[: len(HEAD)]) if row else None
        last = found[-1].head if found else None
        if row and head == last and edition.pk not in changes:
            found[-1].also_in.append(edition.slug)
        elif row:
            found.append(Version(edition, head, str(row[-1])))
        elif last is not None:
            found.append(Version(edition, None, ""))
    return found


def _changes(facts: DocumentFacts, identity: UUID) -> dict[int, list[tuple[str, str]]]:
    """The kinds of change with their reasons, by edition, in one query."""
    rows = (
        Lineage.objects.filter(
            Q(after__paragraph=identity) | Q(before__paragraph=identity),
            edition__in=[e.pk for e in facts.editions],
        )
        .order_by("pk")
        .values_list("edition_id", "change", "reason")
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for edition, change, reason in rows:
        found.setdefault(edition, []).append((change, reason))
    return found


def _written(
    facts: DocumentFacts,
    versions: Sequence[Version],
    changes: Mapping[int, Sequence[tuple[str, str]]],
    at: int,
) -> Json:
    version = versions[at]
    known = changes.get(version.edition.pk, ())
    place = Place.of(facts.slug, version.edition.slug)
    before = versions[at - 1].text if at else ""
    return {
        "edition": edition_ref(facts.slug, version.edition),
        "in_force": in_force(edition_named(facts, version.edition.slug), facts.editions),
        "also_in": version.also_in,
        "changes": list(dict.fromkeys(change for change, _ in known)),
        "reasons": list(dict.fromkeys(reason for _, reason in known if reason)),
        "paragraph": version.head and place.paragraph(version.head),
        "text": version.text,
        "operations": [
            {"op": piece.op, "text": piece.text} for piece in redline(before, version.text)
        ]
        if at
        else [],
    }
