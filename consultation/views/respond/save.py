"""Saving while somebody writes: what the script of the forms asks for, a hundred times a second.

GET says what is stored in the boxes that are named, for a page that the browser took from its
history. POST stores the boxes that a form sends, or one of the two forms on the respondent.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consultation.actions.anchors import anchor, anchors_of
from consultation.actions.answering import Conflict, NotWritable
from consultation.closing import Phase, in_words
from consultation.forms.answer import Box, comment_box, named_in, question_box
from consultation.forms.when import when_words
from consultation.models import Answer, ParagraphComment, Question, Response, State
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.about import STEPS, mark_of, save_form, typed_of
from consultation.views.respond.beginning import refusal

AT_ONCE = 300
"""Boxes of one request, at most: more than a section of any draft has paragraphs."""


@at_desk
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, desk: Desk) -> JsonResponse:
    """`{"saved": {box: {"revision", "was", "at"}}, "conflicts": {box: {"revision", "at", "by", "text",
    "chosen", "words"}}, "faults": {box: sentence}, "at": "14:32"}`; 409 with `{"stopped": sentence,
    "address": …}` where nothing can be written any more, 429 with `{"wait": sentence}`."""
    if request.method == "GET":
        return JsonResponse({"stored": _stored(desk, request.GET.getlist("box")[:AT_ONCE])})
    if stopped := _stopped(desk):
        return stopped
    if wait := refusal(request, desk):
        return JsonResponse({"wait": wait}, status=429)
    try:
        answer = _fields(request, desk) if "form" in request.POST else _boxes(request, desk)
    except NotWritable:
        return _already_sent(desk)
    return JsonResponse({**answer, "at": when_words(timezone.now())})


def _boxes(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {"saved": {}, "conflicts": {}, "faults": {}}
    for key in named_in(request.POST)[:AT_ONCE]:
        box = _empty_box(desk, key)
        if box is None:
            found["faults"][key] = (
                "This is no longer asked. Copy what you wrote, then load the page again."
            )
            continue
        box.take(request.POST)
        if not box.readable:
            box.value = _value(desk, box)
        if desk.response is None and not box.said:
            found["saved"][key] = {"revision": 0, "was": box.mark, "at": ""}
            continue
        done = box.save(desk.ensure(), desk.person)
        if box.fault:
            found["faults"][key] = box.fault
        if isinstance(done, Conflict):
            found["conflicts"][key] = _conflict(box, done)
        elif done is not None:
            saved = {"revision": done.revision, "was": box.mark, "at": when_words(done.at)}
            found["saved"][key] = saved
    return found


def _fields(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    name = str(request.POST["form"])
    step = STEPS.get(name)
    if step is None:
        return {"saved": {}, "conflicts": {}, "faults": {name: "There is no such form."}}
    form = step.form(request.POST)
    form.is_valid()
    if desk.response is None and not typed_of(form):
        return {"saved": {}, "conflicts": {}, "faults": {}}
    response = desk.ensure()
    done = save_form(response, form, request.POST)
    answer: dict[str, dict[str, Any]] = {"saved": {}, "conflicts": {}, "faults": {}}
    if isinstance(done, Conflict):
        words = {"revision": done.revision, "at": when_words(done.at), "by": done.by}
        answer["conflicts"][name] = words
        return answer
    response.refresh_from_db()
    stored = {field: getattr(response, field) for field in form.fields}
    saved = {"revision": response.revision, "was": mark_of(stored)}
    answer["saved"][name] = {**saved, "at": when_words(response.saved_at)}
    answer["faults"] = {field: str(words[0]) for field, words in form.errors.items()}
    return answer


def _stopped(desk: Desk) -> JsonResponse | None:
    if desk.response is not None:
        return _already_sent(desk) if desk.response.state != State.DRAFT else None
    if desk.phase == Phase.OPEN:
        return None
    page = desk.consultation
    closes = in_words(page.closes) if page.closes else ""
    opens = in_words(page.opens) if page.opens else ""
    upcoming = desk.phase == Phase.UPCOMING
    words = f"It opens at {opens}." if upcoming else f"It closed at {closes}."
    return _stop(desk, f"Not saved: this consultation is not open. {words}")


def _already_sent(desk: Desk) -> JsonResponse:
    return _stop(desk, "Not saved: this response was sent or withdrawn in another window.")


def _stop(desk: Desk, words: str) -> JsonResponse:
    return JsonResponse({"stopped": words, "address": desk.base}, status=409)


def _empty_box(desk: Desk, key: str) -> Box | None:
    """The box with this key, with nothing in it; in one query."""
    kind, _, name = key.replace("\0", "").partition("-")
    if kind == "p":
        found = anchor(desk.consultation.edition_id or 0, name)
        return comment_box(found, None) if found else None
    try:
        rows = Question.objects.filter(consultation=desk.consultation, key=UUID(name)).asked()
    except ValueError:
        return None
    question = rows.first()
    return question_box(question, None) if question else None


def _value(desk: Desk, box: Box) -> dict[str, Any]:
    if desk.response is None or box.question is None:
        return {}
    rows = Answer.objects.filter(response=desk.response, question=box.question)
    return rows.values_list("value", flat=True).first() or {}


def _conflict(box: Box, found: Conflict) -> dict[str, Any]:
    return {
        "revision": found.revision,
        "at": when_words(found.at),
        "by": found.by,
        "text": found.text,
        "words": box.conflict_words,
    }


def _stored(desk: Desk, keys: list[str]) -> dict[str, Any]:
    """What is stored in boxes and in the two forms, by key; in three queries."""
    if desk.response is None:
        return {}
    stored = {key: _form_as_stored(desk.response, key) for key in keys if key in STEPS}
    questions = [key for key in keys if key.startswith("q-")]
    if questions:
        rows = Answer.objects.filter(response=desk.response).select_related("question__wording")
        boxes = [question_box(row.question, row) for row in rows if row.question.wording_id]
        stored |= {box.key: _as_stored(box) for box in boxes if box.key in questions}
    comments = {key for key in keys if key.startswith("p-")}
    if comments:
        references = _references(desk)
        for row in ParagraphComment.objects.filter(response=desk.response):
            found = references.get(row.paragraph_id)
            if found and (box := comment_box(found, row)).key in comments:
                stored[box.key] = _as_stored(box)
    return stored


def _references(desk: Desk) -> dict[Any, Any]:
    assert desk.response is not None
    said = desk.response.comments.values_list("paragraph_id", flat=True)
    return anchors_of(desk.consultation.edition_id or 0, said)


def _as_stored(box: Box) -> dict[str, Any]:
    chosen = [[f"choice.{box.key}", key] for key in box.chosen]
    words = [[f"text.{box.key}", box.text]] if box.text else []
    return {"revision": box.seen, "was": box.was, "values": [*chosen, *words]}


def _form_as_stored(response: Response, name: str) -> dict[str, Any]:
    """Names and values as the form sends them, without what is empty."""
    form = STEPS[name].form
    fields = {field: getattr(response, field) for field in form.base_fields}
    values = [[bound.name, str(bound.value())] for bound in form(initial=fields) if bound.value()]
    return {"revision": response.revision, "was": mark_of(fields), "values": values}
