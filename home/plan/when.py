"""When something is planned: the plan's words with their year, and the days that they leave open."""

from __future__ import annotations

import re

from guidance.fuzzy_dates import FuzzyDate, parse_fuzzy

_YEAR = re.compile(r"(?:19|20)\d\d")
_ONWARDS = re.compile(r"\s+onwards?$", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")


def tidy(words: str) -> str:
    """One space between words and none around a slash: "Summer/ Autumn 2007" was broken to fit."""
    return _SLASH.sub("/", " ".join(words.split()))


def with_year(words: str, year: str) -> str:
    """ "April" under the heading "2008" is "April 2008"; words that name a year stay as they are."""
    words = tidy(words)
    if not year or _YEAR.search(words):
        return words
    onwards = _ONWARDS.search(words)
    if onwards:
        return f"{words[: onwards.start()]} {year} onwards"
    return f"{words} {year}"


def parse_when(words: str) -> FuzzyDate:
    """The window of days that the words leave open; "April 2007 onwards" begins in April 2007.

    Raises ValueError with one sentence that says what to write instead.
    """
    text = tidy(words)
    found = parse_fuzzy(_ONWARDS.sub("", text))
    return FuzzyDate(text, found.earliest, found.latest)
