"""Word's automatic numbers, counted as Word counts them (ISO/IEC 29500-1, 17.9).

All lists that share an abstract numbering share its counters. A list may start a level anew, once,
when it first comes to that level or passes it; afterwards the level's own start holds again. A
level that was skipped over counts from its start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guidance.readers.word.glyphs import bullet
from guidance.readers.word.names import MARKUP, VAL, w
from guidance.readers.word.numerals import numeral
from guidance.readers.word.package import Element
from guidance.readers.word.styles import is_on, points, whole_number

LEVELS = 9
LONGEST_TEXT = 255
COMPOUND = re.compile(r"(?:^|\s)(?:[A-Z]|[A-Z]?\d{1,3})(\.\d{1,3})+[A-Z]?\.?$")
PLACEHOLDER = re.compile(r"%([1-9])")
UNCHANGED_BY_LEGAL = frozenset({"none", "bullet", "decimalZero", "decimal"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` holds %1 … %9; `left` is in points."""

    start: int
    number_format: str
    text: str
    restart: int | None
    legal: bool
    style: str
    left: float | None
    font: str

    def restarts_after(self, depth: int) -> bool:
        """Whether this level counts anew after a paragraph at the shallower level `depth`."""
        return self.restart is None or depth < self.restart


@dataclass(frozen=True, slots=True)
class Label:
    """A number as printed. `count` is its last part: 13 for "2.13"."""

    text: str
    number_format: str
    depth: int
    count: int
    group: str


@dataclass(frozen=True, slots=True)
class _List:
    group: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, depth: int) -> int:
        level = self.levels.get(depth)
        return level.start if level else 1


class Numbering:
    """The numbering part of a document and its counters; ask for labels in reading order.

    `style_numbering` gives the list that a numbering style stands for.
    """

    def __init__(
        self, root: Element | None, style_numbering: Callable[[str], str | None] = lambda _: None
    ) -> None:
        self._abstract: dict[str, Element] = {}
        self._instances: dict[str, Element] = {}
        self._style_numbering = style_numbering
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._abstract = {a.get(w("abstractNumId"), ""): a for a in root.iter(w("abstractNum"))}
            self._instances = {n.get(w("numId"), ""): n for n in root.iter(w("num"))}

    def level(self, numbering: str, depth: int) -> Level | None:
        """The definition of a level, or None when the list or the level is not defined."""
        found = self._list(numbering)
        return found.levels.get(depth) if found else None

    def depth_for_style(self, numbering: str, chain: Iterable[str]) -> int | None:
        """The level that names one of the styles of `chain` as its own."""
        found = self._list(numbering)
        named = {lvl.style: depth for depth, lvl in found.levels.items()} if found else {}
        return next((named[style] for style in chain if style in named), None)

    def count(self, numbering: str, depth: int) -> Label | None:
        """The label of the next paragraph at that level, which is thereby counted."""
        found = self._list(numbering)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return None
        starts = found.starts.items()
        anew = {d: start for d, start in starts if (numbering, d) not in self._restarted}
        self._restarted.update((numbering, passed) for passed in range(depth + 1))
        counts = self._counts.setdefault(found.group, [None] * LEVELS)
        _advance(found, anew, counts, depth)
        text = _printed(found, counts, depth)
        if not text:
            return None
        return Label(text, level.number_format, depth, counts[depth] or 0, found.group)

    def count_in_field(self, name: str, depth: int) -> Label | None:
        """The number that a LISTNUM field prints; None unless `name` is that of a list here."""
        for numbering, instance in self._instances.items():
            abstract = self._abstract.get(_value(instance, "abstractNumId", ""))
            if abstract is not None and name and _value(abstract, "name", "") == name:
                return self.count(numbering, depth)
        return None

    def _list(self, numbering: str) -> _List | None:
        if numbering not in self._lists:
            self._lists[numbering] = self._read_list(numbering)
        return self._lists[numbering]

    def _read_list(self, numbering: str) -> _List | None:
        instance = self._instances.get(numbering)
        definition = self._definition(instance)
        if instance is None or definition is None:
            return None
        levels = {_depth(lvl): _read_level(lvl) for lvl in definition.iter(w("lvl"))}
        starts = {}
        for override in instance.iter(w("lvlOverride")):
            own = override.find(w("lvl"))
            if own is not None:
                levels[_depth(override)] = _read_level(own)
            start = override.find(w("startOverride"))
            if start is not None:
                starts[_depth(override)] = whole_number(start.get(VAL), 1)
        return _List(_value(instance, "abstractNumId", ""), levels, starts)

    def _definition(self, instance: Element | None, followed: int = 0) -> Element | None:
        """The abstract numbering whose levels a list has, through the numbering styles that stand
        for it; its counters stay its own."""
        if instance is None or followed > LEVELS:
            return None
        abstract = self._abstract.get(_value(instance, "abstractNumId", ""))
        link = _value(abstract, "numStyleLink", "") if abstract is not None else ""
        if abstract is None or not link or abstract.find(w("lvl")) is not None:
            return abstract
        stands_for = self._instances.get(self._style_numbering(link) or "")
        found = self._definition(stands_for, followed + 1)
        return self._styled(link) if found is None else found

    def _styled(self, style: str) -> Element | None:
        """The abstract numbering that says it defines the numbering style."""
        for abstract in self._abstract.values():
            if _value(abstract, "styleLink", "") == style:
                return abstract
        return None


def is_compound(printed: str) -> bool:
    """Whether a number is like 2.13 or A.4; its parts may be computed or written in the list."""
    return COMPOUND.search(printed) is not None


def _advance(found: _List, starts: dict[int, int], counts: list[int | None], depth: int) -> None:
    """Count one paragraph at `depth`; `starts` are the numbers at which the list starts anew."""
    for shallower in range(depth):
        if counts[shallower] is None:
            counts[shallower] = starts.get(shallower, found.start(shallower))
    now = counts[depth]
    following = found.start(depth) if now is None else now + 1
    counts[depth] = starts.get(depth, following)
    for deeper in range(depth + 1, LEVELS):
        level = found.levels.get(deeper)
        if level is None or level.restarts_after(depth):
            counts[deeper] = None


def _printed(found: _List, counts: list[int | None], depth: int) -> str:
    level = found.levels[depth]
    if level.number_format == "bullet":
        return bullet(level.text, level.font)

    def number(placeholder: re.Match[str]) -> str:
        place = int(placeholder[1]) - 1
        count = counts[place] if place <= depth else None
        at = found.levels.get(place)
        if count is None or at is None or at.number_format in ("none", "bullet"):
            return ""
        plain = level.legal and at.number_format not in UNCHANGED_BY_LEGAL
        return numeral(count, "decimal" if plain else at.number_format)

    return PLACEHOLDER.sub(number, level.text).strip()


def _depth(element: Element) -> int:
    return whole_number(element.get(w("ilvl")), 0)


def _read_level(element: Element) -> Level:
    restart = element.find(w("lvlRestart"))
    legal = element.find(w("isLgl"))
    indent = element.find(f"{w('pPr')}/{w('ind')}")
    left = indent.get(w("left")) or indent.get(w("start")) if indent is not None else None
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    return Level(
        start=whole_number(_value(element, "start", "0"), 0),
        number_format=_number_format(element),
        text=_value(element, "lvlText", "")[:LONGEST_TEXT],
        restart=whole_number(restart.get(VAL), 0) if restart is not None else None,
        legal=legal is not None and is_on(legal.get(VAL)),
        style=_value(element, "pStyle", ""),
        left=points(left) if left else None,
        font=(fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "") if fonts is not None else "",
    )


def _number_format(level: Element) -> str:
    """The level's format; a custom one ("001, 002, …") is wrapped for older programs to skip."""
    choice = level.find(f"{{{MARKUP}}}AlternateContent/{{{MARKUP}}}Choice/{w('numFmt')}")
    if choice is not None and choice.get(w("format")):
        return choice.get(w("format"), "decimal")
    plain = level.find(w("numFmt"))
    if plain is None:
        return "decimal"
    return plain.get(w("format")) or plain.get(VAL, "decimal")


def _value(element: Element, name: str, otherwise: str) -> str:
    child = element.find(w(name))
    return child.get(VAL, otherwise) if child is not None else otherwise
