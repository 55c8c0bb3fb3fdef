"""The key by which a search is known again, whatever its case, endings and idle words. Pure."""

from __future__ import annotations

import re

from search.analysis import FUNCTION_WORDS, tokens
from search.query.lexer import LONGEST

_LEFT_OUT = re.compile(r"(?<!\S)-(?=\w)")
"""A word that must not be there."""


def key_of(text: str) -> str:
    """The stems of a search in order, without words that say nothing of what it is about as long as
    others do: "Duties to involve?" and "duty to involve" have the same. "" where there is no word.

    A word to leave out keeps its mark, so that "parks -dogs" is another search than "parks dogs".
    """
    text = text[:LONGEST]
    left_out = {found.end() for found in _LEFT_OUT.finditer(text)}
    words = [
        (("-" if start in left_out else "") + stem, text[start:end].lower() in FUNCTION_WORDS)
        for stem, start, end in tokens(text)
    ]
    telling = [stem for stem, idle in words if not idle]
    return " ".join(telling or [stem for stem, _ in words])[:LONGEST]
