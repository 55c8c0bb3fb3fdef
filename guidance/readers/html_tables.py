"""Tables of a page: which hold data, which only arrange text, and the cells of those with data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice

from lxml import etree

from guidance.outline.source import Cell, Place, SourceBlock, SourceKind, Span

_LABEL = re.compile(
    r"[\[(]?(?:[A-Za-z]{0,2}\d{1,3}(?:\.\d{1,3})*[A-Za-z]?|[a-z]|[ivxl]{1,6})[\])]?\.?"
)
_TYPED_NUMBER = re.compile(r"\s*(?:[A-Z]{0,2}\d{1,3}(?:\.\d{1,3})+[A-Z]?\.?|\d{1,3}\.)\s")
_BORDER = re.compile(r"\bborder[^;:]*:(?!\s*(?:none|0))[^;]*\b(?:solid|dashed|dotted|double)", re.I)
_MOST_COLUMNS = 100
_MOST_ROWS = 2000
_LONG_CELL = 60
_PAGE_CELL = 3000
_has_blocks = etree.XPath("boolean(.//table | .//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6)")
_has_headers = etree.XPath("boolean(./caption | ./thead | .//th)")


class TableUse(Enum):
    DATA = auto()
    LAYOUT = auto()
    BOX = auto()


def table_use(table: etree._Element) -> TableUse:
    """What a table is for. Its words count only where the markup leaves the question open."""
    role = table.get("role", "")
    if role in ("presentation", "none"):
        return TableUse.LAYOUT
    if role in ("table", "grid", "treegrid") or _has_headers(table):
        return TableUse.DATA
    rows = [cells for row in islice(rows_of(table), _MOST_ROWS) if (cells := cells_of(row))]
    widest = max(map(len, rows), default=0)
    if widest <= 1:
        return TableUse.BOX if len(rows) <= 2 and _is_bordered(table) else TableUse.LAYOUT
    if _has_blocks(table) or _arranges_paragraphs(rows, widest):
        return TableUse.LAYOUT
    return TableUse.DATA


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself, not those of a table inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def cells_of(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def is_header(cell: etree._Element) -> bool:
    nearest = next(cell.iterancestors("thead", "table"), None)
    return cell.tag == "th" or (nearest is not None and nearest.tag == "thead")


def is_label(text: str) -> bool:
    """Whether a cell holds nothing but a paragraph's number or letter."""
    return len(text) <= 12 and _LABEL.fullmatch(text) is not None


def _is_bordered(table: etree._Element) -> bool:
    if table.get("border", "0") not in ("0", "") or table.get("bgcolor"):
        return True
    styled = (table, *(cell for row in rows_of(table) for cell in cells_of(row)))
    return any(_BORDER.search(e.get("style", "")) or e.get("bgcolor") for e in styled[:2])


def _arranges_paragraphs(rows: list[list[etree._Element]], widest: int) -> bool:
    """A number (or nothing) at the left and prose at the right, or the text of whole pages."""
    numbered = filled = prose = 0
    for cells in rows:
        texts = [" ".join("".join(cell.itertext()).split()) for cell in cells]
        if any(len(text) > _PAGE_CELL for text in texts):
            return True
        if any(len(cell) and _starts_numbered(cell) > 1 for cell in cells):
            return True
        if texts[0]:
            filled += 1
            numbered += is_label(texts[0])
        prose += len(texts[-1]) > _LONG_CELL
    return widest <= 3 and filled > 0 and numbered >= 0.8 * filled and prose >= 0.6 * len(rows)


def _starts_numbered(cell: etree._Element) -> int:
    """How many paragraphs of a cell open with a typed paragraph number."""
    return sum(
        1 for p in islice(cell.iterchildren("p"), 50) if _TYPED_NUMBER.match("".join(p.itertext()))
    )


@dataclass(slots=True)
class Grid:
    """A table of data as its cells come in. `aside` is what stands in it without being a cell."""

    place: Place
    box: int = 0
    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[SourceBlock] = field(default_factory=list)
    aside: list[SourceBlock] = field(default_factory=list)
    _row: list[Cell] = field(default_factory=list)
    _column: int = 0
    # Per column: the row in which a cell starts that reaches down, and the row it ends before.
    _reach: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, cell: etree._Element, blocks: list[SourceBlock], header: bool) -> None:
        """Add a cell; one that reaches over rows leaves empty cells below itself."""
        self._fill()
        span = _clamp(cell.get("colspan"), _MOST_COLUMNS)
        column = self._column
        if (down := _clamp(cell.get("rowspan"), _MOST_ROWS)) > 1:
            end = len(self.rows) + down
            self._reach.update(dict.fromkeys(range(column, column + span), (len(self.rows), end)))
        self._row.append(Cell(self._paragraphs(blocks), header, span))
        self._column += span

    def end_row(self) -> None:
        self._fill()
        if self._row:
            self.rows.append(self._row)
        self._row, self._column = [], 0

    def blocks(self) -> list[SourceBlock]:
        """The caption, the table and what stood beside the cells; no table if no cell has text."""
        self.end_row()
        if not any(cell.paragraphs for row in self.rows for cell in row):
            return self.caption + self.aside
        rows = tuple(map(tuple, _with_header(self.rows)))
        table = SourceBlock(SourceKind.TABLE, place=self.place, box=self.box, rows=rows)
        return [*self.caption, table, *self.aside]

    def _fill(self) -> None:
        """Empty cells where a cell of a row above reaches into this one."""
        while self._column in self._reach:
            start, end = self._reach[self._column]
            if not start < len(self.rows) < end:
                return
            self._row.append(Cell(()))
            self._column += 1

    def _paragraphs(self, blocks: list[SourceBlock]) -> tuple[tuple[Span, ...], ...]:
        paragraphs: list[tuple[Span, ...]] = []
        for block in blocks:
            if block.kind in (SourceKind.TEXT, SourceKind.ITEM, SourceKind.HEADING):
                label = (Span(f"{block.label} "),) if block.label else ()
                paragraphs.append(label + block.spans)
            elif block.kind is SourceKind.TABLE:
                paragraphs += (p for row in block.rows for cell in row for p in cell.paragraphs)
            else:
                self.aside.append(block)
        return tuple(paragraphs)


def _with_header(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows, the first marked as header where it is all bold and the page marks none."""
    first = rows[0]
    if len(rows) < 2 or any(cell.header for row in rows for cell in row):
        return rows
    spans = [span for cell in first for paragraph in cell.paragraphs for span in paragraph]
    if spans and all(span.bold or not span.text.strip() for span in spans):
        return [[Cell(c.paragraphs, True, c.span) for c in first], *rows[1:]]
    return rows


def _clamp(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return (
        min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    )
