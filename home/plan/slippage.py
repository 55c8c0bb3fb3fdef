"""How far a promised date moved from one plan to the next.

A promise is kept by the last day that its words leave open, so what slips is that day. Words that
only say the same days otherwise, or more exactly, have not slipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guidance.fuzzy_dates import FuzzyDate


class Move(StrEnum):
    """What became of a date; the value is also its name in the style sheet."""

    SAME = "same"
    LATER = "later"
    EARLIER = "earlier"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Slip:
    """What became of a date, and by how many days its last day moved (later is positive)."""

    move: Move
    days: int = 0

    @property
    def words(self) -> str:
        """ "six months later", "2 weeks earlier", "as before"."""
        if self.move in (Move.LATER, Move.EARLIER):
            return f"{length_words(abs(self.days))} {self.move}"
        return {Move.SAME: "as before", Move.NEW: "new", Move.DROPPED: "no longer given"}[self.move]


def slip(before: FuzzyDate | None, after: FuzzyDate | None) -> Slip:
    """How `after` stands to `before`; either may be missing, not both."""
    if before is None:
        return Slip(Move.NEW)
    if after is None:
        return Slip(Move.DROPPED)
    days = (after.latest - before.latest).days
    if days > 0:
        return Slip(Move.LATER, days)
    if days < 0 and after.earliest < before.earliest:
        return Slip(Move.EARLIER, days)
    return Slip(Move.SAME)


def length_words(days: int) -> str:
    """In the largest unit that says it without pretending to be exact."""
    for unit, length, least in (("year", 365.25, 700), ("month", 30.44, 28), ("week", 7, 14)):
        if days >= least:
            return _counted(round(days / length), unit)
    return _counted(days, "day")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
