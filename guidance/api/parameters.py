"""Query parameters that more than one operation has, read strictly: one way to write each value."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import BeforeValidator, Field

from guidance.views.dates import read_day

LARGEST_PAGE = 200


def _day(value: Any) -> date:
    found = value if isinstance(value, date) else read_day(str(value))
    if found is None:
        raise ValueError("Write the date as year, month and day, like 2008-07-01.")
    return found


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return value
    if not re.fullmatch(r"\d{1,9}", str(value), re.ASCII):
        raise ValueError("Give a whole number, in digits.")
    return int(value)


def _yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise ValueError("Give true or false.")
    return bool(value == "true")


Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, BeforeValidator(_whole)]
Yes = Annotated[bool, BeforeValidator(_yes)]
Slug = Annotated[str, Field(max_length=255, pattern=r"^[-\w]+$")]
Format = Literal["json", "html", "md", "akn"]


class KnownOn(Schema):
    known_on: Day | None = Field(
        None, description="As this site knew it at the end of that day, London time."
    )

    @property
    def instant(self) -> datetime | None:
        """The last instant of the day; None where nothing was asked."""
        if self.known_on is None:
            return None
        return _end_of(self.known_on)


class When(KnownOn):
    """Which edition: one by its slug, or the one in force on a day (today unless said)."""

    edition: Slug | None = Field(None, description="The edition with this slug.")
    as_at: Day | None = Field(
        None, description="The edition in force on this date. Default: what applies today."
    )


class AsAt(KnownOn):
    as_at: Day | None = Field(None, description="On this date. Default: today.")

    @property
    def day(self) -> date:
        return self.as_at or timezone.localdate()


class Paged(Schema):
    page: Whole = Field(1, ge=1, le=1_000_000, description="Counted from 1.")
    page_size: Whole = Field(20, ge=1, le=LARGEST_PAGE, description="Results on a page.")


def _end_of(day: date) -> datetime:
    """In Europe/London, also where a day has 23 or 25 hours; years 1 and 9999 have no edge."""
    try:
        following = datetime.combine(day + timedelta(days=1), time())
    except OverflowError:
        following = datetime.combine(day, time(23, 59))
    return timezone.make_aware(following) - timedelta(microseconds=1)
