"""Late responses: the queue, and the decision about each, by name and with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from consultation.actions.late import DECIDE, NotDecided, decide_late, posted_in_time
from consultation.admin.receiving import SHOWN, ReceivingPage, shown_name, waiting_late
from consultation.closing import in_words
from consultation.models import Lateness, Response, State

DECIDED = (Lateness.ADMITTED, Lateness.REFUSED)


@dataclass(frozen=True, slots=True)
class LateRow:
    """A late response as it is listed; `reason` and `fault` are what was just typed and refused."""

    response: Response
    who: str
    received: str
    after: str
    posted_in_time: bool
    reason: str = ""
    fault: str = ""


class Late(ReceivingPage):
    """What waits for a decision; `?show=decided` lists what was decided, which can be changed."""

    template_name = "consultation/admin/late.html"
    page_title = "Late responses"
    header_icon = "time"
    tab = "consultation_late"
    permission = DECIDE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        response = get_object_or_404(
            Response.objects.received(), pk=_number(request.POST.get("response", ""))
        )
        reason, act = request.POST.get("reason", ""), request.POST.get("act", "")
        if act not in ("admit", "refuse"):
            return self._show(response.pk, reason, "Choose “Admit” or “Refuse”.")
        try:
            decide_late(
                user=request.user, response=response, admit=act == "admit", reason=reason,
                seen=request.POST.get("seen", Lateness.WAITING),
            )  # fmt: skip
        except NotDecided as refused:
            return self._show(response.pk, reason, str(refused))
        done = "admitted" if act == "admit" else "refused"
        messages.success(request, f"{response.reference} is {done}.")
        return redirect(request.get_full_path())

    def _show(self, wrong: int = 0, reason: str = "", fault: str = "") -> HttpResponse:
        decided = self.request.GET.get("show") == "decided"
        rows = _decided() if decided else waiting_late()
        rows = rows.select_related("consultation", "late_decided_by")
        page = Paginator(rows, SHOWN).get_page(self.request.GET.get("p"))
        shown = [_row(r, reason, fault) if r.pk == wrong else _row(r) for r in page]
        return self.render_to_response(
            self.get_context_data(rows=shown, page=page, decided=decided, fault=fault)
        )


def _decided() -> Any:
    rows = Response.objects.filter(state=State.SUBMITTED, lateness__in=DECIDED)
    return rows.order_by("-late_decided_at", "-pk")


def _row(response: Response, reason: str = "", fault: str = "") -> LateRow:
    assert response.received_at is not None
    return LateRow(
        response=response,
        who=shown_name(response),
        received=in_words(response.received_at),
        after=_length(response.received_at - response.consultation.ends),
        posted_in_time=posted_in_time(response),
        reason=reason,
        fault=fault,
    )


def _length(late: timedelta) -> str:
    """ "2 days", "3 hours", "1 minute", begun ones counted."""
    seconds = max(0, int(late.total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600)):
        if seconds >= length:
            n = seconds // length
            return f"{n} {unit}{'' if n == 1 else 's'}"
    n = seconds // 60 + 1
    return f"{n} minute{'' if n == 1 else 's'}"


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else 0
