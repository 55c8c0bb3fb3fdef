"""The checklist of an edition: what it demands and of whom, to read, to tick off, to take away."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guidance.rendering.addresses import INDEX, checklist_path, document_path, edition_path
from guidance.views.asking import Question, as_known_now, ask
from guidance.views.checklist_facts import demanded, provisions_in_words, register
from guidance.views.checklist_files import as_csv, as_xlsx, lines
from guidance.views.checklist_filters import Filtered, filtered
from guidance.views.first_line import first_line, print_line
from guidance.views.ledger import EditionFacts
from guidance.views.not_found import edition_not_found, none_in_force
from guidance.views.responses import answer, issued_page, validators

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def checklist(request: HttpRequest, document: str) -> HttpResponseBase:
    """`?edition=` or `?as_at=` names the edition, else the one that the document shows; filters are
    `authority` (slug), `strength`, `section` (slug) and `status`; `format=csv` or `xlsx` sends a
    file of what the page shows."""
    question = ask(request, document)
    if not isinstance(question, Question):
        return question
    slug = request.GET.get("edition", "")
    issued = question.edition(slug)
    if issued is None and slug:
        return edition_not_found(request, question.document, slug)
    if issued is None:
        return none_in_force(request, question.document, question.dates)
    rows = demanded(issued.pk, document, issued.slug)
    found = filtered(rows, request.GET, register())
    wanted = request.GET.get("format", "")
    if wanted in FORMATS and not found.problems:
        return _file(request, question, issued, found, wanted)
    wrong = f"There is no format “{wanted}”. Choose csv or xlsx." if wanted else ""
    return _page(request, question, issued, found, "" if wanted in FORMATS else wrong)


def _page(
    request: HttpRequest, question: Question, issued: EditionFacts, found: Filtered, wrong: str
) -> HttpResponseBase:
    context = _context(request, question, issued, found)
    page = render(request, "guidance/checklist.html", {**context, "wrong": wrong})
    if found.problems or wrong:
        return HttpResponse(page.content, status=400)
    return issued_page(request, page.content, question.document, digest=issued.digest)


def _file(
    request: HttpRequest, question: Question, issued: EditionFacts, found: Filtered, wanted: str
) -> HttpResponseBase:
    """The same rows as on the page. Of a workbook no two are alike, byte for byte, for it says when
    it was written; so both formats are compared by the words in them."""
    title = question.document.title
    listed = list(
        lines(
            found.rows,
            document=title,
            edition=issued.title,
            site=request.build_absolute_uri("/").rstrip("/"),
            provisions=provisions_in_words(found.rows),
        )
    )
    words = as_csv(listed)
    now = timezone.localtime()
    alike = validators(wanted.encode() + words, question.document, issued.digest, now)
    body = words if wanted == "csv" else as_xlsx(listed, f"{title}: {issued.title}")
    response = answer(request, body, alike, now)
    if response.status_code == 200:
        response.headers["Content-Type"] = FORMATS[wanted]
        name = f"{question.document.slug}-{issued.slug}-checklist.{wanted}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _context(
    request: HttpRequest, question: Question, issued: EditionFacts, found: Filtered
) -> Mapping[str, Any]:
    facts, dates = question.document, question.dates
    return {
        "document": facts,
        "edition": issued,
        "first_line": first_line(
            facts, issued, dates.day, known_on=dates.known_on, now=as_known_now(request)
        ),
        "print_line": mark_safe(print_line(facts, issued, dates.day, dates.known_on)),  # noqa: S308
        "crumbs": [
            ("All guidance", INDEX),
            (facts.title, document_path(facts.slug)),
            (issued.title, edition_path(facts.slug, issued.slug)),
        ],
        "found": found,
        "sections": [(t, list(rows)) for t, rows in groupby(found.rows, lambda r: r.section_title)],
        "kept": [(name, request.GET[name]) for name in _KEPT if request.GET.get(name)],
        "files": [(name, _with(request, format=name)) for name in FORMATS],
        "unnamed_address": _with(request, authority="not-named"),
        "address": checklist_path(facts.slug),
        "edition_address": edition_path(facts.slug, issued.slug),
        "everything": _with(request, authority="", strength="", section="", status=""),
    }


_KEPT = ("edition", "as_at", "known_on")
"""What the form of filters sends along."""


def _with(request: HttpRequest, **changes: str) -> str:
    """This page with some of its query changed."""
    query = request.GET.copy()
    query.pop("format", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
