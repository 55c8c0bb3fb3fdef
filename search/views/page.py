"""The search page: one box, results at once, filters beside them; the same results as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    if not (typed(wanted) or wanted.chosen or wanted.like):
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
        count(typed(wanted), 0 if answer.corrected else answer.total)
    return _results(request, answer, problems)


def _results(
    request: HttpRequest, answer: Results, problems: Sequence[Problem]
) -> HttpResponseBase:
    wanted = answer.wanted
    document = facts.document_asked(wanted)
    answer = facts.named_as_published(answer, document)
    edition = facts.edition_title(wanted, document)
    if wanted.edition and not edition:
        problems = [*problems, Problem("edition", f"No edition “{wanted.edition}” was published.")]
    words = found_words(answer)
    context = {
        **_form(wanted, problems, edition),
        "answer": answer,
        "words": words,
        "page_title": words
        + (f" (page {wanted.page} of {answer.pages})" if answer.pages > 1 else ""),
        "scope_words": scope_words(wanted, edition),
        "results": facts.shown(answer),
        "first": (wanted.page - 1) * wanted.size + 1,
        "groups": [(g, g.address or address_of(wanted, text=g.text)) for g in answer.groups],
        "filters": facts.filters(answer),
        "chips": facts.chips(answer),
        "unfiltered": address_of(wanted, chosen={}, exempt=False),
        "pages": facts.pages(answer),
        "last_page": min(answer.pages, MOST_PAGES),
        "last_page_address": address_of(wanted, page=max(min(answer.pages, MOST_PAGES), 1)),
        "most_pages": MOST_PAGES,
        "editions": facts.editions(answer, document),
        "elsewhere": facts.elsewhere(answer),
        "meant": _instead(wanted, answer.did_you_mean),
        "as_typed": typed(wanted),
        "ways": [] if answer.total else ways(answer, search),
        "address": address_of(wanted, page=wanted.page),
        "absolute": request.build_absolute_uri(address_of(wanted)),
        "files": [(name, address_of(wanted, format=name)) for name in FORMATS],
        "most_rows": files.MOST_ROWS,
    }
    response = _page(request, context, status=400 if problems else 200)
    response.headers["Server-Timing"] = f"search;dur={answer.took_ms:.2f}"
    return response


def _instead(wanted: Wanted, text: str) -> tuple[str, str] | None:
    return (text, address_of(wanted, text=text)) if text else None


def _empty(request: HttpRequest, wanted: Wanted, problems: Sequence[Problem]) -> HttpResponseBase:
    """Nothing was asked yet: how to ask, and what there is to read."""
    edition = facts.edition_title(wanted, facts.document_asked(wanted))
    context = {
        **_form(wanted, problems, edition),
        "page_title": "Search guidance",
        "documents": listed_groups(timezone.localdate()),
        "empty": True,
    }
    return _page(request, context, status=400 if problems else 200)


def _down(request: HttpRequest, answer: Results) -> HttpResponseBase:
    """Nothing can answer: what there is can still be read from its contents."""
    context = {
        **_form(answer.wanted, ()),
        "page_title": "The search does not answer",
        "answer": answer,
        "documents": listed_groups(answer.day),
    }
    response = _page(request, context, status=503)
    response.headers["Retry-After"] = "30"
    return response


def _form(wanted: Wanted, problems: Sequence[Problem], edition: str = "") -> Mapping[str, Any]:
    """The form as it was sent, a date that cannot be read too."""
    wrong = next((p for p in problems if p.field == "as_at"), None)
    return {
        "wanted": wanted,
        "q": typed(wanted),
        "scopes": facts.scopes(wanted, edition, dated=wrong is not None),
        "as_at": wrong.given if wrong else wanted.day.isoformat() if wanted.day else "",
        "problems": [(str(p), FIELDS.get(p.field, "q")) for p in problems],
        "wrong_date": wrong,
        "searching": True,
        "print_words": f"Searched on {day_words(timezone.localdate())}",
    }


FIELDS = {"as_at": "as_at", "when": "scope"}
"""Where on the page the field of a problem is; the box for all others."""


def _page(request: HttpRequest, context: Mapping[str, Any], *, status: int) -> HttpResponseBase:
    """Made without the request, so that nothing in it can depend on who reads."""
    body = render_to_string("search/search.html", dict(context)).encode()
    return answered(request, body, status=status)


def _file(request: HttpRequest, answer: Results, form: str) -> HttpResponseBase:
    site = request.build_absolute_uri("/").rstrip("/")
    results, whole = files.gathered(answer, search)
    found = files.rows(results, site)
    if form == "csv":
        body = files.as_csv(found)
    elif form == "json":
        body = files.as_json(found, whole, site)
    else:
        body = files.as_atom(found, results, whole, site)
    response = answered(request, body, content_type=FORMATS[form])
    if form == "csv":
        response.headers["Content-Disposition"] = 'attachment; filename="search-results.csv"'
    return response
