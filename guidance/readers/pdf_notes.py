"""Footnotes: the small lines at the foot of a column or page, lifted out of the text above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidance.outline.source import SourceKind
from guidance.readers.pdf_columns import Item, Stretch
from guidance.readers.pdf_drafts import Draft, Setting, has_ended
from guidance.readers.pdf_lines import Line
from guidance.readers.pdf_markers import note_mark
from guidance.readers.pdf_page import Page

_SMALLER = 0.94  # of the body's size
_PLAIN_MARK = re.compile(r"(\d{1,3}|[*†‡§]{1,3})[.)]?\s+(?=\S)")


class Notes:
    """Finds the notes of a document stretch by stretch, in reading order."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.last = 0
        self.unfinished = False

    def take(self, stretch: Stretch, page: Page) -> tuple[list[Item], list[Draft]]:
        """Divide a stretch into what is text and the notes at its foot.

        The first note has an empty mark where it goes on from the page before.
        """
        items = stretch.items
        tail = len(items)
        while tail and items[tail - 1].line is not None:
            tail -= 1
        start = self._start(stretch, tail, page)
        if start is None:
            return items, []
        lines = [item.line for item in items[start:] if item.line is not None]
        drafts = self._notes(lines)
        self.unfinished = not has_ended(lines[-1])
        return items[:start], drafts

    def _start(self, stretch: Stretch, tail: int, page: Page) -> int | None:
        """The index of the first item that is a note, or None."""
        items = stretch.items
        lines: list[Line] = [item.line for item in items[tail:] if item.line is not None]
        for at, line in enumerate(lines):
            ruled = self._rule_above(lines, at, page)
            if not self._marked(line, lines, at, ruled=ruled):
                continue
            if all(other.size <= line.size * 1.04 + 0.2 for other in lines[at:]):
                return tail + self._back(lines, at, page)
        # Nothing but the rest of a note from the page before, under its rule.
        for at, line in enumerate(lines):
            low = line.top > 0.4 * page.height and self.unfinished
            small = low and all(self._small(other) for other in lines[at:])
            if small and self._rule_above(lines, at, page):
                return tail + at
        return None

    def _small(self, line: Line) -> bool:
        return line.size < _SMALLER * self.setting.body

    def _marked(self, line: Line, lines: Sequence[Line], at: int, *, ruled: bool) -> bool:
        """Whether a line begins the first note of its page."""
        if note_mark(line):
            return self._small(line) or ruled
        found = _PLAIN_MARK.match(line.text)
        if not found or not self._small(line):
            return False
        follows = found[1].isdigit() and int(found[1]) == self.last + 1
        return ruled or (follows and at > 0 and not self._small(lines[at - 1]))

    def _back(self, lines: Sequence[Line], at: int, page: Page) -> int:
        """Small lines between a rule and the first mark go on from the page before."""
        back = at
        while back and self._small(lines[back - 1]):
            back -= 1
            if self._rule_above(lines, back, page) and self.unfinished:
                return back
        return at

    def _rule_above(self, lines: Sequence[Line], at: int, page: Page) -> bool:
        """Whether a rule stands between a line and the one above it, at its left."""
        line = lines[at]
        ceiling = lines[at - 1].base if at else line.top - 1.6 * line.size
        return any(
            rule.across
            and ceiling + 1 < rule.at < line.base - 0.5 * line.size
            and abs(rule.start - line.x0) <= 4 * line.size
            and rule.length >= 30
            for rule in page.rules
        )

    def _notes(self, lines: Sequence[Line]) -> list[Draft]:
        drafts: list[Draft] = []
        for line in lines:
            mark, cut = self._mark(line)
            if mark or not drafts:
                drafts.append(
                    Draft(SourceKind.NOTE, [line], page=line.page, mark=mark, cut=cut, left=line.x0)
                )
                if mark.isdigit():
                    self.last = int(mark)
                elif mark:
                    self.last = self.last or 1
            else:
                drafts[-1].lines.append(line)
        return drafts

    def _mark(self, line: Line) -> tuple[str, int]:
        if raised := note_mark(line):
            return raised
        found = _PLAIN_MARK.match(line.text)
        if found and (not found[1].isdigit() or self.last < int(found[1]) <= self.last + 3):
            return found[1], found.end()
        return "", 0
