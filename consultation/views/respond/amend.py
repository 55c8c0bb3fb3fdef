"""Changing and withdrawing what was sent, until the close."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.actions import submitting
from consultation.actions.submitting import TooLate
from consultation.closing import in_words
from consultation.models import Response, State
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.pages import NOT_NOW, respond_page

either = require_http_methods(["GET", "HEAD", "POST"])


@at_desk
@either
def amend(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What changing means; the button begins it. While it is being changed: how to give that up."""
    response = desk.response
    if response is not None and response.state == State.DRAFT and not response.amends_id:
        return HttpResponseRedirect(desk.base)
    if response is None or desk.preview or request.method != "POST":
        return _page(request, desk, "amend", sent=_sent(response))
    try:
        if request.POST.get("act") == "give-up":
            _give_up(response)
        elif response.state != State.DRAFT:  # the button pressed twice finds the copy
            submitting.amend(response=response)
    except TooLate as refused:
        return _page(request, desk, "amend", sent=_sent(response), too_late=str(refused))
    return HttpResponseRedirect(desk.base, status=303)


@at_desk
@either
def withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take back what was sent; changes that were begun go with it."""
    response = desk.response
    sent = _sent(response)
    if response is not None and sent is None:
        return HttpResponseRedirect(desk.base)
    if response is None or desk.preview or request.method != "POST":
        return _page(request, desk, "withdraw", sent=sent)
    try:
        with transaction.atomic():
            _give_up(response)
            submitting.withdraw(response=sent or response)
    except TooLate as refused:
        return _page(request, desk, "withdraw", sent=sent, too_late=str(refused))
    return HttpResponseRedirect(f"{desk.base}withdraw/", status=303)


def _give_up(response: Response) -> None:
    """Asked twice it does nothing: what was being changed is gone, or was sent."""
    if Response.objects.filter(pk=response.pk, state=State.DRAFT, amends__isnull=False).exists():
        submitting.give_up_amending(response=response)


def _sent(response: Response | None) -> Response | None:
    """What was sent: this response, or the one that it is to take the place of."""
    if response is None:
        return None
    return response.amends if response.state == State.DRAFT else response


def _page(
    request: HttpRequest, desk: Desk, name: str, *, sent: Response | None, too_late: str = ""
) -> HttpResponse:
    if sent is not None and not too_late and sent.state == State.SUBMITTED:
        too_late = _too_late(desk)
    context = {
        "sent": sent,
        "withdrawn": sent is not None and sent.state == State.WITHDRAWN,
        "received": in_words(sent.received_at) if sent and sent.received_at else "",
        "withdrawn_at": in_words(sent.withdrawn_at) if sent and sent.withdrawn_at else "",
        "too_late": too_late,
    }
    status = NOT_NOW if too_late and request.method == "POST" else 200
    return respond_page(request, desk, name, context, status=status)


def _too_late(desk: Desk) -> str:
    closes = desk.consultation.closes
    if desk.phase != "closed" or closes is None:
        return ""
    return f"The consultation closed at {in_words(closes)}; nothing can be changed now."
