"""Everything as it will be sent, what is still missing, and the sending itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consultation.actions.completeness import to_do
from consultation.actions.submitting import Incomplete, TooLate, submit
from consultation.forms.answer import Box
from consultation.models import Attachment, Confidential, Response, State
from consultation.passages import Passage, passages, unclosed
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.boxes import comments_on, question_boxes
from consultation.views.respond.pages import WRONG, Fault, gate, respond_page
from consultation.views.respond.steps import missing_at, question_address
from consultation.views.respond.summaries import about_rows, use_rows


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer or a comment as it will be sent."""

    label: str
    asked: str
    chosen: str
    pieces: Sequence[Passage]
    files: Sequence[Attachment]
    address: str
    reworded: bool
    unclosed: bool

    @property
    def empty(self) -> bool:
        return not (self.chosen or self.pieces or self.files)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET shows it all; POST sends it, once however often it is asked."""
    received_at = timezone.now()
    response = desk.response
    if request.method == "POST" and response is not None:
        if response.state in (State.SUBMITTED, State.REPLACED, State.WITHDRAWN):
            return HttpResponseRedirect(f"{desk.base}done/", status=303)
        try:
            submit(response=response, received_at=received_at)
        except Incomplete:
            return _page(request, desk, response, asked_to_send=True)
        except TooLate:  # what it amends stands; the page of amending says so
            return HttpResponseRedirect(f"{desk.base}amend/", status=303)
        except Response.DoesNotExist:
            return HttpResponseRedirect(desk.base, status=303)
        return HttpResponseRedirect(f"{desk.base}done/", status=303)
    if page := gate(request, desk):
        return page
    return _page(request, desk, response, asked_to_send=request.method == "POST")


def _page(
    request: HttpRequest, desk: Desk, response: Response | None, *, asked_to_send: bool
) -> HttpResponse:
    if response is None and not desk.preview:
        return HttpResponseRedirect(desk.base, status=303)
    todo = [missing_at(desk, each) for each in to_do(response, desk.questions)] if response else []
    files = list(response.attachments.all()) if response else []
    answers = [_shown(desk, box, files) for box in question_boxes(desk, desk.questions)]
    comments = [_shown(desk, box, ()) for box in comments_on(desk)]
    faults = [Fault(each.address, each.words) for each in todo] if asked_to_send else []
    context = {
        "answers": answers,
        "comments": comments,
        "files": [file for file in files if file.question_id is None],
        "about": about_rows(response) if response else [],
        "use": use_rows(response) if response else [],
        "todo": todo,
        "warnings": _warnings(response, [*answers, *comments]) if response else [],
        "late": desk.phase != "open",
    }
    status = WRONG if faults else 200
    return respond_page(request, desk, "check", context, status=status, faults=faults)


def _shown(desk: Desk, box: Box, files: Sequence[Attachment]) -> Shown:
    wording = box.question.wording if box.question else None
    address = (
        question_address(desk, box.question)
        if box.question
        else f"{desk.base}paragraph/{box.anchor.reference if box.anchor else ''}/"
    )
    answered = box.before or wording
    return Shown(
        label=box.label,
        asked=wording.text if wording else box.anchor.quotation if box.anchor else "",
        chosen=answered.value_in_words(box.value) if answered else "",
        pieces=passages(box.text) if box.text.strip() else (),
        files=[f for f in files if box.question and f.question_id == box.question.pk],
        address=address,
        reworded=box.before is not None,
        unclosed=unclosed(box.text),
    )


def _warnings(response: Response, shown: Sequence[Shown]) -> list[str]:
    """What keeps nobody from sending, and is worth a second look."""
    found = []
    marked = any(piece.confidential for each in shown for piece in each.pieces)
    if response.confidential == Confidential.PASSAGES and not marked:
        found.append(
            "You asked for marked passages to be kept confidential, but no words are marked."
            " Put [[ and ]] around them in your answers."
        )
    for each in shown:
        if each.unclosed:
            found.append(
                f"{each.label}: a confidential passage begins with [[ and does not end."
                " Everything after it is taken as confidential."
            )
        if each.reworded:
            found.append(f"{each.label} was reworded since you answered it.")
    return found
