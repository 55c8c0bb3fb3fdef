"""Legislation as guidance uses it: instruments, their provisions, and every paragraph that rests on
a provision or cites it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from guidance.models import Instrument
from guidance.rendering.addresses import LEGISLATION, provision_path
from guidance.statute import Provision, parse_provision
from guidance.views.legislation_facts import (
    Shown,
    instruments,
    paragraphs_at,
    provisions,
    shown_editions,
)
from guidance.views.responses import Validators, answer

CRUMBS = [("Legislation", LEGISLATION)]


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The instruments on which guidance rests, or that it cites."""
    shown = shown_editions(timezone.localdate(), every=_every(request))
    context = {"instruments": instruments(shown)}
    return _page(request, "guidance/legislation/index.html", context, shown)


@require_safe
def legislation(request: HttpRequest, path: str) -> HttpResponseBase:
    """An instrument or one of its provisions, by the path that legislation.gov.uk gives it."""
    try:
        provision = parse_provision(path)
    except ValueError:
        return _not_found(request, path)
    if provision.path != path:
        return redirect(provision_path(provision.path))
    instrument = Instrument.objects.filter(path=provision.instrument.path).first()
    if instrument is None:
        return _not_found(request, path)
    shown = shown_editions(timezone.localdate(), every=_every(request))
    context: dict[str, object] = {"instrument": instrument, "provision": provision}
    context["editions"] = paragraphs_at(provision, shown)
    if provision.place:
        context["crumbs"] = [*CRUMBS, (instrument.title, provision_path(instrument.path))]
        context["words"] = _capital(provision)
        return _page(request, "guidance/legislation/provision.html", context, shown)
    context["crumbs"] = CRUMBS
    context["provisions"] = provisions(instrument, shown)
    return _page(request, "guidance/legislation/instrument.html", context, shown)


def _capital(provision: Provision) -> str:
    return provision.words[:1].upper() + provision.words[1:]


def _every(request: HttpRequest) -> bool:
    return request.GET.get("editions") == "all"


def _page(
    request: HttpRequest, template: str, context: Mapping[str, object], shown: Sequence[Shown]
) -> HttpResponseBase:
    """The page with validators of its own, since it is made from many documents."""
    page = render(request, template, {**context, "every": _every(request)})
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    modified = int(max([midnight, *(s.edition.issued_at for s in shown)]).timestamp())
    body = page.content
    etag = f'"{len(body):x}-{crc32(body):08x}"'
    return answer(request, body, Validators(etag, modified, http_date(modified)), now)


def _not_found(request: HttpRequest, path: str) -> HttpResponse:
    context = {"crumbs": CRUMBS, "path": path}
    return render(request, "guidance/legislation/not_found.html", context, status=404)
