"""The dates that a reader asks for: what applied on a day, and as the site knew it on another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from guidance.querysets import end_of
from guidance.standing import day_words

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
WRITE_IT = "Write the date as year, month and day, like 2008-07-01."


class WrongDate(ValueError):
    """A date that cannot be answered for: the field it was given in, what was given, and what to
    give instead."""

    def __init__(self, field: str, given: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.given = given


@dataclass(frozen=True, slots=True)
class Asked:
    """The dates of a request. `named` says that the day was asked for and is not merely today's;
    `known_on` asks for what the site knew at the end of that day."""

    day: date
    named: bool = False
    known_on: date | None = None

    @property
    def instant(self) -> datetime | None:
        return end_of(self.known_on) if self.known_on else None

    @property
    def as_at(self) -> date | None:
        """The day where an address has to name it."""
        return self.day if self.named else None


def asked_dates(query: Mapping[str, str], day: str = "") -> Asked:
    """From `as_at` (or `day`, where the path gives it) and `known_on`. WrongDate.

    What the site knew on a day is asked of that day, where no other is named: what this address
    said then.
    """
    known_on = _known_on(query.get("known_on", "").strip())
    given = day or query.get("as_at", "").strip()
    if given:
        read = read_day(given)
        if read is None:
            raise WrongDate("as_at", given, WRITE_IT)
        return Asked(read, True, known_on)
    return Asked(known_on or timezone.localdate(), known_on is not None, known_on)


def read_day(text: str) -> date | None:
    """The day of "2008-07-01"; None for anything else, a day that no calendar has included."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def date_form(action: str, dates: Asked) -> dict[str, str]:
    """The context of `guidance/parts/as_at_form.html`."""
    return {
        "action": action,
        "as_at": dates.day.isoformat(),
        "known_on": dates.known_on.isoformat() if dates.known_on else "",
        "latest": timezone.localdate().isoformat(),
    }


def _known_on(given: str) -> date | None:
    if not given:
        return None
    day = read_day(given)
    if day is None:
        raise WrongDate("known_on", given, WRITE_IT)
    if day > timezone.localdate():
        raise WrongDate(
            "known_on",
            given,
            f"{day_words(day)} has not come yet, so nobody can say what this site will know then."
            " Choose today or an earlier day.",
        )
    return day
