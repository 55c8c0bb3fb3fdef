"""Blocks as they are written while a page is walked: paragraphs, labels, notes, what stands beside.

Text gathers in a paragraph; `flush` ends it and makes the block that its frame asks for. A sink
holds back the blocks of a table cell or a note until that is complete.
"""

from __future__ import annotations

import re

from lxml import etree

from guidance.outline.source import Place, SourceBlock, SourceKind, Span
from guidance.readers.html_frames import Frame, Zone
from guidance.readers.html_lists import BULLET
from guidance.readers.html_tables import is_label
from guidance.readers.html_text import Paragraph

# Word writes a bullet as a letter of a symbol font with no-break spaces after it.
_TYPED_BULLET = re.compile("(?:[•·▪●◦■□►‣⁃\uf0b7\uf0a7][ \u00a0]*|[o§-]\u00a0[ \u00a0]+)(?=\\S)")
_BULLET_FIRST = frozenset("•·▪●◦■□►‣⁃\uf0b7\uf0a7o§-")


class BlockWriter:
    """The blocks so far. `inner_links`: ids of blocks that only link to a place in the page."""

    def __init__(self) -> None:
        self.blocks: list[SourceBlock] = []
        self.inner_links: set[int] = set()
        self._label = ""
        self._label_frame = Frame()
        self._paragraph = Paragraph()
        self._frame = Frame()
        self._after: list[SourceBlock] = []
        self._lead: SourceBlock | None = None
        self._sinks: list[list[SourceBlock]] = []
        self._boxes = 0

    def add(self, text: str, frame: Frame, element: etree._Element) -> None:
        """Add text to the paragraph; the frame of its first run decides what it becomes."""
        paragraph = self._paragraph
        if not paragraph.parts and text.isspace():
            return
        if frame.labelling:
            if not self._label:
                self._label_frame, paragraph.line = frame, element.sourceline
            self._label += text
            return
        first = not paragraph.parts
        if paragraph.add(text, frame.marks, frame.preformatted) and first:
            paragraph.line = element.sourceline
            self._frame = frame

    def break_line(self) -> None:
        """Break the line; two breaks in a row are how many pages part their paragraphs."""
        if not self._paragraph.break_line():
            self.flush()

    def put_after(self, block: SourceBlock) -> None:
        """Write a block once the paragraph that surrounds it has ended."""
        self._after.append(block)

    def set_aside(self, words: str, element: etree._Element) -> None:
        """Words inside a line that are not text of the page."""
        if words := " ".join(words.split()):
            place = Place(line=element.sourceline)
            self._after.append(SourceBlock(SourceKind.FURNITURE, (Span(words),), place))

    def enter_box(self, frame: Frame) -> None:
        """Open a box, unless the frame already stands in one."""
        if not frame.box:
            self._boxes += 1
            frame.box = self._boxes

    def open_sink(self) -> None:
        self._sinks.append(self.blocks)
        self.blocks = []

    def close_sink(self) -> list[SourceBlock]:
        """The blocks since the sink was opened."""
        held, self.blocks = self.blocks, self._sinks.pop()
        return held

    def hold_lead(self, blocks: list[SourceBlock]) -> None:
        """Write the blocks of a layout cell; a lone number waits for the text of the next cell."""
        only = blocks[0] if len(blocks) == 1 else None
        if (
            only is not None
            and self._lead is None
            and only.kind is SourceKind.TEXT
            and is_label(only.text)
        ):
            self._lead = only
        else:
            self.blocks += blocks

    def end_lead(self) -> None:
        if self._lead is not None:
            self.blocks.append(self._lead)
            self._lead = None

    def flush(self) -> None:
        """End the paragraph."""
        paragraph = self._paragraph
        if paragraph.parts:
            line = paragraph.line
            if spans := paragraph.take():
                self._write(spans, self._frame, Place(line=line))
        elif label := " ".join(self._label.split()):
            self._label = ""
            self._write([Span(label)], self._label_frame, Place(line=paragraph.line))
        if self._after:
            self.blocks += self._after
            self._after = []

    def _write(self, spans: list[Span], frame: Frame, place: Place) -> None:
        inner = False
        for span in spans:
            if span.href[:1] == "#":
                inner = all(s.href[:1] == "#" or not s.text.strip() for s in spans)
                spans = [_without_address(s) for s in spans]
                break
        if frame.zone is Zone.BODY:
            block = self._body_block(spans, frame, place)
        else:
            contents = frame.zone is Zone.CONTENTS
            kind = SourceKind.CONTENTS if contents else SourceKind.FURNITURE
            label = f"{self._label.strip()} " if self._label.strip() else ""
            block = SourceBlock(kind, (Span(label), *spans) if label else tuple(spans), place)
        if inner:
            self.inner_links.add(id(block))
        self._label = ""
        self.blocks.append(block)

    def _body_block(self, spans: list[Span], frame: Frame, place: Place) -> SourceBlock:
        kind, label, level = SourceKind.TEXT, "", 0
        if frame.heading:
            kind, level = SourceKind.HEADING, frame.heading
        if frame.item is not None:
            if not frame.item.opened:
                label, frame.item.opened = frame.item.label, True
            if not frame.heading:
                kind, level = SourceKind.ITEM, frame.item.depth
        if self._label:
            label = self._computed_label()
            if kind is SourceKind.TEXT and not any(map(str.isdigit, label)):
                kind, level = SourceKind.ITEM, max(frame.depth, 1)
        elif kind is SourceKind.TEXT and spans[0].text[0] in _BULLET_FIRST:
            spans, label = _typed_bullet(spans)
            if label:
                kind, level = SourceKind.ITEM, max(frame.depth, 1)
        if self._lead is not None:
            lead, self._lead = self._lead, None
            spans = [*lead.spans, Span("\t"), *spans]
            place = lead.place
        return SourceBlock(
            kind, tuple(spans), place, level, label, frame.box,
            style=frame.style, indent=frame.indent,
        )  # fmt: skip

    def _computed_label(self) -> str:
        label = " ".join(self._label.split())
        return BULLET if label in _BULLET_FIRST else label


def _typed_bullet(spans: list[Span]) -> tuple[list[Span], str]:
    """The spans without a bullet that stands in the text, and the bullet, if there is one."""
    text = "".join(s.text for s in spans)
    found = _TYPED_BULLET.match(text)
    if not found:
        return spans, ""
    left = found.end()
    kept: list[Span] = []
    for span in spans:
        cut, left = min(left, len(span.text)), max(left - len(span.text), 0)
        if cut < len(span.text):
            kept.append(_cut(span, cut))
    return kept, BULLET


def _without_address(span: Span) -> Span:
    if span.href[:1] != "#":
        return span
    return Span(span.text, span.bold, span.italic, span.superscript, "", span.note)


def note_block(mark: str, held: list[SourceBlock], place: Place) -> list[SourceBlock]:
    """The blocks of one note: its paragraphs as one block, lines between; then all that is not
    text of it. The mark that a note opens with is in `mark` and not in its text."""
    spans: list[Span] = []
    rest: list[SourceBlock] = []
    for block in held:
        if block.kind in (SourceKind.FURNITURE, SourceKind.IMAGE, SourceKind.NOTE):
            rest.append(block)
            continue
        if spans:
            spans.append(Span("\n"))
        if block.kind is SourceKind.TABLE:
            spans.append(Span(block.text))
            continue
        if block.label:
            spans.append(Span(f"{block.label} "))
        spans += block.spans
    spans = _without_mark(spans, mark)
    return [SourceBlock(SourceKind.NOTE, tuple(spans), place, mark=mark), *rest]


def _without_mark(spans: list[Span], mark: str) -> list[Span]:
    if not spans:
        return spans
    first = spans[0]
    text = first.text.lstrip()
    opening = re.match(rf"[\[(]?{re.escape(mark)}(?:[\])]\.?|[.:](?=\s))\s*", text)
    if first.superscript and text.strip(" []().") == mark:
        spans = spans[1:]
    elif opening:
        start = len(first.text) - len(text) + opening.end()
        spans = [_cut(first, start), *spans[1:]]
    while spans and not spans[0].text.strip():
        spans = spans[1:]
    if not spans:
        return []
    return [_cut(spans[0], len(spans[0].text) - len(spans[0].text.lstrip())), *spans[1:]]


def _cut(span: Span, start: int) -> Span:
    """A span without its first characters."""
    text = span.text[start:]
    return Span(text, span.bold, span.italic, span.superscript, span.href, span.note)
