"""Footnotes: which blocks are notes, and which marker each belongs to.

A mark may be used again on every page or in every chapter, so a marker belongs to the first note
of its mark that follows it, and else to the last one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guidance.outline.model import Footnotes
from guidance.outline.pieces import Piece, Role, cut, join, strip_left
from guidance.outline.source import Place

_BARE = re.compile(r"(?P<mark>\d{1,3})\s+(?=\S)")
_NEAR = 80  # pieces between a marker and a note that is told only by its digits


@dataclass(slots=True)
class Notes:
    """What the markers and notes of a document come to.

    `of_piece` gives the notes beside each piece, by its place in the list; `first` are notes
    without a marker that stand before everything else.
    """

    of_piece: dict[int, list[Piece]] = field(default_factory=dict)
    markers: list[tuple[str, Place]] = field(default_factory=list)
    definitions: int = 0
    missing: list[tuple[str, Place]] = field(default_factory=list)
    unreferenced: list[Piece] = field(default_factory=list)
    first: list[Piece] = field(default_factory=list)

    def summary(self) -> Footnotes:
        return Footnotes(
            len(self.markers),
            self.definitions,
            [mark for mark, _ in self.missing],
            [piece.mark for piece in self.unreferenced],
        )


def marks_in(piece: Piece) -> Iterator[str]:
    """The marks of the notes that a piece refers to, in order."""
    for span in piece.spans:
        if span.note:
            yield span.note
    for row in piece.block.rows if piece.role is Role.TABLE else ():
        for one in row:
            yield from (s.note for p in one.paragraphs for s in p if s.note)


def find_notes(pieces: Sequence[Piece]) -> None:
    """Recognise notes that begin with bare digits, and put together notes of several blocks."""
    defined = {p.mark for p in pieces if p.role is Role.NOTE}
    seen: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        if piece.role is Role.PROSE and (found := _BARE.match(piece.text[:8])):
            mark = found["mark"]
            if mark in seen and mark not in defined and at - seen[mark] <= _NEAR:
                _make_note(piece, mark, found.end())
                defined.add(mark)
        if piece.role is not Role.NOTE:
            seen.update((mark, at) for mark in marks_in(piece))
    _together(pieces)


def _make_note(piece: Piece, mark: str, end: int) -> None:
    spans = strip_left(piece.spans)
    piece.set_spans(cut(spans, end))
    piece.role, piece.mark = Role.NOTE, mark


def _together(pieces: Sequence[Piece]) -> None:
    """Blocks without a mark of their own go on with the note before them."""
    first: Piece | None = None
    for piece in pieces:
        if piece.role is not Role.NOTE:
            first = None
        elif first is not None and not piece.mark:
            join(first, piece, "\n")
            piece.role = Role.FURNITURE
            piece.set_spans(())
        else:
            first = piece


def attach(pieces: Sequence[Piece]) -> Notes:
    """Find each marker's note; pieces are keyed by their place in the list."""
    notes = Notes()
    where: dict[str, list[int]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        if piece.role is Role.NOTE:
            where[piece.mark].append(at)
    used: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.role in (Role.NOTE, Role.FURNITURE):
            continue
        for mark in marks_in(piece):
            notes.markers.append((mark, piece.place))
            places = where.get(mark)
            if not places:
                notes.missing.append((mark, piece.place))
                continue
            following = bisect_left(places, at)
            chosen = places[min(following, len(places) - 1)]
            used.add(chosen)
            mine = notes.of_piece.setdefault(at, [])
            if pieces[chosen] not in mine:
                mine.append(pieces[chosen])
    every = [at for places in where.values() for at in places]
    notes.definitions = len(every)
    notes.unreferenced = [pieces[at] for at in sorted(every) if at not in used]
    return notes


def keep_unreferenced(pieces: Sequence[Piece], notes: Notes) -> None:
    """Leave notes that no marker refers to beside the block before them."""
    lost = {id(piece) for piece in notes.unreferenced}
    before = -1
    for at, piece in enumerate(pieces):
        if id(piece) in lost:
            (notes.of_piece.setdefault(before, []) if before >= 0 else notes.first).append(piece)
        elif piece.role not in (Role.NOTE, Role.FURNITURE):
            before = at
