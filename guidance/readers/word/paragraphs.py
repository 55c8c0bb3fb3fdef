"""A paragraph before its words: its style, its place in a list, its end mark."""

from __future__ import annotations

from dataclasses import dataclass

from guidance.readers.word.names import VAL, w
from guidance.readers.word.numbering import Numbering, is_compound
from guidance.readers.word.package import Element
from guidance.readers.word.styles import Properties, Style, Styles, is_on, read_properties

PROPERTIES, END_MARK, STYLE, SECTION = w("pPr"), w("rPr"), w("pStyle"), w("sectPr")
DELETED, MOVED_AWAY, HIDDEN, RUN_IN = w("del"), w("moveFrom"), w("vanish"), w("specVanish")
LETTERED = frozenset({"lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "bullet", "none"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What a w:pPr says (`own`), with its style (`look`). `end` holds the marks of its end."""

    style: Style
    own: Properties
    look: Properties
    end: Element | None
    ends_section: bool

    @property
    def heading(self) -> int:
        """The heading level that is claimed, from 1; 0 for none."""
        if self.own.outline is not None:
            return self.own.outline + 1 if self.own.outline < 9 else 0
        return self.style.heading

    @property
    def goes_on(self) -> bool:
        """Whether its words stand in the next paragraph: its end was deleted in a tracked change,
        or it is a drop capital."""
        if self.look.frame == "drop cap":
            return True
        end = self.end
        return end is not None and (
            end.find(DELETED) is not None or end.find(MOVED_AWAY) is not None
        )

    @property
    def runs_in(self) -> bool:
        """Whether its end is a style separator: it prints on one line with the next paragraph."""
        return self.end is not None and self.end.find(RUN_IN) is not None

    @property
    def end_is_hidden(self) -> bool:
        own = self.end.find(HIDDEN) if self.end is not None else None
        return bool(self.style.marks.hidden) if own is None else is_on(own.get(VAL))

    def depth(self, numbering: Numbering) -> int:
        """The list level; a numbered style stands at the level that names it (17.9.23)."""
        own, look = self.own, self.look
        if own.depth is not None or own.numbering is not None or look.numbering is None:
            return look.depth or 0
        # A style that says its level itself is not looked for under its ancestors' names.
        chain = self.style.chain if look.depth is None else self.style.chain[:1]
        named = numbering.depth_for_style(look.numbering, chain)
        return (look.depth or 0) if named is None else named

    def indent(self, numbering: Numbering) -> float:
        """Where the text begins, in points: its own indent, its list's, its style's."""
        own, look = self.own, self.look
        if own.left is not None:
            return own.left
        if look.numbering and (own.numbering or look.left is None):
            level = numbering.level(look.numbering, self.depth(numbering))
            if level is not None and level.left is not None:
                return level.left
        return look.left or 0.0

    def has_compound_number(self, numbering: Numbering) -> bool:
        """Whether Word prints a number like 2.13 before it."""
        if not self.look.numbering:
            return False
        level = numbering.level(self.look.numbering, self.depth(numbering))
        if level is None or level.number_format in LETTERED:
            return False
        return is_compound(level.text.replace("%", "").strip())


def read_shape(paragraph: Element, styles: Styles) -> Shape:
    """The shape of a w:p."""
    properties = paragraph.find(PROPERTIES)
    if properties is None:
        style = styles.paragraph(None)
        return Shape(style, Properties(), style.properties, None, False)
    named = properties.find(STYLE)
    style = styles.paragraph(named.get(VAL) if named is not None else None)
    own = read_properties(properties)
    return Shape(
        style=style,
        own=own,
        look=own.over(style.properties),
        end=properties.find(END_MARK),
        ends_section=properties.find(SECTION) is not None,
    )
