"""Officers' search and what completes it while it is typed: /search/, /search/suggest/."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from guidance.api.kept import State, answered
from guidance.api.lists import JSON, json_bytes
from guidance.api.problems import PROBLEM_JSON, Problem, not_found
from guidance.api.schemas import Listing
from search.actions import searching
from search.actions.completing import complete
from search.actions.counting import count
from search.api.objects import (
    Json,
    api_of,
    elsewhere,
    facets,
    group,
    page_of,
    paragraph,
    suggestion,
)
from search.api.parameters import Asked, wanted
from search.api.schemas import Answer, Suggestion
from search.asking import typed
from search.results import MOST_PAGES, Results

AGAIN = 30
"""Seconds after which to ask again where no engine answers."""

MOST_SUGGESTIONS = 8

_DOWN: dict[str, Any] = {
    "responses": {
        503: {
            "description": "No search engine answers now; `Retry-After` says when to ask again.",
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
    }
}

router = Router(tags=["Search"], by_alias=True)


@router.get("/", response=Answer, operation_id="search", summary="Search", openapi_extra=_DOWN)
def search(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """Paragraphs that match, best first, with the words marked that matched; what is in force today
    unless something else is asked for. Facets say how many results each choice would leave."""
    found = searching.search(wanted(request.GET))
    if found.down:
        raise Problem(503, found.down, headers={"Retry-After": str(AGAIN)})
    if found.wanted.page > max(found.pages, 1):
        raise not_found(f"There are {found.pages} pages of results of this size.")
    if found.wanted.page == 1 and typed(found.wanted):
        count(typed(found.wanted), 0 if found.corrected else found.total)
    return _answered(request, _answer(found), took_ms=round(found.took_ms, 2))


class Begun(Schema):
    q: str = Field("", description="What is typed so far.")


@router.get(
    "/suggest/",
    response=Listing[Suggestion],
    operation_id="suggest",
    summary="Complete a search",
)
def suggest(request: HttpRequest, begun: Query[Begun]) -> HttpResponseBase:
    """Headings, terms, provisions and paragraph numbers in which each word that is typed begins a
    word, best first."""
    found = [suggestion(completion) for completion in complete(begun.q, MOST_SUGGESTIONS)]
    return _answered(
        request, {"count": len(found), "next": None, "previous": None, "results": found}
    )


def _answer(found: Results) -> Json:
    asked = found.wanted
    last = min(found.pages, MOST_PAGES)
    return {
        "count": found.total,
        "next": api_of(asked, page=asked.page + 1) if asked.page < last else None,
        "previous": api_of(asked, page=asked.page - 1) if asked.page > 1 else None,
        "q": typed(asked),
        "as_at": found.day,
        "corrected": found.corrected or None,
        "did_you_mean": found.did_you_mean or None,
        "without_some": found.without_some,
        "problems": [*found.problems, *([found.instead] if found.instead else [])],
        "groups": [group(phrase) for phrase in found.groups],
        "elsewhere": elsewhere(found),
        "facets": facets(found),
        "engine": found.engine,
        "url": page_of(asked, page=asked.page),
        "api_url": api_of(asked, page=asked.page),
        "results": [paragraph(result) for result in found.results],
    }


def _answered(request: HttpRequest, body: Json, **aside: Any) -> HttpResponseBase:
    """The answer, or 304 where the asker has the same but for what is `aside`: how long it took."""
    state = State([sha256(json_bytes(body)).hexdigest()], timezone.now(), today=False)
    return answered(request, state, lambda: json_bytes({**body, **aside}), JSON)
