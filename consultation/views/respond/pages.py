"""What all pages of a response share: where one is, until when, what was saved, what is wrong, and
the pages that stand in for one on which nothing can be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consultation.closing import Phase, in_words
from consultation.forms.when import when_words
from consultation.models import Response, State
from consultation.views.desk import Desk

WRONG, IN_CONFLICT, NOT_NOW, TOO_MANY = 400, 409, 409, 429
NOTES = {
    "new": "We could not find the response that this page belonged to. What you wrote was saved as"
    " a new response.",
    "saved": "Everything on this page is saved.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: the id of the field, or an address that begins with a slash, and a
    sentence."""

    place: str
    words: str

    @property
    def link(self) -> str:
        return self.place if self.place.startswith("/") else f"#{self.place}"


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that were typed where they could not be stored, to be copied from the page."""

    label: str
    words: str


def respond_page(
    request: HttpRequest,
    desk: Desk,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    """A page of a response from `consultation/respond/<template>.html`, which extends
    `consultation/respond/page.html`. `faults` are shown as a summary above it."""
    consultation, response = desk.consultation, desk.response
    saved = response.saved_at if response and response.state == State.DRAFT else None
    shared = {
        "desk": desk,
        "consultation": consultation,
        "response": response,
        "closes_words": in_words(consultation.closes) if consultation.closes else "",
        "opens_words": in_words(consultation.opens) if consultation.opens else "",
        "phase": desk.phase,
        "saved_words": when_words(saved) if saved else "",
        "note": NOTES.get(request.GET.get("note", "")),
        "faults": faults,
    }
    return render(
        request,
        f"consultation/respond/{template}.html",
        {**shared, **(context or {})},
        status=status,
    )


def gate(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """The page that is shown where nothing can be written: None where something can. A response that
    was sent has its own page, the task list."""
    if desk.preview or desk.writable:
        return None
    if desk.response is not None:
        return HttpResponseRedirect(desk.base)
    return not_open(request, desk)


def not_open(request: HttpRequest, desk: Desk, typed: Sequence[Typed] = ()) -> HttpResponse:
    """Before it opens and after it has closed, where nothing was begun; gives back what was typed."""
    template = "upcoming" if desk.phase == Phase.UPCOMING else "closed"
    kept = [each for each in typed if each.words.strip()]
    status = NOT_NOW if kept else 200
    return respond_page(request, desk, template, {"typed": kept}, status=status)


def already_sent(request: HttpRequest, desk: Desk, typed: Sequence[Typed]) -> HttpResponse:
    """It was submitted, withdrawn or thrown away in another window; gives back what was typed."""
    if desk.response is not None:
        states = Response.objects.filter(pk=desk.response.pk).values_list("state", flat=True)
        desk.response.state = states.first() or State.WITHDRAWN
    kept = [each for each in typed if each.words.strip()]
    return respond_page(request, desk, "already_sent", {"typed": kept}, status=NOT_NOW)
