"""The duties that guidance in force explains: /duties/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from ninja import Field, Query, Router

from guidance.api.asked import ledger_state
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import Json, document_ref, edition_ref
from guidance.api.parameters import AsAt, Paged
from guidance.api.problems import Fault, refused
from guidance.api.schemas import Listing
from guidance.api.statute_schemas import Duty
from guidance.api.titles import titles
from guidance.edition_text import is_path
from guidance.fuzzy_dates import parse_fuzzy
from guidance.models import AuthorityType, Edition
from guidance.views.ledger import DocumentFacts, EditionFacts

router = Router(tags=["Statute"], by_alias=True)

_COLUMNS = (
    "duties", "document__slug", "document_id", "document__title", "pk", "slug", "title", "stage",
    "published", "in_force_from", "digest", "issued_at",
)  # fmt: skip


class Wanted(AsAt, Paged):
    """The duties of the editions in force on a date."""

    authority_type: str | None = Field(
        None,
        max_length=150,
        description="That bind this type of authority, by slug or name: also through a class that"
        " includes it, unless it is excepted.",
    )


@router.get("/", response=Listing[Duty], operation_id="duties", summary="Duties")
def duties(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponseBase:
    """Every duty that an edition in force explains, as it had it when it was published: whom it
    binds, when it commences, where it is explained."""

    def make() -> bytes:
        names = _names(wanted.authority_type) if wanted.authority_type is not None else None
        rows = [
            (row, duty)
            for row in Edition.objects.in_force_on(wanted.day, wanted.instant)
            .order_by("document__title", "document_id")
            .values_list(*_COLUMNS)
            for duty in row[0]
            if names is None or _binds(duty, names)
        ]
        results = [_duty(row, duty) for row, duty in rows[window(wanted)]]
        return json_bytes(envelope(request, wanted, len(rows), results))

    return answered(request, ledger_state(today=wanted.as_at is None), make, JSON)


def _names(asked: str) -> set[str]:
    """The type asked for and every class that includes it, by name, in two queries."""
    kind = AuthorityType.objects.filter(Q(slug=asked) | Q(name__iexact=asked)).first()
    if kind is None:
        detail = "There is no such type of authority. Give its slug, as county-councils."
        raise refused([Fault("authority_type", detail)])
    above: dict[str, list[str]] = defaultdict(list)
    rows = AuthorityType.includes.through.objects.values_list(
        "to_authoritytype__name", "from_authoritytype__name"
    )
    for included, including in rows:
        above[included].append(including)
    found, waiting = {kind.name}, [kind.name]
    while waiting:
        for name in above[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _binds(duty: Mapping[str, Any], names: set[str]) -> bool:
    return not names.isdisjoint(duty["binds"]) and names.isdisjoint(duty["excepts"])


def _duty(row: Any, duty: Mapping[str, Any]) -> Json:
    _, slug, pk, title, *columns = row
    edition = edition_ref(slug, EditionFacts(*columns))
    commences = duty.get("commences", "")
    when = parse_fuzzy(commences) if commences else None
    return {
        **{key: duty.get(key, "") for key in ("title", "description", "binds_words")},
        **{key: list(duty.get(key, ())) for key in ("binds", "excepts")},
        "commences": commences,
        "commences_earliest": when and when.earliest,
        "commences_latest": when and when.latest,
        "provisions": [
            titles().provision(p) if is_path(p) else p for p in duty.get("provisions", ())
        ],
        "explained_in": duty.get("explained_in", ""),
        "document": document_ref(DocumentFacts(slug, pk, title, ())),
        "edition": edition,
        "url": edition["url"],
        "api_url": edition["api_url"],
    }
