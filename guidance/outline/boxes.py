"""Boxes, figures and captions: which titles open a box, and which lines belong to a picture.

Word, HTML and PDF say where a box is. Plain text has lost its frame; there a title between two
consecutive paragraphs that is followed by sentences without a number was the title of a box.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from guidance.outline.contents import title_key
from guidance.outline.headings import CAPTION
from guidance.outline.pieces import Piece, Role
from guidance.outline.printed import Printed, read_number

_SILENT = (Role.NOTE, Role.FURNITURE)
_LEAST = 60  # characters of the first sentence of a box


def mark_captions(pieces: Sequence[Piece]) -> None:
    """Lines that name a figure or table ("Fig 2: …"), or that the file calls its caption."""
    for at, piece in enumerate(pieces):
        if piece.role not in (Role.PROSE, Role.HEADING) or len(piece.text) > 250:
            continue
        if piece.block.style == "caption" and _beside_picture(pieces, at):
            piece.role = Role.CAPTION  # the file itself says so, whatever the words
            continue
        found = CAPTION.match(piece.text)
        if not found or piece.number or piece.label:
            continue
        title = found["title"].strip()
        sentence = title.endswith((".", ";", ",")) and len(title) > 60
        if (title[:1].islower() or sentence) and not _beside_picture(pieces, at):
            continue
        piece.role = Role.CAPTION


def _beside_picture(pieces: Sequence[Piece], at: int) -> bool:
    near = (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
    return any(p.role in (Role.FIGURE, Role.TABLE) for p in near)


def frame_boxes(pieces: Sequence[Piece]) -> None:
    """Settle the boxes that the file itself shows: one title first, its other titles as prose.

    A frame around numbered paragraphs is not a box of the text; its paragraphs stay paragraphs.
    """
    frames: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.box and piece.role not in _SILENT:
            frames.setdefault(piece.box, []).append(piece)
    for frame in frames.values():
        if any(p.role in (Role.PARAGRAPH, Role.SECTION) for p in frame):
            for piece in frame:
                piece.box = 0
                if piece.role is Role.BOX_TITLE:
                    piece.role = Role.HEADING
            continue
        for at, piece in enumerate(frame):
            if piece.role in (Role.HEADING, Role.BOX_TITLE):
                piece.role = Role.PROSE if at else Role.BOX_TITLE
                piece.label, piece.number = piece.label or piece.number, ""


def infer_boxes(pieces: Sequence[Piece], listed: Collection[str]) -> None:
    """Give titles in a plain text that were titles of boxes that role, and their text its box."""
    boxes = max((p.box for p in pieces), default=0)
    last: Piece | None = None
    for at, piece in enumerate(pieces):
        if piece.role is Role.PARAGRAPH:
            last = piece
        elif piece.role is Role.SECTION:
            last = None
        elif piece.role is Role.HEADING and last is not None and not piece.number:
            body = _body(pieces, at)
            if body and title_key(piece.words) not in listed and _resumes(pieces, at, last):
                boxes += 1
                piece.role, piece.box, piece.confidence = Role.BOX_TITLE, boxes, 0.8
                for inside in body:
                    inside.box = boxes


def _body(pieces: Sequence[Piece], at: int) -> list[Piece]:
    """The prose and items after a title, if they begin with a sentence that is not in brackets."""
    body: list[Piece] = []
    for piece in pieces[at + 1 :]:
        if piece.role in _SILENT:
            continue
        if piece.role not in (Role.PROSE, Role.ITEM):
            break
        body.append(piece)
    if not body or body[0].role is not Role.PROSE:
        return []
    first = body[0]
    sentence = first.ends_sentence or first.words.endswith("”") or len(first.text) > 200
    if not sentence or len(first.text) < _LEAST or first.text.startswith("("):
        return []
    return body


def _resumes(pieces: Sequence[Piece], at: int, last: Piece) -> bool:
    """Whether the numbering of the same section goes on after the box."""
    before = read_number(last.number)
    for piece in pieces[at + 1 :]:
        if piece.role is Role.SECTION:
            return False
        if piece.role is Role.PARAGRAPH:
            return follows(before, read_number(piece.number))
    return False


def follows(before: Printed | None, after: Printed | None) -> bool:
    """Whether `after` is the next number of the same chapter."""
    if before is None or after is None or before.letters != after.letters:
        return False
    if len(before.parts) != len(after.parts) or before.parts[:-1] != after.parts[:-1]:
        return False
    step = after.parts[-1] - before.parts[-1]
    return step == 1 or (step == 0 and after.suffix > before.suffix)
