"""What a reader hands over: the blocks of a file in reading order, before anything is understood.

A reader knows one file format and nothing about guidance. It reports what it sees: text with its
marks, headings, list items, tables, boxes, notes, and where each stands. `guidance.outline.build`
turns these blocks into an outline and is the only place that knows what a paragraph number is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath


class SourceKind(StrEnum):
    """What a block is as far as the file itself says."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"
    IMAGE = "image"
    NOTE = "note"
    CONTENTS = "contents"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its file: a line of a text, a page of a PDF, or an ordinal."""

    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        return ", ".join(parts) or "place unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters with the same marks.

    `note` is the mark of the footnote that this run refers to ("20"); its text is then the marker
    as printed. A reader sets it only where the file itself says so (Word, HTML, a superscript).
    """

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; its paragraphs in order. `span` counts the columns that it covers."""

    paragraphs: tuple[tuple[Span, ...], ...]
    header: bool = False
    span: int = 1

    @property
    def text(self) -> str:
        return "\n".join("".join(s.text for s in p) for p in self.paragraphs)


@dataclass(slots=True)
class SourceBlock:
    """One block of the file.

    `label` is a number, letter or bullet that the file computes and does not hold as text (Word's
    automatic numbering, an HTML list); typed numbers stay in the text. `level` is the heading
    level from 1, or the depth of a list item from 1. Blocks with the same `box` (not 0) stand in
    one text box, bordered frame or call-out. `mark` is the mark of a NOTE. `break_before` says
    that the block may go on from the text before it (a page or column ended in between).
    """

    kind: SourceKind
    spans: tuple[Span, ...] = ()
    place: Place = field(default_factory=Place)
    level: int = 0
    label: str = ""
    box: int = 0
    box_title: bool = False
    mark: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    style: str = ""
    indent: float = 0.0
    break_before: bool = False
    image: bytes = b""
    alt: str = ""

    @property
    def text(self) -> str:
        """The words of the block, marks and all; a table's cells joined by tabs and line ends."""
        if self.kind is SourceKind.TABLE:
            return "\n".join("\t".join(c.text for c in row) for row in self.rows)
        return "".join(s.text for s in self.spans)


@dataclass(slots=True)
class SourceDocument:
    """A whole file as its reader saw it. `format` is one of text, docx, html, pdf.

    `remarks` are the reader's own findings for the report (a tracked change accepted, a page
    without text, an image dropped), each with its place.
    """

    format: str
    blocks: list[SourceBlock]
    title: str = ""
    remarks: list[tuple[str, Place]] = field(default_factory=list)

    def __iter__(self) -> Iterator[SourceBlock]:
        return iter(self.blocks)


def plain(text: str, **marks: bool) -> tuple[Span, ...]:
    """One unmarked (or evenly marked) run."""
    return (Span(text, **marks),) if text else ()  # type: ignore[arg-type]


def words(spans: Iterable[Span]) -> str:
    return "".join(s.text for s in spans)


class UnreadableFile(ValueError):
    """The file cannot be read; the message is one sentence for the person who sent it."""


def name_in_words(name: str) -> str:
    """What a sentence calls a file: its name, or "This file" where only its kind is known."""
    path = PurePath(name)
    return path.name if path.suffix else "This file"
