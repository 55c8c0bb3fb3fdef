"""When a consultation is open, decided and said in London time. Pure.

The minute that is named as the close still counts: one that closes at 23:45 takes a response that
came at 23:45:59.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
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


def clock_words(at: datetime) -> str:
    """ "9am", "11:45pm", "midday", "midnight"."""
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{half}" if local.minute else f"{hour}{half}"


def day_in_words(day: date) -> str:
    """ "Tuesday 12 February 2008"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
