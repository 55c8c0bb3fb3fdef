"""What a person sees who asked for something that is not there: what is near it, never a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from guidance.models import Entry
from guidance.rendering.addresses import (
    as_at_path,
    document_path,
    edition_path,
    paragraph_path,
)
from guidance.standing import day_words, shown_on
from guidance.views.finding import match_reference, nearest_references
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document

Link = tuple[str, str]


def document_not_found(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A document that has no issued edition is not there for the public, whatever is drafted."""
    if slug != slug.lower() and find_document(slug.lower()):
        return redirect(request.get_full_path().replace(f"/{slug}/", f"/{slug.lower()}/", 1))
    return _page(
        request,
        "There is no guidance at this address",
        "It may have another name, or may not have been published yet.",
    )


def edition_not_found(
    request: HttpRequest, facts: DocumentFacts, slug: str, words: str = ""
) -> HttpResponseBase:
    """An unknown edition; what looks like a paragraph number leads to the paragraph. `words` are
    all that was asked for after the document, by default the slug."""
    issued = shown_on(facts.editions, timezone.localdate())
    if isinstance(issued, EditionFacts) and "edition" not in request.GET:
        meant = match_reference(words or slug, _references(issued.pk))
        if meant:
            return redirect(paragraph_path(facts.slug, meant))
    return _page(
        request,
        f"{facts.title} has no edition at this address",
        "These editions have been published.",
        [(e.title, edition_path(facts.slug, e.slug)) for e in facts.editions],
        facts,
    )


def section_not_found(
    request: HttpRequest, document: str, edition: str, section: str, facts: DocumentFacts | None
) -> HttpResponseBase:
    """An unknown section of a document that may or may not be there."""
    if facts is None:
        return document_not_found(request, document)
    issued = facts.edition(edition)
    if issued is None:
        return edition_not_found(request, facts, edition, f"{edition}/{section}")
    meant = match_reference(section, _references(issued.pk))
    if meant:
        return redirect(paragraph_path(facts.slug, meant, edition=issued.slug))
    return _page(
        request,
        f"“{section}” is not a section of this edition",
        "Its contents list every section.",
        [(issued.title, edition_path(facts.slug, issued.slug))],
        facts,
    )


def paragraph_not_found(
    request: HttpRequest,
    facts: DocumentFacts,
    issued: EditionFacts,
    words: str,
    day: date,
) -> HttpResponseBase:
    """The paragraph that was meant, or a page that says what is near and where it stood before."""
    references = _references(issued.pk)
    meant = match_reference(words, references)
    query = request.META.get("QUERY_STRING", "")
    if meant:
        path = paragraph_path(facts.slug, meant)
        return redirect(f"{path}?{query}" if query else path)
    pinned = issued.slug if request.GET.get("edition") else ""
    dated = day if request.GET.get("as_at") else None
    nearest = [
        (ref, paragraph_path(facts.slug, ref, edition=pinned, as_at=dated))
        for ref in nearest_references(words, references)
    ]
    return _page(
        request,
        f"Paragraph {words.strip('/')} is not in this edition",
        f"{issued.title} of {facts.title} has no paragraph of that number or name.",
        nearest,
        facts,
        links_title="Near it",
        elsewhere=_elsewhere(facts, issued, words),
    )


def none_in_force(
    request: HttpRequest, facts: DocumentFacts, day: date, *, status: int = 404
) -> HttpResponseBase:
    """Nothing applied on that day; the editions say when each does."""
    return _page(
        request,
        f"No edition was in force on {day_words(day)}",
        f"On that date no edition of {facts.title} applied.",
        [(e.title, edition_path(facts.slug, e.slug)) for e in facts.editions],
        facts,
        links_title="Editions that have been published",
        status=status,
    )


def wrong_date(request: HttpRequest, facts: DocumentFacts, text: str) -> HttpResponseBase:
    today = timezone.localdate()
    return _page(
        request,
        "That is not a date",
        "Write the date as year, month and day, like 2008-07-01.",
        [(f"As at {day_words(today)}", as_at_path(facts.slug, today))],
        facts,
        status=400,
    )


def _references(edition: int) -> list[str]:
    rows = Entry.objects.filter(edition=edition).exclude(reference="").order_by("position")
    return list(rows.values_list("reference", flat=True))


def _elsewhere(facts: DocumentFacts, issued: EditionFacts, words: str) -> list[Link]:
    """Other editions that have the reference, and what became of it in this one."""
    slugs = {e.pk: e for e in facts.editions if e.pk != issued.pk}
    rows = Entry.objects.filter(edition__in=slugs, reference=words).values_list(
        "edition_id", "paragraph_id"
    )
    found = list(rows)
    now = dict(
        Entry.objects.filter(edition=issued.pk, paragraph__in=[p for _, p in found]).values_list(
            "paragraph_id", "reference"
        )
    )
    links: list[Link] = []
    for pk, identity in found:
        path = paragraph_path(facts.slug, words, edition=slugs[pk].slug)
        links.append((f"{words} in {slugs[pk].title}", path))
        if identity in now:
            path = paragraph_path(facts.slug, now[identity], edition=issued.slug)
            links.append((f"It is now {now[identity]}", path))
    return list(dict.fromkeys(links))


def _page(
    request: HttpRequest,
    title: str,
    text: str,
    links: Sequence[Link] = (),
    facts: DocumentFacts | None = None,
    *,
    links_title: str = "",
    elsewhere: Sequence[Link] = (),
    status: int = 404,
) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "links": links,
        "links_title": links_title,
        "elsewhere": elsewhere,
        "document": facts,
        "document_address": facts and document_path(facts.slug),
    }
    return render(request, "guidance/not_found.html", context, status=status)
