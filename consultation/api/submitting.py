"""Submitting a response: POST /consultations/{slug}/responses/, with a token and an idempotency key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import Body, Header, Router
from wagtail.api.v3.auth import BearerTokenAuth

from consultation.actions.api_reading import AnswerSent, CommentSent, Sent
from consultation.actions.api_submitting import (
    NotOpen,
    NotTaken,
    OtherRequest,
    submit_through_api,
)
from consultation.actions.submitting import Submitted
from consultation.api.body import Acknowledged, SentAnswer, SentResponse
from consultation.api.objects import consultation_api
from consultation.api.reading import find
from consultation.closing import LONDON
from consultation.models import ConsultationPage
from guidance.api.addresses import absolute
from guidance.api.lists import JSON, json_bytes
from guidance.api.problems import Fault, Problem, refused

OPERATION = "submit_response"
NOT_YET_READ = (
    "Responses are submitted here, by POST. They can be read once the Department has published them"
    " with its reply."
)
UNDER_WAY_SECONDS = 60
_KEY = re.compile(r'"?([!#-~]{8,100})"?')


class Token(BearerTokenAuth):
    """A token of Wagtail's (`manage.py api_tokens create`), sent as `Authorization: Bearer …`."""

    def __call__(self, request: HttpRequest) -> Any:
        found = super().__call__(request)
        if found is None:
            detail = (
                "Submitting needs a token that holds: send it as “Authorization: Bearer …”."
                " An administrator of the site gives them out."
            )
            raise Problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="responses"'})
        return found


router = Router(tags=["Consultations"], by_alias=True)


@router.post(
    "/{slug}/responses/",
    response={201: Acknowledged},
    auth=Token(),
    operation_id=OPERATION,
    summary="Submit a response",
)
def submit_response(
    request: HttpRequest,
    slug: str,
    sent: Body[SentResponse],
    idempotency_key: str | None = Header(
        None, alias="Idempotency-Key", description="8 to 100 visible characters; needed."
    ),
) -> HttpResponseBase:
    """Stores a response whole, or says everything that is wrong with it and stores nothing.

    `Idempotency-Key` is 8 to 100 visible characters of your choice, another for each response;
    without one it is 400. The same request with the same key gets the same answer, with
    `Idempotent-Replayed: true`, and is not stored again. A key with other content is refused (422);
    while the first request under a key is not finished, another gets 409. Before the consultation
    opens and after it has closed nothing is taken (409)."""
    received_at = timezone.now()
    key = _key(idempotency_key)
    consultation = find(slug)
    with _alone(request, consultation, key):
        try:
            stored = submit_through_api(
                user=request.user,  # type: ignore[arg-type]
                consultation=consultation,
                sent=_read(sent),
                key=key,
                received_at=received_at,
            )
        except PermissionDenied:
            raise Problem(403, "The account of this token may not submit responses.") from None
        except NotOpen as problem:
            raise Problem(409, str(problem)) from None
        except OtherRequest:
            raise refused([Fault("Idempotency-Key", _OTHER)]) from None
        except NotTaken as problem:
            raise refused(Fault(f"#/{place}", words) for place, words in problem.faults) from None
    return _acknowledged(consultation, stored)


_OTHER = (
    "Something else was sent with this Idempotency-Key. Send a new response with a new key, or"
    " exactly what was sent before."
)


def _key(sent: str | None) -> str:
    """The key, with or without the quotation marks that the draft asks for."""
    found = _KEY.fullmatch(sent or "")
    if found is None:
        detail = "Send an Idempotency-Key of 8 to 100 visible characters, such as a random UUID."
        raise Problem(400, detail, [Fault("Idempotency-Key", detail)])
    return found.group(1)


@contextmanager
def _alone(request: HttpRequest, consultation: ConsultationPage, key: str) -> Iterator[None]:
    """Whoever sends the same again while the first is under way is told so. That two are never stored
    does not hang on this, but on the database."""
    digest = sha256(f"{consultation.pk} {request.user.pk} {key}".encode()).hexdigest()
    place = f"response-under-way:{digest}"
    if not cache.add(place, 1, UNDER_WAY_SECONDS):
        detail = "A request with this Idempotency-Key is under way. Send it again in a second."
        raise Problem(409, detail, headers={"Retry-After": "1"})
    try:
        yield
    finally:
        cache.delete(place)


def _read(sent: SentResponse) -> Sent:
    """As the action takes it. The digest is of what was sent and not of its spelling in JSON."""
    content = sent.model_dump(mode="json", exclude_unset=True)
    who = sent.respondent
    return Sent(
        fields={
            "respondent": who.kind,
            "name": who.name,
            "organisation": who.organisation,
            "organisation_type": who.organisation_type or "",
            "role": who.role,
            "on_behalf_of": who.on_behalf_of,
            **sent.contact.model_dump(),
            **sent.use.model_dump(),
            "confidential": sent.confidentiality.kind,
            "confidential_reason": sent.confidentiality.reason,
        },
        digest=sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
        authority=who.authority,
        answers=[
            AnswerSent(answer.question, _chosen(answer), answer.text) for answer in sent.answers
        ],
        comments=[CommentSent(comment.paragraph, comment.text) for comment in sent.comments],
    )


def _chosen(answer: SentAnswer) -> dict[str, list[str]]:
    return {
        "choice": [] if answer.choice is None else [answer.choice],
        "choices": answer.choices,
        "number": [] if answer.number is None else [str(answer.number)],
    }


def _acknowledged(consultation: ConsultationPage, stored: Submitted) -> HttpResponseBase:
    """The same however often it is asked for."""
    received_at = stored.response.received_at
    assert received_at is not None
    body = {
        "reference": stored.reference,
        "received_at": received_at.astimezone(LONDON),
        "late": stored.late,
        "url": absolute(consultation.address),
        "api_url": consultation_api(consultation.slug),
    }
    response = HttpResponse(json_bytes(body), status=201, content_type=JSON)
    if stored.again:
        response.headers["Idempotent-Replayed"] = "true"
    return response
