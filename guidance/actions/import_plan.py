"""The plan of an import: what will be written, and which paragraph keeps which identity.

A plan is made before anything is saved, is shown to the editor, can be corrected, and can be kept
as JSON between the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

NEW = ""
"""The answer "this paragraph is new" in a correction."""


class CorrectionError(ValueError):
    """A correction that cannot be followed; `paragraph` is the provisional identity it was for."""

    def __init__(self, paragraph: str, sentence: str) -> None:
        super().__init__(sentence)
        self.paragraph = paragraph


@dataclass(frozen=True, slots=True)
class OldParagraph:
    """A paragraph of the last edition: `label` is how an editor names it ("2.12", "Box: Data")."""

    id: str
    label: str
    words: str


@dataclass(slots=True)
class Match:
    """Where a paragraph of the new edition came from.

    `id` is its provisional identity, used if it is new; `old` is the identity that it keeps, or
    None. `place` is its line or page in the file. `citable` says whether a person can cite it; the
    others are aligned but not shown.
    """

    id: str
    kind: str
    label: str
    section: int
    words: str
    old: str | None
    change: str
    confidence: float
    origins: list[str] = field(default_factory=list)
    place: str = ""
    citable: bool = True
    corrected: bool = False


@dataclass(slots=True)
class PlannedSection:
    """A section as it will be saved; `body` is raw StreamField data with provisional identities."""

    title: str
    number: str
    prefix: str
    slug: str
    body: list[dict[str, Any]]


@dataclass(slots=True)
class PlannedDuty:
    """A duty of the schedule, to be found in the register or added to it."""

    title: str
    binds: list[str]
    excepts: list[str]
    binds_words: str
    commences: str
    explained_in: str


@dataclass(slots=True)
class ImportPlan:
    """All that an import will write. `previous` is the title of the edition that it was aligned
    with, or empty; `images` holds the bytes of figures in base64 by provisional identity;
    `report` is what `guidance.outline.report.report` gave."""

    title: str
    sections: list[PlannedSection]
    matches: list[Match]
    previous: str = ""
    old: list[OldParagraph] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    statements: list[dict[str, Any]] = field(default_factory=list)
    duties: list[PlannedDuty] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    product_code: str = ""
    images: dict[str, str] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            **{
                **data,
                "sections": [PlannedSection(**s) for s in data["sections"]],
                "matches": [Match(**m) for m in data["matches"]],
                "old": [OldParagraph(**o) for o in data["old"]],
                "duties": [PlannedDuty(**d) for d in data["duties"]],
            }
        )

    def identities(self) -> dict[str, str]:
        """Provisional identity -> the identity that each block will have."""
        return {match.id: match.old or match.id for match in self.matches}

    def corrected(self, answers: Mapping[str, str]) -> Self:
        """The plan with the editor's answers: provisional identity -> old identity, or NEW.

        Raises CorrectionError where an answer names what is not there, or where two paragraphs
        would have one identity.
        """
        matches = {match.id: match for match in self.matches}
        known = {old.id: old for old in self.old}
        for paragraph, old in answers.items():
            if paragraph not in matches:
                raise CorrectionError(paragraph, "This paragraph is not part of the import.")
            if old and old not in known:
                raise CorrectionError(
                    paragraph, "The last edition has no such paragraph. Choose one of the list."
                )
        changed = [_answered(match, answers) for match in self.matches]
        holders: dict[str, Match] = {}
        for match in changed:
            if match.old is None:
                continue
            if other := holders.get(match.old):
                blamed = match if match.id in answers else other
                raise CorrectionError(
                    blamed.id,
                    f"{other.label} and {match.label} cannot both continue "
                    f"{known[match.old].label}. Say that one of them is new.",
                )
            holders[match.old] = match
        removed = [old.id for old in self.old if old.id not in holders]
        return replace(self, matches=changed, removed=removed)


def _answered(match: Match, answers: Mapping[str, str]) -> Match:
    answer = answers.get(match.id, match.old or NEW)
    if answer == (match.old or NEW):
        return match
    change = "substantive" if answer else "inserted"
    return replace(
        match,
        old=answer or None,
        change=change,
        origins=[answer] if answer else [],
        confidence=1.0,
        corrected=True,
    )
