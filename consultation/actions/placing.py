"""Places the words of an e-mail or a letter: where they are proposed to, elsewhere, or aside.

The piece keeps its words as they came; what is placed is added to what the answer or the comment
says already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation.actions.anchors import Anchor, anchors_of
from consultation.actions.recording import NotEnterable, opened, put_answer, put_comment, touched
from consultation.answers import Given, clean_text
from consultation.mentions import without_name
from consultation.models import Piece, PieceState, Question, Response

LOG_ACTION = "consultation.place"
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Undone:
    """A piece that waits again. Not `taken_out`: its words were changed where they were placed, so
    that something of them may still stand there."""

    piece: Piece
    taken_out: bool


def place(*, user: Any, piece: Piece, at: Question | Anchor | None = None) -> Piece:
    """Add the words to an answer or a comment: to `at`, or else to the place that is proposed.

    A piece that is placed there already is left as it is. Raises PermissionDenied, NotEnterable,
    and AnswerFault where the answer would become too long.
    """
    with transaction.atomic():
        response = opened(user=user, response=piece.response)
        piece = _locked(piece)
        at = at or _proposed(response, piece)
        if at is None:
            raise NotEnterable("Say where it belongs: nothing is proposed for it.")
        if piece.state == PieceState.PLACED:
            if _is_at(piece, at):
                return piece
            raise NotEnterable("It is placed elsewhere: undo that first.")
        _add(response, at, words_of(piece))
        piece.question = at if isinstance(at, Question) else None
        piece.paragraph_id = at.paragraph if isinstance(at, Anchor) else None
        _settle(response, piece, user, PieceState.PLACED)
    return piece


def set_aside(*, user: Any, piece: Piece) -> Piece:
    """Keep the words out of answers and comments: a greeting, an address, a quotation. Raises
    PermissionDenied and NotEnterable."""
    with transaction.atomic():
        response = opened(user=user, response=piece.response)
        piece = _locked(piece)
        if piece.state == PieceState.PLACED:
            raise NotEnterable("It is placed: undo that first.")
        if piece.state == PieceState.WAITING:
            _settle(response, piece, user, PieceState.SET_ASIDE)
    return piece


def undo(*, user: Any, piece: Piece) -> Undone:
    """Let a piece wait again, and take its words out where they were placed. Raises PermissionDenied
    and NotEnterable."""
    with transaction.atomic():
        response = opened(user=user, response=piece.response)
        piece = _locked(piece)
        taken_out = piece.state != PieceState.PLACED or _take_out(response, piece)
        if piece.state != PieceState.WAITING:
            _settle(response, piece, user, PieceState.WAITING)
    return Undone(piece, taken_out)


def words_of(piece: Piece) -> str:
    """What is placed: the words without the "Q3:" that they begin with."""
    return without_name(piece.text, piece.named)


def _locked(piece: Piece) -> Piece:
    """As it is now; the response's lock keeps it so."""
    return Piece.objects.select_related("response", "question__wording").get(pk=piece.pk)


def _proposed(response: Response, piece: Piece) -> Question | Anchor | None:
    if piece.question is not None:
        return piece.question
    if piece.paragraph_id is None:
        return None
    found = anchors_of(response.consultation.edition_id or 0, [piece.paragraph_id])
    return found.get(piece.paragraph_id)


def _is_at(piece: Piece, at: Question | Anchor) -> bool:
    if isinstance(at, Question):
        return piece.question_id == at.pk
    return piece.paragraph_id == at.paragraph


def _settle(response: Response, piece: Piece, user: Any, state: PieceState) -> None:
    waits = state == PieceState.WAITING
    piece.state = state
    piece.placed_by, piece.placed_at = (None, None) if waits else (user, timezone.now())
    piece.save(update_fields=["state", "question", "paragraph", "placed_by", "placed_at"])
    touched(response, user)
    log(instance=response, action=LOG_ACTION, user=user, data={"piece": piece.pk, "state": state})


def _add(response: Response, at: Question | Anchor, words: str) -> None:
    value, text = _said(response, at)
    _put(response, at, value, f"{text}{_GAP}{words}" if text.strip() else words)


def _take_out(response: Response, piece: Piece) -> bool:
    """Whether the words stood there as they were placed, and were taken out."""
    at, words = _proposed(response, piece), words_of(piece)
    if at is None:
        return False
    value, text = _said(response, at)
    start = text.rfind(words)
    if not words or start < 0:
        return False
    before, after = text[:start], text[start + len(words) :]
    rest = [part for part in (before.removesuffix(_GAP), after.removeprefix(_GAP)) if part]
    _put(response, at, value, _GAP.join(rest))
    return True


def _said(response: Response, at: Question | Anchor) -> tuple[dict[str, Any], str]:
    if isinstance(at, Question):
        answer = response.answers.filter(question=at).first()
        return (answer.value, answer.text) if answer else ({}, "")
    comment = response.comments.filter(paragraph=at.paragraph).first()
    return {}, comment.text if comment else ""


def _put(response: Response, at: Question | Anchor, value: dict[str, Any], text: str) -> None:
    if isinstance(at, Question):
        put_answer(response, at, Given(value, clean_text(text)))
    else:
        put_comment(response, at, text)
