"""Paragraph numbers: how they are read, in which order they stand, and which may follow which.

A number is what the editor wrote (`2.13`, `2.13A`, `12`, `A4`, `iv`, `(a)`, `2.6(iv)`, `Annex 4`);
nothing here renumbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache, total_ordering

PREFIXES = (
    "Annex", "Appendix", "Schedule", "Part", "Chapter", "Section", "Box", "Table", "Figure", "Note"
)  # fmt: skip

SortKey = tuple[object, ...]

_PREFIX = re.compile(rf"({'|'.join(PREFIXES)})\b[ \u00a0]*(.*)", re.IGNORECASE | re.DOTALL)
_LEAD = re.compile(r"(?:paragraphs?|paras?\b\.?|¶)[ \u00a0]*", re.IGNORECASE)
_DIGITS = r"[0-9]{1,5}"
_PART = rf"(?:{_DIGITS}[A-Za-z]{{0,3}}|[A-Za-z]{{1,2}}{_DIGITS}[A-Za-z]?|[A-Za-z]{{1,6}})"
_NUMBER = re.compile(rf"(?:{_PART}(?:\.{_PART})*)?(?:\([0-9A-Za-z]{{1,5}}\))*")
_PIECE = re.compile(rf"(\()?({_PART})\)?")
_SPLIT = re.compile(rf"([A-Za-z]*)({_DIGITS})?([A-Za-z]*)")
_ROMAN = re.compile(r"(?=[ivxl])(xl|x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a number: `13` or `13A` (value and suffix), `A4` (letters and value), `(iv)`."""

    letters: str = ""
    value: int | None = None
    suffix: str = ""
    bracketed: bool = False

    @property
    def key(self) -> SortKey:
        """Digits before letters; 13 < 13ZA < 13A < 13AA < 13B < 14, as statutes are lettered."""
        if self.value is None:
            return (1, letter_order(self.letters), 0, ())
        lead = letter_order(self.letters) if self.letters else (0, 0)
        return (1 if self.letters else 0, lead, self.value, _suffix_order(self.suffix))


@total_ordering
@dataclass(frozen=True, slots=True)
class Number:
    """A paragraph number. `str()` gives it as printed; numbers sort as people sort them."""

    text: str
    parts: tuple[Part, ...]
    prefix: str = ""
    key: SortKey = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: Number) -> bool:
        return (self.key, self.text) < (other.key, other.text)

    @property
    def dotted(self) -> bool:
        """Whether it has a chapter of its own before it, as `2.13` has and `12` or `12(a)` not."""
        return sum(not part.bracketed for part in self.parts) > 1

    @property
    def lead(self) -> Part:
        """The first step: the chapter of `2.13`."""
        return self.parts[0]

    def within(self, other: Number) -> bool:
        """Whether this is `other` or a part of it: `2.6(iv)` is within `2.6`."""
        steps = tuple(part.key for part in self.parts[: len(other.parts)])
        return _same_prefix(self, other) and steps == tuple(part.key for part in other.parts)


@lru_cache(maxsize=8192)
def parse_number(text: str) -> Number | None:
    """The number that `text` is, or None where it is something else.

    A closing full stop and a leading "paragraph" are dropped; a word such as "Annex" is kept.
    """
    printed = " ".join(_LEAD.sub("", text.strip(), count=1).split()).removesuffix(".")
    prefix, rest = "", printed
    if found := _PREFIX.fullmatch(printed):
        prefix, rest = found[1].capitalize(), found[2]
    if not rest or not _NUMBER.fullmatch(rest):
        return None
    parts = tuple(_part(piece[2], bool(piece[1])) for piece in _PIECE.finditer(rest))
    if not all(map(_plausible, parts)) or not _anchored(parts):
        return None
    return Number(printed, parts, prefix, key=_key(prefix, parts))


def sort_key(text: str) -> SortKey:
    """A key for any text: numbers first, in their order, then the rest by words and digits.

    Two different texts never have the same key, so that the order is total. Never raises.
    """
    number = parse_number(text)
    if number is not None:
        return (0, number.key, text)
    return (1, _natural(text), text)


def successor(first: Number, second: Number) -> bool:
    """Whether `second` may follow `first` directly: the next, an inserted one, a first part of it,
    or the next of what it is part of (`2.13` is followed by 2.14, 2.13A, 2.13(a), 3 or 3.1)."""
    if first.prefix.casefold() != second.prefix.casefold():
        return False
    old, new = first.parts, second.parts
    shared = 0
    while shared < min(len(old), len(new)) and old[shared].key == new[shared].key:
        shared += 1
    rest = new[shared + 1 :]
    if shared == len(new) or not all(map(_first, rest)):
        return False
    if shared == len(old):
        return _first(new[shared])
    return old[shared].bracketed == new[shared].bracketed and _next(old[shared], new[shared])


def reference_slug(number: str, prefix: str = "") -> str:
    """The number as it stands in an address: "2.13", "2.13A", "annex-1", "2.6-iv".

    Raises ValueError where neither letter nor digit is left.
    """
    words = [_ascii(word).lower() for word in prefix.split()]
    parsed = parse_number(number)
    if parsed and parsed.prefix:
        words.append(parsed.prefix.lower())
        number = number.strip()[len(parsed.prefix) :]
    kept = re.sub(r"[^A-Za-z0-9.]+", "-", _ascii(number)).strip(".-")
    slug = "-".join(dict.fromkeys(re.sub(r"[^a-z0-9]+", "-", w).strip("-") for w in words))
    slug = "-".join(filter(None, (slug.strip("-"), re.sub(r"\.{2,}", ".", kept))))
    if not slug:
        raise ValueError(f"“{number}” cannot stand in an address; give it a letter or a digit.")
    return slug


def roman_value(letters: str) -> int | None:
    """The value of a roman numeral up to 49 in one case ("iv", "XII"), else None."""
    if letters not in (letters.lower(), letters.upper()):
        return None
    lower = letters.lower()
    if not lower or not _ROMAN.fullmatch(lower):
        return None
    values = [_ROMAN_VALUES[c] for c in lower]
    following = [*values[1:], 0]
    return sum(v if v >= n else -v for v, n in zip(values, following, strict=True))


def letter_order(letters: str) -> tuple[int, int]:
    """Where letters stand: a…z by the alphabet, longer ones after, with romans among them.

    `i`, `v` and `x` are letters and numerals at once. The longer numerals stand behind the one
    that they begin after (ii, iii, iv behind i; vi to ix behind v), so that a list a…z and a list
    i…xlix both come out in order without knowing which of the two it is.
    """
    lower = letters.lower()
    roman = roman_value(letters)
    if roman is not None and len(lower) > 1:
        return (9 if roman < 5 else 22 if roman < 10 else 24, roman)
    order = 0
    for letter in lower:
        order = order * 26 + ord(letter) - ord("a") + 1
    return (order, 0)


def _part(text: str, bracketed: bool) -> Part:
    found = _SPLIT.fullmatch(text)
    assert found, text
    letters, digits, suffix = found.groups()
    return Part(letters, int(digits) if digits else None, suffix, bracketed)


def _plausible(part: Part) -> bool:
    """Letters alone are a number only as one letter, one letter doubled, or a roman numeral."""
    if part.value is not None or len(part.letters) == 1:
        return True
    return roman_value(part.letters) is not None or len(set(part.letters)) == 1 == (
        len(part.letters) - 1
    )


def _anchored(parts: tuple[Part, ...]) -> bool:
    """`A.4` and `2.a` are numbers, `e.g` and `i.e` are not: dotted letters need a digit."""
    plain = [part for part in parts if not part.bracketed]
    return len(plain) < 2 or any(part.value is not None for part in plain)


def _key(prefix: str, parts: tuple[Part, ...]) -> SortKey:
    return (prefix.casefold(), tuple(part.key for part in parts))


def _same_prefix(first: Number, second: Number) -> bool:
    return first.prefix.casefold() == second.prefix.casefold()


def _suffix_order(suffix: str) -> tuple[int, ...]:
    """`ZA` is what a drafter inserts before `A` (Office of the Parliamentary Counsel, Drafting
    Guidance, on numbering inserted provisions), so a Z that others follow sorts first."""
    letters = suffix.upper()
    last = len(letters) - 1
    return tuple(
        0 if c == "Z" and i < last else ord(c) - ord("A") + 1 for i, c in enumerate(letters)
    )


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Words and digits in turn; digits compare by length, then by themselves, at any length."""
    pieces = []
    for digits, words in re.findall(r"([0-9]+)|([^0-9]+)", text.casefold()):
        bare = digits.lstrip("0")
        pieces.append((0, len(bare), bare) if digits else (1, 0, words))
    return tuple(pieces)


def _first(part: Part) -> bool:
    if part.value is not None:
        return part.value == 1 and not part.suffix and part.letters.lower() in ("", "a")
    return part.letters.lower() in ("a", "i")


def _next(old: Part, new: Part) -> bool:
    if old.value is None and new.value is None:
        return _next_letters(old.letters, new.letters)
    if old.value is None or new.value is None:
        return False
    if old.letters.lower() != new.letters.lower():
        return _next_letters(old.letters, new.letters) and new.value == 1 and not new.suffix
    if old.value == new.value:
        return bool(new.suffix) and _next_suffix(old.suffix.upper(), new.suffix.upper())
    return new.value == old.value + 1 and new.suffix.upper() in ("", "A")


def _next_letters(old: str, new: str) -> bool:
    first, second = roman_value(old), roman_value(new)
    if first is not None and second is not None and second == first + 1:
        return True
    place, numeral = letter_order(old)
    return numeral == 0 and letter_order(new) == (place + 1, 0)


def _next_suffix(old: str, new: str) -> bool:
    """13 to 13A or 13ZA; 13A to 13B or 13AA; 13AA to 13AB or 13B; 13ZA to 13ZB or 13A."""
    if new in (old + "A", old + "ZA"):
        return True
    if not old:
        return False
    stems = [old[:-1] + chr(ord(old[-1]) + 1)] if old[-1] != "Z" else []
    outer = old[:-1]
    if outer.endswith("Z"):
        stems.append(outer[:-1] + "A")
    elif outer:
        stems.append(outer[:-1] + chr(ord(outer[-1]) + 1))
    return new in stems


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
