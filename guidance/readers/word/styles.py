"""Styles: what a paragraph or a run inherits before its own properties are read.

Inheritance follows ISO/IEC 29500-1, 17.7: a style's own value wins over the style that it is based
on, and bold, italic and hidden are toggles: set in both the paragraph's and the run's style, they
cancel out (17.7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from guidance.readers.word.names import VAL, w
from guidance.readers.word.package import Element

OFF = frozenset({"0", "false", "off", "none"})
TWIPS_TO_A_POINT = 20
HEADING_NAME = re.compile(r"^heading ([1-9])$")
HEADING_WORD = re.compile(
    r"\b(sub)?[-_ ]?(heading|head|hdg|überschrift|titre|intertitre|rubrik|kop|título)(?:\b|_|\d)"
)
CONTENTS_NAME = re.compile(r"^(toc \d|toc heading|contents \d|contents heading|table of \w+)$")
SIDES = {w(side): side for side in ("top", "bottom", "left", "right", "start", "end")}
NO_FILL = frozenset({"auto", "ffffff", ""})


class Marks(NamedTuple):
    """Character marks; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    superscript: bool | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class Properties:
    """A paragraph's own properties, or those of a style; None where nothing is said.

    `left` is in points. `frame` and `borders` are keys: neighbours with the same key share one
    frame or one border.
    """

    outline: int | None = None
    numbering: str | None = None
    depth: int | None = None
    left: float | None = None
    frame: str | None = None
    borders: str | None = None
    fill: str | None = None

    def over(self, base: Properties) -> Properties:
        """These properties, and those of `base` where these say nothing."""
        if self is NOTHING_SAID:
            return base
        said = {f.name: v for f in fields(self) if (v := getattr(self, f.name)) is not None}
        return replace(base, **said)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with all that it inherits. `chain` is its id and those it is based on."""

    name: str
    chain: tuple[str, ...]
    properties: Properties
    marks: Marks
    heading: int
    contents: bool


class Styles:
    """The styles of a document; `root` is the styles part, or None when there is none."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = ""
        self._default_marks = Marks()
        self._styles: dict[str, Style] = {}
        self._run_marks: dict[str, Marks] = {}
        if root is not None:
            self._index(root)

    def _index(self, root: Element) -> None:
        for element in root.iter(w("style")):
            identity = element.get(w("styleId"), "")
            self._elements[identity] = element
            if element.get(w("type")) == "paragraph" and is_on(element.get(w("default"), "0")):
                self._default = identity
        self._default_marks = read_marks(
            root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        )

    def paragraph(self, identity: str | None) -> Style:
        """The style of that id; the default paragraph style for None or an unknown id."""
        key = identity if identity in self._elements else self._default
        if key not in self._styles:
            self._styles[key or ""] = self._resolve(key or "")
        return self._styles[key or ""]

    def _resolve(self, identity: str) -> Style:
        chain = self._chain(identity)
        properties, marks = Properties(), Marks()
        for ancestor in reversed(chain):
            element = self._elements[ancestor]
            properties = read_properties(element.find(w("pPr"))).over(properties)
            marks = _marks_over(read_marks(element.find(w("rPr"))), marks)
        names = [self._name(ancestor) for ancestor in chain]
        return Style(
            name=names[0] if names else "",
            chain=tuple(chain),
            properties=properties,
            marks=marks,
            heading=heading_level(names, properties.outline),
            contents=any(CONTENTS_NAME.match(name.lower()) for name in names),
        )

    def _chain(self, identity: str) -> list[str]:
        chain: list[str] = []
        while identity in self._elements and identity not in chain:
            chain.append(identity)
            based_on = self._elements[identity].find(w("basedOn"))
            identity = based_on.get(VAL, "") if based_on is not None else ""
        return chain

    def _name(self, identity: str) -> str:
        name = self._elements[identity].find(w("name"))
        return name.get(VAL, "") if name is not None else ""

    def numbering_of(self, identity: str) -> str | None:
        """The numbering that a numbering style stands for (w:numStyleLink)."""
        element = self._elements.get(identity)
        return read_properties(element.find(w("pPr"))).numbering if element is not None else None

    def marks(self, style: Style, run_style: str | None, own: Marks) -> Marks:
        """The marks that a run shows: its own, else its style's and its paragraph's together."""
        named = self._marks_of_run_style(run_style) if run_style else Marks()
        default = self._default_marks
        superscript = next((m for m in (own[2], named[2], style.marks[2]) if m is not None), False)
        return Marks(
            _toggle(own.bold, named.bold, style.marks.bold, default.bold),
            _toggle(own.italic, named.italic, style.marks.italic, default.italic),
            superscript,
            _toggle(own.hidden, named.hidden, style.marks.hidden, default.hidden),
        )

    def _marks_of_run_style(self, identity: str) -> Marks:
        if identity not in self._run_marks:
            marks = Marks()
            for ancestor in reversed(self._chain(identity)):
                marks = _marks_over(read_marks(self._elements[ancestor].find(w("rPr"))), marks)
            self._run_marks[identity] = marks
        return self._run_marks[identity]

    def table_is_ruled(self, identity: str | None) -> bool:
        """Whether a table style draws lines."""
        for ancestor in self._chain(identity or ""):
            borders = self._elements[ancestor].find(f"{w('tblPr')}/{w('tblBorders')}")
            if borders is not None:
                return is_ruled(borders)
        return False


def heading_level(names: list[str], outline: int | None) -> int:
    """The heading level that an outline level or a style's names give, from 1; 0 for none.

    A custom style that calls itself a heading is one: "Sub Heading", "Heading 1_Sub Heading".
    """
    if outline is not None:
        return outline + 1 if outline < 9 else 0
    for name in names:
        if found := HEADING_NAME.match(name.lower()):
            return int(found[1])
    own = names[0].lower() if names else ""
    if own == "title":
        return 1
    if not HEADING_WORD.search(own) or CONTENTS_NAME.match(own):
        return 0
    digit = re.search(r"[1-9]", own)
    level = int(digit[0]) if digit else 1
    return level + 1 if "sub" in own else level


def is_on(value: str | None) -> bool:
    return value is None or value.lower() not in OFF


def is_ruled(borders: Element) -> bool:
    """Whether a w:tblBorders or w:tcBorders draws a line."""
    return any((side.get(VAL) or "none").lower() not in ("nil", "none") for side in borders)


def read_properties(element: Element | None) -> Properties:
    """What a w:pPr says."""
    said: dict[str, object] = {}
    for child in element if element is not None else ():
        reader = PROPERTY_READERS.get(child.tag)
        if reader is not None:
            reader(child, said)
    return Properties(**said) if said else NOTHING_SAID  # type: ignore[arg-type]


def _outline(element: Element, said: dict[str, object]) -> None:
    said["outline"] = whole_number(element.get(VAL), 9)


def _numbering(element: Element, said: dict[str, object]) -> None:
    for child in element:
        if child.tag == w("ilvl"):
            said["depth"] = min(max(whole_number(child.get(VAL), 0), 0), 8)
        elif child.tag == w("numId"):
            said["numbering"] = child.get(VAL, "0")


def _indent(element: Element, said: dict[str, object]) -> None:
    left = element.get(w("left")) or element.get(w("start"))
    if left is not None:
        said["left"] = points(left)


def _frame(element: Element, said: dict[str, object]) -> None:
    if element.get(w("dropCap"), "none") != "none":
        said["frame"] = "drop cap"
    else:
        said["frame"] = " ".join(f"{k.rpartition('}')[2]}={v}" for k, v in sorted(element.items()))


def _borders(element: Element, said: dict[str, object]) -> None:
    drawn = {SIDES[c.tag] for c in element if c.tag in SIDES and is_on(_border_value(c))}
    said["borders"] = " ".join(sorted(drawn))


def _border_value(side: Element) -> str:
    value = side.get(VAL, "none")
    return "none" if value == "nil" else value


def _fill(element: Element, said: dict[str, object]) -> None:
    fill = element.get(w("fill"), "auto").lower()
    said["fill"] = "" if fill in NO_FILL else fill


PROPERTY_READERS = {
    w("outlineLvl"): _outline,
    w("numPr"): _numbering,
    w("ind"): _indent,
    w("framePr"): _frame,
    w("pBdr"): _borders,
    w("shd"): _fill,
}
NOTHING_SAID = Properties()


def points(length: str) -> float:
    """A length in points: twips, or a number with its unit as Strict files write it ("36pt")."""
    found = re.match(r"(-?[\d.]+)(pt|cm|mm|in|pc)?$", length.strip())
    if not found:
        return 0.0
    unit = {"pt": 1.0, "cm": 28.3465, "mm": 2.83465, "in": 72.0, "pc": 12.0}.get(found[2] or "")
    return float(found[1]) * unit if unit else float(found[1]) / TWIPS_TO_A_POINT


def whole_number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


NO_MARKS = Marks()
BOLD, ITALIC, HIDDEN, ALIGNMENT = w("b"), w("i"), w("vanish"), w("vertAlign")


def read_marks(element: Element | None) -> Marks:
    """What a w:rPr says of the marks."""
    bold = italic = superscript = hidden = None
    for child in element if element is not None else ():
        tag = child.tag
        if tag == BOLD:
            bold = is_on(child.get(VAL))
        elif tag == ITALIC:
            italic = is_on(child.get(VAL))
        elif tag == ALIGNMENT:
            superscript = child.get(VAL) == "superscript"
        elif tag == HIDDEN:
            hidden = is_on(child.get(VAL))
    if bold is italic is superscript is hidden is None:
        return NO_MARKS
    return Marks(bold, italic, superscript, hidden)


def _marks_over(own: Marks, base: Marks) -> Marks:
    return Marks(*(b if o is None else o for o, b in zip(own, base, strict=True)))


def _toggle(own: bool | None, run: bool | None, paragraph: bool | None, base: bool | None) -> bool:
    if own is not None:
        return own
    return bool(base) or bool(run) != bool(paragraph)
