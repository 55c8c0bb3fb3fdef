"""A draft edition as its reviewers read it: section by section, block by block, with its status."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from guidance.actions.edition_source import drafted
from guidance.edition_text import EditionText, Line, compose, lines_by_section
from guidance.models import EditionPage, SectionPage, Status
from guidance.rendering import render_version

NAMES = {
    "heading": "the heading",
    "box": "the box",
    "table": "the table",
    "figure": "the figure",
    "glossary": "the term",
    "question": "question",
    "quotation": "the quotation",
    "text": "the text",
}


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One block: its identity, how people refer to it ("paragraph 2.13"), and its words."""

    identity: str
    kind: str
    label: str
    name: str
    status: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section of the draft and its page."""

    page: SectionPage
    title: str
    blocks: list[DraftBlock]


@dataclass(frozen=True, slots=True)
class Draft:
    """The edition as drafted now, with its sections in order; statuses are left out where the
    statements of status cannot be read yet."""

    page: EditionPage
    text: EditionText
    sections: list[DraftSection]

    def place(self, section: int) -> int | None:
        """The position of a section's page among the sections, from 0."""
        found = (i for i, s in enumerate(self.sections) if s.page.pk == section)
        return next(found, None)


def read_draft(edition: EditionPage, *, only: int | None = None) -> Draft:
    """The draft; with `only` (the primary key of a section) no other section's words are made."""
    source = drafted(edition)
    try:
        text = compose(source.facts, source.sections)
    except ValueError:
        text = compose(replace(source.facts, statements=()), source.sections)
    sections = []
    for page, (section, lines) in zip(source.section_pages, lines_by_section(text), strict=True):
        wanted = lines if only in (None, page.pk) else ()
        title = f"{section.number} {section.title}".strip()
        sections.append(DraftSection(page, title, [_block(line) for line in wanted]))
    return Draft(source.page, text, sections)


def _block(line: Line) -> DraftBlock:
    block = line.block
    if block.kind == "paragraph":
        name = f"paragraph {block.number}".strip()
    else:
        title = f" “{block.title}”" if block.title else f" {block.number}" if block.number else ""
        name = f"{NAMES.get(block.kind, 'the text')}{title}"
    return DraftBlock(
        identity=line.identity,
        kind=block.kind,
        label=block.number if block.kind in ("paragraph", "question") else "",
        name=name,
        status=_status(line),
        html=mark_safe(render_version(line.content)),  # noqa: S308 - cleaned as it was stored
    )


def _status(line: Line) -> str:
    status = line.basis.status
    return "" if status == Status.UNSTATED or status not in Status.values else Status(status).label
