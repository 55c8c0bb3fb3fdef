"""What a browser prints before a list item: a bullet, a number, a letter or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

_STYLE_TYPE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)*)", re.I)
_MARKERLESS_CLASSES = re.compile(
    r"(?:^|\s)(?:legislative-list|no-?bullets?|list-(?:none|plain|unstyled))(?:\s|$)"
)
_TYPES = {
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "1": "decimal",
    "lower-latin": "lower-alpha",
    "upper-latin": "upper-alpha",
    "none": "none",
}
_NUMBERED = frozenset({"decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"})
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
BULLET = "•"


@dataclass(slots=True)
class ListCounter:
    """The running number of one list. `kind` is a CSS list style, "bullet" or "none"."""

    kind: str
    next: int = 1
    step: int = 1

    def label(self, attributes: Mapping[str, str]) -> str:
        """What stands before the next item, for an item with these attributes; counts on."""
        if self.kind == "bullet":
            return "" if _kind_in(attributes) == "none" else BULLET
        number = _integer(attributes.get("value", ""), self.next)
        self.next = number + self.step
        kind = _TYPES.get(attributes.get("type", ""), "") or _kind_in(attributes) or self.kind
        return "" if kind == "none" else f"{format_number(number, kind)}."


def list_counter(element: etree._Element) -> ListCounter:
    """The counter of a list element: its kind, first number and direction."""
    attributes = dict(element.items())
    if _MARKERLESS_CLASSES.search(attributes.get("class", "")):
        return ListCounter("none")
    if element.tag != "ol":
        return ListCounter("none" if _kind_in(attributes) == "none" else "bullet")
    kind = _TYPES.get(attributes.get("type", ""), "") or _kind_in(attributes) or "decimal"
    if "reversed" in attributes:
        items = sum(1 for child in element if child.tag == "li")
        return ListCounter(kind, _integer(attributes.get("start", ""), items), -1)
    return ListCounter(kind, _integer(attributes.get("start", ""), 1))


def format_number(number: int, kind: str) -> str:
    """A counter in a CSS list style; decimal where the style cannot show the number."""
    if kind.endswith("alpha") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if kind.startswith("upper") else letters
    if kind.endswith("roman") and 0 < number < 4000:
        numeral = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            numeral += letters * count
        return numeral.upper() if kind.startswith("upper") else numeral
    return str(number)


def _kind_in(attributes: Mapping[str, str]) -> str:
    """The list style that an element's own style attribute sets, or ""."""
    found = _STYLE_TYPE.search(attributes.get("style", ""))
    if not found:
        return ""
    name = found[1].lower()
    kind = _TYPES.get(name, name)
    return kind if kind in _NUMBERED or kind == "none" else ""


def _integer(text: str, default: int) -> int:
    text = text.strip()
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else default
