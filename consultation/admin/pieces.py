"""Words to be placed: one after the other, over all consultations, with the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from consultation.actions.anchors import Anchor, anchors_of
from consultation.actions.places import Places
from consultation.actions.placing import place, set_aside, undo
from consultation.actions.recording import NotEnterable, may_enter
from consultation.admin.receiving import SHOWN, ReceivingPage, shown_name, waiting_pieces
from consultation.answers import AnswerFault
from consultation.models import Confidential, Piece, PieceState, Question, Response
from consultation.passages import has_confidential, without_confidential

JUST_NOW = timedelta(hours=1)
UNDOABLE = 5
UNCLEAR = "Write the number of a question or a paragraph of this consultation, such as Q3 or 4.3."


@dataclass
class PieceRow:
    """A piece as it is shown; `to` says where it is proposed or placed."""

    piece: Piece
    words: str = ""
    to: str = ""
    who: str = ""
    hidden: bool = False
    has_confidential: bool = False
    typed: str = ""
    fault: str = ""

    @property
    def waits(self) -> bool:
        return self.piece.state == PieceState.WAITING


class Pieces(ReceivingPage):
    """The queue. Confidential words are not shown in it: they are on the page of their response."""

    template_name = "consultation/admin/pieces.html"
    page_title = "To be placed"
    header_icon = "tasks"
    tab = "consultation_pieces"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("piece", "")
        pk = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else 0
        piece = get_object_or_404(
            Piece.objects.select_related("response__consultation").filter(
                response__in=Response.objects.received()
            ),
            pk=pk,
        )
        at = request.POST.get("at", "")
        try:
            said = act_on(request.user, piece, request.POST.get("act", ""), at)
        except (NotEnterable, AnswerFault) as refused:
            return self._show(piece.pk, at, str(refused))
        messages.success(request, said)
        return redirect(request.get_full_path())

    def _show(self, wrong: int = 0, typed: str = "", fault: str = "") -> HttpResponse:
        related = ("response__consultation", "question__wording")
        waiting = waiting_pieces().select_related(*related)
        page = Paginator(waiting, SHOWN).get_page(self.request.GET.get("p"))
        rows = rows_of(page, self.request.user)
        for row in rows:
            if row.piece.pk == wrong:
                row.typed, row.fault = typed, fault
        done = Piece.objects.filter(
            placed_by=self.request.user.pk,
            placed_at__gt=timezone.now() - JUST_NOW,
            response__checked_at=None,
        ).select_related(*related)
        undoable = rows_of(done.order_by("-placed_at")[:UNDOABLE], self.request.user)
        return self.render_to_response(
            self.get_context_data(rows=rows, page=page, undoable=undoable, fault=fault)
        )


def act_on(user: Any, piece: Piece, act: str, typed: str = "") -> str:
    """Do what a button says with a piece; what was done, in words. Raises PermissionDenied,
    NotEnterable, and AnswerFault."""
    reference = piece.response.reference
    if act == "aside":
        set_aside(user=user, piece=piece)
        return f"Set aside: words of {reference}."
    if act == "undo":
        if undo(user=user, piece=piece).taken_out:
            return f"Words of {reference} wait to be placed again."
        return (
            f"Words of {reference} wait to be placed again. They were changed where they were "
            "placed: look whether something of them is still there."
        )
    if act != "place":
        raise NotEnterable("Choose what to do with it.")
    at = None
    if typed.strip():
        at = Places.of(piece.response.consultation).read(typed)
        if at is None:
            raise NotEnterable(UNCLEAR)
    placed = place(user=user, piece=piece, at=at)
    return f"Placed at {to_words(placed, at)}: words of {reference}."


def rows_of(pieces: Iterable[Piece], user: Any, *, open: bool = False) -> list[PieceRow]:
    """Pieces for a list; with `open` all their words, for a page whose opening is logged."""
    pieces = list(pieces)
    places = _places(pieces)
    rows = []
    for piece in pieces:
        response = piece.response
        row = PieceRow(piece, to=to_words(piece, places.get(piece.paragraph_id)))
        row.who = shown_name(response)
        row.has_confidential = has_confidential(piece.text)
        row.hidden = not open and (
            response.confidential == Confidential.WHOLE or not may_enter(user, response)
        )
        row.words = (piece.text if open else without_confidential(piece.text)).strip()
        if row.hidden:
            row.words = ""
        rows.append(row)
    return rows


def to_words(piece: Piece, at: Question | Anchor | None = None) -> str:
    """ "Question 3", "paragraph 4.3", or "" where nothing is proposed."""
    if isinstance(at, Anchor):
        return f"paragraph {at.number}" if at.number[:1].isdigit() else at.number
    if isinstance(at, Question):
        return at.label
    if piece.question is not None:
        return piece.question.label
    return "a paragraph" if piece.paragraph_id else ""


def _places(pieces: Iterable[Piece]) -> dict[Any, Anchor]:
    """The paragraphs that are proposed; one query for each edition."""
    wanted: dict[int, set[Any]] = {}
    for piece in pieces:
        if piece.paragraph_id:
            edition = piece.response.consultation.edition_id or 0
            wanted.setdefault(edition, set()).add(piece.paragraph_id)
    return {
        paragraph: anchor
        for edition, paragraphs in wanted.items()
        for paragraph, anchor in anchors_of(edition, paragraphs).items()
    }
