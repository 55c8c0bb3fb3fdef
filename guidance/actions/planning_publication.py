"""Publication at a set time: an edition is checked when it is planned and again when it is due.

What is issued is what was planned, letter for letter: the plan keeps the edition's digest. Whoever
runs `publish_due`, and however often, an edition is issued once.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from guidance.actions.checks import Examined, check_edition, examine
from guidance.actions.notices import notify
from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.models import EditionPage, PlannedPublication, PlanState

logger = logging.getLogger("guidance.publishing")


def plan_publication(*, user: Any, page: EditionPage, at: datetime) -> PlannedPublication:
    """Plan the edition, as it is drafted now, to be issued at `at`; an earlier plan is replaced.

    Raises PermissionDenied, ValidationError where the time is past, or EditionNotReady.
    """
    if not page.permissions_for_user(user).can_publish_edition():
        raise PermissionDenied("You may not publish this edition.")
    if at <= timezone.now():
        raise ValidationError("That time is past. Choose a later one, or publish now.")
    with transaction.atomic():
        page = EditionPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        examined = examine(page, blocking_only=True)
        text = examined.text
        if page.issued or text is None or any(check.blocking for check in examined.checks):
            raise EditionNotReady(check_edition(page))
        plan, _ = PlannedPublication.objects.update_or_create(
            page=page,
            defaults={
                "at": at,
                "digest": text.digest,
                "state": PlanState.WAITING,
                "refusal": "",
                "planned_by": user,
            },
        )
        log(
            instance=page,
            action="guidance.plan_publication",
            user=user,
            data={"at": at.isoformat(), "digest": text.digest},
        )
    logger.info("event=publication_planned page=%s user=%s", page.pk, user.pk)
    return plan


def cancel_plan(*, user: Any, page: EditionPage) -> None:
    """Take back the plan, also one that was refused; nothing happens where there is none."""
    if not page.permissions_for_user(user).can_publish_edition():
        raise PermissionDenied("You may not change when this edition is published.")
    with transaction.atomic():
        plans = PlannedPublication.objects.select_for_update(of=("self",)).filter(page=page)
        plan = plans.exclude(state=PlanState.DONE).first()
        if plan is None:
            return
        plan.delete()
        log(
            instance=page,
            action="guidance.cancel_plan",
            user=user,
            data={"at": plan.at.isoformat()},
        )
    logger.info("event=plan_cancelled page=%s user=%s", page.pk, user.pk)


def changed_since_planned(plan: PlannedPublication, examined: Examined) -> bool:
    """Whether the draft is no longer what was planned, so that it would be refused."""
    return examined.text is None or examined.text.digest != plan.digest


def publish_due(now: datetime | None = None) -> list[PlannedPublication]:
    """Issue every planned edition whose time has come, and return the plans that were settled.

    Each is its own transaction: one that breaks off stays waiting for the next run and does not
    keep the others. A plan that another worker has in hand is passed over.
    """
    now = now or timezone.now()
    waiting = PlannedPublication.objects.filter(state=PlanState.WAITING, at__lte=now)
    settled = []
    for pk in list(waiting.order_by("at", "pk").values_list("pk", flat=True)):
        try:
            plan = _settle(pk, now)
        except Exception:
            logger.exception("event=planned_publication_failed plan=%s", pk)
            continue
        if plan is not None:
            settled.append(plan)
    return settled


def _settle(pk: int, now: datetime) -> PlannedPublication | None:
    with transaction.atomic():
        plans = PlannedPublication.objects.select_for_update(skip_locked=True, of=("self",))
        plan = plans.filter(pk=pk, state=PlanState.WAITING, at__lte=now).first()
        if plan is None:
            return None
        try:
            publish_edition(user=plan.planned_by, page=plan.page, now=now, digest=plan.digest)
        except (EditionNotReady, PermissionDenied) as error:
            _refuse(plan, _sentence(error))
        plan.refresh_from_db()
    return plan


def _refuse(plan: PlannedPublication, refusal: str) -> None:
    plan.state, plan.refusal = PlanState.REFUSED, refusal
    plan.save(update_fields=["state", "refusal"])
    log(
        instance=plan.page,
        action="guidance.refuse_plan",
        user=plan.planned_by,
        data={"at": plan.at.isoformat(), "refusal": refusal},
    )
    notify("plan_refused", [plan.planned_by], plan.page, at=plan.at, refusal=refusal)
    logger.warning("event=planned_publication_refused plan=%s page=%s", plan.pk, plan.page_id)


def _sentence(error: EditionNotReady | PermissionDenied) -> str:
    if isinstance(error, PermissionDenied):
        return "The person who planned it may no longer publish this edition. Plan it again."
    found = [check for check in error.checks if check.blocking]
    return "\n".join(f"{check.message} {check.remedy} ({check.place})" for check in found)


def in_words(at: datetime) -> str:
    """A time as people here read it: 3 December 2026 at 09:30, London time."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')} at {date_format(local, 'H:i')}, London time"
