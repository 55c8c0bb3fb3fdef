"""Loads boxes with what is stored, and saves those that were touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from consultation.actions.anchors import Anchor, anchors_of
from consultation.actions.answering import NotWritable
from consultation.forms.answer import Box, comment_box, named_in, question_box
from consultation.models import Answer, ParagraphComment, Question
from consultation.views.desk import Desk
from consultation.views.respond.beginning import begun_or_page
from consultation.views.respond.pages import NOT_NOW, Fault, Typed, already_sent, respond_page


def question_boxes(desk: Desk, questions: Sequence[Question]) -> list[Box]:
    """In their order; one query, none where nothing was begun."""
    found: dict[int, Answer] = {}
    if desk.response is not None:
        rows = Answer.objects.filter(response=desk.response, question__in=questions)
        found = {row.question_id: row for row in rows.select_related("wording")}
    return [question_box(question, found.get(question.pk)) for question in questions]


def comment_boxes(desk: Desk, anchors: Iterable[Anchor]) -> list[Box]:
    """In their order; one query, none where nothing was begun."""
    anchors = list(anchors)
    found = {}
    if desk.response is not None:
        wanted = [anchor.paragraph for anchor in anchors]
        rows = ParagraphComment.objects.filter(response=desk.response, paragraph__in=wanted)
        found = {row.paragraph_id: row for row in rows}
    return [comment_box(anchor, found.get(anchor.paragraph)) for anchor in anchors]


def comments_on(desk: Desk) -> list[Box]:
    """What was said on paragraphs, in the order of the draft; in two queries, none where nothing was
    begun."""
    if desk.response is None:
        return []
    said = {row.paragraph_id: row for row in desk.response.comments.exclude(text="")}
    if not said:
        return []
    found = anchors_of(desk.consultation.edition_id or 0, said)
    boxes = [comment_box(anchor, said[paragraph]) for paragraph, anchor in found.items()]
    return [box for box in boxes if box.said]


def save_boxes(
    request: HttpRequest, desk: Desk, boxes: Sequence[Box], *, confirm: bool = False
) -> HttpResponse | None:
    """Save every box that was touched; with `confirm` also those whose question was reworded. None
    where that is done, each box then saying what is wrong with it; otherwise the page to show, with
    whatever could not be saved on it."""
    sent = request.POST
    touched = [box for box in boxes if box.take(sent) or (confirm and box.before is not None)]
    if desk.response is None and not any(box.said for box in touched):
        return gone_page(request, desk, boxes)
    typed = typed_in(touched)
    if page := begun_or_page(request, desk, typed):
        return page
    response = desk.ensure()
    for at, box in enumerate(touched):
        try:
            box.save(response, desk.person)
        except NotWritable:
            return already_sent(request, desk, typed[at:])
    return gone_page(request, desk, boxes)


def gone_page(request: HttpRequest, desk: Desk, boxes: Sequence[Box]) -> HttpResponse | None:
    """Where words came for a question that was taken out meanwhile: everything else is saved, and
    the page gives them back."""
    known = {box.key for box in boxes}
    sent = [
        request.POST.get(f"text.{key}", "") for key in named_in(request.POST) if key not in known
    ]
    typed = [Typed("Your answer", words) for words in sent if words.strip()]
    return respond_page(request, desk, "gone", {"typed": typed}, status=NOT_NOW) if typed else None


def faults_of(boxes: Iterable[Box]) -> list[Fault]:
    """For the summary: what is wrong with each box, and where another text is stored."""
    found = []
    for box in boxes:
        if box.fault:
            found.append(Fault(box.first_id, f"{box.label}: {box.fault}"))
        if box.conflict:
            found.append(
                Fault(box.first_id, f"{box.label}: somebody saved another answer. Choose one.")
            )
    return found


def typed_in(boxes: Iterable[Box]) -> list[Typed]:
    return [Typed(box.label, typed_words(box)) for box in boxes]


def typed_words(box: Box) -> str:
    known = dict(box.asked.choices)
    chosen = "; ".join(known.get(key, key) for key in box.chosen)
    return "\n".join(words for words in (chosen, box.text) if words.strip())
