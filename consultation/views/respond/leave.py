"""Leaving a response on this device, and throwing one away that was never sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.actions import colleagues
from consultation.actions.submitting import throw_away as throw_response_away
from consultation.models import Response, State
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.pages import respond_page

either = require_http_methods(["GET", "HEAD", "POST"])


@at_desk
@either
def leave(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Take the key from this device, for one that others use; what was written stays."""
    if desk.access is None or desk.preview or request.method != "POST":
        way_back = desk.access is not None and colleagues.way_back(access=desk.access)
        return respond_page(request, desk, "leave", {"way_back": way_back})
    colleagues.leave(access=desk.access)
    return desk.forget(HttpResponseRedirect(f"{desk.base}leave/", status=303))


@at_desk
@either
def throw_away(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Delete what was written and not sent, for everybody who works on it."""
    response = desk.response
    if response is not None and (response.state != State.DRAFT or response.amends_id):
        return HttpResponseRedirect(f"{desk.base}{'amend/' if response.amends_id else ''}")
    if response is None or desk.preview or request.method != "POST":
        people = colleagues.colleagues(access=desk.access) if desk.access else []
        return respond_page(request, desk, "throw_away", {"others": len(people) - 1})
    throw_response_away(response=response)
    if Response.objects.filter(pk=response.pk).exists():  # it was sent in the meantime
        return HttpResponseRedirect(desk.base, status=303)
    return desk.forget(HttpResponseRedirect(f"{desk.base}throw-away/", status=303))
