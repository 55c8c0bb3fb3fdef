"""How long what respondents wrote is kept. Pure.

What was submitted is kept for the months that the consultation names, after which what is personal and
unpublished is erased; what was begun and never sent goes three months after the close.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from consultation.closing import LONDON, end_of

DRAFT_MONTHS = 3


def kept_until(closes: datetime, months: int) -> datetime:
    """The instant from which nothing personal may be left; `closes` is aware. The same clock in London
    so many months later; on the last day of a month that is too short."""
    local = end_of(closes).astimezone(LONDON)
    year, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + year, month + 1
    day = min(local.day, monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day)


def drafts_kept_until(closes: datetime, months: int) -> datetime:
    """The same of what was never sent: never longer than what was."""
    return kept_until(closes, min(months, DRAFT_MONTHS))
