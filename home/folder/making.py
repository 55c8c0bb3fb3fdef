"""How a piece of guidance is made, as far as an editor lets the public read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from home.models import FolderItem, Step


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its words, who did it or was there, and when."""

    text: str
    who: str
    on: date | None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """A step of the making with its public notes."""

    step: str
    title: str
    notes: Sequence[Note]


def makings_of(item: FolderItem) -> list[MadeBy]:
    """The steps of which something is public, in the order in which guidance is made; progress
    newest first. In one query."""
    rows = list(item.makings.filter(public=True))
    found: list[MadeBy] = []
    for step in Step:
        notes = [Note(row.text, row.who, row.on) for row in rows if row.step == step]
        if step == Step.PROGRESS:
            notes.sort(key=lambda note: note.on or date.min, reverse=True)
        if notes:
            found.append(MadeBy(step.value, str(step.label), notes))
    return found
