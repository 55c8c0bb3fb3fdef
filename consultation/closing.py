"""When a consultation is open, decided and said in London time. Pure.

The minute that is named as the close still counts: one that closes at 23:45 takes a response that
came at 23:45:59.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from guidance.consultations import LONDON, MINUTE, clock_words

__all__ = [
    "LONDON", "MINUTE", "WEEK", "Phase", "clock_words", "day_in_words", "end_of", "in_words", "phase",
    "weeks_open",
]  # fmt: skip

WEEK = timedelta(weeks=1)


class Phase(StrEnum):
    """Where a consultation is; the value is also its name in the style sheet and the API."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


def end_of(closes: datetime) -> datetime:
    """The first instant at which it is closed; `closes` is aware."""
    return closes.replace(second=0, microsecond=0) + MINUTE


def phase(opens: datetime, closes: datetime, now: datetime) -> Phase:
    """All three are aware."""
    if now < opens:
        return Phase.UPCOMING
    return Phase.OPEN if now < end_of(closes) else Phase.CLOSED


def weeks_open(opens: datetime, closes: datetime) -> float:
    """Whole days in London parted into weeks: a consultation from a Monday to a Monday twelve weeks
    later has twelve, whatever the clocks did between."""
    days = (closes.astimezone(LONDON).date() - opens.astimezone(LONDON).date()).days
    return days / 7


def in_words(at: datetime) -> str:
    """ "11:45pm on Tuesday 12 February 2008"; midnight and noon are said so."""
    local = at.astimezone(LONDON)
    return f"{clock_words(local)} on {day_in_words(local.date())}"


def day_in_words(day: date) -> str:
    """ "Tuesday 12 February 2008"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
