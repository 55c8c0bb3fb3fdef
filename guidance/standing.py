"""What an edition is and whether it applies on a day, as every page says in its first line.

The rule is that of `EditionQuerySet.in_force_on`: of the final editions published by then with
in-force-from on or before it, the one with the latest (in-force-from, published). Pure.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

_MONTHS = tuple(month_name)


class Issued(Protocol):
    """What is asked of an edition here; rows of the ledger and plain dataclasses both do."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def published(self) -> date: ...
    @property
    def in_force_from(self) -> date | None: ...
    @property
    def withdrawn_from(self) -> date | None: ...


class Applies(StrEnum):
    """Whether an edition applies; the value is also its name in the style sheet."""

    DRAFT = "draft"
    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """The line at the top: `words` first, then `note`, then a link to the edition at `see`."""

    applies: Applies
    words: str
    note: str = ""
    see: str = ""
    see_words: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which an edition is in force: from `start` up to and without `end`.

    `end` is None while nothing that is issued ends it; where `end` <= `start` it never is in force.
    `successor` is the edition in force on `end`; None where it was withdrawn.
    """

    start: date
    end: date | None
    successor: Issued | None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def span_in_force(edition: Issued, editions: Sequence[Issued]) -> Span | None:
    """When `edition` is in force among all issued editions of its document; None for a draft."""
    if edition.in_force_from is None:
        return None
    start = _start(edition)
    later = [e for e in editions if e.in_force_from is not None and _rank(e) > _rank(edition)]
    end = min((_start(e) for e in later), default=None)
    withdrawn = edition.withdrawn_from
    if withdrawn is not None and (end is None or withdrawn < end):
        return Span(start, withdrawn, None)
    if end is None:
        return Span(start, None, None)
    successor = max((e for e in later if _start(e) <= max(start, end)), key=_rank)
    if successor.withdrawn_from is not None and successor.withdrawn_from <= end:
        return Span(start, end, None)
    return Span(start, end, successor)


def in_force_on(editions: Sequence[Issued], day: date) -> Issued | None:
    """The edition that applies on `day`, if any."""
    latest = _latest_on(editions, day)
    if latest is None or (latest.withdrawn_from is not None and latest.withdrawn_from <= day):
        return None
    return latest


def shown_on(editions: Sequence[Issued], day: date) -> Issued | None:
    """The edition that a document shows: in force, else the one that was withdrawn, else the next
    to be in force, else the latest draft."""
    current = _latest_on(editions, day)
    if current:
        return current
    coming = [e for e in editions if e.in_force_from is not None]
    if coming:
        return min(coming, key=lambda e: (_start(e), [-part for part in _ordinals(e)]))
    return max(editions, key=lambda e: e.published, default=None)


def standing(edition: Issued, editions: Sequence[Issued], day: date) -> Standing:
    """What `edition` is on `day`, in words, with a way to what applies instead."""
    span = span_in_force(edition, editions)
    if span is None:
        return _draft(edition, editions, day)
    if span.end is not None and span.end <= span.start:
        return _never(edition, span)
    if day < span.start:
        return _not_yet(span, in_force_on(editions, day))
    if span.holds(day):
        return _in_force(span)
    replaced = span.successor
    assert span.end is not None
    if replaced is None:
        return _withdrawn(span.end, in_force_on(editions, day))
    words = f"Superseded on {day_words(span.end)}"
    return Standing(Applies.SUPERSEDED, words, "", replaced.slug, "see what replaced it")


def day_words(day: date) -> str:
    """A date as people read it: 1 July 2008."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def _draft(edition: Issued, editions: Sequence[Issued], day: date) -> Standing:
    words = f"Draft for consultation, published {day_words(edition.published)}"
    current = in_force_on(editions, day)
    if current:
        return Standing(
            Applies.DRAFT, words, "it does not apply", current.slug, "see what is in force"
        )
    coming = [e for e in editions if e.in_force_from is not None]
    if coming:
        following = min(coming, key=_start)
        note = f"an edition applies from {day_words(_start(following))}"
        return Standing(Applies.DRAFT, words, note, following.slug, "see that edition")
    later = [e for e in editions if e.published > edition.published]
    if later:
        newest = max(later, key=lambda e: e.published)
        return Standing(Applies.DRAFT, words, "", newest.slug, "see the latest draft")
    return Standing(Applies.DRAFT, words, "no edition of this guidance is in force")


def _latest_on(editions: Sequence[Issued], day: date) -> Issued | None:
    """The edition that ranks highest of those that have begun by `day`, withdrawn or not."""
    begun = [e for e in editions if e.in_force_from is not None and _start(e) <= day]
    return max(begun, key=_rank, default=None)


def _withdrawn(since: date, current: Issued | None) -> Standing:
    words = f"Withdrawn on {day_words(since)}"
    if current:
        return Standing(Applies.WITHDRAWN, words, "", current.slug, "see what is in force")
    return Standing(Applies.WITHDRAWN, words, "it no longer applies")


def _never(edition: Issued, span: Span) -> Standing:
    if span.successor is None:
        return Standing(Applies.WITHDRAWN, "Withdrawn before it came into force")
    words = "Replaced before it came into force"
    return Standing(Applies.SUPERSEDED, words, "", span.successor.slug, "see what replaced it")


def _not_yet(span: Span, current: Issued | None) -> Standing:
    words = f"Not yet in force: applies from {day_words(span.start)}"
    if current:
        return Standing(Applies.NOT_YET, words, "", current.slug, "see what is in force until then")
    return Standing(Applies.NOT_YET, words, "nothing is in force until then")


def _in_force(span: Span) -> Standing:
    words = f"In force since {day_words(span.start)}"
    if span.end is None:
        return Standing(Applies.IN_FORCE, words)
    if span.successor is None:
        return Standing(Applies.IN_FORCE, words, f"withdrawn from {day_words(span.end)}")
    note = f"replaced from {day_words(span.end)}"
    return Standing(Applies.IN_FORCE, words, note, span.successor.slug, "see what replaces it")


def _start(edition: Issued) -> date:
    """The first day on which it can apply: no edition is in force before it is published."""
    assert edition.in_force_from is not None
    return max(edition.in_force_from, edition.published)


def _rank(edition: Issued) -> tuple[date, date]:
    assert edition.in_force_from is not None
    return (edition.in_force_from, edition.published)


def _ordinals(edition: Issued) -> list[int]:
    return [day.toordinal() for day in _rank(edition)]
