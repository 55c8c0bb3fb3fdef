"""A document: what is in force on a day, or the latest draft said plainly, and all its editions."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guidance.models import GuidancePage
from guidance.rendering.addresses import INDEX, as_at_path, document_path, edition_path
from guidance.standing import day_words, in_force_on, shown_on, standing
from guidance.views.dates import read_day
from guidance.views.edition_facts import contents
from guidance.views.first_line import first_line, print_line
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.not_found import document_not_found, none_in_force, wrong_date
from guidance.views.responses import issued_page


@require_safe
def document(request: HttpRequest, document: str) -> HttpResponseBase:
    """`?as_at=2008-07-01` leads to the page of that date."""
    facts = find_document(document)
    if facts is None:
        return document_not_found(request, document)
    asked = request.GET.get("as_at", "").strip()
    if asked:
        day = read_day(asked)
        return redirect(as_at_path(document, day)) if day else wrong_date(request, facts, asked)
    today = timezone.localdate()
    shown = shown_on(facts.editions, today)
    assert isinstance(shown, EditionFacts)
    return _page(request, facts, shown, today, dated=False)


@require_safe
def as_at(request: HttpRequest, document: str, day: str) -> HttpResponseBase:
    """The document as it applied on a day, as the site knows it now."""
    facts = find_document(document)
    if facts is None:
        return document_not_found(request, document)
    asked = read_day(day)
    if asked is None:
        return wrong_date(request, facts, day)
    shown = in_force_on(facts.editions, asked)
    if not isinstance(shown, EditionFacts):
        return none_in_force(request, facts, asked, status=200)
    return _page(request, facts, shown, asked, dated=True)


def _page(
    request: HttpRequest, facts: DocumentFacts, shown: EditionFacts, day: date, *, dated: bool
) -> HttpResponseBase:
    about = GuidancePage.objects.values("summary", "publisher", "extent").get(pk=facts.pk)
    crumbs = [("All guidance", INDEX)]
    if dated:
        crumbs.append((facts.title, document_path(facts.slug)))
    context = {
        "document": facts,
        "about": about,
        "edition": shown,
        "edition_address": edition_path(facts.slug, shown.slug),
        "first_line": first_line(facts, shown, day),
        "print_line": mark_safe(print_line(facts, shown, day)),  # noqa: S308  escaped there
        "crumbs": crumbs,
        "contents": contents(shown.pk, facts.slug, shown.slug),
        "editions": [
            (e, edition_path(facts.slug, e.slug), standing(e, facts.editions, day))
            for e in facts.editions
        ],
        "day": day,
        "day_words": day_words(day),
        "dated": dated,
        "document_address": document_path(facts.slug),
    }
    page = render(request, "guidance/document.html", context)
    return issued_page(request, page.content, facts, digest=shown.digest)
