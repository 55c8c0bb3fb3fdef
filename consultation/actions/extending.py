"""Keeps a consultation open longer: an act with a reason, which readers see."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation.closing import Phase, in_words
from consultation.models import ConsultationPage, Extension
from guidance.signals import ledger_changed

logger = logging.getLogger("consultation")
LONGEST_REASON = 2000


def extend_consultation(
    *, user: Any, consultation: ConsultationPage, closes: datetime, reason: str
) -> Extension:
    """Let it close later; `closes` is aware and names the last minute that counts.

    Raises PermissionDenied, or ValidationError with the fault at `closes` or `reason`: only what is
    published and not over can be extended, and never to an earlier time.
    """
    if not consultation.permissions_for_user(user).can_publish():
        raise PermissionDenied("You may not extend this consultation.")
    closes, reason = closes.replace(second=0, microsecond=0), reason.strip()
    if not reason:
        raise ValidationError({"reason": "Say why it stays open longer; readers will see it."})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": f"Keep the reason to {LONGEST_REASON:,} characters."})
    now = timezone.now()
    with transaction.atomic():
        page = ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        before = _close_of(page, now)
        _check(closes, before, now)
        extension = Extension.objects.create(
            consultation=page, closed_before=before, closes=closes, reason=reason, made_at=now,
            made_by=user,
        )  # fmt: skip
        ConsultationPage.objects.filter(pk=page.pk).update(closes=closes)
        log(
            instance=page,
            action="consultation.extend",
            user=user,
            data={"closes": closes.isoformat(), "before": before.isoformat(), "reason": reason},
        )
        transaction.on_commit(_tell)
    consultation.closes = closes
    logger.info("event=consultation_extended consultation=%s user=%s", page.pk, user.pk)
    return extension


def _close_of(page: ConsultationPage, now: datetime) -> datetime:
    if not (page.live and page.opens and page.closes):
        raise ValidationError(
            {"closes": "It is not published yet: change its close in the editor instead."}
        )
    if page.phase(now) == Phase.CLOSED:
        raise ValidationError(
            {"closes": f"It closed at {in_words(page.closes)}, so it cannot be extended any more."}
        )
    return page.closes


def _check(closes: datetime, before: datetime, now: datetime) -> None:
    if closes <= before:
        raise ValidationError(
            {"closes": f"It is open until {in_words(before)}; enter a later time."}
        )
    if in_words(closes).startswith("midnight"):
        raise ValidationError(
            {
                "closes": "Midnight leaves people unsure which day is meant. Enter 23:59 the day before."
            }
        )


def _tell() -> None:
    """Whoever keeps what consultations there are asks again."""
    ledger_changed.send(ConsultationPage, document="")
