"""Whether a citation says what its sentence rests on, and of what. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.obligations.sentences import split_sentences

_TIED = (
    r"\b(?:by\s+virtue\s+of|under|pursuant\s+to|in\s+accordance\s+with|as\s+required\s+by"
    r"|required\s+by|imposed\s+by|given\s+by|conferred\s+by|contained\s+in|set\s+out\s+in"
    r"|established\s+by|introduced\s+by|provided\s+(?:by|for\s+in))\s+(?:the\s+)?"
)
_DIRECTLY_BEFORE = re.compile(f"{_TIED}$", re.IGNORECASE)
_RESTS = re.compile(rf"{_TIED}s", re.IGNORECASE)
_NOTHING_SAID = frozenset(
    "about addressed apply applies authorities authority between could draft duties duty from full"
    " further guidance have into local must need needs other provide provided requirement should"
    " such that their them there these they this those under what when where which will with".split()
)
_STEM = 5
_ENOUGH = 2


def may_rest_on(html: str) -> bool:
    """Whether words may say that they rest on a section; quick, before citations are looked for."""
    return _RESTS.search(html) is not None


def cited_as_its_basis(text: str, start: int, subject: str) -> bool:
    """Whether the words at `start` of `text` cite what their sentence rests on ("by virtue of …"),
    and that sentence is about `subject`: two words of the subject stand in it, in any form."""
    if not _DIRECTLY_BEFORE.search(text[max(0, start - 40) : start]):
        return False
    wanted = set(_stems(subject))
    said = set(_stems(sentence_at(text, start)))
    return len(wanted & said) >= _ENOUGH


def sentence_at(text: str, place: int) -> str:
    """The sentence that holds a character, or all of the text."""
    return next((s.own for s in split_sentences(text) if s.start <= place < s.end), text)


def _stems(words: str) -> Iterator[str]:
    for word in re.findall(r"[a-z]{4,}", words.lower()):
        if word not in _NOTHING_SAID:
            yield word[:_STEM]
