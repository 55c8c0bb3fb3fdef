"""Paragraphs as an editor names them: "2.13 to 2.28; Box “Who decides”", read and written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError

from consultation.actions.anchors import Anchor, anchors
from guidance.numbering import Number, Ranges, parse_number, parse_ranges

_QUOTES = str.maketrans('“”‘’"', "'''''")


def read_paragraphs(edition: int, typed: str) -> list[Anchor]:
    """The paragraphs of an edition that are named, in its order; pieces are parted by ";" or lines.

    A piece is a range of numbers, or the name or address of one paragraph. ValidationError names
    every piece that means nothing there.
    """
    known = list(anchors(edition).values()) if typed.strip() else []
    found: set[UUID] = set()
    faults: list[str] = []
    for piece in filter(None, map(str.strip, re.split(r"[;\n]", typed))):
        try:
            found |= set(_meant(piece, known))
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ValidationError(faults)
    return [anchor for anchor in known if anchor.paragraph in found]


def paragraphs_in_words(known: Sequence[Anchor], chosen: Collection[UUID]) -> str:
    """Written as `read_paragraphs` reads it; `known` are those of the edition, in its order.

    Numbers that follow one another become a range. Only numbered paragraphs are ranged, since a
    box in between is named by itself.
    """
    numbered = [anchor for anchor in known if parse_number(anchor.number)]
    runs: list[list[Anchor]] = []
    for at, anchor in enumerate(numbered):
        if anchor.paragraph not in chosen:
            continue
        if runs and at and runs[-1][-1] is numbered[at - 1] and _one_series(runs[-1][0], anchor):
            runs[-1].append(anchor)
        else:
            runs.append([anchor])
    words = [piece for run in runs for piece in _run_in_words(run)]
    others = (a for a in known if a.paragraph in chosen and not parse_number(a.number))
    return "; ".join([*words, *(a.number if ";" not in a.number else a.reference for a in others)])


def _run_in_words(run: Sequence[Anchor]) -> list[str]:
    if len(run) < 3:
        return [anchor.number for anchor in run]
    return [f"{run[0].number} to {run[-1].number}"]


def _one_series(first: Anchor, last: Anchor) -> bool:
    one, other = parse_number(first.number), parse_number(last.number)
    if one is None or other is None or one.prefix != other.prefix:
        return False
    return one.parts[:-1] == other.parts[:-1]


def _meant(piece: str, known: Sequence[Anchor]) -> Iterator[UUID]:
    """ValueError with a sentence where it means nothing in the edition."""
    same = [a for a in known if _plain(piece) in (_plain(a.number), _plain(a.reference))]
    if same:
        return (anchor.paragraph for anchor in same)
    try:
        ranges = parse_ranges(piece)
    except ValueError as fault:
        parts = [part for part in map(str.strip, piece.split(",")) if part]
        if len(parts) < 2:
            raise ValueError(f"“{piece}” is no paragraph of this edition. {fault}") from fault
        return (identity for part in parts for identity in list(_meant(part, known)))
    return iter(_covered(ranges, known))


def _covered(ranges: Ranges, known: Sequence[Anchor]) -> list[UUID]:
    numbered = {anchor.paragraph: parse_number(anchor.number) for anchor in known}
    numbers = {number.key for number in numbered.values() if number}
    for span in ranges.spans:
        ends: list[Number] = [end for end in (span.first, span.last) if end]
        for end in () if span.kind else ends:
            if end.key not in numbers:
                raise ValueError(f"“{end}” is no paragraph of this edition.")
    found = [key for key, number in numbered.items() if number and ranges.covers(number)]
    if not found:
        raise ValueError(f"No numbered paragraph of this edition is in “{ranges}”.")
    return found


def _plain(words: str) -> str:
    return " ".join(words.translate(_QUOTES).casefold().split())
