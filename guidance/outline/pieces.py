"""Pieces: the builder's working copy of a file's blocks, each with the role it turns out to have.

The stages of `guidance.outline.build` pass one list of pieces along; every stage decides something
and records it here. Text is never rewritten, only divided between pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from guidance.outline.source import Place, SourceBlock, SourceDocument, SourceKind, Span

ENDINGS = ".!?:;…"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLET = re.compile(r"\s*(?:([•●▪◦‣·\uf0b7\uf0a7►➢✓])\s*|([–-])\s+|(o)\t\s*)(?=\S)")
CLOSERS = "\"'”’)]»"


class Role(StrEnum):
    """What a piece is, once understood."""

    PROSE = "prose"
    ITEM = "item"
    HEADING = "heading"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    BOX_TITLE = "box title"
    TABLE = "table"
    FIGURE = "figure"
    CAPTION = "caption"
    NOTE = "note"
    QUESTION = "question"
    GLOSSARY = "glossary"
    FURNITURE = "furniture"


@dataclass(slots=True, eq=False)
class Piece:
    """A block, or a part of one, on its way to the outline.

    `label` is what stands before an item ("iv.", "•"); `number` is the number of a paragraph,
    heading, section or question, without the full stop that may close it.
    """

    block: SourceBlock
    spans: tuple[Span, ...]
    role: Role
    label: str = ""
    number: str = ""
    level: int = 0
    depth: int = 0
    mark: str = ""
    confidence: float = 1.0
    box: int = 0
    _text: str | None = None

    @property
    def text(self) -> str:
        """The words, without the outer white space."""
        if self._text is None:
            joined = (
                self.block.text if self.role is Role.TABLE else "".join(s.text for s in self.spans)
            )
            self._text = joined.strip()
        return self._text

    @property
    def words(self) -> str:
        """The words without the marks of notes: what a sentence or a title ends with."""
        if not any(s.note for s in self.spans):
            return self.text
        return "".join(s.text for s in self.spans if not s.note).strip()

    @property
    def title(self) -> str:
        """The words as a title without marks; the mark of a note as raised digits."""
        raised = (s.note.translate(_RAISED) if s.note else s.text for s in self.spans)
        return " ".join("".join(raised).split())

    @property
    def full_title(self) -> str:
        """The title with the number or label that stands before it."""
        return " ".join(words for words in (self.number, self.label, self.title) if words)

    @property
    def place(self) -> Place:
        return self.block.place

    def set_spans(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(spans)
        self._text = None

    @property
    def heading_block(self) -> bool:
        return self.block.kind is SourceKind.HEADING

    @property
    def ends_sentence(self) -> bool:
        return self.words.rstrip(CLOSERS).endswith(tuple(ENDINGS))

    @property
    def all_bold(self) -> bool:
        inked = [s for s in self.spans if s.text.strip() and not s.note]
        return bool(inked) and all(s.bold for s in inked)


_ROLES = {
    SourceKind.TEXT: Role.PROSE,
    SourceKind.HEADING: Role.HEADING,
    SourceKind.ITEM: Role.ITEM,
    SourceKind.TABLE: Role.TABLE,
    SourceKind.IMAGE: Role.FIGURE,
    SourceKind.NOTE: Role.NOTE,
    SourceKind.CONTENTS: Role.FURNITURE,
    SourceKind.FURNITURE: Role.FURNITURE,
}


_NO_WORDS = re.compile(r"[^\w(]{0,3}$")


def is_bullet(label: str) -> bool:
    """Whether a label is a bullet: no letter or digit in it (a Word "o" bullet is one too)."""
    return label == "o" or bool(_NO_WORDS.match(label))


def prepare(source: SourceDocument) -> list[Piece]:
    """One piece for each block that has something to keep."""
    pieces: list[Piece] = []
    for block in source.blocks:
        empty = not block.text.strip() and not block.label.strip() and not block.mark.strip()
        if empty and block.kind is not SourceKind.IMAGE:
            continue
        pieces.append(
            Piece(
                block=block,
                spans=block.spans,
                role=Role.BOX_TITLE if block.box_title else _ROLES[block.kind],
                label=block.label.strip(),
                level=block.level,
                mark=block.mark.strip(),
                box=block.box,
            )
        )
        _typed_bullet(pieces[-1])
        if block.label and is_bullet(pieces[-1].label):
            if block.kind is SourceKind.TEXT:
                pieces[-1].role = Role.ITEM
            elif block.kind is SourceKind.HEADING:
                pieces[-1].label = ""
        if block.kind is SourceKind.HEADING and pieces[-1].text.endswith((";", ",")):
            pieces[-1].role = Role.PROSE  # a slip of the file: no title ends so
    return pieces


def _typed_bullet(piece: Piece) -> None:
    """A line of text that begins with a bullet is an item."""
    if piece.role not in (Role.PROSE, Role.ITEM) or piece.label:
        return
    text = "".join(s.text for s in piece.spans[:3])[:40]
    if found := _BULLET.match(text):
        piece.role, piece.label = Role.ITEM, found[found.lastindex or 1]
        piece.level = piece.level or 1
        piece.set_spans(strip_left(cut(piece.spans, found.end())))


def fold_labels(pieces: Iterable[Piece]) -> None:
    """Put labels that turned out to be no item's and no heading's back before their text."""
    kept = (Role.ITEM, Role.GLOSSARY, Role.HEADING, Role.SECTION)
    for piece in pieces:
        if piece.label and piece.role not in kept:
            if not is_bullet(piece.label):
                piece.set_spans((Span(f"{piece.label} "), *piece.spans))
            piece.label = ""


def cut(spans: Sequence[Span], start: int, end: int | None = None) -> tuple[Span, ...]:
    """The spans of the characters from `start` to `end`."""
    kept, at = [], 0
    for span in spans:
        stop = at + len(span.text)
        low, high = max(start, at), stop if end is None else min(end, stop)
        if low < high:
            kept.append(replace(span, text=span.text[low - at : high - at]))
        at = stop
        if end is not None and at >= end:
            break
    return tuple(kept)


def strip_left(spans: Sequence[Span]) -> tuple[Span, ...]:
    text = "".join(s.text for s in spans)
    return cut(spans, len(text) - len(text.lstrip()))


def cut_front(piece: Piece, length: int) -> None:
    """Remove the first characters of a piece's text, and white space after them."""
    piece.set_spans(strip_left(cut(strip_left(piece.spans), length)))


def split(piece: Piece, at: int) -> Piece:
    """Divide a piece before character `at` of its spans; returns the new second half."""
    tail = replace(
        piece,
        spans=strip_left(cut(piece.spans, at)),
        label="",
        number="",
        role=Role.PROSE,
        _text=None,
    )
    piece.set_spans(cut(piece.spans, 0, at))
    return tail


def join(first: Piece, second: Piece, between: str = " ") -> None:
    """Let `first` go on with the text of `second`."""
    gap = (Span(between),) if between and not first.text.endswith("-") else ()
    first.set_spans((*first.spans, *gap, *second.spans))
