"""A document: what is in force on a day, or the latest draft said plainly, and all its editions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guidance.models import GuidancePage
from guidance.rendering.addresses import INDEX, as_at_path, dated, document_path, edition_path
from guidance.standing import day_words, standing
from guidance.views.asking import Question, as_known_now, ask
from guidance.views.consulting import askings_on
from guidance.views.dates import date_form
from guidance.views.edition_facts import contents
from guidance.views.first_line import first_line, print_line
from guidance.views.ledger import EditionFacts
from guidance.views.not_found import none_in_force
from guidance.views.responses import issued_page
from guidance.views.structured_data import document_head
from guidance.views.ways_on import ways_on


@require_safe
def document(request: HttpRequest, document: str) -> HttpResponseBase:
    """`?as_at=2008-07-01` leads to the page of that date."""
    question = ask(request, document)
    if not isinstance(question, Question):
        return question
    if question.dates.named:
        return redirect(as_at_path(document, question.dates.day, question.dates.known_on))
    return _page(request, question, question.current)


@require_safe
def as_at(request: HttpRequest, document: str, day: str) -> HttpResponseBase:
    """The document as it applied on a day, as the site knows it now, or as it knew it at the end of
    the day `?known_on=`."""
    question = ask(request, document, day)
    if not isinstance(question, Question):
        return question
    shown = question.edition()
    if shown is None:
        return none_in_force(request, question.document, question.dates, status=200)
    return _page(request, question, shown)


def _page(request: HttpRequest, question: Question, shown: EditionFacts) -> HttpResponseBase:
    facts, dates = question.document, question.dates
    askings = askings_on(facts, shown, dates.known_on)
    about = GuidancePage.objects.values("summary", "publisher", "extent").get(pk=facts.pk)
    crumbs = [("All guidance", INDEX)]
    if dates.named:
        crumbs.append((facts.title, document_path(facts.slug)))
    context = {
        "head": "" if dates.named else document_head(facts, shown, dates.day, about),
        "document": facts,
        "about": about,
        "edition": shown,
        "edition_address": edition_path(facts.slug, shown.slug),
        "first_line": first_line(
            facts,
            shown,
            dates.day,
            known_on=dates.known_on,
            now=as_known_now(request),
            change="#as-at",
            askings=askings,
        ),
        "print_line": mark_safe(print_line(facts, shown, dates.day, dates.known_on)),  # noqa: S308
        "crumbs": crumbs,
        "contents": contents(shown.pk, facts.slug, shown.slug, dated(dates.as_at, dates.known_on)),
        "editions": [
            (e, edition_path(facts.slug, e.slug), standing(e, facts.editions, dates.day))
            for e in facts.editions
        ],
        "day_words": day_words(dates.day),
        "known_words": day_words(dates.known_on) if dates.known_on else "",
        "dated": dates.named,
        "ways_on": ways_on(facts, shown),
        "form": date_form(document_path(facts.slug), dates),
    }
    page = render(request, "guidance/document.html", context)
    return issued_page(request, page.content, facts, digest=shown.digest, moves=bool(askings))
