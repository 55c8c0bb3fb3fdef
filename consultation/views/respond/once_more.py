"""What is shown instead of saving where a form looks as if a robot sent it, or too many came from one
place: everything that was typed, ready to be sent with one button. Nobody's words are lost."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from consultation.actions.limits import HONEYPOT
from consultation.views.desk import Desk
from consultation.views.respond.pages import TOO_MANY, respond_page

SHOWN_FROM = 40
"""Characters from which a value is taken for somebody's words, and shown."""


def once_more(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For a view that saves, where `limits.caught(request)`: the button sends the same form to the
    same address, without the field that was filled."""
    return _page(request, desk, "caught", 200)


def too_many(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For a view that saves, where `limits.may_begin` or `limits.may_save` says no: the same, to be
    sent a little later."""
    return _page(request, desk, "busy", TOO_MANY)


def _page(request: HttpRequest, desk: Desk, why: str, status: int) -> HttpResponse:
    fields = list(_fields(request))
    context = {
        "why": why,
        "fields": fields,
        "words": [value for _, value in fields if len(value) >= SHOWN_FROM],
        "address": request.get_full_path(),
        "had_files": bool(request.FILES),
    }
    return respond_page(request, desk, "once_more", context, status=status)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != HONEYPOT:
            yield from ((name, value) for value in values)
