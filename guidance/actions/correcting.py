"""Starts a corrigendum: a draft copy of a published edition that names the mistake it puts right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from guidance.actions.starting import start_edition
from guidance.models import Edition, EditionPage, GuidancePage, Stage
from guidance.models.pages import CAN_BE_IN_FORCE


def start_corrigendum(
    *,
    user: Any,
    document: GuidancePage,
    corrects: Edition,
    correction: str,
    published: date,
) -> EditionPage:
    """A draft with the words of the edition that it corrects, in force from the same day.

    Raises PermissionDenied, or ValidationError where the edition is another document's or was never
    to be in force, where nothing is said of the mistake, or where its dates would be the same.
    """
    correction = correction.strip()
    if not correction:
        raise ValidationError({"correction": "Say what was wrong, and what it says now."})
    if corrects.document_id != document.pk or corrects.stage not in CAN_BE_IN_FORCE:
        raise ValidationError({"corrects": "Choose an edition of this document that can apply."})
    if published <= corrects.published:
        raise ValidationError(
            {"published": f"“{corrects.title}” was published then or later; choose a later day."}
        )
    with transaction.atomic():
        page = start_edition(
            user=user,
            document=document,
            stage=Stage.CORRIGENDUM,
            published=published,
            in_force_from=corrects.in_force_from,
            corrects=corrects,
        )
        page.correction = correction
        page.save()
        page.save_revision(user=user, log_action=False)
    return page
