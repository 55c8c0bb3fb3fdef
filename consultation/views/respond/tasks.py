"""The task list: what a response consists of, how far it is, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consultation.actions.completeness import USE, YOU, ToDo, to_do
from consultation.answers import FILE
from consultation.forms.answer import Box
from consultation.models import Question, Response, State
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.boxes import comments_on, question_boxes
from consultation.views.respond.pages import not_open, respond_page
from consultation.views.respond.sent import sent_page
from consultation.views.respond.steps import question_address

NOT_STARTED, DONE, ATTENTION, REWORDED = "Not started", "Answered", "Needs attention", "Changed"


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the list: what is done, where, and how far it is. `quiet` says that nothing more is
    asked of the respondent."""

    words: str
    address: str
    status: str
    hint: str = ""
    anchor: str = ""

    @property
    def quiet(self) -> bool:
        return self.status in (DONE, "Complete", "Optional")

    @property
    def colour(self) -> str:
        """The colour of its tag in the style sheet, where it has one."""
        return {ATTENTION: "red", REWORDED: "orange", NOT_STARTED: "blue"}.get(self.status, "")


@at_desk
@require_safe
def respond(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The task list, or what became of the response."""
    if desk.response is not None and desk.response.state != State.DRAFT:
        return sent_page(request, desk)
    if not (desk.preview or desk.writable):
        return not_open(request, desk)
    boxes = question_boxes(desk, desk.questions)
    todo = to_do(desk.response, desk.questions) if desk.response else []
    files = _files(desk.response)
    answered = sum(box.said or bool(files.get(_pk(box))) for box in boxes)
    context = {
        "tasks": [_question_task(desk, box, files) for box in boxes],
        "comments": comments_on(desk),
        "you": _step(desk, YOU, "About you", todo),
        "use": _step(desk, USE, "How we may use your response", todo),
        "files": sum(files.values()),
        "answered": answered,
        "all_questions": len(boxes),
        "ready": desk.response is not None and not todo,
    }
    return respond_page(request, desk, "tasks", context)


def _pk(box: Box) -> int | None:
    return box.question.pk if box.question else None


def _files(response: Response | None) -> dict[int | None, int]:
    """How many files belong to each question, and (None) to none."""
    if response is None:
        return {}
    rows = response.attachments.order_by().values_list("question")
    return dict(rows.annotate(n=Count("pk")))


def _question_task(desk: Desk, box: Box, files: dict[int | None, int]) -> Task:
    question = box.question
    assert question is not None
    assert question.wording is not None
    return Task(
        f"{box.label}: {_short(question.wording.text)}",
        question_address(desk, question),
        _status(box, question, files.get(question.pk, 0)),
        "required" if question.wording.required else "",
    )


def _status(box: Box, question: Question, files: int) -> str:
    if box.before is not None:
        return REWORDED
    if not box.said and not files:
        return NOT_STARTED
    half = box.asked.required and (
        (box.takes_file and not files) or (box.asked.kind not in ("text", FILE) and not box.chosen)
    )
    return ATTENTION if half else DONE


def _step(desk: Desk, step: str, words: str, todo: Sequence[ToDo]) -> Task:
    address = f"{desk.base}{step}/"
    if desk.response is None or not _begun(desk.response, step):
        return Task(words, address, NOT_STARTED)
    missing = any(each.step == step for each in todo)
    return Task(words, address, ATTENTION if missing else "Complete")


def _begun(response: Response, step: str) -> bool:
    if step == YOU:
        return bool(response.respondent or response.name or response.email)
    return response.publish_name is not None or response.publish_answer is not None


def _short(words: str) -> str:
    """The first words of a question, cut between words."""
    line = " ".join(words.split())
    return line if len(line) <= 110 else f"{line[:110].rpartition(' ')[0]} …"
