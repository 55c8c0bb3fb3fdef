"""A section of an issued edition: stored HTML in a shell rendered once, after one query or two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.rendering.addresses import INDEX, document_path, edition_path
from guidance.views.first_line import first_line, print_line
from guidance.views.kept import keep, recall
from guidance.views.ledger import (
    DocumentFacts,
    EditionFacts,
    SectionFacts,
    document_of,
    edition_rows,
    find_section,
)
from guidance.views.not_found import section_not_found
from guidance.views.responses import answer, validators
from guidance.views.shell import fill


@require_safe
def section(request: HttpRequest, document: str, edition: str, section: str) -> HttpResponseBase:
    rows, now = edition_rows(document), timezone.localtime()
    day = now.date()
    key = (document, edition, section)
    kept = recall(key, rows, day)
    if kept is None:
        facts = document_of(document, rows)
        issued = facts and facts.edition(edition)
        found = issued and find_section(document, edition, section)
        if not (facts and issued and found):
            return section_not_found(request, document, edition, section, facts)
        body = _page(facts, issued, found, day)
        kept = keep(key, rows, day, body, validators(body, facts, issued.digest, now))
    return answer(request, kept.body, kept.validators, now)


def _page(facts: DocumentFacts, issued: EditionFacts, found: SectionFacts, day: date) -> bytes:
    crumbs = (
        ("All guidance", INDEX),
        (facts.title, document_path(facts.slug)),
        (issued.title, edition_path(facts.slug, issued.slug)),
    )
    slots = {
        "section_title": escape(f"{found.number} {found.title}".strip()),
        "document_title": escape(facts.title),
        "crumbs_html": _crumbs(crumbs),
        "first_line": first_line(facts, issued, day),
        "print_line": print_line(facts, issued, day),
        "section_html": found.html,
    }
    return fill("guidance/section.html", slots)


def _crumbs(crumbs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" '
        f'href="{address}">{escape(words)}</a></li>'
        for words, address in crumbs
    )
