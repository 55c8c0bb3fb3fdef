"""Finds the blocks in the stored HTML of a section (`guidance.rendering.section`), so that a page can
put something behind one of them, or in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_OPENS = re.compile(r'<div class="(?:para |term |question words")[^>]*>')
_ID = re.compile(r' id="([^"]*)"')
_TERM = '<div class="term'


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """A paragraph, box, table, figure or term by its reference, or a printed question, which has
    none: it is the `question`th of its section, from 0."""

    html: str
    reference: str
    question: int

    def followed_by(self, html: str) -> str:
        """With more HTML behind it; a list of terms holds nothing but terms and definitions, so it
        goes into the definition."""
        if not html or not self.html.startswith(_TERM):
            return self.html + html
        head, close, tail = self.html.rpartition("</dd>")
        return f"{head}{html}{close}{tail}"


def with_blocks(html: str, instead: Callable[[StoredBlock], str]) -> str:
    """The section's HTML with `instead` of each block, in order. What stands inside a block is never
    taken for one."""
    made: list[str] = []
    at = 0
    for start, end, block in _blocks(html):
        made += [html[at:start], instead(block)]
        at = end
    return "".join((*made, html[at:]))


def _blocks(html: str) -> Iterator[tuple[int, int, StoredBlock]]:
    at = questions = 0
    while found := _OPENS.search(html, at):
        at = _end(html, found.start())
        reference = _ID.search(found.group())
        block = StoredBlock(html[found.start() : at], reference[1] if reference else "", questions)
        questions += not reference
        yield found.start(), at, block


def _end(html: str, start: int) -> int:
    """Behind the tag that closes the `div` that opens at `start`."""
    depth = 0
    for tag in _TAG.finditer(html, start):
        if tag[2].lower() == "div":
            depth += -1 if tag[1] else 1
            if not depth:
                return tag.end()
    return len(html)
