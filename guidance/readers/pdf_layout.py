"""The layout of a page: tables, boxes and pictures found, and everything in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from guidance.readers.pdf_columns import Item, Stretch, item_of, read_across
from guidance.readers.pdf_grids import find_grids
from guidance.readers.pdf_lines import Line
from guidance.readers.pdf_page import Area, Page
from guidance.readers.pdf_tables import Ruled


@dataclass(slots=True, eq=False)
class Boxed:
    """A box on a page with what stands in it, in reading order."""

    area: Area
    page: int
    stretches: list[Stretch] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Picture:
    """A picture large enough to be read as one."""

    area: Area
    page: int


def lay_out(page: Page, lines: Sequence[Line]) -> list[Stretch]:
    """The stretches of a page in reading order; tables, boxes and pictures among the lines."""
    _underline(page)
    grids, boxes = find_grids(page, lines)
    left = list(lines)
    items: list[Item] = []
    for grid in grids:
        inside = [line for line in left if _inside(line, grid.area)]
        left = [line for line in left if not _inside(line, grid.area)]
        if inside:
            items.append(Item(grid.area, other=Ruled(grid, inside, page.number)))
    items.extend(_pictures(page))
    for box in boxes:
        within = [line for line in left if _inside(line, box)]
        held = [item for item in items if item.area.within(box, 4)]
        left = [line for line in left if not _inside(line, box)]
        items = [item for item in items if not item.area.within(box, 4)]
        stretches = read_across([*map(item_of, within), *held], page.number)
        if stretches:
            items.append(Item(box, other=Boxed(box, page.number, stretches)))
    return read_across([*map(item_of, left), *items], page.number)


def _inside(line: Line, area: Area) -> bool:
    return area.holds((line.x0 + line.x1) / 2, line.base - 0.3 * line.size, 1.0)


def _pictures(page: Page) -> list[Item]:
    """Pictures of some size, but not the background of the page."""
    whole = page.width * page.height
    kept: list[Item] = []
    for area in page.pictures:
        share = area.width * area.height / whole if whole else 0
        large = 0.02 <= share <= 0.8 and area.height > 40 and area.width > 60
        if large and not any(area.within(item.area, 3) for item in kept):
            kept.append(Item(area, other=Picture(area, page.number)))
    return kept


def _underline(page: Page) -> None:
    """Mark the runs that a rule underlines."""
    flat = sorted((r for r in page.rules if r.across), key=lambda r: r.at)
    if not flat or len(flat) > 2000:
        return
    for run in page.runs:
        run.ruled = any(
            0 <= rule.at - run.base <= 0.3 * run.size
            and rule.start <= run.x0 + 2
            and rule.end >= run.x1 - 2
            for rule in flat
        )
