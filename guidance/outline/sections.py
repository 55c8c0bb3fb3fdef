"""Where sections begin, what they are called, and how they are numbered.

A dotted number says its chapter, so the title before 3.1 opens section 3. Elsewhere the levels of
the headings decide, and words such as "Annex B". Nothing is renumbered: a section whose numbers
were used before gets a prefix (`guidance.outline.numbering_checks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from guidance.outline.chapters import (
    Start,
    announced_start,
    chapter_of,
    find_chapters,
    plain_start,
)
from guidance.outline.headings import BACK_MATTER, SectionTitle, bare_number, section_title
from guidance.outline.pieces import Piece, Role


def early_breaks(pieces: Sequence[Piece]) -> list[int]:
    """Indexes at which a section surely begins, before any number is known."""
    level = _section_level(pieces)
    breaks = []
    for at, piece in enumerate(pieces):
        if piece.role is Role.HEADING:
            announced = section_title(piece)
            strong = announced is not None and (piece.level <= max(level, 2) or not piece.level)
            if strong or (piece.heading_block and 0 < piece.level <= level):
                breaks.append(at)
        elif bare_number(piece) and at + 1 < len(pieces) and pieces[at + 1].role is Role.HEADING:
            breaks.append(at)
    return breaks


def _section_level(pieces: Sequence[Piece]) -> int:
    """The heading level that divides the document: the highest that is used more than once."""
    levels = Counter(
        p.level for p in pieces if p.role is Role.HEADING and p.heading_block and p.level
    )
    repeated = [level for level, count in levels.items() if count > 1]
    return min(repeated, default=min(levels, default=0))


def find_sections(pieces: Sequence[Piece], plain: bool) -> list[Start]:
    """All sections in order; the pieces of a start are given the role of section titles."""
    starts = {start.at: start for start in find_chapters(pieces)}
    dotted = any(start.number for start in starts.values())
    level = _section_level(pieces)
    around = _chapter_around(pieces)
    titles = {at: start.number for start in starts.values() for at in start.used}
    taken = set(titles)
    for at, piece in enumerate(pieces):
        if piece.role is not Role.HEADING or at in taken:
            continue
        before, after = around[at]
        within = bool(before) and before == after
        if dotted and after and not within:
            within = _waits_for_number(pieces, at, after, titles)
        announced = section_title(piece)
        if announced and _opens(piece, announced, within, dotted, level):
            start = starts[at] = announced_start(pieces, at, announced)
            for used in start.used[1:]:
                starts.pop(used, None)  # its title was taken for the start of its chapter
            taken.update(start.used)
        elif piece.heading_block and 0 < piece.level <= level and not within:
            starts[at] = plain_start(pieces, at)
    if plain and dotted:
        _first_title(pieces, starts)
    ordered = [starts[at] for at in sorted(starts)]
    for start in ordered:
        for at in start.used:
            pieces[at].role = Role.SECTION
    return ordered


def _opens(piece: Piece, announced: SectionTitle, within: bool, dotted: bool, level: int) -> bool:
    """Whether a title that sounds like a section's opens one; `within` a chapter few do."""
    if announced.kind in BACK_MATTER:
        return not piece.level or piece.level <= max(level, 2)
    if within:
        return False
    if announced.kind == "conventional":
        return dotted and not piece.heading_block
    return not piece.level or not level or piece.level <= level


def _chapter_around(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """For every piece the chapter of the last number before it and of the next after it."""
    own = [chapter_of(p.number) if p.role is Role.PARAGRAPH else "" for p in pieces]
    before, last = [], ""
    for chapter in own:
        before.append(last)
        last = chapter or last
    after, following = [], ""
    for chapter in reversed(own):
        after.append(following)
        following = chapter or following
    return list(zip(before, reversed(after), strict=True))


def _waits_for_number(
    pieces: Sequence[Piece], at: int, chapter: str, titles: Mapping[int, str]
) -> bool:
    """Whether a heading stands after its chapter's title and before the chapter's first number."""
    for earlier in range(at - 1, -1, -1):
        if pieces[earlier].role is Role.PARAGRAPH:
            return False
        if earlier in titles:
            return titles[earlier].split()[-1:] == [chapter]
    return False


def _first_title(pieces: Sequence[Piece], starts: dict[int, Start]) -> None:
    """In a text without levels the first title of the body opens a section of its own."""
    for at, piece in enumerate(pieces[: min(starts, default=0)]):
        if piece.role is Role.HEADING:
            starts[at] = plain_start(pieces, at)
            return
        if piece.role not in (Role.FURNITURE, Role.NOTE):
            return
