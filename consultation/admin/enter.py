"""Enter a response: what came on one side, the form on the other; and the list of those to check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from consultation.actions.checking import check, why_not
from consultation.actions.entering import ChangedMeanwhile, enter
from consultation.actions.late import posted_in_time
from consultation.actions.recording import NotEnterable, look, may_enter
from consultation.admin.enter_form import EntryForm
from consultation.admin.pieces import PieceRow, act_on, rows_of
from consultation.admin.receiving import SHOWN, ReceivingPage, shown_name
from consultation.answers import AnswerFault
from consultation.closing import in_words
from consultation.models import OFFICIAL, Piece, PieceState, Response, State


class Enter(ReceivingPage):
    """One response that was taken in. Opening it shows all its words, so that is written in the audit
    log where some are confidential. One form holds all: whichever button is pressed, what was typed
    is stored first."""

    template_name = "consultation/admin/enter.html"
    header_icon = "edit"
    tab = "consultation_to_check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Response.objects.received().select_related(
            *("consultation__edition", "entered_by", "checked_by")
        )
        self.response = get_object_or_404(rows, pk=kwargs["pk"], channel__in=OFFICIAL)
        if not may_enter(request.user, self.response):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self) -> str:
        return f"Enter {self.response.reference}"

    def get_page_subtitle(self) -> str:
        return str(self.response.consultation.title)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(EntryForm(self.response), self.response.revision)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = EntryForm(self.response)
        if not form.take(request.POST):
            return self._show(
                form, _number(request.POST.get("seen", "")), "Nothing was stored yet."
            )
        try:
            enter(
                user=request.user, response=self.response, fields=form.fields,
                seen=_number(request.POST.get("seen", "")),
                answers=form.answers, comments=form.comments,
            )  # fmt: skip
            said = self._act(request.POST.get("act", "save"))
        except ChangedMeanwhile as meanwhile:
            self.response.refresh_from_db()
            form.compare(EntryForm(self.response).boxes)
            return self._show(form, self.response.revision, str(meanwhile))
        except (NotEnterable, AnswerFault) as refused:
            self.response.refresh_from_db()
            return self._show(form, self.response.revision, str(refused))
        messages.success(request, said)
        if request.POST.get("act") == "check":
            return redirect("consultation_to_check")
        return redirect(reverse("consultation_enter", args=[pk]) + _place(request.POST))

    def _act(self, pressed: str) -> str:
        """What the button asks for besides storing what was typed; what was done, in words."""
        said = [
            self._on_piece("place", pk) for pk in self._typed_places() if f":{pk}" not in pressed
        ]
        act, _, pk = pressed.partition(":")
        if act in ("place", "aside", "undo"):
            said.append(self._on_piece(act, pk))
        if pressed == "check":
            check(user=self.request.user, response=self.response)
            return f"{self.response.reference} is checked."
        return " ".join(said) or f"{self.response.reference} is saved."

    def _on_piece(self, act: str, pk: str) -> str:
        piece = get_object_or_404(Piece, pk=_number(pk), response=self.response)
        typed = self.request.POST.get(f"at-{pk}", "") if act == "place" else ""
        return act_on(self.request.user, piece, act, typed)

    def _typed_places(self) -> list[str]:
        """The pieces beside which a place was typed: the key Enter presses “Save”."""
        sent = self.request.POST
        return [name[3:] for name in sent if name.startswith("at-") and sent[name].strip()]

    def _show(self, form: EntryForm, seen: int, fault: str = "") -> HttpResponse:
        response, user = self.response, self.request.user
        look(user, response)
        pieces = list(response.pieces.select_related("question__wording", "placed_by"))
        for piece in pieces:
            piece.response = response
        open_for_changes = response.checked_at is None and response.state == State.SUBMITTED
        assert response.received_at is not None
        return self.render_to_response(
            self.get_context_data(
                response=response,
                form=form,
                seen=seen,
                fault=fault,
                pieces=self._rows(pieces),
                files=list(response.attachments.all()),
                received=in_words(response.received_at),
                posted_in_time=posted_in_time(response),
                open_for_changes=open_for_changes,
                why_not=why_not(user, response) if open_for_changes else "",
                says_confidential=_says_confidential(pieces),
            )
        )

    def _rows(self, pieces: list[Piece]) -> list[PieceRow]:
        rows = rows_of(pieces, self.request.user, open=True)
        for row in rows:
            row.typed = self.request.POST.get(f"at-{row.piece.pk}", "")
        return rows


class ToCheck(ReceivingPage):
    """What was taken in and nobody has checked yet, the first before the others."""

    template_name = "consultation/admin/to_check.html"
    page_title = "To be checked"
    header_icon = "check"
    tab = "consultation_to_check"

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = Count("pieces", filter=Q(pieces__state=PieceState.WAITING))
        rows = (
            Response.objects.unchecked()
            .select_related("consultation", "entered_by")
            .annotate(waiting=waiting)
            .order_by("received_at", "pk")
        )
        page = Paginator(rows, SHOWN).get_page(request.GET.get("p"))
        shown = [(r, shown_name(r), may_enter(request.user, r)) for r in page]
        return self.render_to_response(self.get_context_data(rows=shown, page=page))


def _says_confidential(pieces: list[Piece]) -> bool:
    """Whether the words themselves speak of it, so that whoever enters them asks what is meant. What
    mail programs put under every message does not count."""
    return any(
        "confidential" in piece.text.lower()
        for piece in pieces
        if piece.state != PieceState.SET_ASIDE
    )


def _place(sent: Any) -> str:
    """Back to where the button was."""
    act, _, pk = sent.get("act", "").partition(":")
    return f"#piece-{pk}" if act in ("place", "aside", "undo") and pk.isdecimal() else ""


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
