"""A response that was sent: its reference, what happens next, and what can still be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from consultation.closing import Phase, in_words
from consultation.models import Lateness, Response, State
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.pages import respond_page


@at_desk
@require_safe
def done(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The confirmation; while there is nothing to confirm, the task list."""
    if desk.response is None or desk.response.state != State.SUBMITTED:
        return HttpResponseRedirect(desk.base)
    return sent_page(request, desk, confirmation=True)


def sent_page(request: HttpRequest, desk: Desk, *, confirmation: bool = False) -> HttpResponse:
    """What became of a response that is no draft any more."""
    response = desk.response
    assert response is not None
    context = {
        "confirmation": confirmation,
        "received_words": in_words(response.received_at) if response.received_at else "",
        "withdrawn": response.state == State.WITHDRAWN,
        "changeable": response.state == State.SUBMITTED and desk.phase == Phase.OPEN,
        "late": late_words(response),
        "may_begin_again": response.state == State.WITHDRAWN and desk.phase == Phase.OPEN,
    }
    return respond_page(request, desk, "sent", context)


def late_words(response: Response) -> str:
    """Said plainly; "" where it came in time."""
    return {
        Lateness.WAITING: "It came after the close. The Department decides whether it can still be"
        " considered, and keeps it either way.",
        Lateness.ADMITTED: "It came after the close, and was admitted.",
        Lateness.REFUSED: "It came after the close, and was not admitted. It is kept.",
    }.get(Lateness(response.lateness), "")
