"""The landing page: what applies, what is out for consultation, what changed, what is coming."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.authorities import authority_names, remembered
from home.folder.reading import StageKind, coming
from home.standing_now import standing_now
from home.views.kept_moment import drawn, kept_moment

LISTED = 12
"""Documents in force that are listed here; the page of all guidance has the rest."""

COMING = 5
OUT = StageKind.CONSULTATION  # told of already, where drafts are


@require_safe
def landing(request: HttpRequest) -> HttpResponseBase:
    chosen = remembered(request)
    make = partial(_page, chosen)
    return kept_moment(request, ("home", "landing", chosen), make, personal=bool(chosen))


def _page(chosen: str) -> bytes:
    names = authority_names()
    now = standing_now(timezone.localtime())
    context = {
        "now": now,
        "coming": [item for item in coming(COMING + 5) if item.stage.kind != OUT][:COMING],
        "searching": True,
        "in_force": now.in_force[:LISTED],
        "left": max(len(now.in_force) - LISTED, 0),
        "authorities": names.items(),
        "chosen": chosen,
        "chosen_name": names.get(chosen, ""),
    }
    return drawn("home/landing.html", context)
