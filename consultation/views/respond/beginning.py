"""Whether what was typed may be stored, and what is shown where it may not: nothing that was typed
is thrown away by a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from consultation.actions.limits import caught, may_begin, may_save
from consultation.closing import Phase
from consultation.models import State
from consultation.views.desk import Desk
from consultation.views.respond.once_more import once_more, too_many
from consultation.views.respond.pages import Typed, already_sent, not_open


def begun_or_page(request: HttpRequest, desk: Desk, typed: Sequence[Typed]) -> HttpResponse | None:
    """None where there is a response to write in, begun now if need be; otherwise the page that
    gives back what was typed and says what to do."""
    if desk.access is not None and desk.response is not None:
        if desk.response.state != State.DRAFT:
            return already_sent(request, desk, typed)
        return None if may_save(desk.access.pk) else too_many(request, desk)
    if desk.phase != Phase.OPEN:
        return not_open(request, desk, typed)
    if caught(request):
        return once_more(request, desk)
    if not may_begin(request):
        return too_many(request, desk)
    desk.ensure()
    return None


def refusal(request: HttpRequest, desk: Desk) -> str:
    """The same for the script that saves while somebody writes: a sentence, or "" where it may."""
    if desk.access is not None:
        return "" if may_save(desk.access.pk) else "Saving again in a minute."
    if caught(request) or not may_begin(request):
        return "Not saved yet. Press Save."
    return ""


def lost(request: HttpRequest, desk: Desk) -> bool:
    """Whether the form that was sent belonged to a response that this device has no key for any
    more: asked before anything is saved."""
    return desk.response is None and request.POST.get("begun") == "1"


def onward(address: str, *, new: bool = False) -> str:
    """Where to go after a save; `new` where it began another response than the page belonged to."""
    return f"{address}?note=new" if new else address
