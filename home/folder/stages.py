"""What stage a piece of guidance has reached, as the folder says it at a glance. Pure.

It follows from the editions that were issued and the consultations that there are, and is never
typed. Where an item has several documents, the one that is furthest speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from guidance.consultations import Consultation
from guidance.standing import Issued, day_words, in_force_on, span_in_force

FINAL = ("final", "corrigendum")


class StageKind(StrEnum):
    """The stages; the value is also the name in the style sheet and the API."""

    PLANNED = "planned"
    IN_PREPARATION = "in-preparation"
    CONSULTATION = "consultation"
    BEING_FINALISED = "being-finalised"
    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in words, and what else is to be known of it."""

    kind: StageKind
    words: str
    note: str = ""

    @property
    def coming(self) -> bool:
        """Whether the guidance is yet to come."""
        return self.kind in _COMING


_COMING = (
    StageKind.PLANNED, StageKind.IN_PREPARATION, StageKind.CONSULTATION, StageKind.BEING_FINALISED,
)  # fmt: skip
_FURTHEST = (
    StageKind.REVISED, StageKind.IN_FORCE, StageKind.NOT_YET, StageKind.BEING_FINALISED,
    StageKind.CONSULTATION, StageKind.IN_PREPARATION, StageKind.WITHDRAWN,
)  # fmt: skip


def item_stage(
    documents: Sequence[tuple[Sequence[Issued], Sequence[Consultation]]],
    now: datetime,
    *,
    being_written: bool = False,
    dropped: str = "",
) -> Stage:
    """The stage of an item on the day of `now` (aware, in local time).

    `documents` are the issued editions of each of its documents, with the consultations on it;
    `being_written` says that something is known of its making; `dropped` is the title of the plan
    that left it out, if one did.
    """
    found = [
        document_stage(editions, consultations, now)
        for editions, consultations in documents
        if editions or consultations
    ]
    if found:
        return min(found, key=lambda stage: _FURTHEST.index(stage.kind))
    if dropped:
        return Stage(StageKind.DROPPED, "No longer planned", f"left out of “{dropped}”")
    if being_written:
        return Stage(StageKind.IN_PREPARATION, "In preparation")
    return Stage(StageKind.PLANNED, "Planned")


def document_stage(
    editions: Sequence[Issued], consultations: Sequence[Consultation], now: datetime
) -> Stage:
    """The stage of one document, of which something was issued or a consultation is known."""
    day = now.date()
    current = in_force_on(editions, day)
    finals = [e for e in editions if e.stage in FINAL]
    if current is not None:
        return _in_force(current, editions, consultations, now)
    coming = [e for e in finals if _starts(e) > day]
    if coming:
        first = min(coming, key=_starts)
        return Stage(StageKind.NOT_YET, f"Published: applies from {day_words(_starts(first))}")
    if finals and not _newer_draft(editions):
        return Stage(StageKind.WITHDRAWN, *_withdrawn(finals, day))
    return _consulted(editions, consultations, now)


def _in_force(
    current: Issued,
    editions: Sequence[Issued],
    consultations: Sequence[Consultation],
    now: datetime,
) -> Stage:
    """A second or later edition revises the one before; a corrigendum only corrects it."""
    since = day_words(_starts(current))
    before = [
        e for e in editions if e.stage in FINAL and _starts(e) < _starts(current) and e != current
    ]
    note = ""
    opened = next((c for c in consultations if c.is_open(now)), None)
    if opened:
        note = f"a new draft is out for consultation until {day_words(opened.last_day)}"
    elif _newer_draft(editions):
        note = "a new draft is out for consultation"
    if before and current.stage != "corrigendum":
        return Stage(StageKind.REVISED, f"Revised: in force since {since}", note)
    return Stage(StageKind.IN_FORCE, f"In force since {since}", note)


def _consulted(
    editions: Sequence[Issued], consultations: Sequence[Consultation], now: datetime
) -> Stage:
    opened = next((c for c in consultations if c.is_open(now)), None)
    if opened:
        closes = day_words(opened.last_day)
        return Stage(StageKind.CONSULTATION, f"Consultation open until {closes}")
    ahead = next((c for c in consultations if c.opens > now), None)
    if ahead:
        opens = day_words(ahead.opens.astimezone(now.tzinfo).date())
        return Stage(StageKind.IN_PREPARATION, "In preparation", f"consultation opens on {opens}")
    if consultations:
        closed = max(consultations, key=lambda c: c.closes)
        note = f"consultation closed on {day_words(closed.last_day)}"
        return Stage(StageKind.BEING_FINALISED, "Being finalised", note)
    draft = max(editions, key=lambda e: e.published)
    words = f"Draft for consultation, published {day_words(draft.published)}"
    return Stage(StageKind.CONSULTATION, words)


def _withdrawn(finals: Sequence[Issued], day: date) -> tuple[str, str]:
    ends = [
        span.end
        for e in finals
        if (span := span_in_force(e, finals)) and span.end and span.end <= day
    ]
    return (f"Withdrawn on {day_words(max(ends))}" if ends else "Withdrawn"), "it no longer applies"


def _newer_draft(editions: Sequence[Issued]) -> bool:
    """Whether the newest edition is a draft."""
    newest = max(editions, key=lambda e: e.published)
    return newest.stage not in FINAL


def _starts(edition: Issued) -> date:
    assert edition.in_force_from is not None
    return max(edition.in_force_from, edition.published)
