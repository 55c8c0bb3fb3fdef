"""A request as the body of a search, and the answer to it as what was found. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from search.engines import EngineDown, Facet, Found, Hit, Request, When
from search.engines.cluster.mapping import NOW, PAST, STORED, WINDOW
from search.engines.cluster.queries import Body, has, not_in_force, query_of
from search.units import Unit

REBUILD = "Run “manage.py rebuild_search”."
MOST_PER_SHARD = 10_000
"""Values of a facet that each shard counts, so that the sums of several shards are right."""


def parts_of(request: Request, today: date) -> Sequence[str]:
    """The indices to look in. What is in force today or later was not over when it was indexed, so
    that only a day that has passed can be among old text."""
    scope = request.scope
    if scope.edition or scope.when is When.EVERYTHING:
        return (NOW, PAST)
    if scope.when is When.DRAFTS:
        return (PAST,)
    return (NOW,) if _day(request, today) >= today else (NOW, PAST)


def body_of(request: Request, today: date) -> Body:
    """The body of a search.

    What was chosen of facets that are counted narrows the hits after they were counted; each count
    is narrowed by what was chosen of the others.
    """
    filters, excluded = _scope(request, today)
    counted = dict.fromkeys(request.facets) if request.values > 0 else {}
    after: dict[Facet, Body] = {}
    for facet, values in request.chosen.items():
        if values and facet in counted:
            after[facet] = has(facet.value, sorted(values))
        elif values:
            filters.append(has(facet.value, sorted(values)))
    if request.exempts:
        excluded.append(has("exempts", sorted(request.exempts)))
    whole: Body = {"must": [query_of(request.plan)]}
    if filters:
        whole["filter"] = filters
    if excluded:
        whole["must_not"] = excluded
    first = min(max(request.first, 0), WINDOW)
    body: Body = {
        "query": {"bool": whole},
        "from": first,
        "size": max(0, min(request.size, WINDOW - first)),
        "sort": [{"_score": "desc"}, {"order": "asc"}, {"id": "asc"}],
        "track_total_hits": True,
    }
    if after:
        body["post_filter"] = {"bool": {"filter": list(after.values())}}
    if counted:
        body["aggs"] = _counting(list(counted), after, request.values)
    return body


def found_in(answer: Mapping[str, Any], request: Request) -> Found:
    """What a server found. Raises EngineDown for half an answer, or one of another layout."""
    whole(answer)
    hits = [Hit(unit_in(hit), float(hit["_score"] or 0.0)) for hit in answer["hits"]["hits"]]
    given = _values(answer.get("aggregations") or {})
    counts = {facet: given.get(facet.value, {}) for facet in request.facets}
    return Found(
        total=int(answer["hits"]["total"]["value"]),
        hits=hits,
        counts=counts,
        took_ms=float(answer["took"]),
    )


def unit_in(hit: Mapping[str, Any]) -> Unit:
    try:
        return Unit.read(hit["_source"][STORED])
    except (KeyError, ValueError):
        raise EngineDown(f"The search index is of another version. {REBUILD}") from None


def whole(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer, where all of the index gave it."""
    if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
        raise EngineDown("Part of the search cluster has not answered.")
    return answer


def _scope(request: Request, today: date) -> tuple[list[Body], list[Body]]:
    """What a unit must have and must not have to be looked at."""
    scope = request.scope
    if scope.edition:
        return [has("edition", [scope.edition])], []
    if scope.when is When.DRAFTS:
        return [{"term": {"draft": True}}], []
    if scope.when is When.IN_FORCE:
        return [], not_in_force(_day(request, today))
    return [], []


def _day(request: Request, today: date) -> date:
    return request.scope.day or today


def _counting(facets: Sequence[Facet], after: Mapping[Facet, Body], values: int) -> Body:
    """Counts of facets. Those with the same narrowing are counted together."""
    apart = {facet.value: [b for f, b in after.items() if f != facet] for facet in after}
    together = _terms([facet for facet in facets if facet not in after], values)
    aggregations: Body = {}
    for facet in after:
        _narrow(aggregations, facet.value, apart[facet.value], _terms([facet], values))
    _narrow(aggregations, "others", list(after.values()), together)
    return aggregations


def _narrow(aggregations: Body, name: str, filters: list[Body], terms: Body) -> None:
    if terms and filters:
        inner = {"filter": {"bool": {"filter": filters}}, "aggs": terms}
        aggregations[f"narrowed {name}"] = inner
    else:
        aggregations.update(terms)


def _terms(facets: Sequence[Facet], values: int) -> Body:
    return {
        facet.value: {
            "terms": {
                "field": facet.value,
                "size": values,
                "shard_size": max(MOST_PER_SHARD, values),
            }
        }
        for facet in facets
    }


def _values(aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    given: dict[str, dict[str, int]] = {}
    for name, answer in aggregations.items():
        if "buckets" in answer:
            given[name] = {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}
        elif isinstance(answer, Mapping):
            inner = {key: value for key, value in answer.items() if isinstance(value, Mapping)}
            given.update(_values(inner))
    return given
