"""What a document prints about itself rather than says: contents lists, imprint, page numbers.

Such pieces become furniture. The entries of the contents list are kept for the recognition of
headings, because a title that is listed there is a heading wherever else it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from guidance.outline.pieces import Piece, Role
from guidance.outline.printed import read_number
from guidance.outline.source import SourceKind

_ENTRY = re.compile(r"^(?P<words>.*?\S)[\s.·…_]{1,300}(?P<page>\d{1,4}|[ivxl]{1,6})\s*$")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|\t")
_TITLE = re.compile(r"(?:table of )?contents(?: page)?:?$|page$|page no\.?$", re.IGNORECASE)
_IMPRINT = re.compile(
    r"©|\bcrown copyright\b|\bISBN\b|\bISSN\b|open government licen[cs]e|alternative format"
    r"|\bprinted (?:in|by|on)\b|product code|\ball rights reserved\b|click-use licen[cs]e"
    r"|published by (?:the |TSO)|copyright holders?\b|\bisbn[: ]",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"(?:chapter|part|section|annex|appendix) (?:\d{1,2}|[A-Z]|[IVX]{1,4})\b", re.IGNORECASE
)
_PRODUCT = re.compile(
    r"(?:product code|reference(?: number)?|publication code)\s*:?\s*"
    r"(?P<code>[A-Z0-9][A-Z0-9 /-]{3,30}\d)",
    re.IGNORECASE,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*(?P<code>[\d][\d -]{8,18}[\dXx])")


def set_aside(pieces: Sequence[Piece]) -> set[str]:
    """Mark contents lists and imprint as furniture; returns the titles that the contents list."""
    entries: list[str] = []
    for piece in pieces:
        if piece.block.kind is SourceKind.CONTENTS:
            entries.extend(piece.text.split("\n"))
    entries.extend(_typed_contents(pieces))
    entries.extend(_unpaged_contents(pieces))
    entries.extend(_untitled_contents(pieces))
    _imprint(pieces)
    _untitle(pieces)
    return {key for entry in entries if (key := title_key(_without_page(entry)))}


def title_key(text: str) -> str:
    """A title for comparison: its words in lower case, without numbers before and marks after."""
    words = re.sub(r"^[\W\d]{0,20}(?=\w)|^\w{1,3}[.)]\s{1,9}", "", text.strip()[:300])
    return " ".join(re.findall(r"[^\W_]+", words.lower()))


def _without_page(entry: str) -> str:
    found = _ENTRY.match(entry[:400])
    return found["words"] if found else entry


def _typed_contents(pieces: Sequence[Piece]) -> list[str]:
    """Contents lists that the reader took for text: lines that end in rising page numbers."""
    listed: list[str] = []
    run: list[Piece] = []
    last_page = 0
    for at, piece in enumerate([*pieces, None]):
        page = _listed_page(piece) if piece is not None else None
        if piece is not None and page is not None and (page >= last_page or not run):
            run.append(piece)
            last_page = page
            continue
        if piece is not None and run and at and _wrapped_entry(pieces, at):
            run.append(piece)
            continue
        listed.extend(_take(run, pieces))
        run, last_page = [], 0
    return listed


def _listed_page(piece: Piece) -> int | None:
    if piece.role not in (Role.PROSE, Role.HEADING, Role.ITEM) or len(piece.text) > 200:
        return None
    found = _ENTRY.match(piece.words)
    if not found or not found["page"].isdigit() or int(found["page"]) > 999:
        return None
    if found["words"].rstrip().endswith((",", "and", "to", "paragraph", "section", "of", "Act")):
        return None
    return int(found["page"])


def _wrapped_entry(pieces: Sequence[Piece], at: int) -> bool:
    """A line without a page number between two that have one: the first half of a long title."""
    if at + 1 >= len(pieces) or pieces[at].role not in (Role.PROSE, Role.HEADING):
        return False
    return len(pieces[at].text) < 120 and _listed_page(pieces[at + 1]) is not None


def _take(run: Sequence[Piece], pieces: Sequence[Piece]) -> list[str]:
    """Accept a run as a contents list when it has leaders or a title before it, or is long."""
    paged = [p for p in run if _listed_page(p) is not None]
    if len(paged) < 3:
        return []
    start = next(i for i, p in enumerate(pieces) if p is run[0])
    titled = any(_TITLE.match(p.text) for p in pieces[max(0, start - 3) : start])
    leaders = sum(bool(_LEADERS.search(p.text)) for p in paged) * 2 > len(paged)
    if not (titled or leaders or len(paged) >= 8):
        return []
    for piece in run:
        piece.role = Role.FURNITURE
    return [piece.text for piece in run]


def _unpaged_contents(pieces: Sequence[Piece]) -> list[str]:
    """A contents list without page numbers: short lines after its title, till one returns."""
    start = next((i for i, p in enumerate(pieces[:150]) if is_title(p.text)), None)
    if start is None or pieces[start].role is Role.FURNITURE:
        return []
    lines = _short_lines(pieces, start + 1)
    first = title_key(lines[0].text) if lines else ""
    again = next((i for i, p in enumerate(lines) if i and title_key(p.text) == first), None)
    run = lines[: _first_repeated(lines) if again is None else again]
    later = {_entry_key(p.text) for p in pieces[start + 1 + len(run) :] if len(p.text) < 160}
    known = sum(_entry_key(p.text) in later for p in run)
    if len(run) < 3 or known < 0.5 * len(run):
        return []
    for piece in run:
        piece.role = Role.FURNITURE
    return [piece.text for piece in run]


def _short_lines(pieces: Sequence[Piece], start: int) -> list[Piece]:
    """The pieces from `start` on that can be entries of a contents list, until one cannot."""
    lines: list[Piece] = []
    for piece in pieces[start : start + 300]:
        sentence = piece.ends_sentence and not piece.text.endswith("etc.")
        if len(piece.text) > 160 or sentence or piece.role is Role.TABLE:
            break
        lines.append(piece)
    return lines


def _first_repeated(lines: Sequence[Piece]) -> int:
    """Where the first entry stands that was there before; the end if none does."""
    seen: set[str] = set()
    for at, piece in enumerate(lines):
        key = _entry_key(piece.text)
        if key in seen and len(key) > 3:
            return at
        seen.add(key)
    return len(lines)


def _untitled_contents(pieces: Sequence[Piece]) -> list[str]:
    """A contents list without a title: the chapters by name, and then the first of them again."""
    start = next((i for i, p in enumerate(pieces[:60]) if _CHAPTER.match(p.text[:60])), None)
    if start is None or pieces[start].role is Role.FURNITURE:
        return []
    lines = _short_lines(pieces, start)
    first = title_key(lines[0].text) if lines else ""
    again = next((i for i, p in enumerate(lines) if i and title_key(p.text) == first), 0)
    chapters = {title_key(p.text) for p in lines[:again] if _CHAPTER.match(p.text[:60])}
    later = {title_key(p.text) for p in pieces[start + again :] if len(p.text) < 160}
    if len(chapters) < 3 or len(chapters & later) < 0.7 * len(chapters):
        return []
    for piece in lines[:again]:
        piece.role = Role.FURNITURE
    return [piece.text for piece in lines[:again]]


def _entry_key(text: str) -> str:
    """A title without "Part 1" or "Chapter 3" before it; these alone if nothing follows."""
    key = title_key(text)
    return re.sub(r"^(?:part|chapter|section|annex|appendix) \w{1,4} (?=\w)", "", key)


def is_title(text: str) -> bool:
    """Whether a line is the title of a contents list."""
    return len(text) < 30 and bool(_TITLE.match(text.strip()))


def _untitle(pieces: Sequence[Piece]) -> None:
    """The word "Contents" above a list that went belongs to it."""
    for before, after in pairwise(pieces):
        named = before.role in (Role.PROSE, Role.HEADING) and is_title(before.text)
        if named and after.role is Role.FURNITURE:
            before.role = Role.FURNITURE


def _imprint(pieces: Sequence[Piece]) -> None:
    """The cover and the imprint: from the first line to the last that speaks of copyright."""
    front = pieces[: min(80, len(pieces) // 2)]
    marks = [at for at, p in enumerate(front) if _IMPRINT.search(p.text[:2000])]
    marks = [at for at in marks if at - marks[0] <= 25]
    listed = next((at for at, p in enumerate(front) if p.block.kind is SourceKind.CONTENTS), -1)
    listed = max(listed, next((at for at, p in enumerate(front) if is_title(p.text)), -1))
    if not marks and 0 < listed < 25:
        marks = [listed - 1]  # a cover without an imprint, and then the contents list
    if not marks:
        return
    cover = front[: marks[0]]
    begun = any(len(p.text) > 400 or p.block.label or _is_numbered(p) for p in cover)
    for piece in front[marks[0] if begun else 0 : _after_cover(pieces, marks[-1])]:
        if piece.role not in (Role.PROSE, Role.HEADING, Role.ITEM) or _is_numbered(piece):
            continue
        if not begun or _IMPRINT.search(piece.text[:2000]):
            piece.role = Role.FURNITURE


def _is_numbered(piece: Piece) -> bool:
    """Whether a piece reads like a numbered paragraph, which no cover or imprint holds."""
    if piece.role is Role.HEADING or len(piece.text) < 60:
        return False
    return read_number(piece.block.label or piece.text) is not None


def _after_cover(pieces: Sequence[Piece], last: int) -> int:
    """The end of the cover: short lines between the imprint and the contents list belong to it."""
    for at in range(last + 1, min(last + 12, len(pieces))):
        if pieces[at].role is Role.FURNITURE:
            return at
        if len(pieces[at].text) > 200:
            break
    return last + 1


def product_code(pieces: Sequence[Piece]) -> str:
    """The publisher's code or the ISBN that the document prints, or an empty string."""
    for pattern in (_PRODUCT, _ISBN):
        for piece in pieces[:120]:
            if len(piece.text) < 3000 and (found := pattern.search(piece.text)):
                return " ".join(found["code"].split())
    return ""
