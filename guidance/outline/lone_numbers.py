"""Numbers that stand apart from their text: in a block of their own, or set as a heading."""

from __future__ import annotations

import re

from guidance.outline.pieces import Piece, Role, join
from guidance.outline.printed import read_number
from guidance.outline.source import Span

_LONE_HEADING = re.compile(
    r"[A-Z]{0,2}\.?\d{1,3}(?:\.\d{1,3}){0,4}[A-Z]?[.)]?$|\(?(?:[a-z]{1,2}|[ivxl]{1,5}|[A-Z])[.)]$"
    r"|[•●▪◦‣·–\-\uf0b7\uf09f\uf0a7]$"
)
_LONE_HEADINGS = 3  # fewer may be the numbers of chapters
_ALONE = re.compile(r"[A-Z]{0,2}\.?\d{1,3}(?:\.\d{1,3}){1,4}[A-Z]?\.?$")


def join_lone_numbers(pieces: list[Piece]) -> None:
    """Put a number that stands in a block of its own before the text that follows it."""
    _join_heading_numbers(pieces)
    for at in range(len(pieces) - 2, -1, -1):
        piece, after = pieces[at], pieces[at + 1]
        if piece.role is not Role.PROSE or after.role is not Role.PROSE or piece.label:
            continue
        if _ALONE.match(piece.text) and not read_number(after.text) and not after.label:
            join(piece, after)
            del pieces[at + 1]


def _join_heading_numbers(pieces: list[Piece]) -> None:
    """Where a document sets the numbers of its paragraphs as headings, they go to the text."""
    lone = [at for at, p in enumerate(pieces[:-1]) if _is_lone_heading(p)]
    told = sum(pieces[at + 1].role is Role.PROSE and len(pieces[at + 1].text) > 25 for at in lone)
    if told < _LONE_HEADINGS:
        return
    gone = set()
    for at in lone:
        piece, after = pieces[at], pieces[at + 1]
        piece.role = Role.PROSE
        if after.role is not Role.PROSE or after.label:
            continue
        if read_number(piece.text):
            after.set_spans((*piece.spans, Span(" "), *after.spans))
        else:
            after.label, after.role, after.level = piece.text, Role.ITEM, 1
        gone.add(at)
    pieces[:] = [piece for at, piece in enumerate(pieces) if at not in gone]


def _is_lone_heading(piece: Piece) -> bool:
    return (
        piece.role is Role.HEADING
        and not piece.label
        and _LONE_HEADING.match(piece.text) is not None
    )
