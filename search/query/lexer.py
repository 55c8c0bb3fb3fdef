"""Cuts a query into quoted pieces, prefixed pieces and words. Never fails, whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 400
"""Characters of a query that are read; the rest is left out, and the reader is told."""

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"'})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+")
_PIECE = re.compile(
    r"""(?P<minus>-)?(?:(?P<prefix>number|under):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its text, its prefix ("number", "under" or none), and what stood around it."""

    text: str
    prefix: str = ""
    quoted: bool = False
    minus: bool = False


def tidy(text: str) -> str:
    """The query as it is read: one line, plain quotation marks, no control characters, bounded."""
    plain = _CONTROL.sub(" ", text[: LONGEST * 4].translate(_QUOTES))
    return " ".join(plain.split())[:LONGEST].strip()


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a tidied query in order; an unclosed quotation mark closes at the end."""
    for found in _PIECE.finditer(text):
        quoted = found["quoted"] is not None
        words = (found["quoted"] if quoted else found["bare"]).strip()
        if re.search(r"\w", words):
            yield Piece(words, (found["prefix"] or "").lower(), quoted, bool(found["minus"]))
