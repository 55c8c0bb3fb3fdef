"""What an engine is asked to match and how matches are scored, in terms that every engine knows.

A plan is a tree. Text fields hold the stems of `search.analysis`, in order, and are scored with
BM25 (k1 1.2, b 0.75); the other fields hold whole values and score nothing of their own. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Text(StrEnum):
    """The fields that hold stems."""

    BODY = "body"
    TITLE = "title"
    TRAIL = "trail"
    SECTION = "section"


class Value(StrEnum):
    """The fields that hold whole values, any number of them."""

    NUMBER = "number"
    """Its own number, in lower case."""
    AFTER = "after"
    """The number of the numbered paragraph that it is or follows, in lower case."""
    UNDER = "under"
    """What it stands under, as `Unit.under` lists it."""
    MENTIONS = "mentions"
    """What its words cite, as `Unit.mentions` lists it."""
    STATUS = "status"
    KIND = "kind"
    PARAGRAPH = "paragraph"
    """Its identity."""
    ID = "id"


@dataclass(frozen=True, slots=True)
class Term:
    """A stem in a field."""

    field: Text
    stem: str


@dataclass(frozen=True, slots=True)
class Near:
    """Stems in a field in this order, with at most `slop` moves between them; 0 is a phrase. One
    stem alone is a `Term`."""

    field: Text
    stems: Sequence[str]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Has:
    """One of these whole values; scores 1."""

    field: Value
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Applies:
    """In force on a day; scores 1."""

    day: date


@dataclass(frozen=True, slots=True)
class Best:
    """Any of the parts; scores the best of them, and `tie` times each other one."""

    parts: Sequence[Node]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Times:
    """The part, its score multiplied."""

    part: Node
    weight: float


@dataclass(frozen=True, slots=True)
class Flat:
    """The part, with this score whatever it scores itself. A score of 1 is about that of one
    ordinary word found once; engines whose BM25 has another scale adjust it."""

    part: Node
    score: float


@dataclass(frozen=True, slots=True)
class Whole:
    """All of `must`, none of `without`, at least `at_least` of `should`; scores the sum of `must`
    and `should`. With neither `must` nor `at_least`, one of `should` is needed."""

    must: Sequence[Node] = ()
    should: Sequence[Node] = ()
    without: Sequence[Node] = ()
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Everything:
    """Whatever there is; scores nothing."""


Node = Term | Near | Has | Applies | Best | Times | Flat | Whole | Everything
