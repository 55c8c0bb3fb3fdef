"""The search page: one box, results at once, filters beside them; the same results as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.standing import day_words
from guidance.views.listing import listed_groups
from search.actions.counting import count
from search.actions.searching import search
from search.asking import Problem, address_of, typed, wanted_from
from search.results import MOST_PAGES, Results, Wanted
from search.views import facts, files
from search.views.nothing import ways
from search.views.responses import answered
from search.views.words import found_words, scope_words

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
}


@require_safe
def search_page(request: HttpRequest) -> HttpResponseBase:
    """The parameters are those of `search.asking`; `format` csv, json or atom sends a file. What
    the form sends is answered by the one address of that search, which can be kept."""
    wanted, problems = wanted_from(request.GET)
    if "scope" in request.GET and not problems:
        return redirect(address_of(wanted, page=wanted.page))
    if not (typed(wanted) or wanted.chosen or wanted.like or wanted.edition):
        return _empty(request, wanted, problems)
    form = request.GET.get("format", "")
    if form and form not in FORMATS:
        problems.append(Problem("format", f"There is no format “{form[:20]}”: csv, json or atom."))
    answer = search(wanted)
    if answer.down:
        return _down(request, answer)
    if form in FORMATS and not problems:
        return _file(request, answer, form)
    if wanted.page == 1 and typed(wanted):
        count(typed(wanted), answer.total)
    return _results(request, answer, problems)
