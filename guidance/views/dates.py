"""Dates in addresses: written one way, so that one day has one address."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_day(text: str) -> date | None:
    """The day of "2008-07-01"; None for anything else, a day that no calendar has included."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
