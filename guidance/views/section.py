"""A section of an issued edition: stored HTML in a shell rendered once; at most two queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import escape

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.rendering.addresses import INDEX, document_path, edition_path
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
from guidance.views.responses import answer, validators
from guidance.views.shell import fill


@require_safe
def section(request: HttpRequest, document: str, edition: str, section: str) -> HttpResponseBase:
    now = timezone.localtime()
    kept = recall((document, edition, section), now.date())
    if kept is None or not kept.unasked():
        rows = edition_rows(document)
        if kept is None or not kept.stands(rows):
            facts = document_of(document, rows)
            kept = _made(facts, rows, edition, section, now) if facts else None
            if kept is None:
                return section_not_found(request, document, edition, section, facts)
    return answer(request, kept.body, kept.validators, now)


def _made(
    facts: DocumentFacts, rows: Rows, edition: str, section: str, now: datetime
) -> KeptPage | None:
    issued = facts.edition(edition)
    found = issued and find_section(facts.slug, edition, section)
    if not (issued and found):
        return None
    body = _page(facts, issued, found, now.date())
    key = (facts.slug, edition, section)
    return keep(key, rows, now.date(), body, validators(body, facts, issued.digest, now))


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
