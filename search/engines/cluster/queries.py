"""A plan as a query that a cluster understands. Pure: a tree in, JSON out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from search.engines.cluster.mapping import stems_of
from search.plan import Applies, Best, Everything, Flat, Has, Near, Node, Term, Times, Whole

Body = dict[str, Any]

NOTHING: Body = {"match_none": {}}

_MOST_CLAUSES = 1000
"""Servers refuse more than 1,024 in one query."""
_MOST_PARTS = (300, 60, 12, 3)
"""How many parts of one node are scored each by itself; the fewer the larger the whole plan is."""
_MOST_VALUES = 50_000
_MOST_NEAR = 60
_LONGEST = 1000


def query_of(plan: Node) -> Body:
    """The query of a plan, never more than a server takes: beyond that, words count as one."""
    for most in _MOST_PARTS:
        body = _Maker(most).make(plan, 1.0)
        if _clauses(body) <= _MOST_CLAUSES:
            return body
    return NOTHING


def has(field: str, values: Iterable[str]) -> Body:
    """A condition: one of these whole values."""
    known = [value for value in values if writable(value)][:_MOST_VALUES]
    return {"terms": {field: known}} if known else NOTHING


def not_in_force(day: date) -> list[Body]:
    """What says that a unit is not in force on a day; few units say so, if it is today."""
    number = day.toordinal()
    return [
        {"term": {"draft": True}},
        {"range": {"since": {"gt": number}}},
        {"range": {"until": {"lte": number}}},
    ]


def writable(text: str) -> bool:
    """Whether a value can stand in an index at all."""
    return bool(text) and len(text) < _LONGEST and text.isprintable()


def is_stem(text: str) -> bool:
    return writable(text) and not any(map(str.isspace, text))


class _Maker:
    """Makes queries with at most `most` parts in a node."""

    def __init__(self, most: int) -> None:
        self._most = most

    def make(self, node: Node, boost: float) -> Body:
        """A query; `boost` is what is asked of it from outside, carried down to what scores."""
        match node:
            case Term(field, stem):
                return self._near(Near(field, (stem,)), boost)
            case Near():
                return self._near(node, boost)
            case Has(field, values):
                return _flat(has(field.value, values), boost)
            case Applies(day):
                return _flat({"bool": {"must_not": not_in_force(day)}}, boost)
            case Best(parts, tie):
                return self._best(parts, tie, boost)
            case Times(part, weight):
                return self.make(part, boost * weight)
            case Flat(part, score):
                return _flat(self.make(part, 1.0), boost * score)
            case Whole():
                return self._whole(node, boost)
            case Everything():
                return _flat({"match_all": {}}, 0.0)

    def _near(self, node: Near, boost: float) -> Body:
        field, stems = stems_of(node.field), node.stems
        if not stems or not all(map(is_stem, stems)):
            return NOTHING
        if len(stems) == 1:
            return {"term": {field: {"value": stems[0], "boost": boost}}}
        if not node.slop:
            return {"match_phrase": {field: {"query": " ".join(stems), "boost": boost}}}
        if len(stems) > _MOST_NEAR:
            return NOTHING
        clauses = [{"span_term": {field: stem}} for stem in stems]
        near = {"clauses": clauses, "slop": node.slop, "in_order": True, "boost": boost}
        return {"span_near": near}

    def _best(self, parts: Sequence[Node], tie: float, boost: float) -> Body:
        made = self._made(parts, boost)
        if len(made) <= 1:
            return made[0] if made else NOTHING
        return {"dis_max": {"queries": made, "tie_breaker": tie}}

    def _whole(self, node: Whole, boost: float) -> Body:
        must = [self.make(part, boost) for part in _flattened(node.must)]
        should = self._made(node.should, boost)
        least = node.at_least if node.must or node.at_least else 1
        if NOTHING in must or least > len(should):
            return NOTHING
        without = self._made(node.without, 1.0)
        if not without and len(must) + len(should) == 1 and (must or least):
            return (must or should)[0]
        body: Body = {"must": must, "should": should, "must_not": without}
        if should:
            body["minimum_should_match"] = least
        return {"bool": {name: value for name, value in body.items() if value != []}}

    def _made(self, parts: Sequence[Node], boost: float) -> list[Body]:
        """Queries of what can match at all; of too many, the words of the rest as one."""
        made = (self.make(part, boost) for part in parts[: self._most])
        rest = _gathered(parts[self._most :])
        return [body for body in (*made, *(_flat(body, boost) for body in rest)) if body != NOTHING]


def _flat(body: Body, score: float) -> Body:
    if body == NOTHING:
        return NOTHING
    return {"constant_score": {"filter": body, "boost": score}}


def _flattened(parts: Iterable[Node]) -> Iterator[Node]:
    """All that must be there, also where it stands in groups of nothing else: servers take groups in
    groups only so deep."""
    pending = list(parts)
    while pending:
        part = pending.pop(0)
        if isinstance(part, Whole) and part.must and not part.should and not part.without:
            if part.at_least:
                yield Best(())
            pending[:0] = part.must
        else:
            yield part


def _gathered(parts: Iterable[Node]) -> Iterator[Body]:
    terms: dict[str, list[str]] = {}
    for part in parts:
        if isinstance(part, Term) and is_stem(part.stem):
            terms.setdefault(stems_of(part.field), []).append(part.stem)
    for field, stems in terms.items():
        yield {"terms": {field: stems[:_MOST_VALUES]}}


def _clauses(body: object) -> int:
    """How many a server counts: about one for each query that holds no other."""
    if isinstance(body, list):
        return sum(map(_clauses, body))
    if not isinstance(body, dict):
        return 0
    return sum(1 if name in _LEAVES else _clauses(value) for name, value in body.items())


_LEAVES = frozenset(
    {"term", "terms", "match_phrase", "range", "span_term", "match_all", "match_none"}
)
