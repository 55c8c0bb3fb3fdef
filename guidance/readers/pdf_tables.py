"""Tables: the text of a ruled grid in its cells, and rows whose pieces align without any rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guidance.outline.source import Cell, SourceKind, Span
from guidance.readers.pdf_columns import Item
from guidance.readers.pdf_drafts import Draft, Setting, Vocabulary, has_ended
from guidance.readers.pdf_furniture import rows_of
from guidance.readers.pdf_grids import Grid, split_at
from guidance.readers.pdf_lines import Line, merge
from guidance.readers.pdf_markers import marker_of
from guidance.readers.pdf_text import flow

_ALIGNED = 4.0  # points
_APART = 1.1  # of the size
Entry = Item | Draft


@dataclass(slots=True, eq=False)
class Ruled:
    """A ruled table found on a page, with the lines that stand in it."""

    grid: Grid
    lines: list[Line]
    page: int


def ruled_table(table: Ruled, words: Vocabulary) -> Draft:
    """The draft of a ruled table; a cell over several columns has a span."""
    grid = table.grid
    rows, columns = grid.shape
    held: dict[tuple[int, int], list[Line]] = {}
    for line in table.lines:
        for piece in split_at(line, grid.across[1:-1]):
            place = grid.cell_at((piece.x0 + piece.x1) / 2, piece.base - 1)
            held.setdefault(_owner(grid, *place), []).append(piece)
    made = [_row(grid, row, columns, held, words) for row in range(rows)]
    draft = Draft(SourceKind.TABLE, page=table.page, columns=tuple(grid.across))
    draft.ends = table.page
    draft.rows = _headed([row for row in made if any(cell.text.strip() for cell in row)])
    return draft


def _owner(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """The first cell of the cells that no border parts from this one."""
    while column and ("v", row, column) not in grid.walls:
        column -= 1
    while row and ("h", row, column) not in grid.walls:
        row -= 1
        while column and ("v", row, column) not in grid.walls:
            column -= 1
    return row, column


def _row(
    grid: Grid,
    row: int,
    columns: int,
    held: dict[tuple[int, int], list[Line]],
    words: Vocabulary,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    column = 0
    while column < columns:
        end = column + 1
        while end < columns and ("v", row, end) not in grid.walls:
            end += 1
        cells.append(_cell(held.get((row, column), []), words, end - column))
        column = end
    return tuple(cells)


def _cell(lines: Iterable[Line], words: Vocabulary, span: int = 1) -> Cell:
    """A cell's lines as paragraphs: a new one where a marker or a gap says so."""
    groups: list[list[Line]] = []
    for line in (merge(row) for row in rows_of(lines)):
        last = groups[-1][-1] if groups else None
        if last is not None and not _parted(last, line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return Cell(tuple(flow(group, words) for group in groups), span=span)


def _parted(last: Line, line: Line) -> bool:
    step = line.base - last.base
    marker = marker_of(line)
    listed = marker is not None and (
        marker.bullet or marker.apart or (marker.firm and has_ended(last))
    )
    return step > 1.5 * max(last.size, line.size) or listed or last.bold != line.bold


def _headed(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The first row as a header where it, and not the row after it, is bold throughout."""
    if len(rows) < 2 or not _bold(rows[0]) or _bold(rows[1]):
        return rows
    header = tuple(Cell(cell.paragraphs, header=True, span=cell.span) for cell in rows[0])
    return [header, *rows[1:]]


def _bold(row: Iterable[Cell]) -> bool:
    spans: list[Span] = [s for cell in row for p in cell.paragraphs for s in p if s.text.strip()]
    return bool(spans) and all(s.bold for s in spans)


def continues_table(before: Draft, after: Draft) -> bool:
    """Whether a table has the columns of the one that ended the page before."""
    return (
        len(before.columns) == len(after.columns) > 1
        and after.page == max(before.page, before.ends) + 1
        and all(
            abs((a - before.columns[0]) - (b - after.columns[0])) <= _ALIGNED
            for a, b in zip(before.columns, after.columns, strict=True)
        )
    )


def take_aligned(entries: Sequence[Entry], setting: Setting, words: Vocabulary) -> list[Entry]:
    """Replace runs of rows whose pieces align by tables, where there is little doubt."""
    found: list[Entry] = []
    at = 0
    while at < len(entries):
        rows, end = _aligned_run(entries, at, setting)
        if rows:
            found.append(_aligned_table(rows, words))
            at = end
        else:
            found.append(entries[at])
            at += 1
    return found


def cells_of(line: Line) -> list[Line]:
    """The pieces of a printed line between wide gaps, wider than those of a stretched line."""
    runs = line.runs
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(runs))
    stretched = len(gaps) >= 3 and gaps[-2] < 2 * gaps[len(gaps) // 2]
    apart = max(_APART * line.size, 2 * gaps[len(gaps) // 2] if stretched else 0)
    groups = [[runs[0]]]
    for run in runs[1:]:
        if run.x0 - groups[-1][-1].x1 > apart and not run.raised:
            groups.append([run])
        else:
            groups[-1].append(run)
    return [Line(group, line.page) for group in groups]


def _is_row(line: Line) -> list[Line] | None:
    """The cells of a line that may be a table's row, or None: a marker and its text is none."""
    cells = cells_of(line)
    if len(cells) < 2:
        return None
    worded = [cell for at, cell in enumerate(cells) if at > 1 or not _only_marker(cell)]
    return cells if len(worded) >= 2 else None


def _only_marker(cell: Line) -> bool:
    marker = marker_of(cell)
    return marker is not None and marker.end >= len(cell.text.rstrip())


def _aligned_run(
    entries: Sequence[Entry], start: int, setting: Setting
) -> tuple[list[list[list[Line]]], int]:
    """Rows from `start` on, each a list of columns of lines, and the index after the last."""
    first = entries[start]
    cells = _is_row(first.line) if isinstance(first, Item) and first.line else None
    if not cells:
        return [], start
    starts = [cell.x0 for cell in cells]
    ends = [cell.x1 for cell in cells]
    rows = [[[cell] for cell in cells]]
    full, last, at = 1, cells[0], start + 1
    while at < len(entries):
        entry = entries[at]
        line = entry.line if isinstance(entry, Item) else None
        if line is None or line.base - last.base > 2.6 * setting.step(line.size):
            break
        row = _fits(line, starts, ends)
        if row is None:
            break
        if sum(bool(column) for column in row) >= 2:
            full += all(row)
            rows.append(row)
        elif row[0] and line.base - last.base > 1.25 * setting.step(line.size):
            break
        else:
            for column, more in zip(rows[-1], row, strict=True):
                column.extend(more)
        last, at = line, at + 1
    sure = full >= max(3, 0.5 * len(rows)) and _tabular(rows)
    return (rows, at) if sure else ([], start)


def _fits(line: Line, starts: Sequence[float], ends: Sequence[float]) -> list[list[Line]] | None:
    """The pieces of a line in the columns where they align, or None."""
    row: list[list[Line]] = [[] for _ in starts]
    for cell in cells_of(line):
        for at, (x0, x1) in enumerate(zip(starts, ends, strict=True)):
            if abs(cell.x0 - x0) <= _ALIGNED or (at and abs(cell.x1 - x1) <= _ALIGNED):
                row[at].append(cell)
                break
        else:
            return None
    if row[0] and _only_marker(row[0][0]) and sum(bool(c) for c in row) <= 2:
        return None
    return row


def _tabular(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Short first cells, and no cell with a whole paragraph in it."""
    firsts = [sum(len(line.text) for line in row[0]) for row in rows]
    longest = max(len(column) for row in rows for column in row)
    return sum(firsts) / len(firsts) <= 60 and longest <= 6


def _aligned_table(rows: Sequence[Sequence[Sequence[Line]]], words: Vocabulary) -> Draft:
    first = rows[0][0][0]
    draft = Draft(SourceKind.TABLE, page=first.page)
    draft.ends = first.page
    draft.columns = tuple(column[0].x0 for column in rows[0] if column)
    draft.rows = _headed([tuple(_cell(column, words) for column in row) for row in rows])
    return draft
