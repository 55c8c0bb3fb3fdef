"""Where sections begin, what they are called, and how they are numbered.

A dotted number says its chapter, so the title before 3.1 opens section 3. Elsewhere the levels of
the headings decide, and words such as "Annex B". Nothing is renumbered: a section whose numbers
were used before gets a prefix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from guidance.outline.headings import (
    SectionTitle,
    bare_number,
    looks_like_title,
    numbered_title,
    section_title,
)
from guidance.outline.pieces import Piece, Role
from guidance.outline.printed import read_number

_BACK = ("annex", "annexe", "annexure", "appendix", "schedule")


@dataclass(slots=True)
class Start:
    """The beginning of a section: at which piece, its number and title, the pieces used up."""

    at: int
    number: str = ""
    title: str = ""
    used: list[int] = field(default_factory=list)
    derived: bool = False


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
    starts = {start.at: start for start in _chapters(pieces)}
    dotted = any(start.number for start in starts.values())
    level = _section_level(pieces)
    chapters = _chapter_around(pieces)
    taken = {at for start in starts.values() for at in start.used}
    titles = {at: start.number for start in starts.values() for at in start.used}
    for at, piece in enumerate(pieces):
        if piece.role is not Role.HEADING or at in taken:
            continue
        before, after = chapters[at]
        inside = bool(before) and before == after
        announced = section_title(piece)
        waiting = dotted and bool(after) and _waiting(pieces, at, after, titles)
        if announced and _opens(piece, announced, inside or waiting, dotted, level):
            start = starts[at] = _announced(pieces, at, announced)
            for used in start.used[1:]:
                starts.pop(used, None)  # its title was taken for the start of its chapter
            taken.update(start.used)
        elif piece.heading_block and 0 < piece.level <= level and not inside:
            if not waiting:
                starts[at] = _plain_start(pieces, at)
    if plain and dotted:
        _first_title(pieces, starts)
    ordered = [starts[at] for at in sorted(starts)]
    for start in ordered:
        for at in start.used:
            pieces[at].role = Role.SECTION
    return ordered


def _opens(piece: Piece, announced: SectionTitle, inside: bool, dotted: bool, level: int) -> bool:
    if announced.kind in _BACK:
        return not piece.level or piece.level <= max(level, 2)
    if inside:
        return False
    if announced.kind == "conventional":
        return dotted and not piece.heading_block
    return not piece.level or not level or piece.level <= level


def chapter_of(number: str) -> str:
    """The chapter that a dotted or lettered number names: "3" of 3.14, "A" of A4; else empty."""
    read = read_number(number)
    if read is None or read.depth < 2:
        return ""
    return read.letters or str(read.parts[0])


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


def _chapters(pieces: Sequence[Piece]) -> list[Start]:
    """A start for each run of numbers of one chapter, at the title before its first number."""
    starts: list[Start] = []
    last, previous, counted = -1, "", 0
    for at, piece in enumerate(pieces):
        if piece.role is not Role.PARAGRAPH and not (piece.role is Role.HEADING and piece.number):
            continue
        chapter = chapter_of(piece.number)
        if not chapter:
            if piece.role is Role.PARAGRAPH:
                number = read_number(piece.number)
                value = number.parts[0] if number else counted
                if value < counted:
                    starts.extend(_restart(pieces, last + 1, at))
                last, previous, counted = at, "", value
            continue
        if chapter != previous:
            starts.append(_chapter_start(pieces, last + 1, at, chapter))
        last, previous = at, chapter
    return starts


def _restart(pieces: Sequence[Piece], low: int, high: int) -> Iterable[Start]:
    """The title at which plain numbers begin again, where its words do not open a section."""
    titles = [at for at in range(low, high) if pieces[at].role is Role.HEADING]
    if titles and all(section_title(pieces[at]) is None for at in titles):
        yield _plain_start(pieces, _first_of_last_run(pieces, titles, high))


def _chapter_start(pieces: Sequence[Piece], low: int, high: int, chapter: str) -> Start:
    """The title of a chapter among the pieces after the last number and before its first."""
    titles = [at for at in range(low, high) if pieces[at].role is Role.HEADING]
    for at in range(low, high):
        if bare_number(pieces[at]) == chapter:
            following = [t for t in titles if at < t <= at + 2]
            title = pieces[following[0]].full_title if following else ""
            return Start(at, chapter, title, [at, *following[:1]])
    for at in titles:
        if _own_number(pieces[at]).split()[-1:] == [chapter]:
            return _plain_start(pieces, at)
    for at in range(high - 1, low - 1, -1):
        if pieces[at].role is Role.PROSE and numbered_title(pieces[at]) == chapter:
            return _plain_start(pieces, at)
    for kinds in (("chapter", "section"), ("part", *_BACK)):
        for at in titles:
            announced = section_title(pieces[at])
            if announced and announced.kind in kinds and announced.number.split()[-1:] == [chapter]:
                return _announced(pieces, at, announced)
    if not titles:
        return Start(high, chapter, derived=True)
    levels = [pieces[at].level for at in titles if pieces[at].heading_block and pieces[at].level]
    if levels:
        best = min(levels)
        chosen = [at for at in titles if pieces[at].level == best and pieces[at].heading_block][-1]
    else:
        chosen = _first_of_last_run(pieces, titles, high)
    start = _plain_start(pieces, chosen)
    if not start.number and section_title(pieces[chosen]) is None:
        start.number, start.derived = chapter, True
    return start


def _own_number(piece: Piece) -> str:
    """The number that a title prints or Word computes for it ("2", "A"), without its full stop."""
    if piece.number:
        return piece.number
    if piece.label:
        return piece.label.rstrip(".:) ")
    number = read_number(piece.text)
    return number.words if number else ""


def _first_of_last_run(pieces: Sequence[Piece], titles: Sequence[int], high: int) -> int:
    """The first of the titles that stand together just before the number."""
    chosen = titles[-1]
    for at in reversed(titles[:-1]):
        between = pieces[at + 1 : chosen]
        if any(p.role not in (Role.FURNITURE, Role.NOTE, Role.FIGURE) for p in between):
            break
        chosen = at
    return chosen


def _plain_start(pieces: Sequence[Piece], at: int) -> Start:
    piece = pieces[at]
    if piece.number or piece.label:
        return Start(at, piece.number or piece.label.rstrip(".:) "), piece.title, [at])
    number = read_number(piece.text)
    if number and (number.closing in (".", "", ":")) and piece.text[number.end :].strip():
        return Start(at, number.words, piece.title[number.end :].strip(), [at])
    return Start(at, "", piece.title, [at])


def _announced(pieces: Sequence[Piece], at: int, announced: SectionTitle) -> Start:
    """A section that its words announce; where they are only "Annex A" the next title is its own."""
    title, used = announced.title, [at]
    if announced.kind in _BACK and not announced.number.split()[1:]:
        return Start(at, "", pieces[at].full_title, used)
    if not title and at + 1 < len(pieces) and pieces[at + 1].role is Role.HEADING:
        if section_title(pieces[at + 1]) is None and looks_like_title(pieces[at + 1]):
            title, used = pieces[at + 1].full_title, [at, at + 1]
    return Start(at, announced.number, title, used)


def _waiting(pieces: Sequence[Piece], at: int, chapter: str, titles: Mapping[int, str]) -> bool:
    """Whether a heading stands after its chapter's title and before the chapter's first number."""
    for earlier in range(at - 1, -1, -1):
        if pieces[earlier].role is Role.PARAGRAPH:
            return False
        if earlier in titles:
            return titles[earlier].split()[-1:] == [chapter]
    return False


def _first_title(pieces: Sequence[Piece], starts: dict[int, Start]) -> None:
    """In a text without levels the first title of the body opens a section of its own."""
    first = min(starts, default=0)
    for at, piece in enumerate(pieces[:first]):
        if piece.role is Role.HEADING:
            starts[at] = _plain_start(pieces, at)
            return
        if piece.role not in (Role.FURNITURE, Role.NOTE):
            return
