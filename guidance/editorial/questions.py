"""Consultation questions printed in the text against those listed together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

_TITLE = re.compile(
    r"\s*(?:consultation\s+)?(?:question|Q)\s*(?:\d{1,3}[a-z]?)?\s*(?:[:.)–—-]|(?=\n)|$)\s*", re.I
)
_SAME = 72
"""Of 100: the wording of a question may change a good deal between list and text."""
_FEWEST = 3
_ASKING = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its number, which may be empty, and its words."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`printed` and `listed` are positions in what was given, or None."""

    kind: Literal["differs", "unlisted", "not-printed"]
    printed: int | None
    listed: int | None


def is_listing(items: Sequence[str]) -> bool:
    """Whether a list is one of questions: three or more items, of which most ask something."""
    asking = sum("?" in item for item in items)
    return len(items) >= _FEWEST and asking >= _ASKING * len(items)


def mismatches(printed: Sequence[Asked], listed: Sequence[Asked]) -> Iterator[Mismatch]:
    """Where list and text do not say the same. Each listed question is used once: by the printed
    one of its number, else by the one closest in words."""
    paired = pairs(printed, listed)
    for at, question in enumerate(printed):
        place = paired.get(at)
        if place is None:
            yield Mismatch("unlisted", at, None)
        elif bare(question.words) != bare(listed[place].words):
            yield Mismatch("differs", at, place)
    for place in range(len(listed)):
        if place not in paired.values():
            yield Mismatch("not-printed", None, place)


def bare(words: str) -> str:
    """A question's words without its title, capitals and punctuation."""
    return " ".join(re.findall(r"\w+", without_title(words).lower()))


def without_title(words: str) -> str:
    """ "Consultation question 4: Have we …" as "Have we …"."""
    found = _TITLE.match(words)
    return words[found.end() :].strip() if found else words.strip()


def pairs(printed: Sequence[Asked], listed: Sequence[Asked]) -> dict[int, int]:
    """Which listed question is which printed one, by position; each is used once."""
    numbers = {item.number: place for place, item in enumerate(listed) if item.number}
    found: dict[int, int] = {}
    for at, question in enumerate(printed):
        place = numbers.get(question.number)
        if place is not None and place not in found.values():
            found[at] = place
    alike = sorted(
        (
            (fuzz.ratio(bare(question.words), bare(item.words)), at, place)
            for at, question in enumerate(printed)
            if at not in found
            for place, item in enumerate(listed)
        ),
        reverse=True,
    )
    for likeness, at, place in alike:
        if likeness >= _SAME and at not in found and place not in found.values():
            found[at] = place
    return found
