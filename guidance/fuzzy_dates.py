"""Dates as officials write them ("Early 2008", "By April 2008", "Autumn/Winter 2007/8").

The words are kept as they are; what is added is the window of days that they leave open, so that
lists can be sorted and filtered.

Conventions. Spring is March to May, summer June to August, autumn September to November, winter
December to the end of February of the next year (the meteorological seasons). "Early", "mid" and
"late" are the first, middle and last third of a year, season or month; "beginning" and "end" its
first and last month (of a month, its first and last day). "By", "from", "until" and "in" leave the
window of the period itself; "before" ends the day before it, "after" begins the day after it.
"2007/8" is the financial year from 1 April; with a season or a month it says which of the two
years: January to May stand in the second.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

_MONTHS = {
    name.lower()[:length]: month
    for month, name in enumerate(calendar.month_name)
    if month
    for length in (3, 4, len(name))
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?:/(?P<second>\d\d?))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_LEAD = re.compile(
    r"(?P<lead>no later than|not later than|at the latest by|by|from|until|till|before|after|since"
    r"|in|during|on|around|about|circa|c\.|expected|due)\b\s*(?:the\s+)?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<share>early|mid|middle|late|end|beginning|start)(?:\s+of|\s+in)?[\s-]+(?:the\s+)?",
    re.IGNORECASE,
)
_UNITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})",
        r"(?P<year>\d{4})-(?P<number>\d{2})",
        r"(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>\d{4})",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH})(?:,?\s+{_YEAR})?",
        rf"{_WEEKDAY}(?P<month>{_MONTH})\s+{_DAY}(?:,?\s+{_YEAR})",
        rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)",
        rf"(?P<month>{_MONTH})(?:,?\s+(?:{_YEAR}|[’']?(?P<short>\d\d)))?",
        rf"(?P<season>spring|summer|autumn|winter)(?:\s+(?:of\s+)?{_YEAR})?",
        rf"(?:q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|last)\s+quarter)(?:\s+(?:of\s+)?{_YEAR})?",
        rf"(?P<half>first|second)\s+half(?:\s+of)?\s+{_YEAR}",
        rf"(?:(?:the\s+)?(?:financial\s+year|fy)\s*)?{_YEAR}",
    )
)
_PAIR = re.compile(r"\b((?:19|20)\d\d)\s*[/–-]\s*((?:19|20)\d\d|\d\d?)\b(?![/-]\d)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}$|\d{1,2}/\d{1,2}/\d{4}$")
_DAYS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|and|or|–|-)\s*(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH}.*)$",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s*(?:/(?!\d{1,2}(?![\d]))|\s[–-]\s|–|\bto\b|\bor\b|\band\b|,\s+(?=[a-z]))\s*"
)


@total_ordering
@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """The words as written and the first and last day that they can mean; sorts by the days."""

    words: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        return self.words

    def __lt__(self, other: FuzzyDate) -> bool:
        return (self.earliest, self.latest, self.words) < (
            other.earliest, other.latest, other.words
        )  # fmt: skip

    @property
    def exact(self) -> bool:
        """Whether one day is meant."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class _Unit:
    """One period, not yet placed in a year if it names none."""

    share: str
    found: dict[str, str]

    @property
    def year(self) -> int | None:
        if short := self.found.get("short"):
            return 2000 + int(short)
        return int(self.found["year"]) if "year" in self.found else None

    @property
    def month(self) -> int:
        if "month" in self.found:
            return _MONTHS[self.found["month"].lower().rstrip(".")[:3]]
        return int(self.found.get("number", 0))


def parse_fuzzy(words: str, year: int | None = None) -> FuzzyDate:
    """The window of days that `words` leave open; `year` is taken where they name none.

    Raises ValueError with one sentence where no date can be read or its year is missing.
    """
    text = " ".join(words.split())
    rest = _DAYS.sub(r"\1 \3 to \2 \3", _PAIR.sub(_pair, text))
    lead = _LEAD.match(rest)
    kind = lead["lead"].lower() if lead else ""
    rest = rest[lead.end() :] if lead else rest
    pieces = [rest] if _ISO.match(rest) else _JOINS.split(_around_slashes(rest))
    units = [_unit(piece, text) for piece in pieces]
    try:
        windows = _placed(units, year, text)
    except (ValueError, OverflowError) as error:
        if str(error).startswith("“"):
            raise
        raise ValueError(f"“{text}” is no day of the calendar.") from error
    return _led(text, kind, min(w[0] for w in windows), max(w[1] for w in windows))


def _pair(found: re.Match[str]) -> str:
    """One year in two ("2007/8", "2007-08", "2007–2008") is written "2007/08" from here on."""
    first, second = int(found[1]), found[2]
    if int(second) % 10 ** len(second) != (first + 1) % 10 ** len(second):
        return found[0]
    return f"{first}/{(first + 1) % 100:02}"


def _around_slashes(text: str) -> str:
    return re.sub(r"\s*/\s*", "/", text.lower())


def _unit(piece: str, text: str) -> _Unit:
    shared = _SHARE.match(piece)
    rest = re.sub(r"^the\s+", "", piece[shared.end() :] if shared else piece).rstrip(" .")
    for pattern in _UNITS:
        if found := pattern.fullmatch(rest):
            kept = {name: value for name, value in found.groupdict().items() if value}
            return _Unit(shared["share"] if shared else "", kept)
    raise ValueError(
        f"“{text}” is not a date that can be read; write, for example, “1 April 2009”, "
        "“April 2009”, “Early 2009” or “By summer 2009”."
    )


def _placed(units: list[_Unit], year: int | None, text: str) -> list[tuple[date, date]]:
    """Windows of the units, in order; one without a year takes it from the unit that follows, else
    from the one before, else from the context, so that the whole runs forward in time."""
    windows: list[tuple[date, date]] = []
    for index, unit in enumerate(units):
        later = next((u for u in units[index + 1 :] if u.year is not None), None)
        named = unit.year if unit.year is not None else later.year if later else None
        if named is None and windows:
            window = _window(unit, windows[-1][0].year, None)
            if window[0] < windows[-1][0]:
                window = _window(unit, windows[-1][0].year + 1, None)
            windows.append(window)
            continue
        named = named if named is not None else year
        if named is None:
            raise ValueError(f"“{text}” has no year; write it, for example, as “{text} 2009”.")
        pair = unit.found.get("second") or (later.found.get("second") if later else None)
        window = _window(unit, named, pair)
        borrowed = later if unit.year is None and not pair else None
        if borrowed and window[0] > _window(borrowed, named, None)[0]:
            window = _window(unit, named - 1, None)
        windows.append(window)
    return windows


def _window(unit: _Unit, year: int, pair: str | None) -> tuple[date, date]:
    found = unit.found
    if "season" in found:
        first = _SEASONS[found["season"].lower()]
        months = (year + (1 if pair and first < 6 else 0), first, 3)
    elif unit.month:
        months = (year + (1 if pair and unit.month < 4 else 0), unit.month, 1)
    elif "q" in found or "nth" in found:
        quarter = int(found["q"]) if "q" in found else _QUARTERS[found["nth"].lower()]
        months = (year, 3 * quarter - 2 + (3 if pair else 0), 3)
    elif "half" in found:
        months = (year, 1 if found["half"].lower() == "first" else 7, 6)
    else:
        months = (year, 4 if pair else 1, 12)
    if "day" in found:
        day = date(months[0], months[1], int(found["day"]))
        return day, day
    return _shared(unit.share, *months)


def _shared(share: str, year: int, month: int, count: int) -> tuple[date, date]:
    """The share ("early") of `count` months from `month` (which may run into the next year)."""
    thirds = {"early": 0, "mid": 1, "middle": 1, "late": 2}
    if share in thirds and count > 1:
        count //= 3
        month += thirds[share] * count
        share = ""
    elif share in ("beginning", "start", "end") and count > 1:
        month += count - 1 if share == "end" else 0
        count = 1
        share = ""
    first, last = _first_day(year, month), _first_day(year, month + count) - timedelta(days=1)
    if not share:
        return first, last
    days = {"early": (1, 10), "mid": (11, 20), "middle": (11, 20), "late": (21, last.day)}
    days |= {"beginning": (1, 1), "start": (1, 1), "end": (last.day, last.day)}
    return first.replace(day=days[share][0]), first.replace(day=days[share][1])


def _first_day(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _led(words: str, lead: str, earliest: date, latest: date) -> FuzzyDate:
    if lead == "before":
        earliest = latest = earliest - timedelta(days=1)
    elif lead == "after":
        earliest = latest = latest + timedelta(days=1)
    return FuzzyDate(words, earliest, latest)
