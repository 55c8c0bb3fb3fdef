"""Who is answering, and how the response may be used: two forms that are saved in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.actions.answering import Conflict, NotWritable, Saved, save_fields
from consultation.forms.about import AboutForm
from consultation.forms.answer import whole_number
from consultation.forms.use import UseForm
from consultation.forms.when import when_words
from consultation.models import Response
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.beginning import begun_or_page, lost, onward
from consultation.views.respond.pages import (
    IN_CONFLICT,
    WRONG,
    Fault,
    Typed,
    already_sent,
    gate,
    respond_page,
)
from consultation.views.respond.summaries import Line, lines_of

AnyForm = AboutForm | UseForm


@dataclass(frozen=True, slots=True)
class Step:
    """One of the two forms: its class, its template, and the step that follows."""

    form: type[AboutForm] | type[UseForm]
    template: str
    following: str


YOU = Step(AboutForm, "you", "use/")
USE = Step(UseForm, "use", "check/")
STEPS = {"you": YOU, "use": USE}


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def you(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who is answering."""
    return _step(request, desk, YOU)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What may be published, and what is to be kept confidential."""
    return _step(request, desk, USE)


def _step(request: HttpRequest, desk: Desk, step: Step) -> HttpResponse:
    if request.method != "POST":
        return gate(request, desk) or _draw(
            request, desk, step, step.form(initial=_stored(desk, step))
        )
    form = step.form(request.POST)
    form.is_valid()
    new = lost(request, desk)
    typed = typed_of(form)
    if desk.response is not None or typed:
        if page := begun_or_page(request, desk, typed):
            return page
        try:
            saved = save_form(desk.ensure(), form, request.POST)
        except NotWritable:
            return already_sent(request, desk, typed)
        if isinstance(saved, Conflict):
            return _draw(request, desk, step, form, saved)
    if form.errors:
        return _draw(request, desk, step, form)
    last = request.POST.get("onward") == "tasks"
    address = desk.base if last else f"{desk.base}{step.following}"
    return HttpResponseRedirect(onward(address, new=new), status=303)


def save_form(
    response: Response, form: AnyForm, sent: Mapping[str, Any]
) -> Saved | Conflict | None:
    """Save what is right in a form; None where nothing was touched. Raises NotWritable.

    One revision counts the saves of both forms. Where another save touched only the other one, what
    is stored here is still what this form showed (`was`), and nobody is in conflict.
    """
    fields = form.right
    before = {name: getattr(response, name) for name in fields}
    was = str(sent.get("was", ""))
    if mark_of({**_all_of(response, form), **fields}) == was:
        return None
    number = whole_number(str(sent.get("seen", "")))
    if number != response.revision and mark_of(_all_of(response, form)) == was:
        number = response.revision
    if before == fields:
        return Saved(response.revision, response.saved_at)
    return save_fields(response=response, fields=fields, seen=number)


def mark_of(fields: Mapping[str, Any]) -> str:
    """A short digest of what a form shows."""
    lines = (f"{name}={getattr(value, 'pk', value)}" for name, value in sorted(fields.items()))
    return sha256("\0".join(lines).encode()).hexdigest()[:16]


def _all_of(response: Response, form: AnyForm) -> dict[str, Any]:
    return {name: getattr(response, name) for name in form.fields}


def _stored(desk: Desk, step: Step) -> dict[str, Any]:
    response = desk.response or Response()
    return {name: getattr(response, name) for name in step.form.base_fields}


def typed_of(form: AnyForm) -> list[Typed]:
    """What was typed, for a page that gives it back; nothing where all was left empty."""
    found = []
    for bound in form:
        words = str(bound.value() or "").replace("\r\n", "\n")
        if words.strip() and words != "nothing":
            found.append(Typed(str(bound.label), words))
    return found


def _draw(
    request: HttpRequest, desk: Desk, step: Step, form: AnyForm, conflict: Conflict | None = None
) -> HttpResponse:
    response = desk.response
    if response is not None and form.is_bound:  # a part of it may have been saved
        response.refresh_from_db()
    faults = [Fault(name, str(words[0])) for name, words in form.errors.items()]
    theirs: list[Line] = []
    if conflict is not None:
        theirs = lines_of(conflict.fields)
        faults.append(Fault("conflict", "Somebody saved something else here. Choose one."))
    context = {
        "form": form,
        "was": "-" if conflict else mark_of(_stored(desk, step)),
        "seen": conflict.revision if conflict else response.revision if response else 0,
        "theirs": theirs,
        "theirs_at": when_words(conflict.at) if conflict else "",
    }
    status = IN_CONFLICT if conflict else WRONG if faults else 200
    return respond_page(request, desk, step.template, context, status=status, faults=faults)
