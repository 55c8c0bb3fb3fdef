"""What a person sees who asked for something that is not there: what is near it, never a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from guidance.standing import day_words, shown_on, standing
from guidance.views.dates import Asked, WrongDate, date_form
from guidance.views.finding import match_reference, nearest_references
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.number_notices import Notice, of_holder
from guidance.views.old_numbers import fates, holders

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
        meant = match_reference(words or slug, _references([issued]))
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
    meant = match_reference(section, _references([issued]))
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
    dates: Asked,
) -> HttpResponseBase:
    """The paragraph that was meant, found by its number in another edition if need be; or a page
    that says whose number it was, what became of each, and what is near.

    One that had the number alone, and is here under another, is gone to at once: its page says why.
    """
    held = holders(facts, issued, words)
    if len(held) == 1 and held[0].here:
        return _to(request, facts, held[0].here, asked=words)
    references = _references([issued])
    meant = match_reference(words, references) or (
        None if held else match_reference(words, _references(facts.editions))
    )
    if meant:
        return _to(request, facts, meant)
    gone = fates(facts, issued, [h.identity for h in held if not h.here]) if held else {}
    pinned = issued.slug if request.GET.get("edition") else ""
    nearest = [
        (
            ref,
            paragraph_path(
                facts.slug, ref, edition=pinned, as_at=dates.as_at, known_on=dates.known_on
            ),
        )
        for ref in nearest_references(words, references)
    ]
    return _page(
        request,
        f"Paragraph {words.strip('/')} is not in {issued.title}",
        f"{issued.title} of {facts.title} has no paragraph of that number or name.",
        nearest,
        facts,
        links_title="Near it",
        notices=[of_holder(facts, issued, words, h, gone.get(h.identity)) for h in held],
    )


def not_known_yet(request: HttpRequest, facts: DocumentFacts, known_on: date) -> HttpResponseBase:
    """The site knew nothing of the document on that day, whatever applied then."""
    here = timezone.get_default_timezone()
    first = min(e.issued_at for e in facts.editions).astimezone(here).date()
    return _page(
        request,
        f"This site knew nothing of {facts.title} on {day_words(known_on)}",
        f"Its first edition was published here on {day_words(first)}. That says nothing of what"
        " applied before: ask for a date without asking what this site knew.",
        [
            (f"As this site knew it on {day_words(first)}", as_at_path(facts.slug, first, first)),
            (facts.title, document_path(facts.slug)),
        ],
        facts,
    )


def none_in_force(
    request: HttpRequest, facts: DocumentFacts, dates: Asked, *, status: int = 404
) -> HttpResponseBase:
    """Nothing applied on that day; the editions say when each does."""
    day = day_words(dates.day)
    known = f", as this site knew it on {day_words(dates.known_on)}" if dates.known_on else ""
    return _page(
        request,
        f"No edition was in force on {day}{known}",
        f"On that date no edition of {facts.title} applied.",
        [
            (f"{e.title}: {standing(e, facts.editions, dates.day).words}", path)
            for e in facts.editions
            for path in (edition_path(facts.slug, e.slug),)
        ],
        facts,
        links_title="Editions that have been published",
        form=date_form(document_path(facts.slug), dates),
        status=status,
    )


def wrong_date(request: HttpRequest, facts: DocumentFacts, wrong: WrongDate) -> HttpResponseBase:
    """A form with what was given in it, and what is wrong with it at its field."""
    given = {name: request.GET.get(name, "") for name in ("as_at", "known_on")}
    form = {
        **given,
        wrong.field: wrong.given,
        "action": document_path(facts.slug),
        "latest": timezone.localdate().isoformat(),
    }
    return _page(
        request,
        "That is not a date that can be asked for",
        str(wrong),
        (),
        facts,
        form=form,
        problem=wrong,
        status=400,
    )


def no_certificates(request: HttpRequest, facts: DocumentFacts) -> HttpResponseBase:
    return _page(
        request,
        "This site signs no certificates",
        "It has not been given a key to sign them with. The digest on each page still says exactly"
        " which words it shows.",
        facts=facts,
    )


def not_certified_ahead(request: HttpRequest, facts: DocumentFacts, day: date) -> HttpResponseBase:
    return _page(
        request,
        f"Nobody can certify yet what applies on {day_words(day)}",
        "Another edition may be published before then. Ask for today or an earlier day.",
        facts=facts,
        status=400,
    )


def wrong_format(request: HttpRequest, facts: DocumentFacts) -> HttpResponseBase:
    return _page(
        request,
        "A certificate has no such format",
        "Ask for format=json or format=pdf, or leave the format out for a page.",
        facts=facts,
        status=400,
    )


def pdf_not_drawn(request: HttpRequest, facts: DocumentFacts, json: str) -> HttpResponse:
    return _page(
        request,
        "The PDF could not be made in time",
        "Try again in a moment, or take the certificate as JSON, which says and proves the same.",
        [("The certificate as JSON", json)],
        facts,
        status=503,
    )


def _to(
    request: HttpRequest, facts: DocumentFacts, reference: str, asked: str = ""
) -> HttpResponse:
    """To a paragraph, with the dates or the edition that were asked for."""
    query = request.GET.copy()
    if asked:
        query["asked"] = asked
    path = paragraph_path(facts.slug, reference)
    return redirect(f"{path}?{query.urlencode()}" if query else path)


def _references(editions: Sequence[EditionFacts]) -> list[str]:
    rows = Entry.objects.filter(edition__in=[e.pk for e in editions]).exclude(reference="")
    ordered = rows.order_by("position").values_list("reference", flat=True)
    return list(dict.fromkeys(ordered))


def _page(
    request: HttpRequest,
    title: str,
    text: str,
    links: Sequence[Link] = (),
    facts: DocumentFacts | None = None,
    *,
    links_title: str = "",
    notices: Sequence[Notice] = (),
    form: Mapping[str, str] | None = None,
    problem: WrongDate | None = None,
    status: int = 404,
) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "links": links,
        "links_title": links_title,
        "notices": notices,
        "form": form,
        "problem": problem,
        "document": facts,
        "document_address": facts and document_path(facts.slug),
    }
    return render(request, "guidance/not_found.html", context, status=status)
