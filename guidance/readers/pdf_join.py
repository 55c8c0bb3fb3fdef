"""Sentences, notes, tables and boxes that a page or column parts, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.outline.source import Cell, SourceKind
from guidance.readers.pdf_drafts import Draft, has_room
from guidance.readers.pdf_markers import marker_of
from guidance.readers.pdf_tables import continues_table

_PROSE = (SourceKind.TEXT, SourceKind.ITEM)
_BOX_TITLE = re.compile(r"(?:box|panel|case study|example)\b[\s:]*[\w.]{0,8}", re.IGNORECASE)
_REFERRING = re.compile(r"\b(?:pages?|paras?|paragraphs?|sections?|and|or|to|of|the)\s*$")
_INDENTED = 4.0  # points


def join_parted(drafts: Iterable[Draft]) -> list[Draft]:
    """Join what goes on after a break; what only may go on is marked with `goes_on`."""
    joined: list[Draft] = []
    tails: dict[int, Draft] = {}
    note: Draft | None = None
    table: Draft | None = None
    for draft in drafts:
        if draft.kind is SourceKind.NOTE:
            if not draft.mark and note is not None:
                note.lines.extend(draft.lines)
            else:
                note = draft
                joined.append(draft)
            continue
        if draft.kind is SourceKind.TABLE:
            if table is not None and continues_table(table, draft):
                joined.extend(_more_rows(table, draft))
                continue
            table = draft
        elif draft.kind in _PROSE or draft.kind is SourceKind.HEADING:
            table = None
            if _joins(tails.get(draft.box), draft):
                continue
            tails[draft.box] = draft
        elif draft.kind is SourceKind.CONTENTS:
            tails.pop(draft.box, None)
        joined.append(draft)
    return joined


def _joins(tail: Draft | None, draft: Draft) -> bool:
    """Join a draft to the one before it where its sentence goes on; else note that it may."""
    if tail is None or draft.kind is not SourceKind.TEXT or draft is tail:
        return False
    if not _follows(tail, draft):
        apart = tail.ends != draft.stretch
        draft.goes_on = apart and tail.kind in _PROSE and not _marked(draft)
        return False
    if tail.kind is SourceKind.HEADING:
        tail.kind, tail.level = SourceKind.TEXT, 0
    tail.lines.extend(draft.lines)
    tail.ends, tail.right = draft.ends, draft.right
    return True


def _marked(draft: Draft) -> bool:
    marker = marker_of(draft.lines[0])
    return marker is not None and (marker.firm or marker.apart or marker.bullet)


def _follows(tail: Draft, draft: Draft) -> bool:
    last, first = tail.lines[-1], draft.lines[0]
    if abs(last.size - first.size) > 0.085 * max(last.size, first.size) or tail.ended:
        return False
    text = draft.text.lstrip()
    if not text or not tail.text.strip():
        return False
    marker = marker_of(first)
    if marker is not None and marker.bullet:
        return False
    hanging = tail.marked and tail.left > tail.lines[0].x0 + 4
    inside = hanging and abs(draft.indent - tail.indent - (tail.left - tail.lines[0].x0)) < 3
    if marker is not None and marker.apart and not inside:
        return False
    lower = text[0].islower() or text[0] in ",;)"
    full = not has_room(last, first, tail.right)
    if tail.kind is SourceKind.HEADING:
        return lower and full and last.bold == first.bold and tail.size == draft.size
    if marker is not None and marker.firm:
        # "3.11 above" or "21)." where the text stands, not where the numbers do.
        referring = _REFERRING.search(last.text)
        return full and (
            inside or bool(referring) or first.text[marker.end : marker.end + 1].islower()
        )
    if tail.ends == draft.stretch:
        # The same column: something stood between, or a wide gap did.
        return lower and full and first.base - last.base > 3 * last.size
    return lower or full or tail.text.rstrip().endswith(("-", "–", ","))


def _more_rows(table: Draft, draft: Draft) -> list[Draft]:
    """Add rows to a table; a header that is printed again is furniture."""
    rows, again = draft.rows, list[Draft]()
    if table.rows and rows and _words(table.rows[0]) == _words(rows[0]):
        repeat = Draft(SourceKind.FURNITURE, page=draft.page, style=_words(rows[0]))
        rows, again = rows[1:], [repeat]
    table.rows.extend(tuple(Cell(c.paragraphs, span=c.span) for c in row) for row in rows)
    table.ends = draft.page
    return again


def _words(row: Sequence[Cell]) -> str:
    return "\t".join(" ".join(cell.text.split()) for cell in row)


def set_depths(drafts: Iterable[Draft]) -> None:
    """The depth of each item by its indent, from 1, among the items that it stands with."""
    indents: list[float] = []
    for draft in drafts:
        if draft.kind is SourceKind.HEADING or (draft.kind is SourceKind.TEXT and draft.marked):
            indents.clear()
        if draft.kind is not SourceKind.ITEM:
            continue
        while indents and draft.indent < indents[-1] - _INDENTED:
            indents.pop()
        if not indents or draft.indent > indents[-1] + _INDENTED:
            indents.append(draft.indent)
        draft.level = len(indents)


def title_boxes(drafts: list[Draft]) -> None:
    """Give each box its title: its own first line set as one, or the headings just above it."""
    seen: set[int] = set()
    at = 0
    while at < len(drafts):
        draft = drafts[at]
        if draft.box and draft.box not in seen:
            seen.add(draft.box)
            at = _title_above(drafts, at)
            if not drafts[at].box_title:
                following = drafts[at + 1] if at + 1 < len(drafts) else None
                alone = following is not None and following.box == draft.box
                drafts[at].box_title = alone and _is_title(draft)
        at += 1


def _is_title(draft: Draft) -> bool:
    text = draft.text.strip()
    if draft.kind is SourceKind.HEADING:
        return True
    return (
        draft.kind is SourceKind.TEXT
        and bool(draft.lines)
        and (len(text) <= 140 and all(line.bold for line in draft.lines))
    )


def _title_above(drafts: list[Draft], at: int) -> int:
    """Draw headings such as "Box 3" and its name into the box; returns where the box begins."""
    start = at
    while start and at - start < 3:
        above = drafts[start - 1]
        if above.kind is not SourceKind.HEADING or above.box or above.page != drafts[at].page:
            break
        start -= 1
        if _BOX_TITLE.match(above.text.strip()):
            first = drafts[start]
            for draft in drafts[start + 1 : at]:
                first.lines.extend(draft.lines)
            first.box, first.box_title = drafts[at].box, True
            del drafts[start + 1 : at]
            return start
    return at
