"""Admits or refuses a response that came after the close: by a named person, with a reason."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation.actions.counting import count
from consultation.actions.letters import owe
from consultation.closing import LONDON, end_of
from consultation.models import Lateness, LetterKind, Response, State

logger = logging.getLogger("consultation")

DECIDE = "consultation.decide_late"


class NotDecided(ValueError):
    """Nothing was decided; says why in a sentence."""


def decide_late(
    *, user: Any, response: Response, admit: bool, reason: str, seen: str = Lateness.WAITING
) -> Response:
    """Let a late response count, or not. `seen` is what stood there when the user decided, so that a
    decision that somebody else took meanwhile is not undone unseen.

    The same decision again changes nothing. Its respondent is told, where an address is known.
    Raises PermissionDenied and NotDecided.
    """
    if not user.has_perm(DECIDE):
        raise PermissionDenied("You may not decide about late responses.")
    if not reason.strip():
        raise NotDecided("Give the reason: it is kept with your name, and the respondent is told.")
    wanted = Lateness.ADMITTED if admit else Lateness.REFUSED
    with transaction.atomic():
        rows = Response.objects.select_for_update(of=("self",)).select_related("consultation")
        locked = rows.get(pk=response.pk)
        if locked.state != State.SUBMITTED or locked.lateness == Lateness.IN_TIME:
            raise NotDecided("There is nothing to decide: it was in time, or it was withdrawn.")
        if locked.lateness == wanted:
            return locked
        if locked.lateness != seen:
            raise NotDecided("Somebody else decided about it meanwhile: look at what they said.")
        count(locked, -1)
        locked.lateness, locked.late_reason = wanted, reason.strip()
        locked.late_decided_by, locked.late_decided_at = user, timezone.now()
        locked.save(update_fields=["lateness", "late_reason", "late_decided_by", "late_decided_at"])
        count(locked, 1)
        action = "consultation.admit" if admit else "consultation.refuse"
        log(instance=locked, action=action, user=user, data={"reason": reason.strip()})
        owe(locked, LetterKind.LATE)
    logger.info("event=late_decided response=%s decision=%s", locked.pk, wanted)
    return locked


def posted_in_time(response: Response) -> bool:
    """Whether a letter that came late was postmarked on the closing day or before. It is late all
    the same; whoever decides is told."""
    closes = response.consultation.closes
    if response.postmarked_on is None or closes is None or response.received_at is None:
        return False
    late = response.received_at >= end_of(closes)
    return late and response.postmarked_on <= closes.astimezone(LONDON).date()
