"""Takes in a response that came by e-mail, by post or as a Word form: once, with its original.

It counts at once, late or in time by the instant at which it reached us, and is put in order
afterwards (`entering`, `placing`) until somebody else has checked it (`checking`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation.actions.anchors import Anchor
from consultation.actions.answering import ABOUT_FIELDS, USE_FIELDS
from consultation.actions.attaching import AttachRefused, attach
from consultation.actions.places import Places
from consultation.actions.recording import ENTER, put_answer, put_comment
from consultation.actions.submitting import receive
from consultation.answers import Given
from consultation.closing import LONDON
from consultation.models import (
    OFFICIAL,
    ConsultationPage,
    Piece,
    PieceState,
    Question,
    Response,
)
from consultation.parting import Part, Sort

logger = logging.getLogger("consultation")


class NotTaken(ValueError):
    """Nothing was taken in; the message is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came: `name` is how its sender calls it."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A response that is stored. `again` says that it was before, and nothing was changed; `left_out`
    are sentences about files that are not kept apart and remain in the original alone."""

    response: Response
    again: bool = False
    left_out: tuple[str, ...] = ()


def take_in(
    *,
    user: Any | None,
    consultation: ConsultationPage,
    channel: str,
    received_at: datetime,
    postmarked_on: date | None = None,
    about: Mapping[str, Any] | None = None,
    use: Mapping[str, Any] | None = None,
    answers: Mapping[Question, Given] | None = None,
    comments: Mapping[Anchor, str] | None = None,
    pieces: Iterable[Part] = (),
    originals: Sequence[Came] = (),
    files: Sequence[Came] = (),
    message_id: str = "",
) -> TakenIn:
    """Keep what came, in one transaction. `user` is None where the site itself reads a mailbox.

    `originals` are the very files that the response is taken from, kept whole; `files` came with
    them. The same message or the same original is taken in once. Raises PermissionDenied, NotTaken,
    and AnswerFault where words are too long.
    """
    if user is not None and not user.has_perm(ENTER):
        raise PermissionDenied("You may not take in responses.")
    _possible(consultation, channel, received_at, postmarked_on)
    given = {**(about or {}), **(use or {})}
    if unknown := set(given) - {*ABOUT_FIELDS, *USE_FIELDS}:
        raise ValueError(f"Not of these fields: {sorted(unknown)}")
    now = timezone.now()
    try:
        with transaction.atomic():
            _one_at_a_time(consultation)
            if (before := _before(consultation, message_id, originals)) is not None:
                return TakenIn(before, again=True)
            response = Response.objects.create(
                consultation=consultation, channel=channel, started_at=now, saved_at=now,
                entered_at=now, entered_by=user, postmarked_on=postmarked_on,
                message_id=message_id[:255], **given,
            )  # fmt: skip
            _write(response, answers or {}, comments or {})
            waiting = _keep_pieces(response, pieces)
            left_out = _keep_files(response, originals, files)
            receive(response, received_at)
            data = {"channel": channel, "pieces": waiting, "left_out": len(left_out)}
            log(instance=response, action="consultation.take_in", user=user, data=data)
    except IntegrityError:
        before = _before(consultation, message_id, originals)
        if before is None:
            raise
        return TakenIn(before, again=True)
    logger.info("event=response_taken_in response=%s channel=%s", response.pk, channel)
    return TakenIn(response, left_out=tuple(left_out))


def _possible(
    consultation: ConsultationPage, channel: str, received_at: datetime, postmarked_on: date | None
) -> None:
    if channel not in OFFICIAL:
        raise ValueError(f"Nobody takes in what comes through {channel!r}.")
    if consultation.opens is None or consultation.closes is None or not consultation.live:
        raise NotTaken("This consultation is not published yet, so it takes no responses.")
    if received_at > timezone.now():
        raise NotTaken("It cannot have been received in the future: check the date and the time.")
    if postmarked_on and postmarked_on > received_at.astimezone(LONDON).date():
        raise NotTaken("It cannot be postmarked after it was received: check the two dates.")


def _one_at_a_time(consultation: ConsultationPage) -> None:
    """So that the same letter, sent twice at the same moment, is noticed. Nobody who submits waits:
    their rows refer to the page, which this lock allows."""
    ConsultationPage.objects.select_for_update(of=("self",), no_key=True).get(pk=consultation.pk)


def _before(
    consultation: ConsultationPage, message_id: str, originals: Sequence[Came]
) -> Response | None:
    """The response that was taken in from the same message or the same original."""
    taken = Response.objects.received().filter(consultation=consultation)
    if message_id and (found := taken.filter(message_id=message_id[:255]).first()):
        return found
    digests = [original.sha256 for original in originals]
    return taken.filter(attachments__original=True, attachments__sha256__in=digests).first()


def _write(
    response: Response, answers: Mapping[Question, Given], comments: Mapping[Anchor, str]
) -> None:
    for question, given in answers.items():
        put_answer(response, question, given)
    for anchor, text in comments.items():
        put_comment(response, anchor, text)


def _keep_pieces(response: Response, parts: Iterable[Part]) -> int:
    """How many wait to be placed. Quotations and signatures are set aside from the start."""
    parts = list(parts)
    if not parts:
        return 0
    places = Places.of(response.consultation)
    rows = [_piece(response, at, part, places) for at, part in enumerate(parts)]
    Piece.objects.bulk_create(rows)
    return sum(row.state == PieceState.WAITING for row in rows)


def _piece(response: Response, at: int, part: Part, places: Places) -> Piece:
    found = places.find(part.place)
    return Piece(
        response=response,
        position=at,
        text=part.text,
        named=part.named if part.sort == Sort.WORDS else part.sort.value,
        question=found if isinstance(found, Question) else None,
        paragraph_id=found.paragraph if isinstance(found, Anchor) else None,
        state=PieceState.WAITING if part.sort == Sort.WORDS else PieceState.SET_ASIDE,
    )


def _keep_files(response: Response, originals: Sequence[Came], files: Sequence[Came]) -> list[str]:
    """An original that cannot be kept stops the act; another file remains in the original alone, if
    there is one."""
    left_out: list[str] = []
    for came in originals:
        try:
            attach(response=response, file=_file(came), original=True)
        except AttachRefused as refused:
            raise NotTaken(f"{came.name}: {refused}") from None
    for came in files:
        try:
            attach(response=response, file=_file(came))
        except AttachRefused as refused:
            left_out.append(f"{came.name}: {refused}")
    return left_out


def _file(came: Came) -> ContentFile[bytes]:
    return ContentFile(came.content, name=came.name)
