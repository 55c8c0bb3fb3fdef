"""Lines from runs: what stands on one baseline without a wide gap, with raised and lowered signs.

A raised sign belongs to the line that it touches, whatever its own baseline. Pieces of one printed
line that a wide gap parts (a number in the margin, the cells of a row, two columns) stay apart
until `pdf_columns` knows which of these it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.outline.source import Span
from guidance.readers.pdf_page import Run

_SMALL = 0.86  # a sign below this part of its line's size may be raised or lowered
_APART = 0.8  # a gap above this part of the size parts the pieces of a line
_SPACE = 0.2
_TAB = 2.2
_MARK = re.compile(r"\d{1,3}[a-z]?|[*†‡§]{1,3}")
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}[A-Z]?|[a-z]{1,3})[.)]?")
_UNITS = re.compile(r"(?:^|[\d\s/(])(?:[kcmd]?m|km|ft|CO|x|R)$")


class Line:
    """A line or a piece of one: its runs from left to right, on page `page`.

    `main` is the run with the most characters among those that are neither raised nor lowered; it
    gives the line its baseline and size.
    """

    __slots__ = ("_marks", "_pieces", "_text", "base", "main", "page", "runs", "size", "x0", "x1")

    def __init__(self, runs: list[Run], page: int) -> None:
        self.runs, self.page = runs, page
        self.x0 = min([r.x0 for r in runs])
        self.x1 = max([r.x1 for r in runs])
        plain = [r for r in runs if not r.raised and not r.sunk] or runs
        self.main = max(plain, key=_length) if len(plain) > 1 else plain[0]
        self.base, self.size = self.main.base, self.main.size
        self._pieces: list[tuple[Run, str]] | None = None
        self._text: str | None = None
        self._marks: tuple[bool, bool, bool] | None = None

    @property
    def top(self) -> float:
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.22 * self.size

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = "".join([text for _, text in self.pieces])
        return self._text

    @property
    def pieces(self) -> list[tuple[Run, str]]:
        """The runs with the spaces between them, which are put at the end of the run before."""
        if self._pieces is None:
            before, found = self.runs[0], list[tuple[Run, str]]()
            for run in self.runs[1:]:
                found.append((before, before.text + self._between(before, run)))
                before = run
            found.append((before, before.text))
            self._pieces = found
        return self._pieces

    def _between(self, left: Run, right: Run) -> str:
        size = min(left.size, right.size) if right.raised or left.raised else self.size
        gap = right.x0 - left.x1
        if left is self.runs[0] and gap > 0.05 * size and _NUMBER.fullmatch(left.text):
            return " "
        if gap > _TAB * size and left is not self.runs[0]:
            return "\t"
        if left.trail or right.lead:
            return " " if gap > -0.3 * size else ""
        return " " if gap > _SPACE * size else ""

    @property
    def bold(self) -> bool:
        return self._set()[0]

    @property
    def italic(self) -> bool:
        return self._set()[1]

    @property
    def ruled(self) -> bool:
        """Whether all of the line is underlined."""
        return self._set()[2]

    def _set(self) -> tuple[bool, bool, bool]:
        if self._marks is None:
            inked = [r for r in self.runs if not r.raised and any(map(str.isalnum, r.text))]
            self._marks = (
                bool(inked) and all([r.face.bold for r in inked]),
                bool(inked) and all([r.face.italic for r in inked]),
                bool(inked) and all([r.ruled for r in inked]),
            )
        return self._marks

    @property
    def light(self) -> float:
        return self.main.light

    @property
    def first_word(self) -> float:
        """The width of the first word, near enough."""
        word = self.text.split(maxsplit=1)[0] if self.text.strip() else ""
        return self.width * len(word) / max(1, len(self.text))


def _length(run: Run) -> int:
    return len(run.text)


def spans_of(line: Line) -> list[Span]:
    """The line as spans; raised digits and signs are taken for the marks of notes."""
    spans: list[Span] = []
    before = ""
    for run, text in line.pieces:
        marked = run.raised and is_mark(run.text) and not _UNITS.search(before[-4:])
        bare = text.rstrip()
        if marked and bare:
            spans.extend(_marks(bare))
            text = text[len(bare) :]
        if text:
            raised = run.raised and not marked
            spans.append(
                Span(
                    text,
                    bold=run.face.bold,
                    italic=run.face.italic,
                    superscript=raised,
                    href=run.href,
                )
            )
        before = run.text
    return spans


def is_mark(text: str) -> bool:
    """Whether raised text is the mark of a note, or several: "20", "20,21", "*"."""
    parts = [p for p in re.split(r"[,\s–-]+", text.strip()) if p]
    return bool(parts) and all(_MARK.fullmatch(p) for p in parts)


def _marks(text: str) -> Iterable[Span]:
    for part in re.findall(r"[,\s–-]+|[^,\s–-]+", text):
        note = part if _MARK.fullmatch(part) else ""
        yield Span(part, superscript=True, note=note)


def make_lines(runs: Iterable[Run], page: int) -> list[Line]:
    """The lines of a page, top to bottom and left to right, in pieces where wide gaps part them."""
    rows = _rows(_single(runs))
    _raise_small(rows)
    lines: list[Line] = []
    for row in rows:
        lines.extend(_split(row, page))
    lines.sort(key=lambda line: (line.base, line.x0))
    return lines


def _single(runs: Iterable[Run]) -> list[Run]:
    """Runs in order of their baselines, without those printed twice for a shadow or weight."""
    ordered = sorted(runs, key=lambda r: (r.base, r.x0))
    kept: list[Run] = []
    for run in ordered:
        twin = any(
            other.text == run.text
            and abs(other.x0 - run.x0) < 0.12 * run.size
            and abs(other.base - run.base) < 0.12 * run.size
            for other in kept[-4:]
        )
        if not twin:
            kept.append(run)
    return kept


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in runs:
        if rows and run.base - rows[-1][0].base <= 0.22 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def _raise_small(rows: list[list[Run]]) -> None:
    """Move raised and lowered signs to the row that they touch; mark those in their row already."""
    for at, row in enumerate(rows):
        if len(row) > 1:
            _mark_in_row(row)
        for run in list(row):
            host = _host(run, rows, at)
            if host is not None:
                host[1].append(run)
                row.remove(run)
                run.raised = run.base < host[0].base
                run.sunk = not run.raised
    rows[:] = [row for row in rows if row]


def _mark_in_row(row: list[Run]) -> None:
    """A small raised sign may stand so little higher that its baseline counts as the row's."""
    big = max(row, key=lambda r: (r.size, len(r.text)))
    for run in row:
        if run.size < _SMALL * big.size and run.base < big.base - 0.08 * big.size:
            run.raised = any(_touch(run, other) for other in row if other.size > run.size)


def _host(run: Run, rows: list[list[Run]], at: int) -> tuple[Run, list[Run]] | None:
    """The larger run that a small sign touches, in the rows just above and below, with its row."""
    best: tuple[float, Run, list[Run]] | None = None
    for step in (*range(at + 1, min(at + 5, len(rows))), *range(at - 1, max(at - 5, -1), -1)):
        for other in rows[step]:
            rise = (other.base - run.base) / other.size
            if run.size >= _SMALL * other.size or not -0.35 <= rise <= 0.75 or not other.text:
                continue
            if _touch(run, other) and (best is None or abs(rise) < best[0]):
                best = (abs(rise), other, rows[step])
    return (best[1], best[2]) if best else None


def _touch(small: Run, big: Run) -> bool:
    after, before = small.x0 - big.x1, big.x0 - small.x1
    if small.base > big.base + 0.05 * big.size:  # lowered signs stand close behind
        return -0.2 * big.size <= after <= 0.25 * big.size
    # A note's own mark stands before its text, often with a gap.
    return -0.3 * big.size <= after <= 0.5 * big.size or -0.1 * big.size <= before <= 2.5 * big.size


def _split(row: list[Run], page: int) -> list[Line]:
    """The pieces of a row: parted by wide gaps, or printed one over the other."""
    row.sort(key=lambda r: r.x0)
    groups: list[list[Run]] = []
    edge = 0.0
    for run in row:
        # The mark of a note stands before its text, often with a gap.
        marked = bool(groups) and len(groups[-1]) == 1 and groups[-1][0].raised
        reach = (3 if marked else 1) * _APART * run.size
        if groups and -0.6 * run.size <= run.x0 - edge <= reach:
            groups[-1].append(run)
            edge = max(edge, run.x1)
        else:
            groups.append([run])
            edge = run.x1
    return [Line(group, page) for group in groups]


def merge(lines: Iterable[Line]) -> Line:
    """Pieces of one printed line put together, from left to right."""
    lines = list(lines)
    runs = sorted((r for line in lines for r in line.runs), key=lambda r: r.x0)
    return Line(runs, lines[0].page)
