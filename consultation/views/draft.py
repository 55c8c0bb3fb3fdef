"""The draft with its questions beside the paragraphs that they concern, for whoever reads before
they respond."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from consultation.closing import Phase
from consultation.models import ConsultationPage, Question
from consultation.views.beside import (
    DraftSection,
    Layout,
    SectionPlaces,
    draft_section,
    lay_out,
    place_id,
    section_with,
)
from consultation.views.desk import find_consultation
from consultation.views.public import INDEX, public_page
from consultation.views.standing import standing
from guidance.models import Section
from guidance.rendering.addresses import edition_path


@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The contents, with the questions that each section asks; in five queries."""
    found, now = find_consultation(slug), timezone.now()
    assert found.edition is not None
    layout = _layout(found)
    sections = Section.objects.filter(edition=found.edition.pk).order_by("position")
    base = f"{found.address}draft/"
    context = {
        **_frame(found, now),
        "sections": [
            {
                "number": number,
                "title": title,
                "address": f"{base}{section}/",
                "questions": [
                    (question.label, f"{base}{section}/#{place_id(question)}")
                    for question in layout.asked_in(section)
                ],
            }
            for section, number, title in sections.values_list("slug", "number", "title")
        ],
        "homeless": layout.homeless(),
        "edition_address": edition_path(found.document_slug, found.edition.slug),
        "crumbs": [("Consultations", INDEX), (found.title, found.address)],
    }
    return public_page(request, "consultation/draft.html", context, now, [found])


@require_safe
def draft_section_page(request: HttpRequest, slug: str, section: str) -> HttpResponseBase:
    """A section of the draft; in five queries."""
    found, now = find_consultation(slug), timezone.now()
    row = draft_section(found, section)
    if row is None:
        raise Http404("The draft has no such section.")
    base = f"{found.address}draft/"
    html = _with_questions(found, row, _layout(found), now)
    context = {
        **_frame(found, now),
        "section": row,
        "section_html": mark_safe(html),  # noqa: S308  stored HTML, and templates that escape
        "crumbs": [
            ("Consultations", INDEX),
            (found.title, found.address),
            ("The draft", base),
        ],
    }
    return public_page(request, "consultation/draft_section.html", context, now, [found])


def _layout(found: ConsultationPage) -> Layout:
    return lay_out(found, list(found.questions.asked().prefetch_related("paragraphs")))


def _frame(found: ConsultationPage, now: datetime) -> dict[str, object]:
    return {
        "consultation": found,
        "standing": standing(found, now),
        "is_open": found.phase(now) == Phase.OPEN,
    }


def _with_questions(
    found: ConsultationPage, row: DraftSection, layout: Layout, now: datetime
) -> str:
    is_open = found.phase(now) == Phase.OPEN
    places = layout.in_section(row.slug)

    def asked(question: Question) -> str:
        context = {
            "question": question,
            "wording": question.wording,
            "id": place_id(question),
            "answer": f"{found.address}respond/question/{question.key}/" if is_open else "",
        }
        return render_to_string("consultation/parts/asked.html", context)

    after = {
        reference: _after(found, reference, number, places, layout, is_open)
        + "".join(asked(question) for question in places.after.get(reference, ()))
        for reference, number in row.paragraphs.items()
    }
    instead = {block: asked(question) for block, question in places.instead.items()}
    return section_with(row, after=after, instead=instead, base=f"{found.address}draft/")


def _after(
    found: ConsultationPage,
    reference: str,
    number: str,
    places: SectionPlaces,
    layout: Layout,
    is_open: bool,
) -> str:
    """Under a paragraph: the questions that ask about it elsewhere, and the way to comment on it."""
    elsewhere = [
        (q.label, f"{found.address}draft/{layout.home[q.pk].section}/#{place_id(q)}")
        for q in places.elsewhere.get(reference, ())
        if q.pk in layout.home
    ]
    if not (elsewhere or is_open):
        return ""
    context = {
        "elsewhere": elsewhere,
        "number": f"paragraph {number}" if number[:1].isdigit() else number,
        "comment": f"{found.address}respond/paragraph/{reference}/" if is_open else "",
    }
    return render_to_string("consultation/parts/beside.html", context)
