"""From what people type for a paragraph to its reference, or to what stands near. Pure."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from difflib import get_close_matches

from guidance.numbering import sort_key

_LEAD = re.compile(r"^\s*(?:paragraphs?|paras?|¶)[\s.:/_-]*", re.IGNORECASE)
_SUBPARAGRAPH = re.compile(r"(?:[\s./-]*\([0-9a-z]{1,5}\))+\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"[^0-9a-z]+")


def match_reference(words: str, references: Sequence[str]) -> str | None:
    """The one reference that `words` mean ("para 2.13", "2/13", "Annex 1", "2.13(a)"), if any.

    A sub-paragraph is found at its paragraph. None where nothing or more than one thing fits.
    """
    bare = _LEAD.sub("", words)
    for form in dict.fromkeys((words, bare, _SUBPARAGRAPH.sub("", bare))):
        fitting = [r for r in references if _loose(r) == _loose(form)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def nearest_references(words: str, references: Sequence[str], count: int = 6) -> list[str]:
    """References near what was asked for, in order: numbers about a number, names like a name."""
    bare = _LEAD.sub("", words).strip(" ./")
    numbered = sorted((r for r in references if _is_number(r)), key=sort_key)
    if not _is_number(bare):
        return get_close_matches(bare.lower(), references, n=count, cutoff=0.5)
    place = bisect([sort_key(r) for r in numbered], sort_key(bare))
    start = max(0, min(place - count // 2, len(numbered) - count))
    return numbered[start : start + count]


def _loose(words: str) -> str:
    return _BETWEEN.sub("-", words.lower()).strip("-")


def _is_number(reference: str) -> bool:
    return bool(re.match(r"[A-Za-z]{0,2}\d", reference))
