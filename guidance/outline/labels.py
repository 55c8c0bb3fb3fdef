"""The lettered and roman parts of paragraphs: (a), ii., b) and how deep each stands."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.outline.headings import looks_like_title, section_title
from guidance.outline.pieces import Piece, Role, cut_front
from guidance.outline.printed import Enumerator, read_enumerator


def label_items(pieces: Sequence[Piece]) -> None:
    """Find the lettered and roman parts of paragraphs, and how deep each stands."""
    stack: list[str] = []
    last: Enumerator | None = None
    for at, piece in enumerate(pieces):
        if piece.role in (Role.PARAGRAPH, Role.HEADING, Role.SECTION):
            stack, last = [], None
        if piece.role not in (Role.ITEM, Role.PROSE):
            continue
        enumerator = read_enumerator((piece.label or piece.text) + " ")
        if enumerator is None or (enumerator.body.isdigit() and not piece.label):
            continue
        if (
            piece.role is Role.PROSE
            and not piece.label
            and not _in_sequence(pieces, at, enumerator, last)
        ):
            continue
        if not piece.label:
            piece.label = enumerator.label
            cut_front(piece, enumerator.end)
        piece.role = Role.ITEM
        piece.depth = max(_depth(stack, enumerator, last), piece.block.level or 1)
        last = enumerator


def _in_sequence(
    pieces: Sequence[Piece], at: int, here: Enumerator, last: Enumerator | None
) -> bool:
    """Whether a lettered line of text goes on from a label before it or is followed by the next."""
    if section_title(pieces[at]) is not None:
        return False
    if last is not None and _follows(last, here):
        return True
    if here.label.startswith("("):
        return here.letter == 1 or here.roman == 1 or here.letter > 0
    if here.letter != 1 and here.roman != 1:
        return False
    for piece in pieces[at + 1 : at + 12]:
        if piece.role in (Role.PARAGRAPH, Role.SECTION):
            break
        following = read_enumerator(piece.text)
        if following is not None and _follows(here, following):
            return not (looks_like_title(pieces[at]) and pieces[at].role is Role.HEADING)
    return False


def _follows(before: Enumerator, after: Enumerator) -> bool:
    if before.style != after.style:
        return False
    roman = before.roman > 0 and after.roman == before.roman + 1
    return roman or (before.letter > 0 and after.letter == before.letter + 1)


def _depth(stack: list[str], here: Enumerator, last: Enumerator | None) -> int:
    """The depth of a label: each new style is one deeper, a style seen before takes one back."""
    style = here.style
    if here.roman and not (
        last is not None
        and last.style == style
        and _follows(last, here)
        and last.letter + 1 == here.letter
    ):
        starts_roman = here.roman == 1 or f"{style} roman" in stack
        style = f"{style} roman" if starts_roman else style
    if style in stack:
        del stack[stack.index(style) + 1 :]
    else:
        stack.append(style)
    return len(stack)
