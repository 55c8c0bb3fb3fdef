"""How a consultation stands, as its pages and the list say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consultation.closing import LONDON, Phase, in_words
from consultation.models import ConsultationPage


@dataclass(frozen=True, slots=True)
class Standing:
    """`phase` is also the name in the style sheet; `words` say until, from or since when, `note` what
    that means for whoever wants to respond."""

    phase: Phase
    words: str
    note: str = ""


def standing(consultation: ConsultationPage, now: datetime) -> Standing:
    """Of a published consultation at an instant (aware)."""
    assert consultation.opens is not None
    assert consultation.closes is not None
    phase = consultation.phase(now)
    closes = in_words(consultation.closes)
    if phase == Phase.UPCOMING:
        return Standing(phase, f"Opens at {in_words(consultation.opens)}", f"closes at {closes}")
    if phase == Phase.OPEN:
        return Standing(phase, f"Open until {closes}", _left(consultation.closes, now))
    return Standing(phase, f"Closed at {closes}", "it takes no more responses")


def _left(closes: datetime, now: datetime) -> str:
    days = (closes.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days
    if not days:
        return "closes today"
    return "closes tomorrow" if days == 1 else f"{days} days left"
