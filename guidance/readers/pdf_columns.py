"""Reading order: columns, and the pieces of one printed line put together within a column.

A column's edge is a place where several pieces begin and that no piece crosses for some rows. The
halves beside it are columns only if both read like prose, line after line; else they are the cells
of rows, or a number in the margin with its text, and are read across.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guidance.readers.pdf_lines import Line, merge
from guidance.readers.pdf_page import Area

_ALIGNED = 2.5  # points
_DEEPEST = 4


@dataclass(slots=True, eq=False)
class Item:
    """Something with a place in the reading order: a line, or an area already understood."""

    area: Area
    line: Line | None = None
    other: object = None

    @property
    def top(self) -> float:
        return self.area.top


@dataclass(slots=True, eq=False)
class Stretch:
    """What is read from top to bottom without a jump: a column, or the part of one."""

    page: int
    items: list[Item] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [item.line for item in self.items if item.line is not None]


def item_of(line: Line) -> Item:
    return Item(Area(line.x0, line.top, line.x1, line.bottom), line=line)


def read_across(items: Sequence[Item], page: int, depth: int = 0) -> list[Stretch]:
    """The stretches of a page, or of a part of it, in reading order."""
    if not items:
        return []
    edge = _column_edge(items) if depth < _DEEPEST else None
    if edge is None:
        return [Stretch(page, _in_rows(items))]
    stretches: list[Stretch] = []
    across: list[Item] = []
    for band in _bands(items, edge):
        left, right = _halves(band, edge)
        if not _both_prose(left, right):
            across.extend(band)
            continue
        if across:
            stretches.append(Stretch(page, _in_rows(across)))
            across = []
        stretches.extend(read_across(left, page, depth + 1))
        stretches.extend(read_across(right, page, depth + 1))
    if across:
        stretches.append(Stretch(page, _in_rows(across)))
    return stretches


def _halves(band: Iterable[Item], edge: float) -> tuple[list[Item], list[Item]]:
    left = [i for i in band if i.area.x0 < edge - _ALIGNED]
    right = [i for i in band if i.area.x0 >= edge - _ALIGNED]
    return left, right


def _column_edge(items: Sequence[Item]) -> float | None:
    """Where the right one of two columns begins, or None."""
    lines = [i.line for i in items if i.line is not None]
    if len(lines) < 6:
        return None
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = Counter(round(line.x0 / _ALIGNED) for line in lines)
    candidates = Counter[int]()
    for start in starts:
        x = start * _ALIGNED
        if x0 + 0.22 * (x1 - x0) <= x <= x0 + 0.8 * (x1 - x0):
            candidates[start] = starts[start] + starts[start - 1] + starts[start + 1]
    for start, count in candidates.most_common(4):
        if count < 3:
            break
        edge = min(line.x0 for line in lines if abs(round(line.x0 / _ALIGNED) - start) <= 1)
        if any(_both_prose(*_halves(band, edge)) for band in _bands(items, edge)):
            return edge
    return None


def _bands(items: Iterable[Item], edge: float) -> list[list[Item]]:
    """Runs of items that do not cross the edge, and between them runs of items that do."""
    bands: list[list[Item]] = []
    crossing_before: bool | None = None
    for item in sorted(items, key=lambda i: (i.area.bottom if i.line else i.top, i.area.x0)):
        crossing = item.area.x0 < edge - 4 and item.area.x1 > edge - 1
        if crossing != crossing_before:
            bands.append([])
            crossing_before = crossing
        bands[-1].append(item)
    return bands


def _both_prose(left: Sequence[Item], right: Sequence[Item]) -> bool:
    return _prose(left) and _prose(right) and _level(left, right)


def _prose(items: Sequence[Item]) -> bool:
    """Whether lines read on from one to the next: several, wordy, and mostly of full width."""
    lines = [i.line for i in items if i.line is not None]
    if len(lines) < 3:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    if width < 60:
        return False
    full = sum(line.width >= 0.62 * width for line in lines)
    words = sum(len(line.text.split()) for line in lines)
    return full >= 0.5 * len(lines) and words >= 3 * len(lines)


def _level(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether two halves stand beside each other for at least two lines."""
    top = max(min(i.top for i in left), min(i.top for i in right))
    bottom = min(max(i.area.bottom for i in left), max(i.area.bottom for i in right))
    size = next((i.line.size for i in left if i.line is not None), 10.0)
    return bottom - top >= 2 * size


def _in_rows(items: Iterable[Item]) -> list[Item]:
    """Items top to bottom, with the pieces of one printed line as one line."""
    found: list[Item] = []
    row: list[Line] = []

    def close() -> None:
        if row:
            found.append(item_of(merge(row)))
            row.clear()

    for item in sorted(items, key=lambda i: i.line.base if i.line else i.top):
        line = item.line
        if line is None:
            close()
            found.append(item)
        elif row and _beside(row, line):
            row.append(line)
        else:
            close()
            row.append(line)
    close()
    return found


def _beside(row: Sequence[Line], line: Line) -> bool:
    """Whether a piece stands in a row: near its baseline, and over no piece of it."""
    near = abs(line.base - row[0].base) <= 0.42 * min(line.size, row[0].size)
    return near and all(line.x0 >= other.x1 - 1 or line.x1 <= other.x0 + 1 for other in row)
