"""Reads the blocks of one story of a Word file (the body, a note, a header) in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from guidance.outline.source import Cell, Place, SourceBlock, SourceKind, Span
from guidance.readers.word.document import Document
from guidance.readers.word.graphics import ALTERNATIVES, Picture, chosen
from guidance.readers.word.lines import Line, LineReader
from guidance.readers.word.names import VAL, w
from guidance.readers.word.numbering import Label
from guidance.readers.word.package import Element
from guidance.readers.word.paragraphs import SECTION, Shape, read_shape
from guidance.readers.word.seen import ASIDE, Seen
from guidance.readers.word.spans import joined
from guidance.readers.word.tables import (
    Grid,
    Use,
    beside_each_other,
    judge_table,
    read_grid,
    to_cell,
    with_header,
)

SKIPPED = frozenset({SECTION, w("sdtPr"), w("sdtEndPr"), w("del"), w("moveFrom"), w("tcPr")})
FOREIGN_PART = "A file inserted whole into this one was not read: open it in Word and save again."


@dataclass(frozen=True, slots=True)
class Carried:
    """The start of a paragraph whose end mark is not there: it goes on in the next one."""

    spans: list[Span]
    label: Label | None = None


class StoryReader:
    """Reads containers of paragraphs and tables. `read_note` gives the words of a note.

    Automatic numbers are counted while reading: read each container once, in order.
    """

    def __init__(
        self,
        document: Document,
        lines: LineReader,
        read_note: Callable[[str, str], list[Span] | None] = lambda kind, identity: None,
    ) -> None:
        self._document, self._lines, self._read_note = document, lines, read_note
        self._out: list[Seen] = []
        self._box = 0
        self._contents = False
        self._carried: Carried | None = None
        self._gap = False
        self._keep_numbers = False
        self._ordinal = 0
        self._handlers: dict[str, Callable[[Element], None]] = {
            w("p"): self._paragraph,
            w("tbl"): self._table,
            w("sdt"): self._content_control,
            w("altChunk"): self._foreign_part,
            ALTERNATIVES: self._alternatives,
        }

    def read(self, container: Element) -> list[Seen]:
        """The blocks of a w:body, w:footnote, w:hdr, w:tc or w:txbxContent."""
        outer, carried, self._out, self._carried = self._out, self._carried, [], None
        self._blocks(container)
        self._flush()
        read, self._out, self._carried = self._out, outer, carried
        return read

    def _blocks(self, container: Element) -> None:
        for child in container:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child)
            elif child.tag not in SKIPPED and len(child):
                self._blocks(child)

    def _paragraph(self, element: Element) -> None:
        shape = read_shape(element, self._document.styles)
        line = self._lines.read(element, shape.style)
        if shape.goes_on:
            self._carry(line.spans, None)
        elif line.spans or not (shape.ends_section or (line.hidden and shape.end_is_hidden)):
            label = self._label(shape)
            if shape.runs_in:
                self._carry(line.spans, label)
            else:
                self._settle(line, label, shape)
        self._append_beside(line)
        self._lines.section += shape.ends_section

    def _carry(self, spans: list[Span], label: Label | None) -> None:
        before = self._carried or Carried([])
        self._carried = Carried([*before.spans, *spans], before.label or label)

    def _flush(self) -> None:
        if self._carried is not None and self._carried.spans:
            spans = tuple(joined(self._carried.spans))
            self._append(Seen(SourceBlock(SourceKind.TEXT, spans, self._place())))
        self._carried = None

    def _settle(self, line: Line, label: Label | None, shape: Shape) -> None:
        """Add the paragraph as a block; one without words leaves only its number behind."""
        carried, self._carried = self._carried, None
        if carried is not None:
            line.spans = joined([*carried.spans, *line.spans])
            label = carried.label or label
        if not line.text.strip():
            self._nothing_to_read(line, label)
            return
        contents = self._contents or shape.style.contents or line.contents
        kind = _kind(contents, shape.heading, label)
        block = SourceBlock(
            kind,
            tuple(line.spans),
            self._place(),
            level=shape.heading if kind is SourceKind.HEADING else 0,
            label=label.text if label else "",
            style=shape.style.name,
            indent=shape.indent(self._document.numbering),
        )
        self._append(Seen(block, shape.look, label))

    def _nothing_to_read(self, line: Line, label: Label | None) -> None:
        self._gap = self._gap or not line.pictures
        if label is None or label.number_format == "bullet":
            return
        if self._keep_numbers:
            block = SourceBlock(SourceKind.TEXT, place=self._place(), label=label.text)
            self._append(Seen(block, label=label))
        else:
            self._remark(f"An empty paragraph is numbered {label.text}.")

    def _remark(self, words: str) -> None:
        self._document.remarks.append((words, self._place()))

    def _append(self, seen: Seen) -> None:
        seen.block.box = self._box
        seen.after_gap, self._gap = self._gap, False
        self._ordinal += 1
        self._out.append(seen)

    def _append_beside(self, line: Line) -> None:
        """What hangs in a paragraph comes after it: hidden words, pictures, notes, text boxes."""
        place = self._place()
        if line.hidden:
            self._document.tally["hidden"] += 1
            hidden = (Span("".join(line.hidden)),)
            self._beside(SourceBlock(SourceKind.FURNITURE, hidden, place))
        for picture in line.pictures:
            self._picture(picture, place)
        for kind, identity, mark in line.notes:
            spans = self._read_note(kind, identity)
            if spans is not None:
                self._beside(SourceBlock(SourceKind.NOTE, tuple(spans), place, mark=mark))
        for content in self._different(line.boxes):
            with self._in_box():
                self._out.extend(self.read(content))

    def _different(self, boxes: list[Element]) -> list[Element]:
        """The text boxes of a paragraph; one drawn again over another is read once."""
        by_words = {"".join(t.text or "" for t in box.iter(w("t"))): box for box in reversed(boxes)}
        if len(by_words) < len(boxes):
            self._remark("Text boxes that hold the same words in one place were read once.")
        return list(reversed(by_words.values()))

    def _picture(self, picture: Picture, place: Place) -> None:
        block = SourceBlock(SourceKind.IMAGE, place=place, image=picture.image, alt=picture.alt)
        self._beside(block)
        if picture.trouble:
            self._remark(picture.trouble)

    @contextmanager
    def _in_box(self) -> Iterator[None]:
        """Blocks read meanwhile stand in one box; a box in a box is part of it."""
        outer = self._box
        self._box = outer or next(self._document.boxes)
        yield
        self._box = outer

    def _beside(self, block: SourceBlock) -> None:
        block.box = self._box
        self._out.append(Seen(block))

    def _label(self, shape: Shape) -> Label | None:
        numbering = self._document.numbering
        if shape.look.numbering is None:
            return None
        return numbering.count(shape.look.numbering, shape.depth(numbering))

    def _place(self) -> Place:
        if self._document.paged:
            return Place(page=self._lines.page)
        return Place(line=self._ordinal + 1)

    def _content_control(self, element: Element) -> None:
        gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        before = self._contents
        self._contents = before or (
            gallery is not None and gallery.get(VAL, "").lower().startswith("table of")
        )
        self._blocks(element)
        self._contents = before

    def _foreign_part(self, element: Element) -> None:
        self._remark(FOREIGN_PART)

    def _alternatives(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._blocks(branch)

    def _table(self, element: Element) -> None:
        grid = read_grid(element, self._document.styles, self._has_compound_number)
        match judge_table(grid):
            case Use.BOX:
                with self._in_box():
                    self._as_text(grid)
            case Use.LAYOUT:
                self._as_text(grid)
            case Use.NUMBERS_BESIDE_TEXT:
                self._as_numbered_text(grid)
            case Use.DATA:
                self._as_table(grid)
        self._gap = True

    def _as_text(self, grid: Grid) -> None:
        for cell in grid.cells:
            if cell.element is not None:
                self._out.extend(self.read(cell.element))

    def _as_numbered_text(self, grid: Grid) -> None:
        """Each number goes to the first words beside it: typed in the text, automatic as label."""
        for row in grid.rows:
            filled = [cell.element for cell in row.filled if cell.element is not None]
            self._keep_numbers = len(filled) == 2
            blocks = [seen for element in filled[:1] for seen in self.read(element)]
            self._keep_numbers = False
            for element in filled[1:]:
                blocks = beside_each_other(blocks, self.read(element))
            self._out.extend(blocks)

    def _as_table(self, grid: Grid) -> None:
        place = self._place()
        rows: list[tuple[Cell, ...]] = []
        beside: list[Seen] = []
        for row in grid.rows:
            cells = []
            for cell in row.cells:
                # Word neither shows nor counts what stands in the lower cells of a merged one.
                read = cell.element is not None and not (cell.continued and not cell.text)
                blocks = self.read(cell.element) if read else []
                beside.extend(seen for seen in blocks if seen.block.kind in ASIDE)
                cells.append(to_cell(blocks, cell, row.header))
            missing = grid.columns - sum(cell.span for cell in cells)
            cells.extend([Cell((), row.header)] * missing)
            rows.append(tuple(cells))
        if any(cell.text.strip() for row in rows for cell in row):
            self._append(Seen(SourceBlock(SourceKind.TABLE, place=place, rows=with_header(rows))))
        self._out.extend(beside)

    def _has_compound_number(self, paragraph: Element) -> bool:
        shape = read_shape(paragraph, self._document.styles)
        return shape.has_compound_number(self._document.numbering)


def _kind(contents: bool, heading: int, label: Label | None) -> SourceKind:
    if contents:
        return SourceKind.CONTENTS
    if heading:
        return SourceKind.HEADING
    return SourceKind.ITEM if label else SourceKind.TEXT
