"""Contents lists: lines that end in a page number at the edge, with or without leader dots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from guidance.outline.source import SourceKind
from guidance.readers.pdf_columns import Item
from guidance.readers.pdf_drafts import Draft
from guidance.readers.pdf_furniture import page_number
from guidance.readers.pdf_lines import Line
from guidance.readers.pdf_tables import Entry

_LEADERS = re.compile(r"(?:[.…·_‥]\s?){3,}\s*(\d{1,4}|[ivxl]{1,6})\s*$", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:table of |list of |main )?(?:contents|tables|figures|boxes)(?: page)?:?", re.IGNORECASE
)
_HEADS = re.compile(
    r"(?:(?:para(?:graph)?|page|section)s?(?: (?:no|number)\.?)?\s*){1,4}", re.IGNORECASE
)
_WRAPPED = 3  # lines that an entry may take before its number


def take_contents(entries: Sequence[Entry], pages: int, *, goes_on: bool = False) -> list[Entry]:
    """Replace the lines of a contents list in a stretch by one CONTENTS draft for each entry.

    `goes_on` says that the page before ended in such a list, so that a few lines are enough.
    """
    lines = [e.line if isinstance(e, Item) else None for e in entries]
    edge = max((line.x1 for line in lines if line), default=0.0)
    numbers = [_listed(line, edge) for line in lines]
    found = list(entries)
    for start, end in reversed(_runs(numbers, lines, pages, goes_on=goes_on)):
        if start and lines[start - 1] is not None and _titled(lines, start):
            start -= 1
        while start and (above := lines[start - 1]) and _TITLE.fullmatch(above.text.strip()):
            start -= 1
        found[start:end] = _entries(lines[start:end], numbers[start:end])
    return found


def _titled(lines: Sequence[Line | None], at: int) -> bool:
    """Whether a line above the list is the head of its columns: "Page", "Paragraph Page"."""
    line = lines[at - 1]
    return line is not None and bool(_HEADS.fullmatch(line.text.strip()))


def _listed(line: Line | None, edge: float) -> tuple[int, bool] | None:
    """The page number that ends a line, and whether leader dots lead to it."""
    if line is None:
        return None
    if found := _LEADERS.search(line.text):
        number = page_number(found[1])
        return (number, True) if number is not None else None
    if len(line.runs) < 2 or line.x1 < edge - 2.5 * line.size:
        return None
    last, before = line.runs[-1], line.runs[-2]
    apart = last.x0 - before.x1 > 0.9 * line.size or last.x0 > edge - 2.2 * line.size
    number = page_number(last.text) if apart and not last.raised else None
    # A sentence may end in a number too; it is set close.
    return (number, False) if number is not None else None


def _runs(
    numbers: Sequence[tuple[int, bool] | None],
    lines: Sequence[Line | None],
    pages: int,
    *,
    goes_on: bool,
) -> list[tuple[int, int]]:
    """Where lists begin and end: rising numbers, few lines between them, leaders or many lines."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(numbers):
        if numbers[at] is None:
            at += 1
            continue
        end = _run_end(numbers, lines, at)
        listed = [n for n in numbers[at:end] if n is not None]
        if _is_list(listed, end - at, pages) or (goes_on and at < 2 and listed[0][0] <= pages):
            start = at
            for back in range(1, _WRAPPED):
                above = at - back
                if above < 0 or not _wraps(lines[above], lines[above + 1]):
                    break
                start = above
            runs.append((start, end))
        at = end
    return runs


def _run_end(
    numbers: Sequence[tuple[int, bool] | None], lines: Sequence[Line | None], start: int
) -> int:
    last, page = start, 0
    for at in range(start, len(numbers)):
        if lines[at] is None or at - last > _WRAPPED:
            break
        found = numbers[at]
        if found is not None and found[0] >= page:
            last, page = at, found[0]
    return last + 1


def _is_list(listed: Sequence[tuple[int, bool]], span: int, pages: int) -> bool:
    leaders = sum(led for _, led in listed)
    rising = all(a[0] <= b[0] for a, b in pairwise(listed))
    if not rising or len(listed) < 0.3 * span:
        return False
    if leaders >= 3 or (leaders and leaders == len(listed) >= 2):
        return True
    return len(listed) >= 4 and listed[-1][0] <= pages + 20 and listed[-1][0] > listed[0][0]


def _wraps(above: Line | None, line: Line | None) -> bool:
    if above is None or line is None or len(above.text) < 25:
        return False
    close = line.base - above.base < 1.4 * line.size
    return close and above.bold == line.bold and above.size == line.size


def _same_entry(above: Line, line: Line) -> bool:
    """Whether a line goes on from the one above: not where that is a heading within the list."""
    close = line.base - above.base < 1.7 * line.size
    return close and above.size == line.size and above.bold == line.bold


def _entries(
    lines: Sequence[Line | None], numbers: Sequence[tuple[int, bool] | None]
) -> list[Entry]:
    drafts: list[Entry] = []
    held: list[Line] = []
    for line, number in zip(lines, numbers, strict=True):
        if line is None:
            continue
        if held and not _same_entry(held[-1], line):
            drafts.append(Draft(SourceKind.CONTENTS, held, page=held[0].page))
            held = []
        held.append(line)
        title = _TITLE.fullmatch(line.text.strip()) or _HEADS.fullmatch(line.text.strip())
        if number is not None or title:
            drafts.append(Draft(SourceKind.CONTENTS, held, page=held[0].page))
            held = []
    if held:
        drafts.append(Draft(SourceKind.CONTENTS, held, page=held[0].page))
    return drafts
