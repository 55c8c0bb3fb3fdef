"""Takes in a response that came through the API: whole or not at all, and once however often it is sent.

The key that the client gave (`Idempotency-Key`) is kept with the response under a constraint of the
database, together with a digest of what was sent, so that the same request sent again gets the same
answer and another one under the same key is refused.
https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from accounts.models import User
from consultation.actions.api_reading import Fault, Reader, Sent, places
from consultation.actions.completeness import ANYTHING, USE, YOU, ToDo, to_do
from consultation.actions.letters import owe
from consultation.actions.submitting import Submitted, receive
from consultation.answers import FILE
from consultation.closing import Phase, in_words
from consultation.models import (
    Answer,
    Authority,
    Channel,
    ConsultationPage,
    LetterKind,
    ParagraphComment,
    Question,
    Respondent,
    Response,
)

logger = logging.getLogger("consultation")

SUBMIT = "consultation.submit_response"


class NotTaken(Exception):
    """What was sent cannot be taken as it is; every fault is named, and nothing was stored."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__("What was sent cannot be taken as it is.")
        self.faults = list(faults)


class NotOpen(Exception):
    """The consultation is not open yet, or no longer; says what to do."""


class OtherRequest(Exception):
    """Something else was sent under the same key before."""


def submit_through_api(
    *, user: User, consultation: ConsultationPage, sent: Sent, key: str, received_at: datetime
) -> Submitted:
    """Store what was sent, received at that instant, and count it; `again` where it was before.
    Raises PermissionDenied, NotTaken, NotOpen and OtherRequest."""
    if not user.has_perm(SUBMIT):
        raise PermissionDenied("This account may not submit responses.")
    if (before := _before(user, consultation, sent, key)) is not None:
        return before
    _while_open(consultation, received_at)
    try:
        with transaction.atomic():
            response = _store(user, consultation, sent, key, received_at)
    except IntegrityError:  # the same key came twice at once, and the other was first
        if (before := _before(user, consultation, sent, key)) is not None:
            return before
        raise
    logger.info("event=response_submitted response=%s late=%s", response.pk, response.lateness)
    return Submitted(response)


def _before(user: User, consultation: ConsultationPage, sent: Sent, key: str) -> Submitted | None:
    found = Response.objects.filter(
        consultation=consultation, submitted_by=user, idempotency_key=key
    ).first()
    if found is None:
        return None
    if found.idempotency_digest != sent.digest:
        raise OtherRequest
    return Submitted(found, again=True)


def _while_open(consultation: ConsultationPage, now: datetime) -> None:
    assert consultation.opens is not None
    assert consultation.closes is not None
    phase = consultation.phase(now)
    if phase == Phase.UPCOMING:
        raise NotOpen(f"This consultation opens at {in_words(consultation.opens)}: send it then.")
    if phase == Phase.CLOSED:
        where = consultation.contact_email or "the Department"
        raise NotOpen(
            f"This consultation closed at {in_words(consultation.closes)}, and the API takes no late"
            f" responses. Write to {where}: whether a late response is admitted is decided there."
        )


def _store(
    user: User, consultation: ConsultationPage, sent: Sent, key: str, now: datetime
) -> Response:
    """In the caller's transaction, which a fault undoes."""
    questions = list(Question.objects.filter(consultation=consultation.pk).asked())
    reader = Reader(questions, places(consultation.edition_id or 0, sent))
    answers, comments = reader.answers(sent.answers), reader.comments(sent.comments)
    authority = _authority(sent.authority)
    if faults := [*reader.faults, *_you(sent, authority)]:
        raise NotTaken(faults)
    response = Response.objects.create(
        consultation=consultation, channel=Channel.API, started_at=now, saved_at=now,
        entered_at=now, submitted_by=user, authority=authority,
        idempotency_key=key, idempotency_digest=sent.digest, **sent.fields,
    )  # fmt: skip
    for asked, given in answers:
        Answer.objects.create(
            response=response, question=asked, wording_id=asked.wording_id or 0,
            value=given.value, text=given.text, saved_at=now,
        )  # fmt: skip
    for anchor, text in comments:
        ParagraphComment.objects.create(response=response, **anchor.fields, text=text, saved_at=now)
    if todo := to_do(response, questions):
        raise NotTaken(_missing(todo, reader))
    receive(response, now)
    log(instance=response, action="consultation.submit", user=user, data={"channel": "api"})
    owe(response, LetterKind.RECEIPT)
    return response


def _authority(typed: str) -> Authority | None:
    if not typed:
        return None
    by_name = Authority.objects.filter(name__iexact=typed).first()
    return by_name or Authority.objects.filter(code__iexact=typed).first()


def _you(sent: Sent, authority: Authority | None) -> Iterator[Fault]:
    """What is wrong with who is answering."""
    if sent.authority and authority is None:
        yield "respondent/authority", "No authority in our list has this name or code."
    if sent.fields["respondent"] == Respondent.INDIVIDUAL:
        for name in ("organisation", "organisation_type"):
            if sent.fields.get(name):
                yield f"respondent/{name}", "An individual has none: leave it out."
    address = str(sent.fields.get("email") or "")
    try:
        if address:
            validate_email(address)
    except ValidationError:
        yield "contact/email", "Enter an e-mail address like name@example.org, or leave it out."


def _missing(todo: Iterable[ToDo], reader: Reader) -> Iterator[Fault]:
    """What is missing, at its place in what was sent."""
    by_key = {str(question.key): question for question in reader.questions}
    for missing in todo:
        if missing.step == YOU:
            field = "kind" if missing.field == "respondent" else missing.field
            yield f"respondent/{field}", missing.words
        elif missing.step == USE:
            reason = missing.field == "confidential_reason"
            place = "confidentiality/reason" if reason else f"use/{missing.field}"
            yield place, missing.words
        elif missing.step == ANYTHING:
            yield "answers", missing.words
        else:
            question = by_key[missing.step]
            at = reader.places.get(question.pk)
            place = "answers" if at is None else f"answers/{at}"
            yield place, f"{missing.words}{_only_by_form(question)}"


def _only_by_form(question: Question) -> str:
    assert question.wording is not None
    if question.wording.kind != FILE:
        return ""
    return " The API takes no files: respond with the form on the site, or by e-mail."
