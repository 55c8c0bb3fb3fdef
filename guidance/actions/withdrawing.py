"""Withdraws a document's guidance from a date: an act with a reason, after which the text stays
readable and is shown as withdrawn. It cannot be undone; a later edition applies again."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from guidance.actions.announcing import announce
from guidance.actions.notices import members, notify, people_of
from guidance.models import Edition, EditionPage, GuidancePage, Withdrawal
from guidance.signals import ledger_changed
from guidance.standing import day_words

logger = logging.getLogger("guidance.withdrawing")


def may_withdraw(document: GuidancePage, user: Any) -> bool:
    """Whoever may publish the document's editions may withdraw it, once there is one."""
    return bool(document.permissions_for_user(user).can_publish() and document.has_issued)


def withdraw_document(
    *,
    user: Any,
    document: GuidancePage,
    withdrawn_from: date,
    reason: str,
    now: datetime | None = None,
) -> Withdrawal:
    """Let the document's guidance stop applying on a day, today at the earliest.

    Raises PermissionDenied, or ValidationError with the fault at `withdrawn_from` or `reason`.
    """
    if not document.permissions_for_user(user).can_publish():
        raise PermissionDenied("You may not withdraw this guidance.")
    at = now or timezone.now()
    today = timezone.localdate(at)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": "Say why it is withdrawn; readers will see it."})
    if withdrawn_from < today:
        raise ValidationError({"withdrawn_from": "That day is past. Choose today or a later day."})
    with transaction.atomic():
        document = GuidancePage.objects.select_for_update(of=("self",)).get(pk=document.pk)
        edition = _applying(document, withdrawn_from)
        withdrawal = Withdrawal.objects.create(
            document=document,
            withdrawn_from=withdrawn_from,
            reason=reason,
            made_on=today,
            made_at=at,
            made_by=user,
        )
        ledger_changed.send(Withdrawal, document=document.slug)
        log(
            instance=document,
            action="guidance.withdraw",
            user=user,
            data={"withdrawn_from": withdrawn_from.isoformat(), "reason": reason},
        )
        _tell(document, edition, withdrawal, user)
    logger.info(
        "event=guidance_withdrawn document=%s withdrawal=%s user=%s",
        document.pk,
        withdrawal.pk,
        user.pk,
    )
    return withdrawal


def consequences(document: GuidancePage, withdrawn_from: date | None = None) -> list[str]:
    """What readers will see, in sentences; of the day in question where it is known."""
    day = withdrawn_from or timezone.localdate()
    edition = Edition.objects.filter(document=document).in_force_on(day).first()
    name = f"“{edition.title}”" if edition else "No edition"
    coming = Edition.objects.filter(document=document, in_force_from__gt=day).newest_first()
    sentences = [
        f"{name} is in force {'now' if withdrawn_from is None else f'on {day_words(day)}'}."
        " From the day of the withdrawal on nothing is in force, and every page says so.",
        "The text stays readable at its addresses, marked as withdrawn, and what applied on"
        " earlier days is still answered.",
        "It cannot be taken back. If it was a mistake, or the guidance is wanted again, publish an"
        " edition tomorrow or later that is in force from the day of the withdrawal or later.",
    ]
    sentences += [
        f"“{later.title}” is to be in force from {day_words(later.in_force_from)}. A withdrawal"
        " before that day does not stop it."
        for later in coming
        if later.in_force_from
    ]
    return sentences


def _applying(document: GuidancePage, day: date) -> Edition:
    """The edition that would be in force on the day; without one there is nothing to withdraw."""
    editions = Edition.objects.filter(document=document)
    edition = editions.in_force_on(day).first()
    if edition is not None:
        return edition
    earlier = Withdrawal.objects.filter(document=document, withdrawn_from__lte=day).last()
    if earlier is not None:
        raise ValidationError(
            f"This guidance is withdrawn already, from {day_words(earlier.withdrawn_from)}."
        )
    raise ValidationError(
        {
            "withdrawn_from": f"No edition is in force on {day_words(day)}, so there is nothing to"
            " withdraw. Choose another day."
        }
    )


def _tell(document: GuidancePage, edition: Edition, withdrawal: Withdrawal, user: Any) -> None:
    announce([document])
    page = EditionPage.objects.get(pk=edition.page_id)
    people = [person for person in (*people_of(page), *members("Publishers")) if person != user]
    notify("withdrawn", people, page, withdrawal=withdrawal)
