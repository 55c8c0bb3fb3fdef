"""Tables as they are used: real tables, call-out boxes, and grids that only place numbered text.

A great many codes print each number in a narrow left column and its paragraph in the right one;
such a grid is text, not a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from guidance.outline.source import Cell, SourceKind, Span
from guidance.readers.word.names import VAL, w
from guidance.readers.word.package import Element
from guidance.readers.word.seen import ASIDE, Seen
from guidance.readers.word.spans import is_bold
from guidance.readers.word.styles import NO_FILL, Styles, is_on, is_ruled, whole_number

TYPED_NUMBER = re.compile(r"^[(\[]?[A-Z]{0,2}\d{1,3}(\.\d{1,3})*[A-Z]?[.)\]]?$")
COMPOUND_NUMBER = re.compile(r"^[A-Z]?\d{1,3}(\.\d{1,3})+[A-Z]?\.?$")
NUMBERED_PROSE = re.compile(r"^\s*[A-Z]?\d{1,3}(\.\d{1,3})+[A-Z]?\.?\s+\S.{38}", re.DOTALL)
PROSE = 40
COLUMN_OF_PROSE = 400
MOST_COLUMNS = 63
"""Word's own limit; a file may claim any number."""


class Use(Enum):
    """What a table is there for."""

    DATA = auto()
    BOX = auto()
    NUMBERS_BESIDE_TEXT = auto()
    LAYOUT = auto()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A w:tc, or None for grid columns that a row leaves out. `counted` says that Word prints an
    automatic compound number in it."""

    element: Element | None
    span: int = 1
    continued: bool = False
    text: str = ""
    counted: bool = False

    @property
    def blank(self) -> bool:
        return not self.text and not self.counted


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]
    header: bool

    @property
    def filled(self) -> list[GridCell]:
        return [cell for cell in self.cells if not cell.blank]


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[GridRow, ...]
    drawn: bool

    @property
    def cells(self) -> Iterator[GridCell]:
        for row in self.rows:
            yield from row.cells

    @property
    def columns(self) -> int:
        return max((sum(cell.span for cell in row.cells) for row in self.rows), default=0)


def read_grid(table: Element, styles: Styles, counted: Callable[[Element], bool]) -> Grid:
    """The grid of a w:tbl, deleted rows left out. `counted` tells of a paragraph whether Word
    numbers it with a compound number."""
    rows = []
    for row in _within(table, w("tr")):
        properties = row.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            continue
        header = properties.find(w("tblHeader")) if properties is not None else None
        cells = _read_row(row, properties, counted)
        rows.append(GridRow(tuple(cells), header is not None and is_on(header.get(VAL))))
    return Grid(tuple(rows), _is_drawn(table, styles))


def _within(container: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls and tracked changes."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
            yield from _within(child, tag)


def _read_row(
    row: Element, properties: Element | None, counted: Callable[[Element], bool]
) -> list[GridCell]:
    cells: list[GridCell] = []
    before = _number(properties, "gridBefore", 0)
    if before:
        cells.append(GridCell(None, before))
    for element in _within(row, w("tc")):
        own = element.find(w("tcPr"))
        merged = own.find(w("vMerge")) if own is not None else None
        beside = own.find(w("hMerge")) if own is not None else None
        if beside is not None and beside.get(VAL, "continue") == "continue" and cells:
            cells[-1] = replace(cells[-1], span=cells[-1].span + 1)
            continue
        continued = merged is not None and merged.get(VAL, "continue") == "continue"
        text = "".join(t.text or "" for t in element.iter(w("t"))).strip()
        numbers = any(counted(p) for p in element.iter(w("p")))
        cells.append(GridCell(element, _number(own, "gridSpan", 1), continued, text, numbers))
    return cells


def _number(properties: Element | None, name: str, otherwise: int) -> int:
    child = properties.find(w(name)) if properties is not None else None
    if child is None:
        return otherwise
    return min(max(whole_number(child.get(VAL), otherwise), 0), MOST_COLUMNS)


def _is_drawn(table: Element, styles: Styles) -> bool:
    """Whether a reader sees the table: lines or shading."""
    properties = table.find(w("tblPr"))
    borders = properties.find(w("tblBorders")) if properties is not None else None
    style = properties.find(w("tblStyle")) if properties is not None else None
    if borders is not None:
        ruled = is_ruled(borders)
    else:
        ruled = style is not None and styles.table_is_ruled(style.get(VAL))
    return ruled or any(
        (part.tag == w("tcBorders") and is_ruled(part))
        or (part.tag == w("shd") and part.get(w("fill"), "auto").lower() not in NO_FILL)
        for cell in table.iter(w("tcPr"))
        for part in cell
    )


def judge_table(grid: Grid) -> Use:
    """What the table is there for, by its shape and by what stands in it."""
    if all(len(row.filled) <= 1 for row in grid.rows) and (_one_column(grid) or not grid.drawn):
        return Use.BOX if grid.drawn else Use.LAYOUT
    if any(row.header for row in grid.rows):
        return Use.DATA
    if _numbers_beside_text(grid):
        return Use.NUMBERS_BESIDE_TEXT
    if not grid.drawn and any(_is_column_of_text(cell) for cell in grid.cells):
        return Use.LAYOUT
    return Use.DATA


def _one_column(grid: Grid) -> bool:
    return all(len(row.cells) == 1 for row in grid.rows)


def _is_column_of_text(cell: GridCell) -> bool:
    if cell.element is None:
        return False
    if cell.counted and len(cell.text) >= PROSE:
        return True
    if NUMBERED_PROSE.match(cell.text):
        return True
    paragraphs = len(cell.element.findall(w("p")))
    return paragraphs > 1 and len(cell.text) >= COLUMN_OF_PROSE


def _numbers_beside_text(grid: Grid) -> bool:
    numbered = []
    for row in grid.rows:
        filled = row.filled
        if len(filled) > 2:
            return False
        if len(filled) == 2:
            if not _holds_only_a_number(filled[0]):
                return False
            numbered.append(filled)
    if not numbered or sum(len(right.text) for _, right in numbered) < PROSE * len(numbered):
        return False
    compound = all(left.counted or COMPOUND_NUMBER.match(left.text) for left, _ in numbered)
    return compound or not grid.drawn


def _holds_only_a_number(cell: GridCell) -> bool:
    if cell.counted:
        return not cell.text
    return TYPED_NUMBER.match(cell.text) is not None


def to_cell(blocks: Sequence[Seen], grid_cell: GridCell, header: bool) -> Cell:
    """A cell with its paragraphs as printed: automatic numbers and bullets become text."""
    paragraphs: list[tuple[Span, ...]] = []
    for seen in blocks:
        block = seen.block
        if block.kind is SourceKind.TABLE:
            paragraphs.extend((Span("\t".join(cell.text for cell in row)),) for row in block.rows)
        elif block.kind not in ASIDE:
            label = (Span(f"{block.label} "),) if block.label else ()
            paragraphs.append((*label, *block.spans))
    return Cell(tuple(paragraphs), header, grid_cell.span)


def beside_each_other(left: Sequence[Seen], right: Sequence[Seen]) -> list[Seen]:
    """A number and the text beside it as one block; anything else one after the other.

    A typed number goes into the text, an automatic one becomes its label.
    """
    number = next((seen for seen in left if seen.block.kind not in ASIDE), None)
    text = next((seen for seen in right if seen.block.kind not in ASIDE), None)
    if number is None or text is None or text.block.kind is SourceKind.TABLE:
        return [*left, *right]
    if number.block.spans:
        text.block.spans = (*number.block.spans, Span("\t"), *text.block.spans)
    elif text.block.label:
        return [*left, *right]
    text.block.label = text.block.label or number.block.label
    text.label = text.label or number.label
    return [*(seen for seen in left if seen is not number), *right]


def with_header(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows; a first row all in bold above one that is not is the header, if none is marked."""
    marked = any(cell.header for row in rows for cell in row)
    if marked or len(rows) < 2 or not _all_bold(rows[0]) or _all_bold(rows[1]):
        return tuple(rows)
    first = tuple(Cell(cell.paragraphs, True, cell.span) for cell in rows[0])
    return (first, *rows[1:])


def _all_bold(row: Sequence[Cell]) -> bool:
    worded = [p for cell in row for p in cell.paragraphs if any(s.text.strip() for s in p)]
    return bool(worded) and all(is_bold(p) for p in worded)
