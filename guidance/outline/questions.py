"""Consultation questions: those printed in the text, those listed together, and which is which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from guidance.outline.model import ListedQuestion, Question
from guidance.outline.pieces import Piece, Role, join

_PRINTED = re.compile(
    r"\s{0,9}(?:consultation\s{1,3})?(?:question|Q)\s{0,3}(?P<number>\d{1,3}[a-z]?)?"
    r"\s{0,3}(?P<mark>[:.)–—-]|(?=$|\n))\s{0,9}",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:consultation\s)?questions?(?:\s(?:for consultation|\d{1,3}))?\s?:?$", re.IGNORECASE
)
_SAME = 72  # of 100: the wording of a question may change a good deal between list and text


def mark_questions(pieces: list[Piece]) -> None:
    """Give printed questions their role; "Question 4:" before a question gives its number."""
    for at, piece in enumerate(pieces):
        if piece.role not in (Role.PROSE, Role.HEADING, Role.BOX_TITLE) or piece.number:
            continue
        found = _PRINTED.match(piece.text[:60])
        if not found or (found["number"] is None and not _named(piece.text)):
            continue
        rest = piece.text[found.end() :]
        if rest:
            if piece.role is Role.PROSE or "?" in rest:
                _question(piece, found["number"] or "")
        elif (after := _next(pieces, at)) is not None:
            _question(piece, found["number"] or "")
            join(piece, after, "\n")
            after.role = Role.FURNITURE
            after.set_spans(())


def _named(text: str) -> bool:
    return text[:40].lower().lstrip().startswith(
        ("consultation question", "question:", "question\n")
    ) or (bool(_HEADED.match(text)) and not text.lower().rstrip(": ").endswith("questions"))


def _question(piece: Piece, number: str) -> None:
    piece.role, piece.number = Role.QUESTION, number


def _next(pieces: Sequence[Piece], at: int) -> Piece | None:
    """The prose that a title "Consultation question" stands over."""
    for piece in pieces[at + 1 : at + 6]:
        if piece.role in (Role.NOTE, Role.FURNITURE):
            continue
        asks = piece.role in (Role.PROSE, Role.HEADING) and "?" in piece.text
        return piece if asks else None
    return None


def listed(lists: Sequence[Sequence[Piece]]) -> list[ListedQuestion]:
    """The questions of the first list of which most items ask something."""
    for items in lists:
        asking = sum("?" in item.text for item in items)
        if len(items) >= 3 and asking >= 0.6 * len(items):
            return [ListedQuestion(i.label.strip("().: "), i.text, i.place) for i in items]
    return []


def asked(piece: Piece) -> str:
    """The words of a printed question without the title before them."""
    found = _PRINTED.match(piece.text[:60])
    return piece.text[found.end() :].strip() if found else piece.text


def match(
    questions: Sequence[tuple[Question, str]], listing: Sequence[ListedQuestion]
) -> dict[int, float]:
    """Number printed questions by the listed one that they are closest to.

    Returns how alike they are (0 to 100) for each printed question that found its listed one, by
    position. Each listed question is used once; the best pairs are taken first.
    """
    pairs = sorted(
        (
            (fuzz.ratio(words_only(text), words_only(item.text)), printed, number)
            for printed, (_, text) in enumerate(questions)
            for number, item in enumerate(listing)
        ),
        reverse=True,
    )
    alike: dict[int, float] = {}
    used: set[int] = set()
    for likeness, printed, number in pairs:
        if likeness < _SAME or printed in alike or number in used:
            continue
        alike[printed] = likeness
        used.add(number)
        if not questions[printed][0].number:
            questions[printed][0].number = listing[number].number
    return alike


def words_only(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
