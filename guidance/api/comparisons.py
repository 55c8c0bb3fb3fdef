"""Two editions side by side: /guidance/{slug}/compare/ and /guidance/{slug}/origins/."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponseBase
from ninja import Field, Query, Router

from guidance.actions.comparing import compare_issued
from guidance.api.asked import document_of, edition_named, state_of
from guidance.api.comparison_schemas import Compared, Origins
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import Head, Json, Place, edition_ref
from guidance.api.parameters import Paged, Slug, Yes
from guidance.api.titles import titles
from guidance.comparison import Row, Side
from guidance.models import CITABLE
from guidance.views.ledger import DocumentFacts, EditionFacts

router = Router(tags=["Comparison"], by_alias=True)


class Both(Paged):
    """Two editions of a document, in either order."""

    from_: Slug = Field(alias="from", description="The edition to begin with, by its slug.")
    to: Slug = Field(description="The edition to end with.")
    changes_only: Yes = Field(False, description="Leave out what is the same in both.")


@router.get(
    "/{slug}/compare/", response=Compared, operation_id="compare", summary="Compare two editions"
)
def compare(request: HttpRequest, slug: str, both: Query[Both]) -> HttpResponseBase:
    """Every paragraph of two editions, in the order of the second, with what changed and the words
    that went and came. What was removed stands after what it used to follow."""
    return _answer(request, slug, both, _compared)


@router.get(
    "/{slug}/origins/",
    response=Origins,
    operation_id="origins",
    summary="Origins and destinations",
)
def origins(request: HttpRequest, slug: str, both: Query[Both]) -> HttpResponseBase:
    """Where each paragraph of the second edition came from, and what became of those of the first,
    without the words."""
    return _answer(request, slug, both, _traced)


Written = Callable[["Row", Place, Place], Json]


def _answer(request: HttpRequest, slug: str, both: Both, write: Written) -> HttpResponseBase:
    facts = document_of(slug)
    before, after = edition_named(facts, both.from_), edition_named(facts, both.to)
    return answered(
        request,
        state_of(facts, today=False),
        lambda: json_bytes(_page(request, facts, before, after, both, write)),
        JSON,
    )


def _page(
    request: HttpRequest,
    facts: DocumentFacts,
    before: EditionFacts,
    after: EditionFacts,
    both: Both,
    write: Written,
) -> Json:
    found = compare_issued(before.pk, after.pk, show="changes" if both.changes_only else "all")
    rows = [row for row in found.rows if row.side.kind in CITABLE]
    if both.changes_only:
        rows = [row for row in rows if row.changes or row.origins or row.destinations]
    places = Place.of(facts.slug, before.slug), Place.of(facts.slug, after.slug)
    return envelope(
        request,
        both,
        len(rows),
        [write(row, *places) for row in rows[window(both)]],
        **{"from": edition_ref(facts.slug, before), "to": edition_ref(facts.slug, after)},
        counts=dict(found.counts),
    )


def _traced(row: Row, old: Place, new: Place) -> Json:
    return {
        "changes": list(row.changes),
        "reasons": list(row.reasons),
        "before": row.before and _head(row.before, old),
        "after": row.after and _head(row.after, new),
        "origins": _heads(row.origins, old),
        "destinations": _heads(row.destinations, new),
    }


def _compared(row: Row, old: Place, new: Place) -> Json:
    return {
        **_traced(row, old, new),
        "before": row.before and _side(row.before, old),
        "after": row.after and _side(row.after, new),
        "operations": [{"op": piece.op, "text": piece.text} for piece in row.pieces],
    }


def _heads(sides: Iterable[Side], place: Place) -> list[Json]:
    return [_head(side, place) for side in sides]


def _head(side: Side, place: Place) -> Json:
    return place.paragraph(
        Head(
            side.identity,  # type: ignore[arg-type]  # text already
            side.reference,
            side.number,
            side.kind,
            side.title,
            side.status,
            side.digest,
        )
    )


def _side(side: Side, place: Place) -> Json:
    register = titles()
    return {
        **_head(side, place),
        "section": {"slug": side.section_slug, "words": side.section_words},
        "provisions": [register.provision(path) for path in side.provisions],
        "text": side.text,
    }
