"""Days as a few tokens, so that "in force on this day" is a look-up like any other. Pure.

A span of days is cut into the blocks of the calendar that fill it exactly (single days, and pairs,
fours, eights … of days that begin at a multiple of their length). A day lies in one block of each
length, so a span holds a day where one of its blocks is one of the day's. A span of any length has
at most twice as many tokens as there are lengths.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

LENGTHS = 22
"""Blocks of up to 2**21 days and one of all days: more than `date.max` needs."""

NEVER = 1 << LENGTHS
"""The day on which what nothing ends would end."""


def day_number(day: date | None) -> int:
    """Days since the calendar began; None is `NEVER`."""
    return day.toordinal() if day else NEVER


@lru_cache(maxsize=4096)  # editions come and go on few days
def span_tokens(since: int, until: int) -> tuple[int, ...]:
    """The blocks that fill the days from `since` up to but not including `until`; none where the
    span is empty."""
    tokens: list[int] = []
    length = 0
    while since < until:
        if since & 1:
            tokens.append(_token(since, length))
            since += 1
        if until & 1:
            until -= 1
            tokens.append(_token(until, length))
        since, until, length = since >> 1, until >> 1, length + 1
    return tuple(tokens)


def day_tokens(day: int) -> list[int]:
    """The blocks that a day lies in, one of each length."""
    return [_token(day >> length, length) for length in range(LENGTHS + 1)]


def _token(block: int, length: int) -> int:
    return block << 5 | length
