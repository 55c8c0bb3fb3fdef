"""Where a walk over a page stands: the frame that an element opens and its children inherit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from lxml import etree

from guidance.readers.html_lists import ListCounter
from guidance.readers.html_tables import Grid

Marks = tuple[bool, bool, bool, str, str]
"""Bold, italic, superscript, href and note of a run, in the order of `Span`."""

PLAIN: Marks = (False, False, False, "", "")


class Zone(Enum):
    """Which part of a page its text belongs to."""

    BODY = auto()
    CONTENTS = auto()
    FURNITURE = auto()


@dataclass(slots=True)
class Item:
    """A list item: its label goes to the first block in it, the rest go on without one."""

    label: str
    depth: int
    opened: bool = False


@dataclass(slots=True)
class Frame:
    """What an element means for the text in it.

    `marks` are those of a run; the rest belong to the block. `heading` is a level or 0.
    `labelling` says that the text is a label computed by Word. `ends` is called when the element
    that opened the frame closes, and is not inherited.
    """

    zone: Zone = Zone.BODY
    marks: Marks = PLAIN
    heading: int = 0
    box: int = 0
    style: str = ""
    indent: float = 0.0
    item: Item | None = None
    depth: int = 0
    list: ListCounter | None = None
    grid: Grid | None = None
    preformatted: bool = False
    sectioned: bool = False
    labelling: bool = False
    ends: Callable[[etree._Element, Frame], None] | None = None

    def child(self) -> Frame:
        """A frame for an element inside this one."""
        return Frame(
            self.zone, self.marks, self.heading, self.box, self.style, self.indent, self.item,
            self.depth, self.list, self.grid, self.preformatted, self.sectioned, self.labelling,
        )  # fmt: skip
