"""One paragraph: its words in force, on a date or in an edition, and how to cite it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guidance.rendering.addresses import (
    INDEX,
    document_path,
    edition_path,
    paragraph_path,
    section_path,
)
from guidance.standing import day_words, in_force_on, shown_on
from guidance.views.basis import covered, duties_at
from guidance.views.dates import read_day
from guidance.views.edition_facts import declared
from guidance.views.first_line import first_line, print_line
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.not_found import (
    document_not_found,
    edition_not_found,
    none_in_force,
    paragraph_not_found,
    wrong_date,
)
from guidance.views.paragraph_cites import cites
from guidance.views.paragraph_facts import (
    ParagraphFacts,
    find_paragraph,
    provisions_of,
)
from guidance.views.paragraph_history import history
from guidance.views.responses import issued_page


@require_safe
def paragraph(request: HttpRequest, document: str, reference: str) -> HttpResponseBase:
    """`?as_at=2008-07-01` gives it as in force then, `?edition=` as it stands in that edition."""
    facts = find_document(document)
    if facts is None:
        return document_not_found(request, document)
    asked, slug = request.GET.get("as_at", ""), request.GET.get("edition", "")
    day = read_day(asked) if asked else timezone.localdate()
    if day is None:
        return wrong_date(request, facts, asked)
    issued = _edition(facts, slug, day, dated=bool(asked))
    if issued is None and slug:
        return edition_not_found(request, facts, slug)
    if issued is None:
        return none_in_force(request, facts, day, status=404)
    found = find_paragraph(issued.pk, reference)
    if found is None:
        return paragraph_not_found(request, facts, issued, reference, day)
    context = _context(request, facts, issued, found, day)
    page = render(request, "guidance/paragraph.html", context)
    return issued_page(request, page.content, facts, digest=found.digest)


@require_safe
def loose_paragraph(request: HttpRequest, document: str, words: str) -> HttpResponseBase:
    """Addresses that people make up or remember ("para/2/13") lead to the real one."""
    facts = find_document(document)
    issued = facts and shown_on(facts.editions, timezone.localdate())
    if facts is None or issued is None:
        return document_not_found(request, document)
    assert isinstance(issued, EditionFacts)
    if find_paragraph(issued.pk, words):
        return redirect(_with_query(request, paragraph_path(document, words)))
    return paragraph_not_found(request, facts, issued, words, timezone.localdate())


def _edition(facts: DocumentFacts, slug: str, day: date, *, dated: bool) -> EditionFacts | None:
    """By slug; else in force on a given day; else what the document shows today."""
    if slug:
        return facts.edition(slug)
    found = (in_force_on if dated else shown_on)(facts.editions, day)
    return found if isinstance(found, EditionFacts) else None


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _context(
    request: HttpRequest,
    facts: DocumentFacts,
    issued: EditionFacts,
    found: ParagraphFacts,
    day: date,
) -> dict[str, object]:
    today = timezone.localdate()
    section = section_path(facts.slug, issued.slug, found.section_slug)
    stated = declared(issued.pk, facts.slug, issued.slug)
    open_notes = found.html.replace('<details class="notes">', '<details class="notes" open>')
    return {
        "document": facts,
        "edition": issued,
        "paragraph": found,
        "words": mark_safe(open_notes),  # noqa: S308  stored by `render_version`, which escapes
        "first_line": first_line(facts, issued, day),
        "print_line": mark_safe(print_line(facts, issued, day)),  # noqa: S308
        "crumbs": (
            ("All guidance", INDEX),
            (facts.title, document_path(facts.slug)),
            (issued.title, edition_path(facts.slug, issued.slug)),
            (found.section_words, f"{section}#{found.reference}"),
        ),
        "covered": covered(stated, found),
        "duties": duties_at(stated, found),
        "provisions": provisions_of(found.version),
        "history": history(facts, found.identity),
        **cites(issued, found),
        "neighbours": [
            (rel, label, ref, paragraph_path(facts.slug, ref, edition=issued.slug))
            for rel, label, ref in (
                ("prev", "Previous", found.before),
                ("next", "Next", found.following),
            )
            if ref
        ],
        "section_address": f"{section}#{found.reference}",
        "citation": citation(facts, issued, found),
        "links": _links(request, facts, issued, found, today),
    }


def citation(facts: DocumentFacts, issued: EditionFacts, found: ParagraphFacts) -> str:
    """How the paragraph is cited in a letter or a judgment: title, place, edition, date, digest."""
    place = f"paragraph {found.number}" if found.number else f"{found.kind} “{found.title}”"
    if not found.number and found.after:
        place += f" after paragraph {found.after}"
    return (
        f"{facts.title}, {place} ({issued.title}, published {day_words(issued.published)};"
        f" digest {found.digest[:12]})"
    )


def _links(
    request: HttpRequest,
    facts: DocumentFacts,
    issued: EditionFacts,
    found: ParagraphFacts,
    today: date,
) -> list[tuple[str, str]]:
    """What each address promises, and the address."""
    in_force = in_force_on(facts.editions, today)
    paths = [
        (
            "These words, whatever comes",
            paragraph_path(facts.slug, found.reference, edition=issued.slug),
        )
    ]
    if in_force and in_force.slug == issued.slug:
        paths += [
            ("In force today", paragraph_path(facts.slug, found.reference, as_at=today)),
            (
                "Whatever is in force when it is opened",
                paragraph_path(facts.slug, found.reference),
            ),
        ]
    return [(words, request.build_absolute_uri(path)) for words, path in paths]
