"""One question, and all of them on one page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.forms.answer import Box
from consultation.models import Question
from consultation.views.beside import lay_out, place_id
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.beginning import lost, onward
from consultation.views.respond.boxes import faults_of, gone_page, question_boxes, save_boxes
from consultation.views.respond.files import FileFault, save_files
from consultation.views.respond.pages import IN_CONFLICT, WRONG, gate, respond_page
from consultation.views.respond.steps import after_question, question_address


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    """One question; saving leads to the next, or to the task list."""
    if request.method != "POST" and (page := gate(request, desk)):
        return page
    asked = next((q for q in desk.questions if q.key == key), None)
    if asked is None and request.method == "POST" and (page := gone_page(request, desk, ())):
        return page
    if asked is None:
        raise Http404("This question is not asked, or no longer.")
    [box] = question_boxes(desk, [asked])
    if request.method != "POST":
        return _one(request, desk, box)
    new = lost(request, desk)
    if page := save_boxes(request, desk, [box], confirm=True):
        return page
    files = save_files(request, desk)
    if files.page:
        return files.page
    if box.fault or box.conflict or files.faults:
        return _one(request, desk, box, files.faults)
    if files.stay:
        return HttpResponseRedirect(onward(request.path, new=new), status=303)
    last = request.POST.get("onward") == "tasks"
    address = desk.base if last else after_question(desk, asked)
    return HttpResponseRedirect(onward(address, new=new), status=303)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def all_questions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All questions on one page with one save; what is wrong in one loses no other."""
    if request.method != "POST" and (page := gate(request, desk)):
        return page
    boxes = question_boxes(desk, desk.questions)
    if request.method != "POST":
        return _all(request, desk, boxes)
    new = lost(request, desk)
    if page := save_boxes(request, desk, boxes):
        return page
    if any(box.fault or box.conflict for box in boxes):
        return _all(request, desk, boxes)
    return HttpResponseRedirect(onward(desk.base, new=new), status=303)


def _one(
    request: HttpRequest, desk: Desk, box: Box, file_faults: Sequence[FileFault] = ()
) -> HttpResponse:
    asked = box.question
    assert asked is not None
    layout = lay_out(desk.consultation, [asked])
    home = layout.home.get(asked.pk)
    context = {
        "box": box,
        "file_faults": file_faults,
        "question": asked,
        "about": _quoted(desk, asked),
        "in_draft": f"{desk.base}draft/{home.section}/#{place_id(asked)}" if home else "",
        "back": _before(desk, asked),
        "place": desk.questions.index(asked) + 1,
        "of": len(desk.questions),
        "is_last": asked == desk.questions[-1],
    }
    status = _status([box]) if not file_faults else max(WRONG, _status([box]))
    faults = [*faults_of([box]), *(each.fault for each in file_faults)]
    return respond_page(request, desk, "question", context, status=status, faults=faults)


def _all(request: HttpRequest, desk: Desk, boxes: Sequence[Box]) -> HttpResponse:
    return respond_page(
        request, desk, "all", {"boxes": boxes}, status=_status(boxes), faults=faults_of(boxes)
    )


def _status(boxes: Sequence[Box]) -> int:
    if any(box.conflict for box in boxes):
        return IN_CONFLICT
    return WRONG if any(box.fault for box in boxes) else 200


def _before(desk: Desk, asked: Question) -> str:
    at = desk.questions.index(asked)
    return question_address(desk, desk.questions[at - 1]) if at else desk.base


def _quoted(desk: Desk, asked: Question) -> list[dict[str, str]]:
    """The paragraphs that it asks about, with the words that were quoted when it was set up."""
    return [{"number": row.number, "quotation": row.quotation} for row in asked.paragraphs.all()]
