"""An edition: its contents and what it declares; and its statements of status, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guidance.actions.certifying import can_certify
from guidance.models import Stage
from guidance.rendering.addresses import (
    INDEX,
    certificate_path,
    document_path,
    edition_path,
    status_path,
)
from guidance.standing import span_in_force
from guidance.views.consulting import askings_on
from guidance.views.corrections import corrections
from guidance.views.dates import Asked, date_form
from guidance.views.edition_facts import Declared, contents, declared, glossary, status_counts
from guidance.views.first_line import first_line, print_line
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.not_found import document_not_found, edition_not_found
from guidance.views.provisions import Named
from guidance.views.responses import issued_page
from guidance.views.structured_data import edition_head
from guidance.views.ways_on import ways_on


@require_safe
def edition(request: HttpRequest, document: str, edition: str) -> HttpResponseBase:
    facts = find_document(document)
    issued = facts and facts.edition(edition)
    if not (facts and issued):
        return _missing(request, document, edition, facts)
    day = timezone.localdate()
    stated = declared(issued.pk, document, edition)
    extra = {
        "head": edition_head(facts, issued, day, _bases(stated)),
        "contents": contents(issued.pk, document, edition),
        "declared": stated,
        "glossary": glossary(issued.pk, document, edition),
        "counts": status_counts(issued.pk),
        "span": span_in_force(issued, facts.editions),
        "stage_words": Stage(issued.stage).label,
        "corrections": corrections(facts, issued),
        "certificate": certificate_path(document, edition=edition) if can_certify() else "",
        "ways_on": ways_on(facts, issued),
        "form": date_form(document_path(document), Asked(day)),
    }
    return _page(request, "guidance/edition.html", facts, issued, extra)


@require_safe
def status(request: HttpRequest, document: str, edition: str) -> HttpResponseBase:
    facts = find_document(document)
    issued = facts and facts.edition(edition)
    if not (facts and issued):
        return _missing(request, document, edition, facts)
    extra = {
        "declared": declared(issued.pk, document, edition),
        "counts": status_counts(issued.pk),
    }
    return _page(request, "guidance/status.html", facts, issued, extra)


def _bases(stated: Declared) -> list[Named]:
    """The provisions of its statements of status, each once."""
    return list(dict.fromkeys(p for s in stated.statements for p in s.provisions))


def _missing(
    request: HttpRequest, document: str, edition: str, facts: DocumentFacts | None
) -> HttpResponseBase:
    if facts is None:
        return document_not_found(request, document)
    return edition_not_found(request, facts, edition)


def _page(
    request: HttpRequest,
    template: str,
    facts: DocumentFacts,
    issued: EditionFacts,
    extra: Mapping[str, Any],
) -> HttpResponseBase:
    day = timezone.localdate()
    change = "#as-at" if "form" in extra else ""
    askings = askings_on(facts, issued)
    crumbs = [("All guidance", INDEX), (facts.title, document_path(facts.slug))]
    if template == "guidance/status.html":
        crumbs.append((issued.title, edition_path(facts.slug, issued.slug)))
    context = {
        "document": facts,
        "edition": issued,
        "first_line": first_line(facts, issued, day, change=change, askings=askings),
        "print_line": mark_safe(print_line(facts, issued, day)),  # noqa: S308  escaped there
        "crumbs": crumbs,
        "status_address": status_path(facts.slug, issued.slug),
        **extra,
    }
    page = render(request, template, context)
    return issued_page(request, page.content, facts, digest=issued.digest, moves=bool(askings))
