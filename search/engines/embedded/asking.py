"""A plan as a query of tantivy, for one part of an index.

Where several parts are asked, each word weighs in each of them what it weighs in all of them
together: tantivy works out how rare a word is in one part alone, and a boost puts that right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import log

from tantivy import Occur, Query

from search.engines import Facet, Request, Scope, When
from search.engines.embedded.calendar import day_number
from search.engines.embedded.parts import Part, in_force
from search.engines.embedded.schema import stems_of
from search.plan import Applies, Best, Everything, Flat, Has, Near, Node, Term, Times, Whole

_LISTED = 64
"""More values than these are looked up as a set, which costs more to set up and less for each."""

Clause = tuple[Occur, Query]


class Asking:
    """Makes queries for one part, with the statistics of all the parts that are asked with it."""

    def __init__(self, part: Part, parts: Sequence[Part]) -> None:
        self.part = part
        self.schema = part.schema
        self._others = [other for other in parts if other is not part]

    def scored(self, node: Node) -> Query:
        """What matches a node, scored as the node says."""
        return self._scored[type(node)](self, node)

    def matched(self, node: Node) -> Query:
        """What matches a node, its scores of no account: only what decides about that is asked."""
        match node:
            case Times(part, _) | Flat(part, _):
                return self.matched(part)
            case Best(parts, _):
                return _any(self.matched(part) for part in parts)
            case Whole():
                return self._whole(node, self.matched, optional=False)
            case _:
                return self.scored(node)

    def values(self, field: str, values: Iterable[str]) -> Query:
        """What has one of these whole values in a field; scores 1."""
        known = [value for value in values if value and writable(value)]
        if len(known) > _LISTED:
            found = Query.term_set_query(self.schema, field, known)
        else:
            found = _any(Query.term_query(self.schema, field, value) for value in known)
        return Query.const_score_query(found, 1.0)

    def _term(self, node: Term) -> Query:
        if not writable(node.stem):
            return Query.empty_query()
        query = Query.term_query(self.schema, stems_of(node.field), node.stem, "freq")
        return self._weighed(query, stems_of(node.field), (node.stem,))

    def _near(self, node: Near) -> Query:
        stems = list(node.stems)
        if len(stems) == 1:
            return self._term(Term(node.field, stems[0]))
        if not stems or not all(map(writable, stems)):
            return Query.empty_query()
        query = Query.phrase_query(self.schema, stems_of(node.field), list(stems), node.slop)
        return self._weighed(query, stems_of(node.field), stems)

    def _has(self, node: Has) -> Query:
        return self.values(node.field.value, node.values)

    def _applies(self, node: Applies) -> Query:
        return Query.const_score_query(in_force(self.schema, day_number(node.day)), 1.0)

    def _best(self, node: Best) -> Query:
        if not node.parts:
            return Query.empty_query()
        return Query.disjunction_max_query([self.scored(p) for p in node.parts], node.tie)

    def _times(self, node: Times) -> Query:
        return Query.boost_query(self.scored(node.part), node.weight)

    def _flat(self, node: Flat) -> Query:
        return Query.const_score_query(self.matched(node.part), node.score)

    def _everything(self, _: Everything) -> Query:
        return Query.const_score_query(Query.all_query(), 0.0)

    def _whole(
        self, node: Whole, ask: Callable[[Node], Query] | None = None, optional: bool = True
    ) -> Query:
        """`optional`: whether to ask also for what is not needed and only adds to the score."""
        ask = ask or self.scored
        least = node.at_least if node.must or node.at_least else 1
        if least > len(node.should):
            return Query.empty_query()
        clauses: list[Clause] = [(Occur.Must, ask(part)) for part in node.must]
        if least and least == len(node.should):
            clauses += [(Occur.Must, ask(part)) for part in node.should]
            least = 0
        elif least or optional:
            clauses += [(Occur.Should, ask(part)) for part in node.should]
        clauses += [(Occur.MustNot, self.matched(part)) for part in node.without]
        return Query.boolean_query(clauses, least if least > 1 or (least and node.must) else None)

    def _weighed(self, query: Query, field: str, stems: Sequence[str]) -> Query:
        """A query for words, boosted by how rare they are in all parts against this one alone."""
        if not self._others:
            return query
        here = sum(_rarity(field, stem, [self.part]) for stem in stems)
        everywhere = sum(_rarity(field, stem, [self.part, *self._others]) for stem in stems)
        return Query.boost_query(query, everywhere / here)

    _scored: Mapping[type, Callable[..., Query]] = {
        Term: _term,
        Near: _near,
        Has: _has,
        Applies: _applies,
        Best: _best,
        Times: _times,
        Flat: _flat,
        Whole: _whole,
        Everything: _everything,
    }


def narrowed(asking: Asking, query: Query, request: Request, without: Facet | None = None) -> Query:
    """A query within the scope of a request and what was chosen of its facets, but for one."""
    conditions = [*_scope(asking, request.scope), *_choices(asking, request, without)]
    if not conditions:
        return query
    return Query.boolean_query([(Occur.Must, query), *conditions])


def _scope(asking: Asking, scope: Scope) -> Iterable[Clause]:
    if scope.edition:
        yield Occur.Must, _silent(asking.values("edition", [scope.edition]))
    elif scope.when == When.IN_FORCE:
        condition = asking.part.on(day_number(scope.day or date.today()))
        if condition:
            yield condition


def _choices(asking: Asking, request: Request, without: Facet | None) -> Iterable[Clause]:
    for facet, values in request.chosen.items():
        if values and facet != without:
            yield Occur.Must, _silent(asking.values(facet.value, sorted(values)))
    if request.exempts:
        yield Occur.MustNot, asking.values("exempts", sorted(request.exempts))


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _any(queries: Iterable[Query]) -> Query:
    listed = list(queries)
    if len(listed) == 1:
        return listed[0]
    return Query.boolean_query([(Occur.Should, query) for query in listed])


def _rarity(field: str, stem: str, parts: Sequence[Part]) -> float:
    """The inverse document frequency that BM25 uses, over parts together."""
    size = sum(part.size for part in parts)
    having = min(sum(part.searcher.doc_freq(field, stem) for part in parts), size)
    return log(1 + (size - having + 0.5) / (having + 0.5))


def writable(text: str) -> bool:
    """Whether a text can stand in an index at all."""
    return bool(text) and len(text) < 1000 and text.isprintable()
