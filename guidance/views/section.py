"""A section of an issued edition: stored HTML in a shell rendered once, after one query or two."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from zlib import crc32

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.rendering.addresses import INDEX, document_path, edition_path
from guidance.views.first_line import first_line, print_line
from guidance.views.kept import KeptSection, keep, recall
from guidance.views.ledger import EditionFacts, find_document, find_section
from guidance.views.not_found import section_not_found
from guidance.views.responses import issued_page
from guidance.views.shell import fill

TEMPLATE = "guidance/section.html"


@require_safe
def section(request: HttpRequest, document: str, edition: str, section: str) -> HttpResponseBase:
    facts = find_document(document)
    issued = facts and facts.edition(edition)
    found = issued and _section(document, issued, section)
    if not (facts and issued and found):
        return section_not_found(request, document, edition, section, facts)
    now = timezone.localtime()
    crumbs = (
        ("All guidance", INDEX),
        (facts.title, document_path(document)),
        (issued.title, edition_path(document, edition)),
    )
    around = {
        "section_title": escape(found.title),
        "document_title": escape(facts.title),
        "crumbs_html": _crumbs(crumbs),
        "first_line": first_line(facts, issued, now.date()),
        "print_line": print_line(facts, issued, now.date()),
    }
    slots = {name: html.encode() for name, html in around.items()}
    body = fill(TEMPLATE, {**slots, "section_html": found.html})
    # What surrounds the section is small; the section's own checksum was taken when it was kept.
    checksum = crc32(fill(TEMPLATE, {**slots, "section_html": b""}), found.checksum)
    return issued_page(request, body, facts, digest=issued.digest, checksum=checksum, now=now)


def _section(document: str, issued: EditionFacts, slug: str) -> KeptSection | None:
    key = (issued.digest, slug)
    kept = recall(key)
    if kept is None:
        found = find_section(document, issued.slug, slug)
        kept = found and keep(key, f"{found.number} {found.title}".strip(), found.html)
    return kept


def _crumbs(crumbs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" '
        f'href="{address}">{escape(words)}</a></li>'
        for words, address in crumbs
    )
