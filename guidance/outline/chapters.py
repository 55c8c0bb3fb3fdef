"""The titles of chapters: which heading before 3.1 is the title of section 3, and its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guidance.outline.headings import (
    BACK_MATTER,
    SectionTitle,
    bare_number,
    looks_like_title,
    numbered_title,
    section_title,
)
from guidance.outline.pieces import Piece, Role
from guidance.outline.printed import read_number

_BETWEEN_TITLES = (Role.FURNITURE, Role.NOTE, Role.FIGURE)


@dataclass(slots=True)
class Start:
    """The beginning of a section: at which piece, its number and title, the pieces used up.

    `derived` says that the number is not printed but taken from the paragraphs.
    """

    at: int
    number: str = ""
    title: str = ""
    used: list[int] = field(default_factory=list)
    derived: bool = False


def chapter_of(number: str) -> str:
    """The chapter that a dotted or lettered number names: "3" of 3.14, "A" of A4; else empty."""
    read = read_number(number)
    if read is None or read.depth < 2:
        return ""
    return read.letters or str(read.parts[0])


def find_chapters(pieces: Sequence[Piece]) -> list[Start]:
    """A start for each run of numbers of one chapter, and where plain numbers begin again."""
    starts: list[Start] = []
    last, previous, counted = -1, "", 0
    for at, piece in enumerate(pieces):
        if not piece.number or piece.role not in (Role.PARAGRAPH, Role.HEADING):
            continue
        chapter = chapter_of(piece.number)
        if chapter and chapter != previous:
            starts.append(_chapter_start(pieces, last + 1, at, chapter))
        elif not chapter and piece.role is Role.HEADING:
            continue
        elif not chapter:
            number = read_number(piece.number)
            value = number.parts[0] if number else counted
            if value < counted:
                starts.extend(_restart(pieces, last + 1, at))
            counted = value
        last, previous = at, chapter
    return starts


def _restart(pieces: Sequence[Piece], low: int, high: int) -> Iterable[Start]:
    """The title at which plain numbers begin again, where its words do not open a section."""
    titles = [at for at in range(low, high) if pieces[at].role is Role.HEADING]
    if titles and all(section_title(pieces[at]) is None for at in titles):
        yield plain_start(pieces, _first_of_last_run(pieces, titles))


def _chapter_start(pieces: Sequence[Piece], low: int, high: int, chapter: str) -> Start:
    """The title of a chapter among the pieces after the last number and before its first."""
    titles = [at for at in range(low, high) if pieces[at].role is Role.HEADING]
    found = (
        _by_bare_number(pieces, low, high, chapter, titles)
        or _by_number(pieces, low, high, chapter, titles)
        or _by_words(pieces, chapter, titles)
    )
    if found:
        return found
    if not titles:
        return Start(high, chapter, derived=True)
    chosen = _by_level(pieces, titles)
    start = plain_start(pieces, chosen)
    if not start.number and section_title(pieces[chosen]) is None:
        start.number, start.derived = chapter, True
    return start


def _by_bare_number(
    pieces: Sequence[Piece], low: int, high: int, chapter: str, titles: Sequence[int]
) -> Start | None:
    """ "3" on a line of its own, and the title on the next."""
    for at in range(low, high):
        if bare_number(pieces[at]) == chapter:
            following = [t for t in titles if at < t <= at + 2][:1]
            title = pieces[following[0]].full_title if following else ""
            return Start(at, chapter, title, [at, *following])
    return None


def _by_number(
    pieces: Sequence[Piece], low: int, high: int, chapter: str, titles: Sequence[int]
) -> Start | None:
    """A heading with the chapter's number, or a line such as "3 Records" that is no heading."""
    for at in titles:
        if _own_number(pieces[at]).split()[-1:] == [chapter]:
            return plain_start(pieces, at)
    for at in range(high - 1, low - 1, -1):
        if pieces[at].role is Role.PROSE and numbered_title(pieces[at]) == chapter:
            return plain_start(pieces, at)
    return None


def _by_words(pieces: Sequence[Piece], chapter: str, titles: Sequence[int]) -> Start | None:
    """ "Chapter 3", or else "Part 3" or "Annex A"."""
    for kinds in (("chapter", "section"), ("part", *BACK_MATTER)):
        for at in titles:
            announced = section_title(pieces[at])
            if announced is None or announced.kind not in kinds:
                continue
            if announced.number.split()[-1:] == [chapter]:
                return announced_start(pieces, at, announced)
    return None


def _by_level(pieces: Sequence[Piece], titles: Sequence[int]) -> int:
    """The last title of the highest level; without levels the first of those together."""
    levelled = [at for at in titles if pieces[at].heading_block and pieces[at].level]
    if not levelled:
        return _first_of_last_run(pieces, titles)
    highest = min(pieces[at].level for at in levelled)
    return [at for at in levelled if pieces[at].level == highest][-1]


def _own_number(piece: Piece) -> str:
    """The number that a title prints or Word computes for it ("2", "A"), without its full stop."""
    if piece.number or piece.label:
        return piece.number or piece.label.rstrip(".:) ")
    number = read_number(piece.text)
    return number.words if number else ""


def _first_of_last_run(pieces: Sequence[Piece], titles: Sequence[int]) -> int:
    """The first of the titles that stand together just before the number."""
    chosen = titles[-1]
    for at in reversed(titles[:-1]):
        if any(p.role not in _BETWEEN_TITLES for p in pieces[at + 1 : chosen]):
            break
        chosen = at
    return chosen


def plain_start(pieces: Sequence[Piece], at: int) -> Start:
    """A section that a heading opens, with the number that the heading has."""
    piece = pieces[at]
    if piece.number or piece.label:
        return Start(at, piece.number or piece.label.rstrip(".:) "), piece.title, [at])
    number = read_number(piece.title)
    if number and number.closing in (".", "", ":") and piece.title[number.end :].strip():
        return Start(at, number.words, piece.title[number.end :].strip(), [at])
    return Start(at, "", piece.title, [at])


def announced_start(pieces: Sequence[Piece], at: int, announced: SectionTitle) -> Start:
    """A section that its words announce; after a mere "Annex A" the next title is its own."""
    if announced.kind in BACK_MATTER and not announced.number.split()[1:]:
        return Start(at, "", pieces[at].full_title, [at])
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if announced.title or following is None or following.role is not Role.HEADING:
        return Start(at, announced.number, announced.title, [at])
    if section_title(following) is not None or not looks_like_title(following):
        return Start(at, announced.number, "", [at])
    return Start(at, announced.number, following.full_title, [at, at + 1])
