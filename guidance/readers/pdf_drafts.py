"""Drafts of blocks, and what the whole document tells of its own setting: sizes, leading, words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from guidance.outline.source import Cell, SourceKind
from guidance.readers.pdf_columns import Stretch
from guidance.readers.pdf_lines import Line

ENDINGS = ".!?:;…"
_CLOSERS = "\"'”’)]» \t\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(slots=True, eq=False)
class Draft:
    """A block in the making: its lines, and how they stand.

    `left` is where its text runs on from the second line; `right` the edge that its lines may
    reach; `stretch` tells the column that it began in, and `ends` the one that it ends in.
    """

    kind: SourceKind
    lines: list[Line] = field(default_factory=list)
    page: int = 0
    box: int = 0
    box_title: bool = False
    level: int = 0
    label: str = ""
    mark: str = ""
    cut: int = 0
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    columns: tuple[float, ...] = ()
    left: float = 0.0
    right: float = 0.0
    stretch: int = 0
    ends: int = 0
    indent: float = 0.0
    marked: bool = False
    goes_on: bool = False
    style: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)[self.cut :]

    @property
    def size(self) -> float:
        sizes = Counter[float]()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    @property
    def ended(self) -> bool:
        return bool(self.lines) and has_ended(self.lines[-1])


def has_ended(line: Line) -> bool:
    """Whether a line closes a sentence or a clause, note marks and quotation marks apart."""
    plain = [text for run, text in line.pieces if not run.raised]
    return "".join(plain).rstrip(_CLOSERS).endswith(tuple(ENDINGS))


def has_room(line: Line, after: Line, right: float) -> bool:
    """Whether the first word of the next line would have fitted on this one."""
    need = after.first_word + 0.3 * line.size
    return line.x1 + need < right - 0.5 * line.size


@dataclass
class Setting:
    """How a document is set, measured over all its stretches."""

    stretches: Sequence[Stretch]

    @cached_property
    def body(self) -> float:
        """The size of most of the text, in points."""
        sizes = Counter[float]()
        for stretch in self.stretches:
            for line in stretch.lines:
                sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0] if sizes else 10.0

    @cached_property
    def light(self) -> float:
        """The lightness of the ink of most of the text."""
        inks = Counter[float]()
        for stretch in self.stretches:
            for line in stretch.lines:
                inks[line.light] += len(line.text)
        return inks.most_common(1)[0][0] if inks else 0.0

    @cached_property
    def _steps(self) -> dict[float, float]:
        steps: dict[float, Counter[float]] = defaultdict(Counter)
        for stretch in self.stretches:
            lines = stretch.lines
            for one, other in pairwise(lines):
                step = other.base - one.base
                if one.size == other.size and 0.8 * one.size < step < 2.4 * one.size:
                    steps[one.size][round(step * 2) / 2] += 1
        return {size: _usual(counts) for size, counts in steps.items()}

    def step(self, size: float) -> float:
        """The usual distance between baselines within a paragraph of this size, in points."""
        return self._steps.get(size, 1.2 * size)


def _usual(counts: Counter[float]) -> float:
    """The least distance that is common: distances between paragraphs are larger."""
    most = counts.most_common(1)[0][1]
    return min(step for step, count in counts.items() if count >= 0.5 * most)


def right_edge(lines: Iterable[Line]) -> float:
    """The edge that full lines reach, without the few that stick out."""
    ends = sorted(line.x1 for line in lines)
    if not ends:
        return 0.0
    return ends[-1] if len(ends) < 8 else ends[int(0.94 * (len(ends) - 1))]


class Vocabulary:
    """The words of a document, to tell a hyphen that belongs to a word from one set by a break."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: Counter[str] = Counter()
        for line in lines:
            text = line.text
            # The last word may be half a word.
            whole = text.rsplit(None, 1)[0] if text.endswith(("-", "\u00ad")) else text
            self.words.update(word.lower() for word in _WORD.findall(whole))
        self.compounds = Counter(
            part
            for word, count in self.words.items()
            if "-" in word
            for part in [word.split("-")[0]] * count
        )

    def joined(self, before: str, after: str) -> bool:
        """Whether the halves of a word at a line's end are one word without a hyphen."""
        one = _WORD.findall(before.rstrip("-\u00ad"))[-1:]
        two = _WORD.findall(after)[:1]
        if not one or not two or not after[:1].islower():
            return False
        start, rest = one[0].lower(), two[0].lower()
        whole, hyphened = self.words[start + rest], self.words[f"{start}-{rest}"]
        if whole or hyphened:
            return whole >= hyphened
        if self.words[start.rsplit("-", 1)[-1]] and self.words[rest]:
            return False  # both halves are words of their own: "policy-makers"
        return not self.compounds[start] and len(start) > 1
