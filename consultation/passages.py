"""Passages that a respondent asks to be kept confidential, marked in the text itself. Pure.

Words between [[ and ]] are such a passage, in every channel: in a box of the form, in the Word
form, in an e-mail, in the API. A mark that is not closed reaches to the end, since hiding too much
can be put right and showing too much cannot; a close without an opening is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENS, CLOSES = "[[", "]]"
HIDDEN = "[confidential]"
"""What stands in place of a passage that is not shown."""

_MARK = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an answer, without marks."""

    words: str
    confidential: bool


def passages(text: str) -> list[Passage]:
    """The text in pieces, in order; marks inside a passage are dropped."""
    return [piece for piece in _pieces(text) if piece.words]


def has_confidential(text: str) -> bool:
    return any(piece.confidential for piece in passages(text))


def without_confidential(text: str) -> str:
    """The text with `HIDDEN` in place of each passage."""
    return "".join(HIDDEN if piece.confidential else piece.words for piece in passages(text))


def without_marks(text: str) -> str:
    """All the words, for whoever may see them."""
    return "".join(piece.words for piece in passages(text))


def unclosed(text: str) -> bool:
    """Whether a mark that opens is never closed: worth asking the respondent about."""
    depth = 0
    for found in _MARK.finditer(text):
        depth = depth + 1 if found.group() == OPENS else max(0, depth - 1)
    return depth > 0


def _pieces(text: str) -> Iterator[Passage]:
    """Marks inside marks are counted, so that a passage ends where its own mark closes."""
    depth, start, held = 0, 0, ""
    for found in _MARK.finditer(text):
        words, start = text[start : found.start()], found.end()
        if found.group() == OPENS:
            if not depth:
                yield Passage(words, False)
            held = held + words if depth else ""
            depth += 1
        elif depth:
            held, depth = held + words, depth - 1
            if not depth:
                yield Passage(held, True)
        else:
            yield Passage(words + CLOSES, False)
    yield Passage(held + text[start:] if depth else text[start:], depth > 0)
