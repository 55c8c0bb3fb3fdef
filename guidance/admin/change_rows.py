"""One changed paragraph as the review of changes shows it, with the form in which it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils.text import Truncator

from guidance.actions.review_rows import REWORDED, fitting, stale, wants_reason
from guidance.actions.reviewing import Decision
from guidance.comparison import Piece, Row, Side
from guidance.models import Change, ChangeDecision, Kind, Status

FIRST_WORDS = 30
"""How many words of a paragraph are shown whose words are as they were."""


def label(side: Side) -> str:
    """What a block is called: its number, its title, or what it is and what it follows."""
    if side.number:
        return side.number
    kind = str(Kind(side.kind).label)
    if side.title:
        return f"{kind} “{Truncator(side.title).chars(80)}”"
    return f"{kind} after {side.after}" if side.after else kind


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the form of one paragraph."""

    change: str
    other: str
    reason: str

    @property
    def mark(self) -> str:
        """Tells whether anything was typed over what was shown."""
        return sha256("\0".join((self.change, self.other, self.reason)).encode()).hexdigest()[:16]


class ChangeRow:
    """A row of the comparison with what was decided, and what was typed and refused."""

    def __init__(
        self,
        row: Row,
        decisions: Mapping[str, ChangeDecision],
        references: Mapping[str, str],
        join: str = "",
    ) -> None:
        self.row = row
        self.key = row.side.identity
        self.decision = decisions.get(self.key)
        self.undecided = wants_reason(row, decisions)
        self.stale = self.decision is not None and stale(row, self.decision)
        self.error = ""
        self.typed: Answer | None = None
        self.page: int | None = None
        self._references = references
        self.join = join

    @property
    def name(self) -> str:
        return label(self.row.side)

    @property
    def was(self) -> str:
        """What it was called before, where that was something else."""
        old, new = self.row.before, self.row.after
        return label(old) if old and new and label(old) != label(new) else ""

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(change, change.capitalize()) for change in self.row.changes]

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """The kinds that it can be, the proposed one first. A new number or place is a fact, in
        which there is nothing to choose."""
        kinds = fitting(self.row) if self.reworded else fitting(self.row)[:1]
        return [(str(kind), _CHOICES.get(kind, str(Change(kind).label))) for kind in kinds]

    @property
    def joins(self) -> str:
        """What the field for the other end of a split or a merger asks, or nothing."""
        if self.row.before is None:
            return "Split from (its number in the edition before)"
        return "Merged into (its number in this draft)" if self.row.after is None else ""

    @property
    def shown(self) -> Answer:
        """What is kept, or else what is proposed."""
        decision = self.decision
        if decision is None or decision.change not in dict(self.choices):
            change = self.row.changes[0] if self.row.changes[0] in dict(self.choices) else ""
            return Answer(change or self._first, self.join, decision.reason if decision else "")
        end = decision.before if decision.change == Change.SPLIT else decision.after
        other = self._references.get(str(end), "") if self._is_join(decision) else self.join
        return Answer(decision.change, other, decision.reason)

    @property
    def answer(self) -> Answer:
        return self.typed or self.shown

    @property
    def _first(self) -> str:
        return self.choices[0][0] if self.choices else ""

    @staticmethod
    def _is_join(decision: ChangeDecision) -> bool:
        return decision.change in (Change.SPLIT, Change.MERGED)

    @property
    def proposal(self) -> str:
        """What the words of a paragraph that was kept propose, where the editor chose otherwise."""
        if self.joins or not self.choices or self.shown.change == self._first:
            return ""
        return self.choices[0][1]

    @property
    def pieces(self) -> list[Piece]:
        """The words with what went in and out; none where the words are as they were."""
        return self.row.pieces if self.reworded else []

    @property
    def reworded(self) -> bool:
        alone = self.row.before is None or self.row.after is None
        return alone or any(change in REWORDED for change in self.row.changes)

    @property
    def first_words(self) -> str:
        return str(Truncator(self.row.side.text).words(FIRST_WORDS))

    @property
    def sentences(self) -> list[str]:
        """Where it came from and went, and what became of its status."""
        return [sentence for sentence in (self._moved, *self._ends, self._status) if sentence]

    @property
    def _moved(self) -> str:
        old, new = self.row.before, self.row.after
        if old is None or new is None or "moved" not in self.row.changes:
            return ""
        if old.section_slug != new.section_slug:
            return f"Moved from {old.section_words}."
        return "Moved within its section."

    @property
    def _ends(self) -> list[str]:
        row = self.row
        found = []
        if row.origins:
            verb = "Split from" if row.before is None else "Took in"
            found.append(f"{verb} {_names(row.origins)}.")
        if row.destinations:
            verb = "Merged into" if row.after is None else "Part of it is now"
            found.append(f"{verb} {_names(row.destinations)}.")
        return found

    @property
    def _status(self) -> str:
        old, new = self.row.before, self.row.after
        if not self.row.restated or old is None or new is None:
            return ""
        if old.status != new.status:
            return f"Was “{Status(old.status).label}”, is now “{Status(new.status).label}”."
        return "It rests on other provisions than before."

    @property
    def number_of_lines(self) -> int:
        return max(1, min(6, len(self.answer.reason) // 70 + self.answer.reason.count("\n") + 1))


_CHOICES: dict[str, str] = {
    Change.EDITORIAL: "Editorial: it means the same",
    Change.SUBSTANTIVE: "Substantive: it means something else",
    Change.INSERTED: "New",
    Change.SPLIT: "Split from another paragraph",
    Change.REMOVED: "Removed",
    Change.MERGED: "Merged into another paragraph",
}


def _names(sides: tuple[Side, ...]) -> str:
    return ", ".join(label(side) for side in sides)


def posted(data: Mapping[str, Any]) -> dict[str, tuple[Answer, str, bool]]:
    """What came back, by paragraph, in the order of the page: the answer, the digest of the words
    that were shown, and whether anything was typed over what was shown."""
    found = {}
    for name in data:
        kind, _, key = name.partition("-")
        if kind == "was":
            answer = Answer(*(_said(data, field, key) for field in ("change", "other", "reason")))
            typed = answer.mark != data[name]
            found[key] = (answer, str(data.get(f"digest-{key}", "")), typed)
    return found


def decision_of(key: str, answer: Answer, digest: str) -> Decision:
    joined = answer.change in (Change.SPLIT, Change.MERGED)
    return Decision(key, answer.change, answer.reason, answer.other if joined else "", digest)


def _said(data: Mapping[str, Any], field: str, key: str) -> str:
    """Browsers send line ends of their own."""
    return str(data.get(f"{field}-{key}", "")).replace("\r\n", "\n").strip()
