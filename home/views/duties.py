""" "What must my authority do?": the kinds of authority to choose from, and what binds one of them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guidance.standing import day_words
from guidance.views.dates import WRITE_IT, read_day
from home.authorities import authority_names, remember, remembered
from home.duties import what_binds
from home.views.kept_moment import drawn, kept_moment, made_now

CHOOSE = "Choose a kind of authority from the list."
OURS = frozenset({"same-origin", "none", ""})
"""What a browser says of a form that was sent from our own page; older browsers say nothing."""


@csrf_exempt  # it changes nothing but this reader's own choice, and only from our own pages
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """The kinds to choose from. A POST with `authority` (slug) is remembered on this device and leads
    to its page, with `as_at` if that is given; without one the choice is forgotten."""
    if request.method == "POST":
        return _chosen(request)
    slug = remembered(request)
    key = ("home", "duties", slug)
    return kept_moment(request, key, partial(_choices, slug), personal=bool(slug))


@require_safe
def duties(request: HttpRequest, authority: str) -> HttpResponseBase:
    """What binds a kind of authority, today or on `?as_at=`; it can be shared as a link."""
    name = authority_names().get(authority)
    if name is None:
        words = f"There is no kind of authority called “{authority}” here. {CHOOSE}"
        return HttpResponse(_choices(remembered(request), words), status=404)
    mine = remembered(request) == authority
    given = request.GET.get("as_at", "").strip()
    if not given:
        key = ("home", "duties of", authority, "mine" if mine else "")
        make = partial(_page, name, authority, None, mine)
        return kept_moment(request, key, make, personal=mine)
    day = read_day(given)
    if day is None:
        return HttpResponse(_page(name, authority, None, mine, given), status=400)
    return made_now(request, _page(name, authority, day, mine))


def _chosen(request: HttpRequest) -> HttpResponseBase:
    slug = request.POST.get("authority", "")
    if slug and slug not in authority_names():
        return HttpResponse(_choices("", CHOOSE), status=400)
    if not slug and "forget" not in request.POST:
        return HttpResponse(_choices(remembered(request), CHOOSE), status=400)
    address = reverse("duties_of", args=[slug]) if slug else reverse("duties")
    as_at = request.POST.get("as_at", "")
    query = f"?{urlencode({'as_at': as_at})}" if slug and as_at else ""
    response = redirect(f"{address}{query}")
    response.status_code = 303
    if request.headers.get("Sec-Fetch-Site", "") in OURS:
        remember(response, slug)
    return response


def _choices(chosen: str, problem: str = "") -> bytes:
    names = authority_names()
    context = {
        "authorities": names.items(),
        "chosen": chosen,
        "chosen_name": names.get(chosen, ""),
        "problem": problem,
    }
    return drawn("home/duties.html", context)


def _page(name: str, slug: str, as_at: date | None, mine: bool, given: str = "") -> bytes:
    """`given` is what was typed where a date belongs and is none."""
    day = as_at or timezone.localdate()
    found = what_binds(name, slug, day, as_at)
    context: dict[str, Any] = {
        "authority": slug,
        "found": found,
        "duties": [(duty, duty.timing(day)) for duty in found.duties],
        "day_words": day_words(day),
        "as_at": as_at,
        "as_at_given": given or day.isoformat(),
        "problem": WRITE_IT if given else "",
        "mine": mine,
    }
    return drawn("home/duties_of.html", context)
