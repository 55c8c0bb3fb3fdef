"""How a promised date came to be what it is, and what came of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from guidance.fuzzy_dates import FuzzyDate
from guidance.standing import day_words
from home.plan.slippage import Move, Slip, length_words, slip


class PlanLike(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def published(self) -> date: ...


class Given(Protocol):
    """A promise as a row of the database or a plain dataclass has it."""

    @property
    def update_of_plan(self) -> PlanLike: ...
    @property
    def when(self) -> FuzzyDate | None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """What one update of the plan said, and how that stands to the update before."""

    plan: str
    published: date
    words: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class Series:
    """Every promise of one date, oldest first; `total` is how the last stands to the first."""

    steps: Sequence[Step]
    total: Slip | None

    @property
    def moved(self) -> bool:
        return self.total is not None and self.total.move in (Move.LATER, Move.EARLIER)

    @property
    def told(self) -> bool:
        """Whether there is more to tell than the words that hold now."""
        return len({step.words for step in self.steps}) > 1

    @property
    def words(self) -> str:
        """ "6 months later than first promised", or nothing where it did not move."""
        return f"{self.total.words} than first promised" if self.moved and self.total else ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a promise: the day on which it came about, if it did, and words for it."""

    on: date | None
    words: str
    late: bool = False


def series_of(promises: Sequence[Given]) -> Series:
    """The promises of one date, which must come oldest first."""
    steps: list[Step] = []
    before: FuzzyDate | None = None
    for promise in promises:
        when = promise.when
        if before is None and when is None:
            continue
        words = when.words if when else "no date"
        plan = promise.update_of_plan
        steps.append(Step(plan.title, plan.published, words, slip(before, when)))
        before = when
    given = [promise.when for promise in promises if promise.when]
    total = slip(given[0], given[-1]) if len(given) > 1 else None
    return Series(steps, total)


def outcome(promised: FuzzyDate, on: date | None, day: date) -> Kept:
    """What came of a promise that came about `on` a day, or has not by `day`."""
    late = ((on or day) - promised.latest).days
    if on is None:
        return Kept(None, f"overdue by {length_words(late)}" if late > 0 else "", late > 0)
    words = f"published {day_words(on)}"
    return Kept(on, f"{words}, {length_words(late)} late" if late > 0 else words, late > 0)
