"""Running heads and feet, page numbers, watermarks: what a page carries beside its text.

Text is furniture when it comes again on other pages at the same place (digits may differ), when it
is a page number, or when it stands in a slot that such text has on other pages. From the top and
from the foot only whole rows go, and no further than the first row that must stay.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from guidance.readers.pdf_lines import Line
from guidance.readers.pdf_page import Page

_EDGE = 0.15  # of the page's height: heads and feet stand in it
_SIDE = 0.13  # of the page's width: its side margins
_DEEPEST = 5  # rows
_SLOT = 4.0  # points
_PAGE_NUMBER = re.compile(
    r"(?:page\s*|p\.?\s*|[-–—|\[(]\s*)?(?P<number>\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—|\])])?",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"(?<![\d.])\b\d{1,4}\b(?!\.)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

Row = list[Line]


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Lines that stand beside each other, top to bottom."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda one: one.base):
        if rows and line.base - rows[-1][0].base <= 0.35 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda one: one.x0)
    return rows


def take_furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line]]:
    """Remove the furniture from each page's lines, in place, and return it page by page."""
    taken: list[list[Line]] = [[] for _ in pages]
    _take_watermarks(pages, lines, taken)
    _take_fixed(pages, lines, taken)
    for foot in (False, True):
        both = zip(pages, lines, strict=True)
        edges = [_edge_rows(page, page_lines, foot=foot) for page, page_lines in both]
        _Edge(pages, edges).take(lines, taken)
    return taken


def _keys(line: Line, at: int) -> set[str]:
    """The words of a line on page `at` in forms that stay the same from page to page.

    A number that counts the pages is given as its distance from the page: "page #-2 of 40". One
    with a full stop or a letter at it counts paragraphs: "7.3a A person", "12. The council".
    """
    text = " ".join(line.text.split()).casefold()
    numbers = list(_COUNTER.finditer(text))
    keys = {text}
    for found in (numbers[0], numbers[-1]) if numbers else ():
        distance = at - int(found[0])
        keys.add(f"{text[: found.start()]}#{distance}{text[found.end() :]}")
    return keys


def _take_watermarks(
    pages: Sequence[Page], lines: Sequence[list[Line]], taken: list[list[Line]]
) -> None:
    """Huge pale letters, upright: a word such as "draft" laid under the text."""
    for at, page_lines in enumerate(lines):
        sizes = Counter[float]()
        for line in page_lines:
            sizes[line.size] += len(line.text)
        usual = sizes.most_common(1)[0][0] if sizes else 10.0
        for line in list(page_lines):
            pale = line.light >= 0.6 and line.size >= 2.5 * usual and len(line.text) <= 60
            if pale and _overlaps(line, page_lines):
                _move(line, page_lines, taken[at])


def _overlaps(line: Line, others: Iterable[Line]) -> bool:
    return any(
        other is not line
        and other.base > line.top
        and other.top < line.base
        and other.x1 > line.x0
        and other.x0 < line.x1
        for other in others
    )


def _move(line: Line, source: list[Line], target: list[Line]) -> None:
    source.remove(line)
    target.append(line)


def _take_fixed(
    pages: Sequence[Page], lines: Sequence[list[Line]], taken: list[list[Line]]
) -> None:
    """What stands at the same spot of the side margins on most pages: tabs, stamps."""
    if len(pages) < 4:
        return
    spots: dict[tuple[str, int, int], list[tuple[int, Line]]] = defaultdict(list)
    for at, page_lines in enumerate(lines):
        for line in page_lines:
            width = pages[at].width
            outside = line.x1 < _SIDE * width or line.x0 > (1 - _SIDE) * width
            if outside and any(c.isalpha() for c in line.text):
                spots[line.text, round(line.x0 / 3), round(line.base / 3)].append((at, line))
    for found in spots.values():
        if len({at for at, _ in found}) >= max(4, 0.6 * len(pages)):
            for at, line in found:
                if line in lines[at]:
                    _move(line, lines[at], taken[at])


def _edge_rows(page: Page, lines: list[Line], *, foot: bool) -> list[Row]:
    """The outermost rows of a page within its edge zone, from outside in."""
    rows = rows_of(lines)
    if foot:
        rows.reverse()
        zone = [r for r in rows if r[0].base >= page.height * (1 - _EDGE)]
    else:
        zone = [r for r in rows if r[0].base <= page.height * _EDGE]
    return zone[:_DEEPEST]


class _Edge:
    """The heads, or the feet, of all pages."""

    def __init__(self, pages: Sequence[Page], edges: list[list[Row]]) -> None:
        self.pages, self.edges = pages, edges
        self.repeated: Counter[tuple[str, int]] = Counter()
        self.slots: Counter[int] = Counter()
        self.numbers = self._page_numbers()
        # Some files call their footnotes furniture too.
        self.noted = {
            at for at, rows in enumerate(edges) if any(row[0].runs[0].raised for row in rows)
        }
        for at, rows in enumerate(edges):
            pieces = [p for row in rows for p in row]
            for key, slot in {(k, self._slot(at, p)) for p in pieces for k in _keys(p, at)}:
                for near in (slot - 1, slot, slot + 1):
                    self.repeated[key, near] += 1
        self.sure = [[self._sure(at, row) for row in rows] for at, rows in enumerate(edges)]
        self._count_slots()

    def _slot(self, at: int, line: Line) -> int:
        return round(line.base / _SLOT)

    def _page_numbers(self) -> set[tuple[int, int]]:
        """Pages with the numbers that are theirs: in step with a page near by, and with many."""
        found = {
            (at, at - number)
            for at, rows in enumerate(self.edges)
            for row in rows
            for piece in row
            if (number := page_number(piece.text))
        }
        counts = Counter(difference for _, difference in found)
        least = min(3, 0.3 * max(counts.values(), default=0))
        near = (-2, -1, 1, 2) if len(self.pages) > 2 else (0,)
        return {
            (at, at - difference)
            for at, difference in found
            if counts[difference] >= least
            and any((at + step, difference) in found for step in near)
        }

    def _often(self, at: int, line: Line) -> bool:
        slot = self._slot(at, line)
        count = max(self.repeated[key, slot] for key in _keys(line, at))
        few = len(self.pages) <= 4
        return count >= (2 if few or len(line.text) > 25 else 3)

    def _sure(self, at: int, row: Row) -> bool:
        """Whether every piece of a row is furniture, and not only digits without sequence."""
        if row[0].runs[0].raised or self._other_number(at, row[0]):
            return False  # the note of a mark: "12 Ibid." comes on many pages
        return all(self._is_furniture(at, piece) for piece in row)

    def _is_furniture(self, at: int, piece: Line) -> bool:
        number = page_number(piece.text)
        if number is not None:
            return (at, number) in self.numbers
        if any(c.isalpha() for c in piece.text) and self._often(at, piece):
            return True
        return at not in self.noted and all(r.artifact for r in piece.runs)

    def _other_number(self, at: int, line: Line) -> bool:
        """Whether a line is or begins with a number that is not this page's."""
        found = re.match(r"(\d{1,4})(?:[.)]?\s+[^\s|]|\s*$)", line.text)
        if found is None or (at, int(found[1])) in self.numbers:
            return False
        same = " ".join(line.text.split()).casefold()  # "2024 edition" on most pages
        return self.repeated[same, self._slot(at, line)] < max(3, 0.3 * len(self.pages))

    def _count_slots(self) -> None:
        self.of_slot: Counter[tuple[int, float]] = Counter()
        self.sure_of_slot: Counter[tuple[int, float]] = Counter()
        for at, rows in enumerate(self.edges):
            for index, row in enumerate(rows):
                slot = (self._slot(at, row[0]), row[0].size)
                self.of_slot[slot] += 1
                self.sure_of_slot[slot] += self.sure[at][index]

    def _in_slot(self, at: int, row: Row) -> bool:
        """Whether a row stands where, and is set as, most furniture of other pages is."""
        if row[0].runs[0].raised or self._other_number(at, row[0]):
            return False
        slot = (self._slot(at, row[0]), row[0].size)
        words = sum(len(p.text) for p in row)
        often = self.sure_of_slot[slot] >= max(3, 0.5 * self.of_slot[slot])
        return often and words <= 120

    def take(self, lines: Sequence[list[Line]], taken: list[list[Line]]) -> None:
        for at, rows in enumerate(self.edges):
            for index, row in enumerate(rows):
                if not (self.sure[at][index] or self._in_slot(at, row)):
                    break
                for piece in row:
                    if piece in lines[at]:
                        _move(piece, lines[at], taken[at])


def page_number(text: str) -> int | None:
    """The number that a text consists of as page numbers are printed, or None."""
    found = _PAGE_NUMBER.fullmatch(text.strip())
    if not found:
        return None
    number = found["number"].lower()
    if number.isdigit():
        return int(number)
    values = [_ROMAN[c] for c in number]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
