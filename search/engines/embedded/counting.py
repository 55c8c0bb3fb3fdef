"""How many results have each value of a facet, exactly, over all parts and segments of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tantivy import Query

from search.engines import Facet, Request
from search.engines.embedded.asking import Asking, narrowed

_MARGIN = 16
_ALL_VALUES = 50_000

Counted = Mapping[str, Any]
"""What tantivy tells of one facet: "buckets" of values, and how many it left out."""


def counts_of(askings: Sequence[Asking], request: Request) -> Mapping[Facet, Mapping[str, int]]:
    """The counts of the facets asked for; those with nothing chosen are counted in one go."""
    chosen = [facet for facet in request.facets if request.chosen.get(facet)]
    others = [facet for facet in request.facets if facet not in chosen]
    groups = ([(None, others)] if others else []) + [(facet, [facet]) for facet in chosen]
    counted: dict[Facet, dict[str, int]] = {}
    for without, facets in groups:
        counted.update(_counted(askings, request, without, facets))
    return {facet: counted[facet] for facet in request.facets}


def _counted(
    askings: Sequence[Asking], request: Request, without: Facet | None, facets: Sequence[Facet]
) -> Iterator[tuple[Facet, dict[str, int]]]:
    queries = [
        narrowed(asking, asking.matched(request.plan), request, without) for asking in askings
    ]
    if len(askings) == 1:
        yield from _in_one_part(askings[0], queries[0], facets, request.values).items()
        return
    answers = [
        asking.part.searcher.aggregate(
            query, {f.value: _terms(f.value, _ALL_VALUES, 0) for f in facets}
        )
        for asking, query in zip(askings, queries, strict=True)
    ]
    for facet in facets:
        counts: Counter[str] = Counter()
        for answer in answers:
            counts.update(_values(answer[facet.value]))
        yield facet, _commonest(counts, request.values)


def _in_one_part(
    asking: Asking, query: Query, facets: Sequence[Facet], values: int
) -> dict[Facet, dict[str, int]]:
    """Few values are told of, for telling of thousands takes longer than counting them."""
    searcher = asking.part.searcher
    few = values + _MARGIN
    segment = few if searcher.num_segments == 1 else _ALL_VALUES
    first = searcher.aggregate(query, {f.value: _terms(f.value, few, segment) for f in facets})
    known = {facet: _values(first[facet.value]) for facet in facets}
    cut = {f: least for f in facets if (least := _cut_among_equals(first[f.value], values))}
    if cut:
        by_name = {
            facet.value: _by_name(facet.value, 2 * values, least) for facet, least in cut.items()
        }
        second = searcher.aggregate(query, by_name)
        for facet in cut:
            known[facet] |= _values(second[facet.value])
    return {facet: _commonest(known[facet], values) for facet in facets}


def _terms(field: str, size: int, segment: int) -> dict[str, Any]:
    """The commonest values. Sums over several segments are right only where each of them tells of
    all its values."""
    return {"terms": {"field": field, "size": size, "segment_size": max(segment, size)}}


def _by_name(field: str, size: int, least: int) -> dict[str, Any]:
    """Values that so many have at least, by name.

    Fewer than `Request.values` of them are commoner, so among twice as many are all that are wanted
    of those that are just as common.
    """
    asked = _terms(field, size, _ALL_VALUES)["terms"]
    return {"terms": {**asked, "order": {"_key": "asc"}, "min_doc_count": least}}


def _cut_among_equals(counted: Counted, values: int) -> int:
    """How common the last value listed is, where others that were not told of may be as common; 0
    where there are none."""
    buckets = counted["buckets"]
    if not counted["sum_other_doc_count"] or not buckets:
        return 0
    last = int(buckets[min(values, len(buckets)) - 1]["doc_count"])
    return last if int(buckets[-1]["doc_count"]) == last else 0


def _values(counted: Counted) -> dict[str, int]:
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in counted["buckets"]}


def _commonest(counts: Mapping[str, int], values: int) -> dict[str, int]:
    """The commonest values first, those as common as each other by name."""
    return dict(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))[:values])
