"""Timetables in plain text: rows that begin with a date, under years, become one table.

Word, HTML and PDF hold tables as such. In text a timetable survives as lines ("22 January Second
Reading"), lines with tabs and years that stand alone, under a title such as "Timetable for …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from guidance.outline.pieces import Piece, Role, cut, strip_left
from guidance.outline.source import Cell, SourceKind, Span

_TITLE = re.compile(
    r"\b(?:timetable|timeline|key dates|milestones|programme of work)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?$")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Spring|Summer|Autumn|Winter)"
)
_DATED = re.compile(
    rf"""(?:(?:by|from|early|late|mid|end\ of|before|until|about|around)[\s-]+)?
    (?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}(?:\s?[/–-]\s?{_MONTH})*
    (?:\s+\d{{4}}(?:/\d{{1,4}})?)?(?:\s+onwards)?
    (?=\s+[A-Z0-9“‘'"]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_Row = tuple[Cell, ...]


def gather(pieces: list[Piece]) -> None:
    """Replace the lines of each timetable by one table; its title stays before it."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.role is Role.HEADING and _TITLE.search(piece.text):
            end = _end(pieces, at + 1)
            if end > at + 1:
                pieces[at + 1 : end] = [_table(pieces[at + 1 : end])]
        at += 1


def _end(pieces: Sequence[Piece], start: int) -> int:
    """After the last year, dated line or table before the next paragraph or timetable."""
    end, dated = start, 0
    for at in range(start, len(pieces)):
        piece = pieces[at]
        if piece.role is Role.HEADING and _TITLE.search(piece.text):
            break
        if piece.role not in (Role.PROSE, Role.HEADING, Role.TABLE, Role.ITEM) or piece.number:
            break
        if piece.role is Role.TABLE or _YEAR.match(piece.text) or _DATED.match(piece.text):
            end, dated = at + 1, dated + 1
        elif end == at and _continues(pieces[at - 1], piece):
            end = at + 1
    return end if dated >= 2 else start


def _continues(before: Piece, piece: Piece) -> bool:
    """The very next line of the file goes on with the row before it."""
    if before.role is not Role.PROSE or before.place.line is None or _YEAR.match(before.text):
        return False
    return piece.place.line == before.place.line + 1 + before.text.count("\n")


def is_dated(text: str) -> bool:
    """Whether a line begins with a date and goes on with something else ("by April New …")."""
    return bool(_DATED.match(text[:200]))


def _table(lines: Sequence[Piece]) -> Piece:
    rows: list[_Row] = []
    for before, line in zip([lines[0], *lines], lines, strict=False):
        if rows and _continues(before, line) and not _DATED.match(line.text):
            first, *others = rows[-1]
            rows[-1] = (first, *others[:-1], _cell(*others[-1].paragraphs, strip_left(line.spans)))
        else:
            rows.extend(_rows(line))
    block = replace(lines[0].block, kind=SourceKind.TABLE, spans=(), label="", rows=tuple(rows))
    return Piece(block=block, spans=(), role=Role.TABLE, box=lines[0].box)


def _rows(line: Piece) -> list[_Row]:
    if line.role is Role.TABLE:
        return [tuple(replace(cell, header=False) for cell in row) for row in line.block.rows]
    spans = strip_left(line.spans)
    if _YEAR.match(line.text):
        return [(_cell(spans), _cell(()))]
    found = _DATED.match(line.text)
    if not found:
        return [(_cell(()), _cell(spans))]
    return [(_cell(cut(spans, 0, found.end())), _cell(strip_left(cut(spans, found.end()))))]


def _cell(*paragraphs: tuple[Span, ...]) -> Cell:
    return Cell(tuple(spans for spans in paragraphs if spans))
