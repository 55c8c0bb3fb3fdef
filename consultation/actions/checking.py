"""Checks a response that was taken in, by somebody who did not put it in order; after that nothing
in it changes."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from consultation.actions.recording import NotEnterable, opened
from consultation.models import PieceState, Response

logger = logging.getLogger("consultation")

LOG_ACTION = "consultation.check"
HANDS = ("consultation.take_in", "consultation.enter", "consultation.place")
"""The acts by which somebody has had a hand in what was entered."""


def check(*, user: Any, response: Response) -> Response:
    """Say that what was entered is what came. Asked again, nothing changes. Raises PermissionDenied
    and NotEnterable."""
    done = Response.objects.filter(pk=response.pk, checked_by=user).first()
    if done is not None:
        return done
    with transaction.atomic():
        locked = opened(user=user, response=response)
        if reason := why_not(user, locked):
            raise NotEnterable(reason)
        locked.checked_by, locked.checked_at = user, timezone.now()
        locked.save(update_fields=["checked_by", "checked_at"])
        log(instance=locked, action=LOG_ACTION, user=user)
    logger.info("event=response_checked response=%s", locked.pk)
    return locked


def why_not(user: Any, response: Response) -> str:
    """Why this user cannot check it now, in a sentence; "" where they can."""
    if user.pk in hands(response):
        return "You took it in or changed it, so somebody else has to check it."
    waiting = response.pieces.filter(state=PieceState.WAITING).count()
    if waiting:
        pieces = "1 piece" if waiting == 1 else f"{waiting} pieces"
        return f"Place {pieces} of it or set them aside first."
    return ""


def hands(response: Response) -> set[int]:
    """Whoever had a hand in what was entered, by the audit log."""
    entries = ModelLogEntry.objects.for_instance(response).filter(action__in=HANDS)
    found = {pk for pk in entries.values_list("user", flat=True) if pk is not None}
    return found | ({response.entered_by_id} if response.entered_by_id else set())
