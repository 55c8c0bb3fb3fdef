"""The timeline as numbers to draw: a lane for each workstream, a bar for each milestone.

It repeats what the list beside it says, so that nobody needs it. Coordinates are in units of the
drawing (one month is `MONTH` wide), from the left and top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from home.timetable.reading import Stream

MONTH, LANE, TOP = 24, 26, 24
NARROWEST = 6
LONGEST = 240
"""Months; a timeline longer than that is not drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A milestone: the days that its date leaves open."""

    x: float
    y: float
    width: float
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    number: int
    title: str
    y: float
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`years` are (x, year); `today` is an x, or None where it lies outside."""

    width: float
    height: float
    lanes: Sequence[Lane]
    years: Sequence[tuple[float, int]]
    today: float | None


def draw(streams: Sequence[Stream], day: date | None = None) -> Drawing | None:
    """The drawing, or None where there is nothing to draw or too long a time."""
    windows = [point.when for stream in streams for point in stream.points]
    if not windows:
        return None
    start = min(w.earliest for w in windows).replace(month=1, day=1)
    end = max(w.latest for w in windows)
    months = (end.year - start.year) * 12 + 12
    if months > LONGEST:
        return None

    def at(day: date) -> float:
        whole = (day.year - start.year) * 12 + day.month - 1
        return round((whole + (day.day - 1) / 31) * MONTH, 1)

    def bar(stream: int, first: date, last: date, state: str, title: str) -> Bar:
        width = max(NARROWEST, at(last) - at(first))
        return Bar(at(first), TOP + stream * LANE + 7, round(width, 1), state, title)

    lanes = [
        Lane(
            stream.number,
            stream.title,
            TOP + i * LANE,
            [bar(i, p.when.earliest, p.when.latest, p.state, p.title) for p in stream.points],
        )
        for i, stream in enumerate(streams)
    ]
    day = day or timezone.localdate()
    inside = start <= day <= date(end.year, 12, 31)
    return Drawing(
        width=months * MONTH,
        height=TOP + len(lanes) * LANE,
        lanes=lanes,
        years=[(at(date(year, 1, 1)), year) for year in range(start.year, end.year + 1)],
        today=at(day) if inside else None,
    )
