"""From a query to the plan that an engine runs: every thing asked for as a concept, what else says
the same, and what brings the best to the top. Pure: knows no engine and no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, pairwise, product

from guidance.statute.places import PLACE_NAMES
from search.analysis import stems
from search.plan import (
    Applies,
    Best,
    Everything,
    Flat,
    Has,
    Near,
    Node,
    Term,
    Text,
    Times,
    Value,
    Whole,
)
from search.query import Item, Query, Reference, Words
from search.ranking import WEIGHTS, Weights, needed
from search.vocabulary import Alternative, Concept, Origin, Stems, Vocabulary

MOST_ALTERNATIVES = 6
MOST_PAIRS = 4
_CLOSE_FIELDS = (Text.BODY, Text.TITLE, Text.TRAIL)
NOTHING = Has(Value.ID, ("",))


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a query asks for. `stems` are what to mark where it is found; `concept` is
    None for a reference; `needed` says that nothing will do without it."""

    node: Node
    stems: tuple[Stems, ...]
    concept: Concept | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A query as one plan, and the things asked for that count (idle words do not)."""

    node: Node
    asked: Sequence[Asked] = field(default_factory=tuple)


def plan_of(
    query: Query,
    vocabulary: Vocabulary,
    *,
    corrections: Mapping[Stems, Stems] | None = None,
    at_least: int | None = None,
    boost_in_force: date | None = None,
    weights: Weights = WEIGHTS,
) -> Planned:
    """The plan of a query. `corrections` are stems to look for beside misspelt ones; `at_least`
    says how many of the things asked for are enough (by default `ranking.needed`); with
    `boost_in_force` text in force on that day comes before other text."""
    planner = _Planner(vocabulary, corrections or {}, weights)
    asked = list(planner.asked(query))
    counted = [a for a in asked if not (a.concept and a.concept.idle)] or asked
    wanted = [a for a in counted if not a.needed]
    must = [a.node for a in counted if a.needed]
    most = needed(len(wanted))
    enough = most if at_least is None else max(min(at_least, most), 1)
    if wanted:
        must.append(_some_of(wanted, enough))
    should = [*planner.closeness(counted)]
    if enough < most:
        should.append(Flat(_some_of(wanted, most), weights.most))
    if must:
        should.append(Flat(Has(Value.STATUS, ("statutory",)), weights.statutory))
    if must and boost_in_force is not None:
        should.append(Flat(Applies(boost_in_force), weights.in_force))
    without = [planner.anywhere(item) for item in query.without]
    if not must and not without:
        return Planned(Everything(), ())
    node = Whole(must=must or [Everything()], should=should, without=without)
    return Planned(node, counted)


def plan_like(
    frequencies: Mapping[str, int],
    counts: Mapping[str, int],
    total: int,
    weights: Weights = WEIGHTS,
) -> Node:
    """A plan for more like a text: `counts` are its stems, `frequencies` in how many units each
    stands, of `total`. Its rarest words that are not its own alone say what it is about."""
    about = sorted(
        (s for s in counts if 1 < frequencies.get(s, 0) <= max(total // 4, 2) and len(s) > 2),
        key=lambda s: (-counts[s] / frequencies[s] ** 0.5, s),
    )[:16]
    if not about:
        return NOTHING
    return Whole(
        should=[_in_fields((stem,), weights) for stem in about],
        at_least=max(1, -(-len(about) // 4)),
    )


@dataclass(slots=True)
class _Planner:
    vocabulary: Vocabulary
    corrections: Mapping[Stems, Stems]
    weights: Weights

    def asked(self, query: Query) -> Iterator[Asked]:
        """Bare words that stand together are read together, so that a long form is one thing."""
        run: list[str] = []
        for group in query.groups:
            first = group[0]
            if len(group) == 1 and isinstance(first, Words) and not first.exact:
                run.append(first.text)
                continue
            yield from self._concepts(run)
            run = []
            yield from self._group(group)
        yield from self._concepts(run)

    def _concepts(self, words: Sequence[str]) -> Iterator[Asked]:
        yield from (self._concept(concept) for concept in self.vocabulary.concepts(words))

    def _group(self, group: Sequence[Item]) -> Iterator[Asked]:
        found = [asked for item in group for asked in self._item(item)]
        if len(found) == 1:
            yield found[0]
        elif found:
            marks = tuple(s for asked in found for s in asked.stems)
            yield Asked(Best([a.node for a in found]), marks, needed=all(a.needed for a in found))

    def _item(self, item: Item) -> Iterator[Asked]:
        if isinstance(item, Reference):
            yield self._number(item) if item.kind == "number" else self._provision(item)
        elif item.exact:
            if phrase := self.vocabulary.phrase(item.text):
                yield replace(self._concept(phrase), needed=True)
        else:
            yield from self._concepts([item.text])

    def _concept(self, concept: Concept) -> Asked:
        alternatives = list(concept.alternatives[:MOST_ALTERNATIVES])
        nodes = [self._alternative(alternative) for alternative in alternatives]
        marks = [alternative.stems for alternative in alternatives]
        if meant := self.corrections.get(concept.stems):
            nodes.append(Times(_in_fields(meant, self.weights), self.weights.correction))
            marks.append(meant)
        return Asked(nodes[0] if len(nodes) == 1 else Best(nodes), tuple(marks), concept)

    def _alternative(self, alternative: Alternative) -> Node:
        node = _in_fields(alternative.stems, self.weights)
        if alternative.origin is Origin.SPELLING:
            return Times(node, self.weights.spelling)
        if alternative.origin is Origin.SYNONYM or len(alternative.stems) > 1:
            return Times(node, self.weights.synonym)
        return node

    def _number(self, reference: Reference) -> Asked:
        number, weights = reference.value.lower(), self.weights
        parts: list[Node] = [
            Flat(Has(Value.NUMBER, (number,)), weights.number),
            Flat(Has(Value.AFTER, (number,)), weights.number_after),
        ]
        named = stems(number)
        if not reference.required and named:
            parts.append(Flat(_near(Text.BODY, named), weights.number_named))
        return Asked(Best(parts), (named,) if named else (), needed=reference.required)

    def _provision(self, reference: Reference) -> Asked:
        weights, path = self.weights, reference.value
        if reference.required:
            node: Node = Flat(Has(Value.UNDER, (path,)), weights.under)
            return Asked(node, _marks_of(reference), needed=True)
        parts: list[Node] = []
        share = 1.0
        for wider in _outwards(path):
            parts.append(Flat(Has(Value.UNDER, (wider,)), weights.under * share))
            parts.append(Flat(Has(Value.MENTIONS, (wider,)), weights.mentions * share))
            share *= weights.wider
        marks = _marks_of(reference)
        parts += (Times(_in_fields(mark, weights), weights.named) for mark in marks)
        return Asked(Best(parts, weights.other_fields), marks)

    def anywhere(self, item: Item) -> Node:
        """Something that must not be there, in any field that is its own."""
        if isinstance(item, Reference):
            if item.kind == "number":
                return Has(Value.AFTER, (item.value.lower(),))
            return Best(
                [Has(Value.UNDER, (item.value,)), *([] if item.required else [self._cites(item)])]
            )
        own = stems(item.text)
        parts = [_near(name, own) for name in (Text.BODY, Text.TITLE, Text.TRAIL) if own]
        return Best(parts) if parts else NOTHING

    def _cites(self, reference: Reference) -> Node:
        return Has(Value.MENTIONS, (reference.value,))

    def closeness(self, asked: Sequence[Asked]) -> Iterator[Node]:
        """Things asked for one after the other that stand so too."""
        weights = self.weights
        for left, right in pairwise(asked):
            if left.concept and right.concept:
                pairs = islice(product(left.stems[:2], right.stems[:2]), MOST_PAIRS)
                nodes: list[Node] = [
                    _times(Near(name, (*a, *b), weights.close_slop), weights.fields[name])
                    for a, b in pairs
                    for name in _CLOSE_FIELDS
                ]
                yield Times(Best(nodes), weights.close)
        words = [a.concept.stems for a in asked if a.concept and not a.needed]
        if len(words) > 2:
            whole = tuple(stem for word in words for stem in word)
            yield Times(Near(Text.BODY, whole, 2 * len(whole)), weights.together)


def _some_of(asked: Sequence[Asked], enough: int) -> Node:
    if len(asked) == 1:
        return asked[0].node
    return Whole(should=[one.node for one in asked], at_least=enough)


def _in_fields(words: Stems, weights: Weights) -> Node:
    """Stems next to each other in any text field, by its weight."""
    parts = [_times(_near(name, words), weight) for name, weight in weights.fields.items()]
    return Best(parts, weights.other_fields)


def _times(node: Node, weight: float) -> Node:
    return node if weight == 1.0 else Times(node, weight)


def _near(name: Text, words: Stems) -> Node:
    return Term(name, words[0]) if len(words) == 1 else Near(name, words)


def _marks_of(reference: Reference) -> tuple[Stems, ...]:
    words = stems(reference.words)
    return (words,) if words else ()


def _outwards(path: str) -> Iterator[str]:
    """The provision, and what holds it, down to the section (never the whole instrument, unless it
    was asked for)."""
    parts = path.split("/")
    head = 0 if parts[0] in PLACE_NAMES else 3
    shortest = min(head + 2, len(parts))
    for length in range(len(parts), shortest - 1, -1):
        yield "/".join(parts[:length])
