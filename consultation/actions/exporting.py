"""Exports of responses: what is in them, in constant memory however many there are.

They are read by place, a few hundred at a time, each time with a few queries: that holds no cursor
of the database open for as long as somebody downloads.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.log_actions import log

from consultation.actions.masking import PERSONAL, Sight
from consultation.actions.reading_counts import questions_of
from consultation.actions.reading_responses import Key, Wanted, in_order, responses
from consultation.actions.revealing import REVEAL
from consultation.closing import LONDON
from consultation.models import (
    Answer,
    Attachment,
    Confidential,
    ConsultationPage,
    ParagraphComment,
    Piece,
    PieceState,
    Question,
    QuestionWording,
    Response,
)

EXPORT = "consultation.export_responses"
AT_ONCE = 500
"""Responses that are read together."""

logger = logging.getLogger("consultation")
Cell = str | int | Decimal | datetime | date | None


@dataclass(slots=True)
class Record:
    """A response with all that was said in it, as much as may be seen."""

    sight: Sight
    answers: dict[int, Answer] = field(default_factory=dict)
    comments: list[ParagraphComment] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def response(self) -> Response:
        return self.sight.response

    @property
    def marked(self) -> bool:
        said = (*self.answers.values(), *self.comments)
        return any(words.has_confidential for words in said)

    @property
    def unplaced(self) -> str:
        """Words of an e-mail or a letter that nobody has placed yet."""
        shown = zip(
            self.pieces, self.sight.each([piece.text for piece in self.pieces]), strict=True
        )
        return "\n".join(words for piece, words in shown if piece.state == PieceState.WAITING)

    @property
    def file_names(self) -> list[str]:
        return [self.sight.file_name(file, marked=self.marked) for file in self.files]


@dataclass(frozen=True)
class Export:
    """An export that may be made: it was asked for, granted, and written in the audit log."""

    consultation: ConsultationPage
    wanted: Wanted
    confidential: bool
    questions: Sequence[Question]

    @cached_property
    def wordings(self) -> dict[int, QuestionWording]:
        return {w.pk: w for question in self.questions for w in question.wordings.all()}

    def records(self) -> Iterator[list[Record]]:
        """All of them, in the order in which they were received, some at a time."""
        rows = responses(self.consultation.pk, self.wanted).select_related("authority")
        last: Key | None = None
        while some := list(in_order(rows, last, oldest_first=True)[:AT_ONCE]):
            yield _read(some, open_=self.confidential)
            last = Key.of(some[-1])


def export(
    *, user: Any, consultation: ConsultationPage, wanted: Wanted, form: str, confidential: bool
) -> Export:
    """Leave to export what is wanted as `form` ("csv answers"), `confidential` words and all only for
    whoever may read them. PermissionDenied."""
    needed = (EXPORT, REVEAL) if confidential else (EXPORT,)
    if not all(user.has_perm(permission) for permission in needed):
        raise PermissionDenied
    rows = responses(consultation.pk, wanted)
    data: dict[str, Any] = {"form": form, "wanted": wanted.facts, "responses": rows.count()}
    if confidential:
        data["confidential"] = _confidential(rows).count()
    log(instance=consultation, action="consultation.export", user=user, data=data)
    logger.info(
        "event=responses_exported consultation=%s user=%s responses=%s confidential=%s",
        *(consultation.pk, user.pk, data["responses"], confidential),
    )
    return Export(consultation, wanted, confidential, questions_of(consultation))


def local(at: datetime | None) -> datetime | None:
    """London's time, as a spreadsheet writes it, which knows no zones."""
    return at.astimezone(LONDON).replace(tzinfo=None, microsecond=0) if at else None


def said_yes(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[answer]


def personal(record: Record) -> dict[str, str]:
    """Who answers, as much of it as may be seen."""
    response, sight = record.response, record.sight
    found = {name: sight.plain(getattr(response, name)) for name in PERSONAL}
    return {**found, "authority": sight.plain(str(response.authority or ""))}


def reason(record: Record) -> str:
    """Why confidentiality is asked for."""
    return "".join(piece.words for piece in record.sight.reason)


def _confidential(rows: QuerySet[Response]) -> QuerySet[Response]:
    """Those with something in them that only some may read."""
    mine = {"response": OuterRef("pk"), "has_confidential": True}
    return rows.filter(
        ~Q(confidential=Confidential.NOTHING)
        | Exists(Answer.objects.filter(**mine))
        | Exists(ParagraphComment.objects.filter(**mine))
    )


def _read(some: Sequence[Response], *, open_: bool) -> list[Record]:
    """In four queries."""
    found = {response.pk: Record(Sight(response, open=open_)) for response in some}
    mine: dict[str, Any] = {"response__in": list(found)}
    for answer in Answer.objects.filter(**mine).order_by("pk"):
        found[answer.response_id].answers[answer.question_id] = answer
    for comment in ParagraphComment.objects.filter(**mine).order_by("pk"):
        found[comment.response_id].comments.append(comment)
    for file in Attachment.objects.filter(**mine):
        found[file.response_id].files.append(file)
    for piece in Piece.objects.filter(**mine):
        found[piece.response_id].pieces.append(piece)
    return list(found.values())
