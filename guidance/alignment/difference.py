"""Says whether a change of words is editorial or one of substance: a first guess for the editor."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

_SMALL = frozenset(["a", "an", "the", "that", "which", "of"])
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_FOLDED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_MEANING = frozenset(
    (
        *("must", "shall", "should", "may", "might", "can", "cannot", "will", "not", "no", "never"),
        *("only", "unless", "except", "all", "any", "every", "each", "and", "or"),
        *("is", "are", "was", "were", "be", "by", "before", "after", "from", "until", "to", "in"),
        *("on", "at", "with", "without", "under", "over"),
    )
)
"""Words that carry a rule: to change one is never a matter of spelling."""


class Difference(StrEnum):
    NONE = "none"
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


def difference(before: str, after: str) -> Difference:
    """How two wordings differ. White space is no difference; punctuation, capitals, an article or
    the spelling of a word are editorial; any other word, and any figure, is of substance."""
    if before == after or before.split() == after.split():
        return Difference.NONE
    old, new = _words(before), _words(after)
    if old == new:
        return Difference.EDITORIAL
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    slight = all(tag == "equal" or _same_word(old[a:b], new[c:d]) for tag, a, b, c, d in changes)
    return Difference.EDITORIAL if slight else Difference.SUBSTANTIVE


def _same_word(old: list[str], new: list[str]) -> bool:
    """Whether two runs are one word spelt in two ways ("cooperate", "co operate"): one letter in
    five may differ, the first must not; words that carry a rule and figures must agree."""
    first, second = "".join(old), "".join(new)
    if first == second:
        return True
    if _MEANING & {*old, *new} or re.search(r"\d", first + second):
        return False
    if not first or not second or first[0] != second[0]:
        return False
    return len(old) == len(new) and all(
        len(a) >= 5 and Levenshtein.distance(a, b) <= max(len(a), len(b)) // 5
        for a, b in zip(old, new, strict=True)
    )


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED).casefold()
    return [word for word in _WORD.findall(folded) if word not in _SMALL]
