"""Submits, amends and withdraws responses, each once however often it is asked for."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation.actions.completeness import ToDo, to_do
from consultation.actions.counting import count
from consultation.actions.letters import owe
from consultation.closing import in_words
from consultation.models import (
    Access,
    Answer,
    Attachment,
    Lateness,
    Letter,
    LetterKind,
    ParagraphComment,
    Question,
    Response,
    ReturnLink,
    State,
)
from consultation.references import new_reference

logger = logging.getLogger("consultation")

COPIED = (
    "respondent", "name", "organisation", "organisation_type", "authority_id", "role",
    "on_behalf_of", "email", "phone", "postal_address", "publish_name", "publish_answer",
    "confidential", "confidential_reason",
)  # fmt: skip
_COLUMNS = [field.name for field in Response._meta.concrete_fields]


class Incomplete(Exception):
    """Something is missing; `todo` says what, and nothing was changed."""

    def __init__(self, todo: list[ToDo]) -> None:
        super().__init__("Some questions still need an answer.")
        self.todo = todo


class TooLate(Exception):
    """The consultation has closed, so what was submitted can no longer be changed; says so."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A response that is stored. `again` says that it was before; `late` that it came after the close."""

    response: Response
    again: bool = False

    @property
    def reference(self) -> str:
        return self.response.reference

    @property
    def late(self) -> bool:
        return self.response.lateness != Lateness.IN_TIME


def submit(*, response: Response, received_at: datetime | None = None) -> Submitted:
    """Submit what was written. `received_at` is the instant at which the request reached us, by which
    it is in time or late; a late one is kept, and waits for somebody to admit it. Raises Incomplete,
    and TooLate for an amendment after the close: what it amends was in time and stands."""
    received_at = received_at or timezone.now()
    with transaction.atomic():
        locked = (
            Response.objects.select_for_update(of=("self",))
            .select_related("consultation")
            .only(*_COLUMNS, "consultation__closes")
            .get(pk=response.pk)
        )
        if locked.state != State.DRAFT:
            return Submitted(locked, again=True)
        questions = list(Question.objects.filter(consultation=locked.consultation_id).asked())
        if todo := to_do(locked, questions):
            raise Incomplete(todo)
        if locked.amends_id and received_at >= locked.consultation.ends:
            raise TooLate("The consultation has closed; what you sent before stands as it was.")
        _take_place_of(locked)
        receive(locked, received_at)
        log(instance=locked, action="consultation.submit", data={"version": locked.version})
        owe(locked, LetterKind.RECEIPT)
    logger.info("event=response_submitted response=%s late=%s", locked.pk, locked.lateness)
    return Submitted(locked)


def receive(response: Response, received_at: datetime) -> None:
    """Make a draft a response that was received, and count it; for this module and for those that
    take in what came by other channels. In the caller's transaction."""
    response.reference = response.reference or new_reference()
    response.state = State.SUBMITTED
    response.received_at = received_at
    late = received_at >= response.consultation.ends
    response.lateness = Lateness.WAITING if late else Lateness.IN_TIME
    response.save()
    count(response, 1)


def amend(*, response: Response) -> Response:
    """A copy to be changed; what was submitted stands until the copy is. Asked again, the same copy.
    Raises TooLate."""
    with transaction.atomic():
        locked = Response.objects.select_for_update().get(pk=response.pk)
        _until_the_close(locked)
        begun = Response.objects.filter(amends=locked, state=State.DRAFT).first()
        if begun is not None:
            return begun
        if locked.state != State.SUBMITTED:
            raise TooLate("This response was withdrawn or replaced, so it cannot be changed.")
        now = timezone.now()
        copy = Response.objects.create(
            consultation_id=locked.consultation_id, channel=locked.channel, amends=locked,
            version=locked.version + 1, started_at=now, saved_at=now,
            **{name: getattr(locked, name) for name in COPIED},
        )  # fmt: skip
        for model in (Answer, ParagraphComment, Attachment):
            _copy(model, locked, copy)
        _hand_over(locked, copy)
    return copy


def give_up_amending(*, response: Response) -> Response:
    """Throw the copy away; what was submitted before stands."""
    with transaction.atomic():
        locked = Response.objects.select_for_update().get(pk=response.pk, state=State.DRAFT)
        original = locked.amends
        if original is None:
            raise ValueError("This response amends no other.")
        _hand_over(locked, original)
        locked.delete()
    return original


def withdraw(*, response: Response) -> Response:
    """Take a response back; it is kept, and counts no longer. Once: asked again it does nothing.
    Raises TooLate."""
    with transaction.atomic():
        locked = Response.objects.select_for_update().get(pk=response.pk)
        if locked.state == State.WITHDRAWN:
            return locked
        _until_the_close(locked)
        if locked.state != State.SUBMITTED:
            raise TooLate("This response has been replaced by an amended one.")
        count(locked, -1)
        locked.state, locked.withdrawn_at = State.WITHDRAWN, timezone.now()
        locked.save(update_fields=["state", "withdrawn_at"])
        log(instance=locked, action="consultation.withdraw")
        owe(locked, LetterKind.WITHDRAWN)
    return locked


def throw_away(*, response: Response) -> None:
    """Delete a response that was never submitted, with all that was written in it."""
    Response.objects.filter(pk=response.pk, state=State.DRAFT, amends=None).delete()


def _take_place_of(response: Response) -> None:
    """The one that it amends, where it amends one, is kept and stands no longer."""
    if response.amends_id is None:
        return
    before = Response.objects.select_for_update().get(pk=response.amends_id)
    if before.state == State.SUBMITTED:
        count(before, -1)
        before.state = State.REPLACED
        before.save(update_fields=["state"])
    response.reference = before.reference


def _until_the_close(response: Response) -> None:
    if timezone.now() >= response.consultation.ends:
        closes = response.consultation.closes
        assert closes is not None
        raise TooLate(f"The consultation closed at {in_words(closes)}; nothing can be changed now.")


def _copy(model: type[models.Model], before: Response, now: Response) -> None:
    rows: list[Any] = list(model._default_manager.filter(response=before))
    for row in rows:
        row.pk, row.response = None, now
        if isinstance(row, Attachment):
            row.key = uuid4()
    model._default_manager.bulk_create(rows)


def _hand_over(before: Response, after: Response) -> None:
    """Whoever may write in one may write in the other instead."""
    Access.objects.filter(response=before).update(response=after)
    ReturnLink.objects.filter(response=before).update(response=after)
    owed = Letter.objects.filter(response=before, link__isnull=False, sent_at=None)
    owed.update(response=after)
