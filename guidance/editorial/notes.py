"""Footnotes that break off, and marks that do not run on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidance.richtext import to_text

_TITLE_ONLY = re.compile(r"<i>[^<]{20,}</i>\s*\.?")
_TRACE = re.compile(r"\d{4}|https?:|www\.")
"""A year or an address: where the words of a source may well end."""
_UNFINISHED = re.compile(
    r"(?:[,–—(“‘&]|\s-|\b(?:a|an|the|of|and|or|in|on|at|to|for|from|by|with|under|into|its|their"
    r"|which|whose|that))$",
    re.IGNORECASE,
)
_PAIRS = (("(", ")", "bracket"), ("[", "]", "bracket"), ("“", "”", "quotation mark"))


def breaks_off(html: str) -> str:
    """Why a note seems to break off, as words after "it", or nothing."""
    text = " ".join(to_text(html).split())
    for opening, closing, name in _PAIRS:
        if text.count(opening) > text.count(closing):
            return f"opens a {name} and does not close it"
    if _UNFINISHED.search(text) and not re.search(r"[/@]\S*$", text):
        return f"ends with “{text.split()[-1]}”"
    if _TITLE_ONLY.fullmatch(html.strip()) and not _TRACE.search(html):
        return "is only a title, without author or year"
    return ""


@dataclass(frozen=True, slots=True)
class Slip:
    """The mark at `at` stands behind `before`, or is the `same` as one before it."""

    at: int
    mark: str
    before: str
    same: bool


def slips(marks: Iterable[str]) -> Iterator[Slip]:
    """Marks of notes in the order of the text, each once for each block that has it.

    A mark that begins again at 1 starts another series, in which marks may come back. Asterisks and
    letters are left alone: they are told apart by their page.
    """
    seen: set[int] = set()
    last = 0
    for at, mark in enumerate(marks):
        if not mark.isdecimal():
            continue
        value = int(mark)
        if value == 1 and last > 1:
            seen.clear()
        elif value in seen:
            yield Slip(at, mark, str(last), same=True)
            continue
        elif value < last:
            yield Slip(at, mark, str(last), same=False)
        seen.add(value)
        last = value
