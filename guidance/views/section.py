"""A section of an issued edition: stored HTML in a shell rendered once; at most two queries.

A draft on which a consultation is known costs a third, and a fourth where it is open and a question
is printed: each printed question then leads to where it is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.consultations import Asking
from guidance.rendering.addresses import (
    INDEX,
    as_at_path,
    dated,
    document_path,
    edition_path,
    section_path,
)
from guidance.views.asking import Question, as_known_now, ask
from guidance.views.consulting import as_they_stand, askings_on, with_answers
from guidance.views.dates import Asked, read_day
from guidance.views.first_line import first_line, print_line
from guidance.views.kept import KeptPage, Rows, keep, recall
from guidance.views.ledger import (
    DocumentFacts,
    EditionFacts,
    SectionFacts,
    document_of,
    edition_rows,
    find_section,
)
from guidance.views.not_found import section_not_found
from guidance.views.responses import answer, issued_page, validators
from guidance.views.shell import fill
from guidance.views.structured_data import canonical

Place = tuple[str, str, str]
"""Document, edition and section."""


@require_safe
def section(request: HttpRequest, document: str, edition: str, section: str) -> HttpResponseBase:
    """`?as_at=` says what the edition was on a day, and so do the sections that it leads to;
    `&known_on=` as the site knew it at the end of that day."""
    place = (document, edition, section)
    if not request.META.get("QUERY_STRING"):
        return _kept(request, place)
    day = read_day(request.GET.get("as_at", "").strip())
    if day and not request.GET.get("known_on"):
        return _kept(request, place, day)
    return _asked(request, place)


def _kept(request: HttpRequest, place: Place, day: date | None = None) -> HttpResponseBase:
    """The page as it was kept, or made and kept."""
    now = timezone.localtime()
    key = (*place, day.isoformat() if day else "")
    kept = recall(key, now.date())
    if kept is None or not kept.unasked():
        rows = edition_rows(place[0])
        facts = document_of(place[0], rows)
        askings = askings_on(facts, facts.edition(place[1])) if facts else []
        depends = [*rows, *as_they_stand(askings, now)]
        if kept is None or not kept.stands(depends):
            kept = _made(key, facts, depends, now, day, askings) if facts else None
            if kept is None:
                return section_not_found(request, *place, facts)
    return answer(request, kept.body, kept.validators, now)


def _made(
    key: tuple[str, str, str, str],
    facts: DocumentFacts,
    rows: Rows,
    now: datetime,
    day: date | None,
    askings: Sequence[Asking],
) -> KeptPage | None:
    issued = facts.edition(key[1])
    found = issued and find_section(*key[:3])
    if not (issued and found):
        return None
    dates = Asked(day or now.date(), day is not None)
    body = _page(facts, issued, key[2], found, dates, askings=askings)
    alike = validators(body, facts, issued.digest, now, moves=bool(askings))
    return keep(key, rows, now.date(), body, alike)


def _asked(request: HttpRequest, place: Place) -> HttpResponseBase:
    """A page that is not kept: what the site knew on a day is asked for seldom."""
    question = ask(request, place[0])
    if not isinstance(question, Question):
        return question
    if not question.dates.named:
        return _kept(request, place)
    issued = question.document.edition(place[1])
    found = issued and find_section(*place)
    if not (issued and found):
        return section_not_found(request, *place, question.document)
    now = as_known_now(request)
    askings = askings_on(question.document, issued, question.dates.known_on)
    body = _page(question.document, issued, place[2], found, question.dates, now, askings)
    return issued_page(request, body, question.document, digest=issued.digest, moves=bool(askings))


def _page(
    facts: DocumentFacts,
    issued: EditionFacts,
    slug: str,
    found: SectionFacts,
    dates: Asked,
    now: str = "",
    askings: Sequence[Asking] = (),
) -> bytes:
    crumbs = [
        ("All guidance", INDEX),
        (facts.title, document_path(facts.slug)),
        (issued.title, edition_path(facts.slug, issued.slug)),
    ]
    html = with_answers(found.html, issued, slug, askings, timezone.now())
    if dates.named:
        html = _dated_links(html, facts, issued, dates)
        crumbs[1] = (facts.title, as_at_path(facts.slug, dates.day, dates.known_on))
    line = first_line(facts, issued, dates.day, known_on=dates.known_on, now=now, askings=askings)
    slots = {
        "section_title": escape(f"{found.number} {found.title}".strip()),
        "document_title": escape(facts.title),
        "crumbs_html": _crumbs(crumbs),
        "first_line": line,
        "print_line": print_line(facts, issued, dates.day, dates.known_on),
        "section_html": html,
        "canonical": canonical(section_path(facts.slug, issued.slug, slug)),
    }
    return fill("guidance/section.html", slots)


def _dated_links(html: str, facts: DocumentFacts, issued: EditionFacts, dates: Asked) -> str:
    """The contents and the neighbours lead to the other sections on the same date."""
    start = re.escape(edition_path(facts.slug, issued.slug))
    query = dated(dates.as_at, dates.known_on)
    return re.sub(rf'(href="{start}[-\w]+/)(?=["#])', rf"\g<1>{query}", html)


def _crumbs(crumbs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" '
        f'href="{address}">{escape(words)}</a></li>'
        for words, address in crumbs
    )
