"""What stands on one page of a PDF: runs of characters, rules, frames and pictures.

Everything is in points with the origin at the top left and text running to the right, whatever the
page's own rotation. Nothing here knows the PDF library; `pdf_glyphs` and `pdf_drawing` fill it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Face:
    """A font of the document. `bold` may be set late: some files give their fonts no names."""

    name: str
    bold: bool = False
    italic: bool = False
    weight: int = 400
    symbols: bool = False
    used: int = 0


@dataclass(slots=True, eq=False)
class Run:
    """Characters of one font on one baseline without a wide gap.

    `lead` and `trail` say that the file has a space before or after; `light` is the lightness of
    the ink from 0 (black) to 1 (white); `artifact` is the file's own word that this is furniture.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    face: Face
    light: float = 0.0
    lead: bool = False
    trail: bool = False
    artifact: bool = False
    href: str = ""
    raised: bool = False
    sunk: bool = False
    ruled: bool = False

    @property
    def top(self) -> float:
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.22 * self.size


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; `filled` by a colour that is not white, or only drawn round."""

    x0: float
    top: float
    x1: float
    bottom: float
    filled: bool = False

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return (
            self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack
        )

    def within(self, other: Area, slack: float = 1.0) -> bool:
        return other.holds(self.x0, self.top, slack) and other.holds(self.x1, self.bottom, slack)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line: `at` is its place across, `start` to `end` its length."""

    across: bool
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(slots=True)
class Page:
    """One page, 1-based. `aside` holds runs that are turned or off the page: not for reading.

    (`left`, `top`) is its top left corner in the file's coordinates, turned by `turn` degrees.
    """

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    aside: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    objects: int = 0
    unmapped: int = 0
    turn: int = 0
    left: float = 0.0
    top: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file (y upwards, before the page is turned) as a point of this page."""
        x, y = turned(self.turn, x, y)
        return x - self.left, self.top - y

    @property
    def ink(self) -> int:
        """How many characters the page has."""
        return sum(len(r.text) for r in self.runs) + sum(len(r.text) for r in self.aside)


def turned(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point turned back by a quarter, a half or three quarters; other turns leave it alone."""
    match turn:
        case 90:
            return y, -x
        case 180:
            return -x, -y
        case 270:
            return -y, x
        case _:
            return x, y


def bounds(runs: Iterable[Run]) -> Area:
    """The rectangle round some runs (at least one)."""
    runs = list(runs)
    return Area(
        min(r.x0 for r in runs),
        min(r.top for r in runs),
        max(r.x1 for r in runs),
        max(r.bottom for r in runs),
    )
