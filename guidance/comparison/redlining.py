"""Two wordings as one text of kept, deleted and inserted runs: by words, never by letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, Postfix, Prefix

Op = Literal["equal", "insert", "delete"]

_WORD = re.compile(r"(\w+(?:['’.\-/–]\w+)*|\S)")
"""A word, a number ("2.13", "2000/2853"), or one mark of punctuation; the rest is white space."""

_SLIGHT = frozenset(
    "a an and any as at be by for from in is it its of on or that the their this to which with".split()
)
"""Words that two sentences share by chance: alone between two changes they hold nothing together."""

LONGEST_ISLAND = 4
"""Words; a longer run that is kept is never swallowed by the changes on both its sides."""

LEAST_IN_COMMON = 0.2
"""Of the telling words of the longer wording; below it the one replaces the other as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with its white space."""

    op: Op
    text: str


Span = tuple[int, int, int, int]
"""A run of words kept: from and to in the old, from and to in the new."""


def redline(before: str, after: str) -> list[Piece]:
    """What leads from one wording to the other, in order; no two neighbours are alike.

    The kept and inserted pieces joined are `after`, the kept and deleted ones `before`. A deletion
    comes before the insertion that replaces it. White space, line breaks included, belongs to the
    pieces, so that lists and notes stay on lines of their own.
    """
    if before == after:
        return [Piece("equal", after)] if after else []
    if not before or not after:
        return [Piece("delete", before)] if before else [Piece("insert", after)]
    start, end = _sentences_kept(before, after)
    # Gaps of white space at even places, words at odd ones.
    old = _WORD.split(before[start : len(before) - end])
    new = _WORD.split(after[start : len(after) - end])
    writer = _Writer()
    writer.add("equal", after[:start])
    _write(writer, old, new, _kept(old, new))
    writer.add("equal", after[len(after) - end :])
    return writer.pieces()


def _sentences_kept(before: str, after: str) -> tuple[int, int]:
    """How many characters of whole sentences or lines both begin with, and end with."""
    same = Prefix.similarity(before, after)
    start = max(before.rfind(". ", 0, same) + 1, before.rfind("\n", 0, same) + 1)
    most = min(len(before), len(after)) - start
    same = min(Postfix.similarity(before, after), most)
    tail = before[len(before) - same :]
    ends = [at for at in (tail.find(". ") + 1 or -1, tail.find("\n")) if at >= 0]
    return start, len(tail) - min(ends, default=len(tail))


def _kept(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """The runs of words that both wordings keep, in order."""
    a, b = old[1::2], new[1::2]
    spans = [
        (op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Indel.opcodes(a, b)
        if op.tag == "equal"
    ]
    if 2 * sum(j - i for i, j, _, _ in spans) < max(len(a), len(b)):
        telling = sum(_telling(a[i:j]) for i, j, _, _ in spans)
        if telling < LEAST_IN_COMMON * max(_telling(a), _telling(b)):
            return []
    spans = _joined(spans)
    for n in range(len(spans) - 1):
        spans[n : n + 2] = _settled(spans[n], spans[n + 1], old, new)
    return _without_islands([s for s in spans if s[0] < s[1]], len(a), len(b), new)


def _telling(words: Sequence[str]) -> int:
    """How many words tell one sentence from another."""
    return sum(word not in _SLIGHT and (word[0].isalnum()) for word in words)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1][1] == span[0] and joined[-1][3] == span[2]:
            joined[-1] = (joined[-1][0], span[1], joined[-1][2], span[3])
        else:
            joined.append(span)
    return joined


def _settled(left: Span, right: Span, old: Sequence[str], new: Sequence[str]) -> tuple[Span, Span]:
    """The two runs around a mere insertion or deletion, which is slid to where it reads best: of
    "one. Two. Three." the middle "Two." was inserted, not ". Two"."""
    (i, j, k, m), (i2, j2, k2, m2) = left, right
    if j < i2 and m < k2:
        return left, right
    parts, start, end = (new, m, k2) if m < k2 else (old, j, i2)
    words = parts[1::2]
    back, on = 0, 0
    while back < j - i and words[start - back - 1] == words[end - back - 1]:
        back += 1
    while on < j2 - i2 and words[start + on] == words[end + on]:
        on += 1
    by = max(range(-back, on + 1), key=lambda by: (_break(parts, start + by), -abs(by)))
    return (i, j + by, k, m + by), (i2 + by, j2, k2 + by, m2)


def _break(parts: Sequence[str], at: int) -> int:
    """How good a place before the word at `at` is to begin: a line, a sentence, a clause, a word."""
    if "\n" in parts[2 * at]:
        return 3
    before = parts[2 * at - 1] if at else "."
    return 2 if before in ".;:?!" else 1 if before in ",–—(" else 0


def _without_islands(
    spans: list[Span], old_end: int, new_end: int, new: Sequence[str]
) -> list[Span]:
    """Leaves out short runs between two changes that outweigh them: "the", a comma, a lone word.

    A run that holds a line break is kept, for it holds a list together.
    """
    found: list[Span] = []
    at, to = 0, 0  # where the change before this run begins, in both wordings
    for n, (i, j, k, m) in enumerate(spans):
        i2, _, k2, _ = spans[n + 1] if n + 1 < len(spans) else (old_end, 0, new_end, 0)
        least = min(max(i - at, k - to), max(i2 - j, k2 - m))
        kept = new[2 * k : 2 * m + 1]
        short = j - i <= LONGEST_ISLAND and 3 * _telling(kept[1::2]) <= least
        if least and short and "\n" not in "".join(kept):
            continue
        found.append((i, j, k, m))
        at, to = j, m
    return found


def _write(writer: _Writer, old: Sequence[str], new: Sequence[str], spans: list[Span]) -> None:
    """The gap before a run that is kept belongs to the change before it."""
    at, to = 0, 0
    for i, j, k, m in spans:
        writer.change(old[2 * at : 2 * i + 1], new[2 * to : 2 * k + 1])
        if old[2 * i + 1 : 2 * j] == new[2 * k + 1 : 2 * m]:
            writer.add("equal", "".join(new[2 * k + 1 : 2 * m]))
        else:
            writer.add("equal", new[2 * k + 1])
            for x, y in zip(range(i + 1, j), range(k + 1, m), strict=True):
                writer.change([old[2 * x]], [new[2 * y]])
                writer.add("equal", new[2 * y + 1])
        at, to = j, m
    writer.change(old[2 * at :], new[2 * to :])


class _Writer:
    """Joins runs; of a change, deletions are written before insertions."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._open: dict[Op, list[str]] = {"equal": [], "delete": [], "insert": []}

    def add(self, op: Op, text: str) -> None:
        if not text:
            return
        if op == "equal":
            self._close("delete")
            self._close("insert")
        else:
            self._close("equal")
        self._open[op].append(text)

    def change(self, old: Sequence[str], new: Sequence[str]) -> None:
        """A run that was replaced, from gap to gap; white space that both begin with, or end with,
        is kept."""
        if old[0] == new[0]:
            self.add("equal", old[0])
            old, new = old[1:], new[1:]
        same_end = old and new and old[-1] == new[-1]
        tail = old[-1] if same_end else ""
        self.add("delete", "".join(old[:-1] if same_end else old))
        self.add("insert", "".join(new[:-1] if same_end else new))
        self.add("equal", tail)

    def pieces(self) -> list[Piece]:
        for op in ("equal", "delete", "insert"):
            self._close(op)
        return self._pieces

    def _close(self, op: Op) -> None:
        if self._open[op]:
            self._pieces.append(Piece(op, "".join(self._open[op])))
            self._open[op] = []
