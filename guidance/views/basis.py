"""What an edition states of one paragraph: the statements that cover it, and its duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guidance.edition_text import resolved, statement_of
from guidance.models import Kind
from guidance.status import basis
from guidance.views.edition_facts import Declared, DutyFacts, StatementFacts, explains
from guidance.views.paragraph_facts import ParagraphFacts
from guidance.views.provisions import Named


@dataclass(frozen=True, slots=True)
class Covered:
    """The statements of status that cover a paragraph, in order, whether they go together, and the
    provisions under which they say it is guidance."""

    statements: Sequence[StatementFacts]
    conflict: bool
    provisions: Sequence[Named]


def covered(declared: Declared, paragraph: ParagraphFacts) -> Covered:
    """Derived as at publication, from what the edition itself states (`guidance.edition_text`)."""
    statements = [statement_of(row) for row in declared.raw_statements]
    title = "" if paragraph.kind == Kind.PARAGRAPH else paragraph.title
    found = basis(_number(paragraph), statements, title, paragraph.section_number)
    return Covered(
        [declared.statements[i] for i in found.statements],
        found.conflict,
        [declared.named[path] for path in resolved(found.provisions)],
    )


def duties_at(declared: Declared, paragraph: ParagraphFacts) -> list[DutyFacts]:
    """The duties that the edition explains at this paragraph."""
    return [d for d in declared.duties if explains(d, _number(paragraph), paragraph.section_number)]


def _number(paragraph: ParagraphFacts) -> str:
    """The number that it has or follows, told apart by its section's prefix."""
    return f"{paragraph.section_prefix} {paragraph.after}".strip() if paragraph.after else ""
