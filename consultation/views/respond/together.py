"""Who works on a response: what one is called, whom one asks in, whose access one takes away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.actions.colleagues import call_oneself, colleagues, name_is_taken, take_away
from consultation.actions.limits import caught
from consultation.actions.links import TooManyLetters, invite
from consultation.forms.returning import InvitationForm, NameForm
from consultation.models import Access
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.once_more import once_more
from consultation.views.respond.pages import TOO_MANY, WRONG, Fault, respond_page
from consultation.views.respond.small_forms import faults_of

TAKEN = "Somebody else who works on this is called so. Give a name that tells them apart."
NOTES = {
    "invited": "We are sending the invitation.",
    "named": "Your name is saved.",
    "taken": "Their access is taken away.",
    "gone": "They had no access any more.",
}
Act = Callable[[HttpRequest, Desk, Access], HttpResponse]


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The people; a form says by `act` what is to be done."""
    access = desk.access
    if request.method != "POST" or desk.preview or access is None:
        return _page(request, desk)
    if caught(request):
        return once_more(request, desk)
    acts: dict[str, Act] = {"invite": _invite, "name": _name, "take": _take}
    act = acts.get(request.POST.get("act", ""))
    return act(request, desk, access) if act else _page(request, desk)


def _invite(request: HttpRequest, desk: Desk, access: Access) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, invitation=form)
    given = form.cleaned_data
    response, person, email = access.response, given["person"], given["email"]
    same = person.casefold() == given["own_name"].casefold()
    if same or name_is_taken(response=response, person=person, email=email):
        form.add_error("person", TAKEN)
        return _page(request, desk, invitation=form)
    try:
        own_name = call_oneself(access=access, person=given["own_name"])
        invite(response=response, email=email, person=person, invited_by=own_name)
    except TooManyLetters as refused:
        form.add_error("email", str(refused))
        return _page(request, desk, invitation=form, status=TOO_MANY)
    return _back(desk, "invited")


def _name(request: HttpRequest, desk: Desk, access: Access) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, name=form)
    call_oneself(access=access, person=form.cleaned_data["name"])
    return _back(desk, "named")


def _take(request: HttpRequest, desk: Desk, access: Access) -> HttpResponse:
    taken = take_away(access=access, colleague=request.POST.get("colleague", ""))
    return _back(desk, "taken" if taken else "gone")


def _back(desk: Desk, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{desk.base}together/?said={said}", status=303)


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    invitation: InvitationForm | None = None,
    name: NameForm | None = None,
    status: int = WRONG,
) -> HttpResponse:
    faults: list[Fault] = [f for form in (invitation, name) if form for f in faults_of(form)]
    context = {
        "people": colleagues(access=desk.access) if desk.access else [],
        "invitation": invitation or InvitationForm(initial={"own_name": desk.person}),
        "name": name or NameForm(initial={"name": desk.person}),
        "said": NOTES.get(request.GET.get("said", ""), ""),
    }
    return respond_page(
        request, desk, "together", context, status=status if faults else 200, faults=faults
    )
