"""One paragraph: its words in force, on a date or in an edition, and how to cite it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guidance.actions.certifying import can_certify
from guidance.consultations import Asking, asking_about
from guidance.rendering.addresses import (
    INDEX,
    certificate_path,
    dated,
    document_path,
    edition_path,
    paragraph_path,
    section_path,
)
from guidance.standing import day_words, in_force_on
from guidance.views.asking import Question, as_known_now, ask
from guidance.views.basis import covered, duties_at
from guidance.views.consulting import askings_on
from guidance.views.dates import Asked, date_form
from guidance.views.edition_facts import declared
from guidance.views.first_line import first_line, print_line
from guidance.views.ledger import DocumentFacts, EditionFacts
from guidance.views.not_found import edition_not_found, none_in_force, paragraph_not_found
from guidance.views.number_notices import Notice, asked_for, elsewhere, same_number
from guidance.views.old_numbers import fates, numbers
from guidance.views.paragraph_cites import cites
from guidance.views.paragraph_facts import ParagraphFacts, find_paragraph
from guidance.views.paragraph_history import history
from guidance.views.responses import issued_page
from guidance.views.structured_data import paragraph_head


@require_safe
def paragraph(request: HttpRequest, document: str, reference: str) -> HttpResponseBase:
    """`?as_at=2008-07-01` gives it as in force then, `?edition=` as it stands in that edition,
    `&known_on=` as the site knew it at the end of that day."""
    question = ask(request, document)
    if not isinstance(question, Question):
        return question
    slug = request.GET.get("edition", "")
    issued = question.edition(slug)
    if issued is None and slug:
        return edition_not_found(request, question.document, slug)
    if issued is None:
        return none_in_force(request, question.document, question.dates)
    found = find_paragraph(issued.pk, reference)
    if found is None:
        return paragraph_not_found(request, question.document, issued, reference, question.dates)
    context = _context(request, question, issued, found)
    page = render(request, "guidance/paragraph.html", context)
    moves = bool(context["asked_in"] or context["askings"])
    return issued_page(request, page.content, question.document, digest=found.digest, moves=moves)


@require_safe
def loose_paragraph(request: HttpRequest, document: str, words: str) -> HttpResponseBase:
    """Addresses that people make up or remember ("para/2/13") lead to the real one."""
    question = ask(request, document)
    if not isinstance(question, Question):
        return question
    if find_paragraph(question.current.pk, words):
        return redirect(_with_query(request, paragraph_path(document, words)))
    return paragraph_not_found(request, question.document, question.current, words, question.dates)


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _context(
    request: HttpRequest, question: Question, issued: EditionFacts, found: ParagraphFacts
) -> dict[str, object]:
    facts, dates = question.document, question.dates
    section = section_path(facts.slug, issued.slug, found.section_slug)
    stated = declared(issued.pk, facts.slug, issued.slug)
    basis = covered(stated, found)
    notices = _notices(request, question, issued, found)
    askings = askings_on(facts, issued, dates.known_on)
    return {
        "askings": askings,
        "asked_in": _asked_in(found, dates),
        "head": paragraph_head(facts, issued, found, timezone.localdate(), basis.provisions),
        "document": facts,
        "edition": issued,
        "paragraph": found,
        "first_line": first_line(
            facts,
            issued,
            dates.day,
            known_on=dates.known_on,
            now=as_known_now(request),
            change="#as-at",
            askings=askings,
        ),
        "print_line": mark_safe(print_line(facts, issued, dates.day, dates.known_on)),  # noqa: S308
        "crumbs": (
            ("All guidance", INDEX),
            (facts.title, document_path(facts.slug)),
            (issued.title, edition_path(facts.slug, issued.slug)),
            (found.section_words, f"{section}#{found.reference}"),
        ),
        "notices": [n for n in notices if not n.quiet],
        "drafts": [n for n in notices if n.quiet],
        "covered": basis,
        "duties": duties_at(stated, found),
        "provisions": basis.provisions,
        "history": history(facts, found.identity),
        **cites(issued, found, stated.definitions),
        "neighbours": [
            (rel, label, ref, _beside(request, facts, ref, dates))
            for rel, label, ref in (
                ("prev", "Previous", found.before),
                ("next", "Next", found.following),
            )
            if ref
        ],
        "section_address": f"{section}{dated(dates.as_at, dates.known_on)}#{found.reference}",
        "citation": citation(facts, issued, found),
        "links": _links(request, question, issued, found),
        "certificate": _certificate(question, issued, found),
        "form": date_form(paragraph_path(facts.slug, found.reference), dates),
    }


def _asked_in(found: ParagraphFacts, dates: Asked) -> list[tuple[Asking, str, str]]:
    """The consultations that ask or asked about it, with their phase ("opens", "closes" or "closed")
    and the day; in one query. What the site knew of them on a day is not kept."""
    now = timezone.now()
    rows: list[tuple[Asking, str, str]] = []
    for asking in [] if dates.known_on else asking_about(found.identity):
        phase, _, day = asking.consultation.words(now).partition(" ")
        rows.append((asking, phase, day))
    return rows


def _notices(
    request: HttpRequest, question: Question, issued: EditionFacts, found: ParagraphFacts
) -> list[Notice]:
    """What is to be known of its number: one query, and another where the paragraph is gone."""
    facts, current = question.document, question.current
    known = numbers(facts, issued, found.reference, found.identity)
    asked = request.GET.get("asked", "")
    notices = asked_for(facts, issued, found, known, asked)
    if issued.pk != current.pk:
        gone = {} if current.pk in known.own else fates(facts, current, [found.identity])
        notices += elsewhere(facts, current, known, gone.get(found.identity))
    return notices + same_number(facts, issued, found.reference, known.others, question.dates.day)


def _beside(request: HttpRequest, facts: DocumentFacts, reference: str, dates: Asked) -> str:
    """A neighbour, in the edition or on the dates that were asked for."""
    edition = request.GET.get("edition", "")
    return paragraph_path(
        facts.slug, reference, edition=edition, as_at=dates.as_at, known_on=dates.known_on
    )


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
    request: HttpRequest, question: Question, issued: EditionFacts, found: ParagraphFacts
) -> list[tuple[str, str]]:
    """What each address promises, and the address."""
    slug, reference = question.document.slug, found.reference
    today = timezone.localdate()
    paths = [
        ("These words, whatever comes", paragraph_path(slug, reference, edition=issued.slug)),
    ]
    in_force = in_force_on(question.document.editions, today)
    if in_force and in_force.slug == issued.slug and question.dates.known_on is None:
        paths += [
            ("In force today", paragraph_path(slug, reference, as_at=today)),
            ("Whatever is in force when it is opened", paragraph_path(slug, reference)),
        ]
    return [(words, request.build_absolute_uri(path)) for words, path in paths]


def _certificate(question: Question, issued: EditionFacts, found: ParagraphFacts) -> str:
    """The address of its certificate on the date shown; empty where this site signs none."""
    if not can_certify():
        return ""
    path = certificate_path(question.document.slug, edition=issued.slug, reference=found.reference)
    dates = dated(question.dates.as_at, question.dates.known_on)
    return f"{path}&{dates[1:]}" if dates else path
