"""Ruled tables and boxes: what the lines and shades of a page enclose.

Rules that touch make a cluster. A cluster with cells side by side is the grid of a table; one that
encloses a single cell, a frame or a shade with text in it, is a box.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from guidance.readers.pdf_lines import Line
from guidance.readers.pdf_page import Area, Page, Rule, Run, bounds

_NEAR = 3.5  # points within which rules touch or are the same
_NARROWEST = 6.0
_SLIVER = 14.0
_MOST_RULES = 1500


@dataclass(slots=True)
class Grid:
    """The cells of a ruled table: `across` and `down` are the places of its rules, in order.

    `walls` holds the inner borders that are drawn: ("v", row, column) to the left of a cell and
    ("h", row, column) above it.
    """

    area: Area
    across: list[float]
    down: list[float]
    walls: set[tuple[str, int, int]] = field(default_factory=set)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.down) - 1, len(self.across) - 1

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell at a point."""
        rows, columns = self.shape
        row = min(max(bisect_right(self.down, y) - 1, 0), rows - 1)
        column = min(max(bisect_right(self.across, x) - 1, 0), columns - 1)
        return row, column


def find_grids(page: Page, lines: Sequence[Line]) -> tuple[list[Grid], list[Area]]:
    """The tables and the boxes of a page, both top to bottom; only those that hold text."""
    grids: list[Grid] = []
    boxes: list[Area] = []
    for cluster in _clusters(page):
        grid = _grid(cluster)
        if grid is None:
            continue
        if _page_border(grid.area, page):
            continue
        filled = _filled(grid, lines)
        if _is_table(grid, filled):
            grids.append(_without_slivers(grid, filled, cluster))
        elif _is_frame(grid):
            boxes.append(grid.area)
    shades = [a for a in page.areas if not _page_border(a, page) and a.width > 40]
    boxes.extend(_stacked(a for a in shades if not any(a.within(g.area, _NEAR) for g in grids)))
    boxes = [b for b in boxes if not any(g.area.within(b, -1) and _same(g.area, b) for g in grids)]
    return grids, _worth(boxes, lines, page)


def _same(one: Area, other: Area) -> bool:
    return one.within(other, _NEAR) and other.within(one, _NEAR)


def _page_border(area: Area, page: Page) -> bool:
    return area.width > 0.88 * page.width and area.height > 0.85 * page.height


def _clusters(page: Page) -> list[list[Rule]]:
    """Groups of rules that touch each other."""
    rules = _joined(_all_rules(page))
    if len(rules) > _MOST_RULES:
        return []
    leader = list(range(len(rules)))

    def find(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    flat = [at for at, rule in enumerate(rules) if rule.across]
    tall = [at for at, rule in enumerate(rules) if not rule.across]
    for one in flat:
        for other in tall:
            if _cross(rules[one], rules[other]):
                leader[find(one)] = find(other)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(find(at), []).append(rule)
    return [g for g in groups.values() if len({r.across for r in g}) == 2]


def _all_rules(page: Page) -> Iterable[Rule]:
    yield from page.rules
    for area in page.areas:
        if area.filled and area.height > 8 and not _page_border(area, page):
            # Shaded cells make a grid even where no line is drawn.
            yield Rule(True, area.top, area.x0, area.x1)
            yield Rule(True, area.bottom, area.x0, area.x1)
            yield Rule(False, area.x0, area.top, area.bottom)
            yield Rule(False, area.x1, area.top, area.bottom)


def _cross(flat: Rule, tall: Rule) -> bool:
    return (
        flat.start - _NEAR <= tall.at <= flat.end + _NEAR
        and tall.start - _NEAR <= flat.at <= tall.end + _NEAR
    )


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one rule put together: programs draw borders cell by cell and side by side."""
    joined: list[Rule] = []
    recent: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.across, r.at, r.start)):
        for at, other in enumerate(recent):
            same = other.across == rule.across and abs(other.at - rule.at) <= 1.6
            if same and rule.start <= other.end + _NEAR and rule.end >= other.start - _NEAR:
                start, end = min(other.start, rule.start), max(other.end, rule.end)
                recent[at] = Rule(rule.across, other.at, start, end)
                break
        else:
            recent.append(rule)
        while recent and (recent[0].across != rule.across or rule.at - recent[0].at > 4):
            joined.append(recent.pop(0))
    return joined + recent


def _places(values: Iterable[float]) -> list[float]:
    """Where rules stand, those that are too near for text between them taken as one."""
    places: list[list[float]] = []
    for value in sorted(values):
        if not places or value - places[-1][0] > _NARROWEST:
            places.append([value])
        else:
            places[-1].append(value)
    return [(group[0] + group[-1]) / 2 for group in places]


def _grid(cluster: Sequence[Rule]) -> Grid | None:
    flat, tall = [r for r in cluster if r.across], [r for r in cluster if not r.across]
    down, across = _places(r.at for r in flat), _places(r.at for r in tall)
    if len(down) < 2 or not across:
        return None
    left, right = min(r.start for r in flat), max(r.end for r in flat)
    # A table open at its sides has rules across that reach beyond its upright ones.
    if left < across[0] - 12:
        across.insert(0, left)
    if right > across[-1] + 12:
        across.append(right)
    if len(across) < 2:
        return None
    grid = Grid(Area(across[0], down[0], across[-1], down[-1]), across, down)
    _build_walls(grid, flat, tall)
    return grid


def _build_walls(grid: Grid, flat: Sequence[Rule], tall: Sequence[Rule]) -> None:
    rows, columns = grid.shape
    for row in range(rows):
        middle = (grid.down[row] + grid.down[row + 1]) / 2
        for column in range(1, columns):
            at = grid.across[column]
            if any(
                abs(r.at - at) <= _NARROWEST / 2 + 0.5 and r.start <= middle <= r.end for r in tall
            ):
                grid.walls.add(("v", row, column))
    for column in range(columns):
        middle = (grid.across[column] + grid.across[column + 1]) / 2
        for row in range(1, rows):
            at = grid.down[row]
            if any(
                abs(r.at - at) <= _NARROWEST / 2 + 0.5 and r.start <= middle <= r.end for r in flat
            ):
                grid.walls.add(("h", row, column))


def _filled(grid: Grid, lines: Iterable[Line]) -> set[tuple[int, int]]:
    """The cells that hold text."""
    return {
        grid.cell_at((run.x0 + run.x1) / 2, run.base - 1)
        for line in lines
        if grid.area.holds(line.x0, line.base - 1, 2)
        for run in line.runs
    }


def _is_table(grid: Grid, filled: Iterable[tuple[int, int]]) -> bool:
    """Whether cells with text stand side by side, in a grid of two rows or more."""
    rows, columns = grid.shape
    filled = sorted(filled)
    if columns < 2 or rows < 2 or rows * columns > 4000 or len(filled) < 3:
        return False
    return any(
        row == other and any(("v", row, at) in grid.walls for at in range(one + 1, two + 1))
        for (row, one), (other, two) in pairwise(filled)
    )


def _without_slivers(
    grid: Grid, filled: Iterable[tuple[int, int]], cluster: Sequence[Rule]
) -> Grid:
    """The grid without its narrow empty columns, which come of shades drawn in strips."""
    used = {column for _, column in filled}
    widths = [b - a for a, b in pairwise(grid.across)]
    gone = {at for at, width in enumerate(widths) if width < _SLIVER and at not in used}
    if not gone:
        return grid
    across = [x for at, x in enumerate(grid.across) if at - 1 not in gone or at == len(widths)]
    slim = Grid(grid.area, across, grid.down)
    _build_walls(slim, [r for r in cluster if r.across], [r for r in cluster if not r.across])
    return slim


def _is_frame(grid: Grid) -> bool:
    rows, columns = grid.shape
    return not any(kind == "v" for kind, _, _ in grid.walls) and (columns <= 3 and rows <= 12)


def _stacked(shades: Iterable[Area]) -> list[Area]:
    """Shades that lie one under the other with the same sides are one: a shade for each line."""
    stacks: list[Area] = []
    for area in sorted(shades, key=lambda a: (a.top, a.x0)):
        for at, stack in enumerate(stacks):
            sides = abs(stack.x0 - area.x0) <= _NEAR and abs(stack.x1 - area.x1) <= _NEAR
            if sides and stack.top - 1 <= area.top <= stack.bottom + 4:
                bottom = max(stack.bottom, area.bottom)
                stacks[at] = Area(stack.x0, stack.top, stack.x1, bottom, stack.filled)
                break
        else:
            stacks.append(area)
    return stacks


def _worth(boxes: Iterable[Area], lines: Sequence[Line], page: Page) -> list[Area]:
    """Boxes that hold at least two lines and whose text does not cross their edge; outermost."""
    kept: list[Area] = []
    for box in sorted(boxes, key=lambda b: -b.width * b.height):
        inside = [line for line in lines if box.holds((line.x0 + line.x1) / 2, line.base - 1)]
        if len(inside) < 2 or box.width < 0.15 * page.width:
            continue
        if any(line.x0 < box.x0 - 4 or line.x1 > box.x1 + 4 for line in inside):
            continue
        if sum(len(line.text) for line in inside) < 40:
            continue
        if not any(box.within(other, _NEAR) for other in kept):
            kept.append(box)
    return sorted(kept, key=lambda b: b.top)


def split_at(line: Line, edges: Sequence[float]) -> list[Line]:
    """A line cut between its runs where an upright rule stands."""
    groups: dict[int, list[Run]] = {}
    for run in line.runs:
        groups.setdefault(bisect_right(edges, (run.x0 + run.x1) / 2), []).append(run)
    return [Line(runs, line.page) for _, runs in sorted(groups.items())]


def area_of(lines: Iterable[Line]) -> Area:
    """The rectangle round some lines (at least one)."""
    return bounds(run for line in lines for run in line.runs)
