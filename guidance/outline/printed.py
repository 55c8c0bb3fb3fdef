"""Numbers as printed at the start of a block: "2.13", "12.", "A4", "1.1.1", "2.13A", "(3)".

Only the form is read here. Whether such a number is a paragraph's number is decided for the whole
document at once, in `guidance.outline.schemes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Bounded repeats only: a hostile line of any length costs one look at its first characters.
_START = re.compile(
    r"""\s{0,40}
    (?P<open>[(\[]?)
    (?P<letters>[A-Z]{1,3}(?=\.?\d))?
    (?P<dot>\.(?=\d))?
    (?P<digits>\d{1,4}(?:\.\d{1,3}){0,4})
    (?P<suffix>[A-Z]{1,2}(?![A-Za-z0-9]))?
    (?P<close>[.):\]]{0,2})
    (?P<after>\s|$|(?=[A-Z][a-z]|[“‘"'(\[*A-Z]))
    """,
    re.VERBOSE,
)

_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:per|percent|million|billion|m|bn|am|pm|a\.m\.|p\.m\.|noon|years?|months?|weeks?|days?"
    r"|hours?|minutes|km|miles?|metres|m2|ha|hectares|kg|tonnes|o'clock|st|nd|rd|th|times|pence"
    r"|pounds|and|or|to|of|[%–x×+=-])(?=[\s,;]|$)|Nos?\.?\s?\d"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number form: `letters` before ("A"), `parts` of digits, `suffix` letter, how it closes.

    `words` is the number without its closing; `end` is where the text after it begins.
    """

    words: str
    letters: str
    parts: tuple[int, ...]
    suffix: str
    closing: str
    end: int

    @property
    def depth(self) -> int:
        return len(self.parts) + bool(self.letters)


def read_number(text: str) -> Printed | None:
    """The number at the start of `text`, or None; "2013 No. 12" and "12 December" are none."""
    found = _START.match(text[:80])
    if not found:
        return None
    digits = found["digits"]
    parts = tuple(int(p) for p in digits.split("."))
    dotted = len(parts) > 1
    closing = ("(" if found["open"] else "") + (found["close"] or "")[:1].replace("]", ")")
    if (
        found["after"] == ""
        and found.end() < len(text)
        and not (dotted or found["close"] or found["letters"])
    ):
        return None  # "3Es", "20th": nothing stands between the digits and the word
    if digits.startswith("0"):
        return None
    if (found["open"] == "") != (closing.find(")") < 0) and found["open"]:
        return None  # "(12 December" opens and never closes
    if _reads_on(text[found.end() : found.end() + 40], closing, dotted):
        return None
    letters = (found["letters"] or "") + (found["dot"] or "" if found["letters"] else "")
    words = letters + digits + (found["suffix"] or "")
    return Printed(
        words, found["letters"] or "", parts, found["suffix"] or "", closing, found.end()
    )


def _reads_on(rest: str, closing: str, dotted: bool) -> bool:
    """Whether the words that follow make the digits a date, an amount or a reference."""
    if closing:
        return False
    rest = rest.lstrip()
    return bool(_UNIT.match(rest)) or (not dotted and bool(_MONTH.match(rest)))


_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ENUMERATOR = re.compile(
    r"\s{0,40}(?P<label>\(?(?P<body>[ivxl]{1,6}|[a-z]{1,2}|[A-Z]|\d{1,3})(?P<close>[.)]))(?:\s+|$)"
)


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A letter, roman numeral or number that labels a part of a paragraph, as printed."""

    label: str
    body: str
    style: str
    end: int

    @property
    def roman(self) -> int:
        """Its value as a roman numeral, or 0."""
        return roman_value(self.body) if _ROMAN.match(self.body) else 0

    @property
    def letter(self) -> int:
        """Its value as a letter (a = 1, aa = 27), or 0."""
        body = self.body.lower()
        if not body.isalpha() or (len(body) == 2 and body[0] != body[1]):
            return 0
        return ord(body[0]) - 96 + 26 * (len(body) - 1)


def read_enumerator(text: str) -> Enumerator | None:
    """The label of a lettered or numbered part at the start of `text` ("(a)", "iv.", "b)")."""
    found = _ENUMERATOR.match(text[:80])
    if not found:
        return None
    label = found["label"]
    if label.startswith("(") and found["close"] != ")":
        return None
    case = "upper" if found["body"].isupper() else "digit" if found["body"].isdigit() else "lower"
    style = f"{'(' if label.startswith('(') else ''}{case}{found['close']}"
    return Enumerator(label, found["body"], style, found.end())


def roman_value(numeral: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    total = 0
    for here, following in zip(numeral, [*numeral[1:], "i"], strict=True):
        total += -values[here] if values[here] < values[following] else values[here]
    return total
