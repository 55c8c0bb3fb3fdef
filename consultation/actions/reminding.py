"""Reminds whoever began a response and has not sent it, once, some days before the close."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from consultation.actions.letters import owe
from consultation.actions.links import barred, new_link
from consultation.models import (
    Answer,
    Attachment,
    ConsultationPage,
    LetterKind,
    ParagraphComment,
    Response,
    ReturnLink,
    State,
)

logger = logging.getLogger("consultation.letters")

QUIET = timedelta(hours=12)
"""Whoever wrote since then is at it and needs no reminder yet."""


def send_reminders(*, limit: int = 2000) -> int:
    """Owe the reminders that are due; how many. Running it twice reminds nobody twice."""
    now = timezone.now()
    soon = timedelta(days=settings.CONSULTATION_REMINDER_DAYS)
    owed = 0
    for consultation in ConsultationPage.objects.open_at(now).filter(closes__lte=now + soon):
        for response in unsent(consultation, now)[:limit]:
            owed += _remind(response, now)
    if owed:
        logger.info("event=reminders_owed reminders=%s", owed)
    return owed


def unsent(consultation: ConsultationPage, now: datetime) -> QuerySet[Response]:
    """Drafts in which something was written, that rest, and whose people were not reminded. Not those
    of somebody who sent another response from the same address."""
    rows = Response.objects.filter(
        consultation=consultation, state=State.DRAFT, reminded_at=None, saved_at__lte=now - QUIET
    )
    own = {"response": OuterRef("pk")}
    written = (
        Exists(Answer.objects.filter(**own).filter(~Q(text="") | ~Q(value={})))
        | Exists(ParagraphComment.objects.filter(**own).exclude(text=""))
        | Exists(Attachment.objects.filter(**own))
    )
    reachable = ~Q(email="") | Exists(ReturnLink.objects.filter(**own, revoked_at=None))
    sent = Response.objects.filter(
        consultation=consultation, state=State.SUBMITTED, email__iexact=OuterRef("email")
    ).exclude(email="")
    return rows.filter(written, reachable).exclude(Q(amends=None) & Exists(sent)).order_by("pk")


def _remind(response: Response, now: datetime) -> int:
    """1 where a reminder is owed now; 0 where another process was quicker, or nobody can be asked."""
    with transaction.atomic():
        rows = Response.objects.filter(pk=response.pk, state=State.DRAFT, reminded_at=None)
        if not rows.update(reminded_at=now):
            return 0
        to = _whom(response)
        if to is None:
            return 0
        email, person = to
        owe(response, LetterKind.REMINDER, to=email, link=new_link(response, email, person))
    return 1


def _whom(response: Response) -> tuple[str, str] | None:
    """The address of the response, or the first to which a link was sent."""
    links = list(response.links.filter(revoked_at=None).order_by("pk"))
    if response.email and not barred(response, response.email):
        known = [
            link.person for link in links if link.email.casefold() == response.email.casefold()
        ]
        return response.email, known[-1] if known else ""
    return (links[0].email, links[0].person) if links else None
