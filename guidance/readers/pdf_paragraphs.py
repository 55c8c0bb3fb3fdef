"""Paragraphs, items and headings from the lines of one stretch.

A line begins a new block where the space above it, its setting, its indent, its marker or the room
left on the line before says so; where they disagree, an unfinished sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.outline.source import SourceKind
from guidance.readers.pdf_columns import Item
from guidance.readers.pdf_drafts import Draft, Setting, has_ended, has_room, right_edge
from guidance.readers.pdf_lines import Line
from guidance.readers.pdf_markers import Marker, firm_number, marker_of, note_mark
from guidance.readers.pdf_tables import Entry

_PARTED = 1.2  # times the usual distance between lines
_LISTED = re.compile(r"(?:[;:,]|\band|\bor)$")


class Paragraphs:
    """Makes drafts of one stretch; `number` tells the stretch, `right` is its edge."""

    def __init__(self, setting: Setting, number: int, lines: Sequence[Line]) -> None:
        self.setting = setting
        self.number = number
        worded = [line for line in lines if len(line.text) > 20]
        self.right = right_edge(worded or lines)
        self.left = min((line.x0 for line in lines), default=0.0)
        self.block: Draft | None = None
        self.step = 0.0
        self.marker: Marker | None = None

    def make(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries with lines gathered into drafts; what is a draft already stays."""
        found: list[Entry] = []
        for entry in entries:
            line = entry.line if isinstance(entry, Item) else None
            if line is None:
                self.block = None
                found.append(entry)
            elif self.block is not None and not self._breaks(self.block, line):
                self._add(self.block, line)
            else:
                self.block = self._begin(line)
                found.append(self.block)
        return found

    def _begin(self, line: Line) -> Draft:
        self.marker, self.step = marker_of(line), 0.0
        draft = Draft(SourceKind.TEXT, [line], page=line.page, right=self.right)
        draft.stretch = draft.ends = self.number
        draft.left = self.marker.body if self.marker else line.x0
        draft.indent = round(line.x0 - self.left, 1)
        draft.marked = self.marker is not None
        if note := note_mark(line):
            if line.size < 0.95 * self.setting.body:
                draft.kind, (draft.mark, draft.cut) = SourceKind.NOTE, note
        elif self.marker and self.marker.bullet:
            draft.kind, draft.label = SourceKind.ITEM, self.marker.text
            draft.cut = self.marker.end
        elif self.marker and self.marker.letter and (self.marker.apart or self.marker.firm):
            draft.kind = SourceKind.ITEM
        return draft

    def _add(self, block: Draft, line: Line) -> None:
        self.step = line.base - block.lines[-1].base
        if len(block.lines) == 1:
            block.left = line.x0
        else:
            block.left = min(block.left, line.x0)
        block.lines.append(line)

    def _breaks(self, block: Draft, line: Line) -> bool:
        last = block.lines[-1]
        step = line.base - last.base
        if step <= 0.3 * last.size or self._resized(last, line):
            return True
        usual = self.step or max(self.setting.step(last.size), 1.0)
        if step > _PARTED * usual + 0.6:
            return True
        room, ended = has_room(last, line, self.right), has_ended(last)
        if last.bold != line.bold and (room or step > 1.04 * usual + 0.3):
            return True
        marker = marker_of(line)
        heading = last.italic != line.italic and room and not ended and len(block.lines) <= 2
        if heading and (line.text[:1].isupper() or marker):
            return True
        if marker and self._lists(block, line, marker, room=room, ended=ended):
            return True
        if self._indented(block, line, room=room, ended=ended):
            return True
        if not room or last.text.endswith(("-", "\u00ad")):
            return False
        short = last.x1 < block.left + 0.7 * (self.right - block.left)
        return ended or (short and not line.text[:1].islower())

    @staticmethod
    def _resized(last: Line, line: Line) -> bool:
        return abs(line.size - last.size) > 0.085 * max(line.size, last.size)

    def _lists(self, block: Draft, line: Line, marker: Marker, *, room: bool, ended: bool) -> bool:
        """Whether the marker at the start of a line begins a block, by where it stands."""
        first = block.lines[0]
        out = line.x0 < block.left - 0.4 * line.size
        level = abs(line.x0 - first.x0) <= 3 and self.marker is not None
        closed = ended or room or bool(_LISTED.search(last_words(block.lines[-1])))
        if marker.bullet:
            dash = marker.text in "–—−-"
            return not dash or marker.apart or closed or (level and block.label == marker.text)
        if marker.apart:
            return out or level or closed
        if marker.firm and marker.letter:
            # "(b)" may begin a line of a sentence that lists (a), (b) and (c) as it runs.
            listed = level and self.marker is not None and self.marker.letter
            return out or room or (listed and closed)
        if marker.firm:
            return (out and not self._first_indented(block)) or closed
        # A bare number or letter may be any word of the sentence.
        return firm_number(marker.text) and out and len(block.lines) > 1 and closed

    @staticmethod
    def _first_indented(block: Draft) -> bool:
        return len(block.lines) > 1 and block.lines[0].x0 > block.left + 1

    def _indented(self, block: Draft, line: Line, *, room: bool, ended: bool) -> bool:
        first, slack = block.lines[0], 0.8 * line.size
        if len(block.lines) == 1:
            if self.marker is not None:
                return line.x0 < first.x0 - slack and (ended or room)
            if self._centred(first, line):
                return False
            return (line.x0 > first.x0 + slack and (ended or room)) or (
                line.x0 < first.x0 - slack and room
            )
        if line.x0 > block.left + slack and not self._centred(block.lines[-1], line):
            return ended
        return line.x0 < block.left - slack and (ended or room)

    def _centred(self, one: Line, other: Line) -> bool:
        middle = abs((one.x0 + one.x1) - (other.x0 + other.x1)) / 2
        return middle < 0.6 * one.size and one.x1 < self.right - one.size


def last_words(line: Line) -> str:
    return line.text.rstrip()[-12:]
