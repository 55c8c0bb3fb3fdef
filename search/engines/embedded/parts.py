"""The parts of an index, open for reading, as they stood together at one moment.

Text in force or to come is a part of its own, so that what was superseded costs nothing to a search
for today's; superseded text and drafts are two more, phrases the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tantivy import DocAddress, FieldType, Index, Occur, Query, Schema, Searcher

from search.engines import EngineDown
from search.engines.embedded.calendar import day_tokens
from search.engines.embedded.folder import PARTS, PHRASES, REMEDY
from search.engines.embedded.schema import phrase_schema, teach, unit_schema

_FEW = 8
"""A condition that leaves out less than one of so many units is asked the other way round."""


@dataclass(eq=False)
class Part:
    """One index of tantivy at one moment, and what has been worked out about it since."""

    name: str
    schema: Schema
    searcher: Searcher
    _alive: dict[int, int] = field(default_factory=dict)
    _ceased: dict[int, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return self.searcher.num_docs

    def count(self, query: Query) -> int:
        return int(self.searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]

    def has(self, item_id: str) -> bool:
        return self.one(self.by_id(item_id)) is not None

    def by_id(self, item_id: str) -> Query:
        return Query.term_query(self.schema, "id", item_id)

    def one(self, query: Query) -> DocAddress | None:
        hits = self.searcher.search(query, 1, count=False).hits
        return hits[0][1] if hits else None

    def stored(self, address: DocAddress) -> str:
        """What was kept of an item, as `Unit.stored` or `Phrase.stored` wrote it."""
        kept: bytes = self.searcher.doc(address)["stored"][0]
        return bytes(kept).decode()

    def alive(self, day: int) -> int:
        """How many units are in force on a day."""
        if day not in self._alive:
            if len(self._alive) > 1000:
                self._alive.clear()
            self._alive[day] = self.count(in_force(self.schema, day))
        return self._alive[day]

    def ceased_by(self, day: int) -> Query:
        """Units that have ceased to be in force by a day."""
        return Query.range_query(
            self.schema, "until", FieldType.Unsigned, None, day, use_inverted_index=True
        )

    def ceased(self, day: int) -> int:
        """How many units have ceased to be in force by a day."""
        if day not in self._ceased:
            self._ceased[day] = self.count(self.ceased_by(day))
        return self._ceased[day]

    def on(self, day: int) -> tuple[Occur, Query] | None:
        """The condition that a unit is in force on a day; None where all of them are."""
        alive = self.alive(day)
        if alive == self.size:
            return None
        if (self.size - alive) * _FEW < self.size:
            return Occur.MustNot, self._not_in_force(day)
        return Occur.Must, Query.const_score_query(in_force(self.schema, day), 0.0)

    def _not_in_force(self, day: int) -> Query:
        """Units that are not in force on a day; quick where they are few."""
        to_come = Query.range_query(
            self.schema,
            "since",
            FieldType.Unsigned,
            day,
            None,
            include_lower=False,
            use_inverted_index=True,
        )
        return Query.boolean_query([(Occur.Should, to_come), (Occur.Should, self.ceased_by(day))])


def in_force(schema: Schema, day: int) -> Query:
    """Units in force on a day."""
    return Query.boolean_query(
        [(Occur.Should, Query.term_query(schema, "span", token)) for token in day_tokens(day)]
    )


@dataclass(eq=False)
class Snapshot:
    """All parts at one moment; `vocabulary` is filled in when it is first asked for."""

    units: tuple[Part, ...]
    phrases: Part
    vocabulary: dict[str, int] | None = None
    frequencies: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def current(self) -> Part:
        """Text in force or to come, as of when it was indexed."""
        return self.units[0]

    @property
    def drafts(self) -> Part:
        return self.units[-1]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.units, self.phrases)

    @property
    def size(self) -> int:
        """How many units there are in all."""
        return sum(part.size for part in self.units)


class Opened:
    """The indexes of one generation, open."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        with tantivy_refused():
            self._indexes = [open_index(generation / name) for name in (*PARTS, PHRASES)]

    def snapshot(self) -> Snapshot:
        """All parts as they are now. The caller sees to it that nobody is in the middle of making
        a change visible."""
        with tantivy_refused():
            for index in self._indexes:
                index.reload()
            *units, phrases = (
                Part(name, index.schema, index.searcher())
                for name, index in zip((*PARTS, PHRASES), self._indexes, strict=True)
            )
        return Snapshot(tuple(units), phrases)


def open_index(path: Path) -> Index:
    """An index as it is; it shows what is new only when it is told to."""
    index = teach(Index.open(str(path)))
    if index.schema != schema_of(path.name):
        raise EngineDown(f"The search index was laid out by another version. {REMEDY}")
    index.config_reader("manual")
    return index


def schema_of(part: str) -> Schema:
    return phrase_schema() if part == PHRASES else unit_schema()


def create(generation: Path) -> dict[str, Index]:
    """New empty indexes, one in each folder of a generation.

    Text in force is laid down in the order in which results with equal scores are shown, superseded
    text by the day it ceased, so that a search on one day skips what is far from it.
    """
    sorted_by = {PARTS[0]: "order", PARTS[1]: "until"}
    with tantivy_refused():
        return {
            name: teach(
                Index(
                    schema_of(name),
                    str(generation / name),
                    reuse=False,
                    sort_by_field=sorted_by.get(name),
                )
            )
            for name in (*PARTS, PHRASES)
        }


@contextmanager
def tantivy_refused() -> Iterator[None]:
    """What tantivy or the system refuses becomes EngineDown, also where tantivy gives up in a panic
    of its own, which is no Exception in Python."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as problem:
        raise refused(problem) from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise refused(problem) from problem


def refused(problem: BaseException) -> EngineDown:
    return EngineDown(f"The search index does not answer: {problem}. {REMEDY}")
