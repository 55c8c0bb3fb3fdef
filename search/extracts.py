"""The sentence of a text that answers best, with the words that matched marked. Pure.

Made from the stored words and the one analysis, so that every engine gives the same extract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.analysis import stems
from search.results import Piece

LONGEST = 300
"""Characters of an extract, about."""
ENOUGH = 140
"""An extract of fewer takes in the sentence after it."""

_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?;:][\"'”’)\]]*(?P<gap>\s+)|\n+")
_OPENING = frozenset("\"'“‘(•")


class Mark(NamedTuple):
    """Characters `start` to `end` of the text are words of the thing at `asked` in the list asked for."""

    start: int
    end: int
    asked: int


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The stem of a word as it stands in a text."""
    return " ".join(stems(word))


class Marker:
    """Finds in texts what was asked for: sequences of stems, numbered by what they belong to."""

    def __init__(self, asked: Sequence[Iterable[Sequence[str]]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for index, alternatives in enumerate(asked):
            for wanted in {tuple(a) for a in alternatives if a}:
                self._first.setdefault(wanted[0], []).append((wanted, index))
        for options in self._first.values():
            options.sort(key=lambda option: (-len(option[0]), option[1]))

    def marks(self, text: str) -> list[Mark]:
        """The longest sequence at each place, in order; marks never overlap."""
        if not self._first:
            return []
        known = [*map(stem_of, _WORD.findall(text))]
        if self._first.keys().isdisjoint(known):
            return []
        words = list(_WORD.finditer(text))
        found: list[Mark] = []
        free = 0
        for at, stem in enumerate(known):
            if stem in self._first and at >= free:
                for wanted, index in self._first[stem]:
                    if len(wanted) == 1 or tuple(known[at : at + len(wanted)]) == wanted:
                        free = at + len(wanted)
                        found.append(Mark(words[at].start(), words[free - 1].end(), index))
                        break
        return found

    def pieces(self, text: str) -> list[Piece]:
        """The whole text, marked."""
        return list(_cut(text, 0, len(text), self.marks(text)))

    def extract(self, text: str) -> tuple[list[Piece], frozenset[int]]:
        """The best sentence or two, marked, and which of the things asked for stand in the text."""
        marks = self.marks(text)
        start, end = _best(text, marks)
        pieces = [
            *([Piece("… ")] if start > 0 and not _begins(text, start) else []),
            *_cut(text, start, end, marks),
            *([Piece(" …")] if text[end:].strip() else []),
        ]
        return pieces, frozenset(mark.asked for mark in marks)


def _best(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """The sentence with the most of what was asked for, then the most of its words, then the first;
    filled up with what follows it, cut where it is too long."""
    sentences = list(_sentences(text))
    if not sentences:
        return 0, 0

    def worth(place: int) -> tuple[int, int, int]:
        start, end = sentences[place]
        inside = [m for m in marks if start <= m.start < end]
        return len({m.asked for m in inside}), min(len(inside), 6), -place

    best = max(range(len(sentences)), key=worth)
    start, end = sentences[best]
    if end - start > LONGEST:
        return _window(text, start, end, [m for m in marks if start <= m.start < end])
    for following, after in sentences[best + 1 :]:
        if end - start >= ENOUGH or after - start > LONGEST:
            break
        del following
        end = after
    for before, _ in reversed(sentences[:best]):
        if end - start >= ENOUGH or end - before > LONGEST:
            break
        start = before
    return start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for end in _END.finditer(text):
        following = text[end.end() : end.end() + 1]
        if end["gap"] and not (
            "\n" in end["gap"]
            or following.isupper()
            or following.isdigit()
            or following in _OPENING
        ):
            continue
        stop = end.start("gap") if end["gap"] else end.start()
        if text[at:stop].strip():
            yield at, stop
        at = end.end()
    if text[at:].strip():
        yield at, len(text.rstrip())


def _window(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[int, int]:
    """The part of a long sentence that has the most marks, cut between words."""
    first = start
    most = 0
    for mark in marks:
        inside = {m.asked for m in marks if mark.start <= m.start and m.end <= mark.start + LONGEST}
        if len(inside) > most:
            most, first = len(inside), mark.start
    last = max(
        (m.end for m in marks if m.start >= first and m.end <= first + LONGEST), default=first
    )
    spare = max(LONGEST - (last - first), 0)
    left = max(start, first - spare // 2)
    right = min(end, left + LONGEST)
    left = max(start, min(left, right - LONGEST))
    if left > start:
        left = text.find(" ", left, first) + 1 or first
    if right < end:
        right = max(text.rfind(" ", last, right), last)
    return left, right


def _begins(text: str, start: int) -> bool:
    """Whether a sentence or an item begins here."""
    before = text[:start].rstrip(" ")
    return not before or before[-1] in "\n.!?;:" or bool(re.search(r"[.!?][\"'”’)\]]*$", before))


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        if mark.start > at:
            yield Piece(_plain(text[at : mark.start]))
        yield Piece(text[mark.start : mark.end], True)
        at = mark.end
    if at < end:
        yield Piece(_plain(text[at:end]))


def _plain(words: str) -> str:
    """In one line; the cells of a row are parted by a point."""
    return re.sub(r"\s*\n\s*", " ", re.sub(r" *\t\s*", " · ", words))
