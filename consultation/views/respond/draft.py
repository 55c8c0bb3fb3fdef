"""The draft with boxes beside its paragraphs: read it, and answer and comment there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from consultation.actions.anchors import Anchor, anchors
from consultation.forms.answer import Box
from consultation.models import Question
from consultation.views.beside import (
    DraftSection,
    SectionPlaces,
    draft_section,
    lay_out,
    place_id,
    section_with,
)
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.beginning import lost
from consultation.views.respond.boxes import (
    comment_boxes,
    faults_of,
    question_boxes,
    save_boxes,
)
from consultation.views.respond.pages import IN_CONFLICT, WRONG, gate, respond_page
from guidance.models import Section


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section of the draft with its boxes."""

    section: DraftSection
    places: SectionPlaces
    questions: Sequence[Box]
    comments: Sequence[Box]

    @property
    def boxes(self) -> list[Box]:
        return [*self.questions, *self.comments]


@at_desk
@require_safe
def respond_draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The sections of the draft, with the questions that are asked in each."""
    if page := gate(request, desk):
        return page
    layout = lay_out(desk.consultation, desk.questions)
    rows = Section.objects.filter(edition=desk.consultation.edition_id).order_by("position")
    sections = [
        {
            "words": str(row),
            "address": f"{desk.base}draft/{row.slug}/",
            "asked": layout.asked_in(row.slug),
        }
        for row in rows.defer("html")
    ]
    context = {"sections": sections, "homeless": layout.homeless()}
    return respond_page(request, desk, "draft", context)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def respond_section(request: HttpRequest, desk: Desk, section: str) -> HttpResponse:
    """A section; one save for all that is written on its page."""
    if request.method != "POST" and (page := gate(request, desk)):
        return page
    found = draft_section(desk.consultation, section)
    if found is None:
        raise Http404("The draft has no such section.")
    shown = _load(desk, found)
    if request.method != "POST":
        return _page(request, desk, shown)
    new = lost(request, desk)
    if page := save_boxes(request, desk, shown.boxes):
        return page
    if any(box.fault or box.conflict for box in shown.boxes):
        return _page(request, desk, shown)
    note = "new" if new else "saved"
    return HttpResponseRedirect(f"{request.path}?note={note}", status=303)


def _load(desk: Desk, section: DraftSection) -> SectionPage:
    places = lay_out(desk.consultation, desk.questions).in_section(section.slug)
    asked = [q for q in desk.questions if _is_asked(q, places)]
    cited = anchors(desk.consultation.edition_id or 0)
    here: list[Anchor] = [cited[r] for r in section.references if r in cited]
    return SectionPage(section, places, question_boxes(desk, asked), comment_boxes(desk, here))


def _is_asked(question: Question, places: SectionPlaces) -> bool:
    asked = (*places.instead.values(), *(q for qs in places.after.values() for q in qs))
    return any(question.pk == each.pk for each in asked)


def _page(request: HttpRequest, desk: Desk, shown: SectionPage) -> HttpResponse:
    boxes = shown.boxes
    status = 200
    if any(box.fault or box.conflict for box in boxes):
        status = IN_CONFLICT if any(box.conflict for box in boxes) else WRONG
    html = section_with(
        shown.section,
        after=_after(request, desk, shown),
        instead={
            block: _question_html(request, desk, shown, question)
            for block, question in shown.places.instead.items()
        },
        base=f"{desk.base}draft/",
    )
    context = {"section": shown.section, "html": mark_safe(html)}  # noqa: S308  made by rendering
    return respond_page(request, desk, "section", context, status=status, faults=faults_of(boxes))


def _after(request: HttpRequest, desk: Desk, shown: SectionPage) -> dict[str, str]:
    """What stands behind each paragraph: its questions, where others ask about it, its comment."""
    found = {}
    for box in shown.comments:
        assert box.anchor is not None
        reference = box.anchor.reference
        asked = [
            _question_html(request, desk, shown, question)
            for question in shown.places.after.get(reference, ())
        ]
        elsewhere = [
            {"label": question.label, "place": place_id(question), "question": question}
            for question in shown.places.elsewhere.get(reference, ())
        ]
        context = {"box": box, "desk": desk, "elsewhere": elsewhere, "again": request.path}
        comment = render_to_string("consultation/parts/beside_comment.html", context)
        found[reference] = comment + "".join(asked)
    return found


def _question_html(request: HttpRequest, desk: Desk, shown: SectionPage, question: Question) -> str:
    box = next(b for b in shown.questions if b.question and b.question.pk == question.pk)
    context = {
        "box": box,
        "desk": desk,
        "question": question,
        "id": place_id(question),
        "again": request.path,
    }
    return render_to_string("consultation/parts/beside_question.html", context)
