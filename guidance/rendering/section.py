"""The reading column of a section: contents, blocks with numbers in the margin, notes, neighbours.

Everything on a section's page that never changes once its edition is issued. It is joined from
strings, because a template for each paragraph costs fifty times as much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from guidance.rendering.addresses import section_path
from guidance.rendering.row import UNSTATED, Row
from guidance.rendering.status import mark, status_summary
from guidance.rendering.terms import Term, terms_list
from guidance.rendering.version import MARKER, MARKER_STEM, NOTE_OPEN, NOTES_OPEN

_NOTES_CLOSE = "</ul></details>"
_NOTE_ID = re.compile(rf'{re.escape(NOTE_OPEN)}[^"]*">')
_HEADING = re.compile(r"<h([2-4])>(.*)</h\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section as its neighbours show it."""

    slug: str
    title: str
    number: str = ""

    @property
    def words(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class SectionFrame:
    """Where a section stands: its document's and edition's slugs, all sections in order, and the
    terms that its words use."""

    document: str
    edition: str
    slug: str
    title: str
    number: str = ""
    siblings: Sequence[SectionLink] = ()
    terms: Sequence[Term] = ()


def render_section(section: SectionFrame, rows: Sequence[Row]) -> str:
    """The whole column below the status line; the same arguments always give the same HTML."""
    column = _Column(section, rows)
    number = f'<span class="section-number">{escape(section.number)}</span> '
    title = f"{number if section.number else ''}{escape(section.title)}"
    return "".join(
        (
            '<div class="reading">',
            _contents(section, column.headings),
            '<article class="column">',
            f'<h1 class="section-title">{title}</h1>',
            status_summary(section.document, section.edition, rows),
            *column.html,
            _endnotes(column.notes),
            terms_list(section.terms),
            _neighbours(section),
            "</article></div>",
        )
    )


class _Column:
    """Blocks joined in order, with what only their order tells: heading levels, ids, notes."""

    def __init__(self, section: SectionFrame, rows: Sequence[Row]) -> None:
        self.html: list[str] = []
        self.headings: list[tuple[int, str, str]] = []
        self.notes: list[tuple[str, str, str]] = []
        self._section = section
        self._stated = any(row.status != UNSTATED for row in rows)
        self._level = 1
        self._ids: set[str] = {row.reference for row in rows}
        glossary = False
        for row in rows:
            if (row.kind == "glossary") != glossary:
                glossary = not glossary
                self.html.append('<dl class="glossary">' if glossary else "</dl>")
            self._add(row)
        if glossary:
            self.html.append("</dl>")

    def _add(self, row: Row) -> None:
        match row.kind:
            case "heading":
                self._heading(row)
            case "paragraph":
                self._paragraph(row)
            case "box":
                self._box(row)
            case "glossary":
                self._term(row)
            case "table" | "figure":
                self._framed(row, f"{row.kind}-block")
            case _:
                self.html.append(f'<div class="{row.kind} words">{self._words(row)}</div>')

    def _heading(self, row: Row) -> None:
        """A level is never skipped, so that the outline holds whatever was typed."""
        found = _HEADING.fullmatch(row.html)
        typed, words = (int(found[1]), found[2]) if found else (2, escape(row.title))
        self._level = level = min(typed, self._level + 1)
        anchor = heading_anchor(row.title, self._ids)
        self.headings.append((level, anchor, words))
        self.html.append(f'<h{level} id="{anchor}">{words}</h{level}>')

    def _paragraph(self, row: Row) -> None:
        number = escape(row.number)
        self.html.append(
            f'<div class="para {row.status}" id="{row.reference}">'
            f'<a class="number" href="#{row.reference}" aria-label="Paragraph {number}">{number}'
            "</a>"
            f'<div class="words">{self._words(row)}</div>{self._mark(row)}</div>'
        )

    def _box(self, row: Row) -> None:
        level = min(self._level + 1, 6)
        self.html.append(
            f'<div class="para boxed {row.status}" id="{row.reference}"><div class="box words">'
            f'<h{level} class="box-title">{escape(row.title)}</h{level}>{self._words(row)}</div>'
            f"{self._mark(row)}</div>"
        )

    def _framed(self, row: Row, name: str) -> None:
        self.html.append(
            f'<div class="para {name} {row.status}" id="{row.reference}">'
            f'<div class="words">{self._words(row)}</div>{self._mark(row)}</div>'
        )

    def _term(self, row: Row) -> None:
        self.html.append(
            f'<div class="term {row.status}" id="{row.reference}"><dt>{escape(row.title)}</dt>'
            f'<dd><div class="words">{self._words(row)}</div>{self._mark(row)}</dd></div>'
        )

    def _mark(self, row: Row) -> str:
        return mark(self._section.document, self._section.edition, row, stated=self._stated)

    def _words(self, row: Row) -> str:
        """The version's HTML with its notes' anchors made this block's own."""
        if NOTES_OPEN not in row.html:
            return row.html
        owner = row.reference or _unused("text", self._ids)
        items = row.html.rpartition(NOTES_OPEN)[2].partition("<ul>")[2].removesuffix(_NOTES_CLOSE)
        self.notes.extend(
            (row.reference, row.number or row.title, f"<li>{item}")
            for item in _NOTE_ID.split(items)[1:]
        )
        return row.html.replace(MARKER, f"{MARKER_STEM}{owner}-note-").replace(
            NOTE_OPEN, f'<li id="{owner}-note-'
        )


def heading_anchor(title: str, taken: set[str]) -> str:
    """The id of a heading on its section's page. `taken` are the references of the section's blocks
    and the ids of the headings before it; its own is added."""
    return _unused(f"heading-{_slug(title)}", taken)


def _unused(stem: str, taken: set[str]) -> str:
    anchor, count = stem, 1
    while anchor in taken:
        count += 1
        anchor = f"{stem}-{count}"
    taken.add(anchor)
    return anchor


def _contents(section: SectionFrame, headings: Sequence[tuple[int, str, str]]) -> str:
    """All sections of the edition, with the headings of this one under it."""
    here = "".join(
        f'<li class="level-{level}"><a href="#{anchor}">{words}</a></li>'
        for level, anchor, words in headings
        if level < 4
    )
    inner = f"<ul>{here}</ul>" if here else ""
    items = "".join(
        f'<li class="here"><a href="#main-content" aria-current="page">{escape(link.words)}</a>'
        f"{inner}</li>"
        if link.slug == section.slug
        else f'<li><a href="{section_path(section.document, section.edition, link.slug)}">'
        f"{escape(link.words)}</a></li>"
        for link in section.siblings
    )
    return (
        '<nav class="contents" aria-label="Contents"><details><summary>Contents</summary>'
        f"<ol>{items}</ol></details></nav>"
    )


def _endnotes(notes: Sequence[tuple[str, str, str]]) -> str:
    """Every note of the section, in order, each with the way back to its paragraph."""
    if not notes:
        return ""
    items = "".join(
        item.replace("</div></li>", f" {_way_back(address, words)}</div></li>")
        for address, words, item in notes
    )
    return (
        '<section class="endnotes" aria-labelledby="footnotes"><h2 id="footnotes">Footnotes</h2>'
        f"<ul>{items}</ul></section>"
    )


def _way_back(address: str, words: str) -> str:
    if not address:
        return ""
    return (
        f'<a class="back" href="#{address}" aria-label="Back to {escape(words)}">'
        f"{escape(words)}</a>"
    )


def _neighbours(section: SectionFrame) -> str:
    slugs = [link.slug for link in section.siblings]
    here = slugs.index(section.slug) if section.slug in slugs else 0
    before = section.siblings[here - 1] if here else None
    after = section.siblings[here + 1] if here + 1 < len(slugs) else None
    links = [
        f'<a rel="{rel}" class="{rel}" href="'
        f'{section_path(section.document, section.edition, link.slug)}">'
        f"<span>{label}</span> {escape(link.words)}</a>"
        for rel, label, link in (("prev", "Previous", before), ("next", "Next", after))
        if link
    ]
    if not links:
        return ""
    return f'<nav class="neighbours" aria-label="Previous and next section">{"".join(links)}</nav>'


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-") or "untitled"
