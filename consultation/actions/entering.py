"""Types in what a letter says, and puts right what was read from an e-mail or a Word form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from consultation.actions.anchors import Anchor
from consultation.actions.answering import ABOUT_FIELDS, USE_FIELDS
from consultation.actions.counting import count
from consultation.actions.recording import NotEnterable, opened, put_answer, put_comment, touched
from consultation.answers import Given
from consultation.models import Question, Response

LOG_ACTION = "consultation.enter"


class ChangedMeanwhile(NotEnterable):
    """Somebody else changed the response since the form was opened; nothing was stored."""


def enter(
    *,
    user: Any,
    response: Response,
    seen: int,
    fields: Mapping[str, Any] | None = None,
    answers: Mapping[Question, Given] | None = None,
    comments: Mapping[Anchor, str] | None = None,
) -> Response:
    """Store what is given and leave the rest; an empty answer or comment is taken away.

    `seen` is the response's revision when the form was opened; `fields` are of `ABOUT_FIELDS` and
    `USE_FIELDS`, already validated. The audit log says which fields changed, never the words.
    Raises PermissionDenied, NotEnterable, ChangedMeanwhile, and AnswerFault.
    """
    fields = fields or {}
    if unknown := set(fields) - {*ABOUT_FIELDS, *USE_FIELDS}:
        raise ValueError(f"Not of these fields: {sorted(unknown)}")
    with transaction.atomic():
        locked = opened(user=user, response=response)
        if locked.revision != seen:
            raise ChangedMeanwhile(
                "Somebody else changed this response while you had it open. What you typed is still "
                "here: compare it with what is stored, and save again."
            )
        count(locked, -1)
        named = [*_set(locked, fields), *_said(locked, answers or {}, comments or {})]
        if named:
            touched(locked, user, *fields)
            log(instance=locked, action=LOG_ACTION, user=user, data={"fields": named})
        count(locked, 1)
    return locked


def _set(response: Response, fields: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(response, name) != value]
    for name in changed:
        setattr(response, name, fields[name])
    return changed


def _said(
    response: Response, answers: Mapping[Question, Given], comments: Mapping[Anchor, str]
) -> list[str]:
    """The places in which something changed."""
    return [
        *(q.label for q, given in answers.items() if put_answer(response, q, given)),
        *(a.number for a, text in comments.items() if put_comment(response, a, text)),
    ]
