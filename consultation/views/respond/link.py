"""Saving and returning later: a link is asked for, comes by e-mail, is used once, and was lost."""

from __future__ import annotations

import secrets
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.actions.colleagues import call_oneself
from consultation.actions.limits import caught, may_ask
from consultation.actions.links import (
    LinkRefused,
    TooManyLetters,
    find_link,
    masked,
    offer_link,
    renew_link,
    send_again,
    use_link,
)
from consultation.forms.returning import LinkForm, LostLinkForm
from consultation.models import ReturnLink
from consultation.views.desk import Desk, View, at_desk
from consultation.views.respond.once_more import once_more
from consultation.views.respond.pages import TOO_MANY, WRONG, Fault, respond_page
from consultation.views.respond.small_forms import faults_of

either = require_http_methods(["GET", "HEAD", "POST"])


@at_desk
@either
def link(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask for a link to return by."""
    if request.method != "POST" or desk.preview or desk.response is None:
        sent = _newest(desk) if "sent" in request.GET else None
        return respond_page(request, desk, "link", {"form": _link_form(desk), "sent": sent})
    if caught(request):
        return once_more(request, desk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return respond_page(
            request, desk, "link", {"form": form}, status=WRONG, faults=faults_of(form)
        )
    person = form.cleaned_data["person"]
    try:
        offer_link(response=desk.response, email=form.cleaned_data["email"], person=person)
        if desk.access and person and not desk.person:
            call_oneself(access=desk.access, person=person)
    except TooManyLetters as refused:
        fault = Fault(form["email"].id_for_label, str(refused))
        return respond_page(request, desk, "link", {"form": form}, status=TOO_MANY, faults=[fault])
    return HttpResponseRedirect(f"{desk.base}link/?sent=1", status=303)


def key_kept_out_of_logs(view: View) -> View:
    """Django writes the address of a request that fails into its log; this one opens a response."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str, key: str, **kwargs: Any) -> HttpResponseBase:
        request.path = request.path.replace(key, "key")
        request.path_info = request.path_info.replace(key, "key")
        return view(request, slug, key=key, **kwargs)

    opened.at_desk = view.at_desk  # type: ignore[attr-defined]
    opened.csrf_exempt = True  # type: ignore[attr-defined]
    return opened


@key_kept_out_of_logs
@at_desk
@either
def return_(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Use a link. Opening the page uses nothing, since mail scanners open every link; the button
    does. Of a link that works no longer a new one can be sent to where it went."""
    if "again" in request.POST:
        return _renewed(request, desk, key)
    try:
        if request.method == "POST" and not desk.preview:
            return _let_in(desk, key, request.POST.get("form", ""))
        found = find_link(key=key, consultation=desk.consultation.pk)
    except LinkRefused as refused:
        return _refused(request, desk, refused)
    if desk.response == found.response:
        return HttpResponseRedirect(desk.base)
    context = {"link": found, "form": secrets.token_urlsafe(16), "own": desk.response}
    return respond_page(request, desk, "return", context)


@at_desk
@either
def link_again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Somebody lost their link. Whatever they type, the answer is the same: it must not tell strangers
    who responds."""
    asked = request.method == "POST" and not desk.preview
    form = LostLinkForm(request.POST if asked else None)
    if not asked:
        return respond_page(request, desk, "link_again", {"form": form})
    if caught(request):
        return once_more(request, desk)
    if not form.is_valid():
        return respond_page(
            request, desk, "link_again", {"form": form}, status=WRONG, faults=faults_of(form)
        )
    if not may_ask(request):
        fault = Fault(form["known"].id_for_label, "Too many links were asked for. Try in an hour.")
        return respond_page(
            request, desk, "link_again", {"form": form}, status=TOO_MANY, faults=[fault]
        )
    send_again(consultation=desk.consultation.pk, typed=form.cleaned_data["known"])
    return respond_page(request, desk, "link_again", {"form": form, "sent": True})


def _let_in(desk: Desk, key: str, form: str) -> HttpResponse:
    used = use_link(key=key, consultation=desk.consultation.pk, form=form)
    desk.use_key(used.key)
    return HttpResponseRedirect(desk.base, status=303)


def _renewed(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    try:
        link = renew_link(key=key, consultation=desk.consultation.pk)
    except LinkRefused as refused:
        return _refused(request, desk, refused)
    except TooManyLetters as refused:
        context = {"why": "letters", "words": str(refused)}
        return respond_page(request, desk, "link_refused", context, status=TOO_MANY)
    return respond_page(request, desk, "link_refused", {"why": "sent", "to": masked(link.email)})


def _refused(request: HttpRequest, desk: Desk, refused: LinkRefused) -> HttpResponse:
    context = {
        "why": refused.why.value,
        "renewable": refused.renewable,
        "to": masked(refused.link.email) if refused.link else "",
    }
    return respond_page(request, desk, "link_refused", context)


def _link_form(desk: Desk) -> LinkForm:
    """Begins with the address that the response gives, where it has none with a link yet."""
    email = desk.response.email if desk.response else ""
    return LinkForm(initial={"email": email, "person": desk.person})


def _newest(desk: Desk) -> str | None:
    """To which address the newest link goes, as whoever typed it recognises it."""
    newest = ReturnLink.objects.filter(response=desk.response).order_by("-pk").first()
    return masked(newest.email) if newest else None
