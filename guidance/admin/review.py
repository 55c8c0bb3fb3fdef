"""What was understood of a file, arranged for the page on which an editor decides about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from guidance.actions.import_plan import Match, PlannedSection
from guidance.admin.corrections import PREFIX, Answers
from guidance.content import content_of
from guidance.models import Change
from guidance.rendering import render_version

SURE = 0.95
LIKELY = 0.75
COUNTED = (
    ("boxes", "box", "boxes"),
    ("tables", "table", "tables"),
    ("figures", "figure", "figures"),
    ("questions", "consultation question", "consultation questions"),
    ("glossary", "glossary entry", "glossary entries"),
    ("statements", "statement of status", "statements of status"),
    ("duties", "duty", "duties"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the new edition beside the one that it continues."""

    match: Match
    field: str
    typed: str
    before: str
    before_words: str
    change: str
    confidence: str
    error: str


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section's words as they will read."""

    name: str
    numbered: int
    blocks: list[tuple[str, SafeString]]


class Review:
    """Counts, problems, alignment and text of a plan."""

    def __init__(self, answers: Answers) -> None:
        self.plan = answers.plan
        self._answers = answers
        self._old = {old.id: old for old in answers.plan.old}

    @property
    def numbered(self) -> int:
        return len(self.plan.report["numbered_paragraphs"])

    @property
    def counts(self) -> list[tuple[int, str]]:
        """How many there are of each kind, as "7", "boxes"; what there is none of is left out."""
        found = [(len(self.plan.report[key]), one, many) for key, one, many in COUNTED]
        return [(count, one if count == 1 else many) for count, one, many in found if count]

    @property
    def footnotes(self) -> dict[str, Any]:
        return dict(self.plan.report["footnotes"])

    @property
    def problems(self) -> list[dict[str, Any]]:
        return list(self.plan.report["problems"])

    @cached_property
    def rows(self) -> list[Row]:
        """The paragraphs that can be cited, in order."""
        return [self._row(match) for match in self.plan.matches if match.citable]

    @property
    def to_look_at(self) -> list[Row]:
        return [row for row in self.rows if not _settled(row)]

    @property
    def settled(self) -> list[Row]:
        return [row for row in self.rows if _settled(row)]

    @property
    def removed(self) -> list[tuple[str, str]]:
        """Label and words of what the last edition had and this one has not."""
        gone = (self._old[old] for old in self.plan.removed)
        return [(old.label, old.words) for old in gone]

    @property
    def labels(self) -> list[str]:
        return [old.label for old in self.plan.old]

    @cached_property
    def sections(self) -> list[SectionText]:
        return [self._section(section) for section in self.plan.sections]

    def _row(self, match: Match) -> Row:
        before = self._old.get(match.old or "")
        return Row(
            match=match,
            field=PREFIX + match.id,
            typed=self._answers.typed(match),
            before=before.label if before else "",
            before_words=before.words if before else "",
            change=str(Change(match.change).label),
            confidence=_in_words(match),
            error=self._answers.errors.get(match.id, ""),
        )

    def _section(self, section: PlannedSection) -> SectionText:
        numbered = sum(block["type"] == "paragraph" for block in section.body)
        name = f"{section.number} {section.title}".strip()
        return SectionText(name, numbered, list(_blocks(section)))


def _blocks(section: PlannedSection) -> Iterator[tuple[str, SafeString]]:
    for block in section.body:
        content = content_of(block)
        label = content["number"] if content["kind"] == "paragraph" else ""
        title = content["title"] if content["kind"] in ("box", "glossary") else ""
        yield f"{label} {title}".strip(), mark_safe(render_version(content))  # noqa: S308


def _settled(row: Row) -> bool:
    """Nothing to decide: the same words, surely the same paragraph."""
    return row.match.change == Change.UNCHANGED and row.match.confidence >= SURE and not row.error


def _in_words(match: Match) -> str:
    if match.corrected:
        return "as you said"
    if match.confidence >= SURE:
        return "sure"
    return "likely" if match.confidence >= LIKELY else "please check"
