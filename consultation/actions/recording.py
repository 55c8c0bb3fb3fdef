"""Writes in a response that an official takes in, while nobody has checked it yet.

Such a response counts from the day on which it came; putting it in order is done under a lock, so
that two people who do it at once write one after the other.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.log_actions import log

from consultation.actions.anchors import Anchor
from consultation.actions.masking import is_marked
from consultation.answers import Given, clean_text
from consultation.models import (
    OFFICIAL,
    Answer,
    Confidential,
    ParagraphComment,
    Question,
    Response,
    State,
)

ENTER = "consultation.enter_response"


class NotEnterable(ValueError):
    """The response cannot be written in, or not any more; says so in a sentence."""


def may_enter(user: Any, response: Response) -> bool:
    """Whether the user may open what was entered. A response that is confidential as a whole is open
    to whoever enters it, and later to those who may read confidential words."""
    if not user.has_perm(ENTER):
        return False
    if response.confidential != Confidential.WHOLE or user.has_perm(
        "consultation.view_confidential"
    ):
        return True
    return response.checked_at is None and response.entered_by_id == user.pk


def opened(*, user: Any, response: Response) -> Response:
    """The response, locked, for a change in the caller's transaction. Raises PermissionDenied and
    NotEnterable."""
    locked = (
        Response.objects.select_for_update(of=("self",))
        .select_related("consultation")
        .get(pk=response.pk)
    )
    if not may_enter(user, locked):
        raise PermissionDenied("You may not enter this response.")
    if locked.channel not in OFFICIAL:
        raise NotEnterable("Its respondent submitted it, so nobody changes it.")
    if locked.state != State.SUBMITTED:
        raise NotEnterable("It was withdrawn or replaced, so it is not changed any more.")
    if locked.checked_at is not None:
        raise NotEnterable("It is checked, so it is not changed any more.")
    return locked


def look(user: Any, response: Response) -> None:
    """Write down that the user sees all its words, where some of them are confidential."""
    if is_marked(response):
        log(instance=response, action="consultation.read_confidential", user=user)


def touched(response: Response, user: Any, *fields: str) -> None:
    """Keep the changes to `fields`, and that there was one. What the site took in by itself is from
    then on the user's."""
    response.saved_at = timezone.now()
    response.revision += 1
    names = {"saved_at", "revision", *fields}
    if response.entered_by_id is None:
        response.entered_by = user
        names.add("entered_by")
    response.save(update_fields=sorted(names))


def put_answer(response: Response, question: Question, given: Given) -> bool:
    """Make this the answer to the question; empty, there is none. Whether that changed anything."""
    found = Answer.objects.filter(response=response, question=question).first()
    if given.empty:
        return bool(found and found.delete()[0])
    if found is None:
        Answer.objects.create(
            response=response, question=question, wording_id=question.wording_id or 0,
            value=given.value, text=given.text, saved_at=timezone.now(),
        )  # fmt: skip
        return True
    if (found.value, found.text) == (given.value, given.text):
        return False
    found.value, found.text, found.saved_at = given.value, given.text, timezone.now()
    found.revision += 1
    found.save()
    return True


def put_comment(response: Response, anchor: Anchor, text: str) -> bool:
    """Make this the comment on the paragraph, as `put_answer`. AnswerFault where it is too long."""
    text = clean_text(text)
    rows = ParagraphComment.objects.filter(response=response, paragraph=anchor.paragraph)
    found = rows.first()
    if not text.strip():
        return bool(found and found.delete()[0])
    if found is None:
        ParagraphComment.objects.create(
            response=response, **anchor.fields, text=text, saved_at=timezone.now()
        )
        return True
    if found.text == text:
        return False
    found.text, found.saved_at = text, timezone.now()
    found.revision += 1
    found.save()
    return True
