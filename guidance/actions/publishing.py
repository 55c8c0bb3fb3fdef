"""Issues an edition: its pages, the ledger, bases and lineage appear together or not at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from guidance.actions.announcing import announce
from guidance.actions.checks import Check, check_edition, examine
from guidance.actions.closing import close_pages
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.edition_source import Source
from guidance.actions.ledger_rows import Issue, write_edition
from guidance.actions.notices import full, notify, people_of
from guidance.edition_text import EditionText
from guidance.models import (
    Edition,
    EditionPage,
    GuidancePage,
    PlannedPublication,
    PlanState,
)
from guidance.rendering.addresses import edition_path
from guidance.signals import ledger_changed

__all__ = ["Check", "EditionNotReady", "check_edition", "publish_edition"]

logger = logging.getLogger("guidance.publishing")


class EditionNotReady(Exception):
    """The edition cannot be issued; `checks` say why, what blocks it first."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = list(checks)
        blocking = [check for check in self.checks if check.blocking]
        first = f": {blocking[0].message} ({blocking[0].place})" if blocking else ""
        super().__init__(f"The edition cannot be published yet{first}")


def publish_edition(
    *, user: Any, page: EditionPage, now: datetime | None = None, digest: str = ""
) -> Edition:
    """Issue the edition as its pages' latest drafts have it, and return what the ledger holds.

    `now` is the instant of issue (default: the present); with `digest` nothing but the text of that
    digest is issued. A review that is going on and a plan that is waiting end with it. Raises
    PermissionDenied, or EditionNotReady with what stands in the way, one of which may be that it
    was issued already.
    """
    if not page.permissions_for_user(user).can_publish_edition():
        raise PermissionDenied("You may not publish this edition.")
    at = now or timezone.now()
    with transaction.atomic():
        document = _locked_document(page)
        page = EditionPage.objects.select_related("latest_revision").get(pk=page.pk)
        if page.issued:
            raise EditionNotReady([_already_issued(page)])
        before = earlier(document.pk)
        examined = examine(page, before, blocking_only=True)
        if examined.text is None or any(check.blocking for check in examined.checks):
            raise EditionNotReady(check_edition(page))
        if digest and examined.text.digest != digest:
            raise EditionNotReady([_changed_since_planned(page)])
        edition = _issue(user, document, examined.source, examined.text, before, at)
    logger.info(
        "event=edition_published document=%s edition=%s user=%s", document.pk, edition.pk, user.pk
    )
    return edition


def _locked_document(page: EditionPage) -> GuidancePage:
    """The document, locked until the end of the transaction, so that of two people who publish at
    once the second sees what the first did. (On SQLite every transaction is alone from its start.)
    """
    rows = GuidancePage.objects.select_for_update(of=("self",))
    return rows.get(pk=page.get_parent().pk)


def _already_issued(page: EditionPage) -> Check:
    return Check(
        "already-published",
        "This edition has been published already.",
        f"the edition “{page.title}”",
        "To change the guidance, publish another edition.",
        blocking=True,
        page=page.pk,
    )


def _changed_since_planned(page: EditionPage) -> Check:
    return Check(
        "changed-since-planned",
        "The edition was changed after it was planned.",
        f"the edition “{page.title}”",
        "Look at it again, then publish it or plan it anew.",
        blocking=True,
        page=page.pk,
    )


def _issue(
    user: Any,
    document: GuidancePage,
    source: Source,
    text: EditionText,
    before: Earlier,
    at: datetime,
) -> Edition:
    if before.edition is not None:
        at = max(at, before.edition.issued_at + timedelta(microseconds=1))
    close_pages(source, user=user, at=at)
    if not document.live:
        _open_document(document, user)
    edition = write_edition(text, Issue(document.pk, source.page.pk, user.pk, at, before))
    ledger_changed.send(Edition, document=document.slug)
    log(
        instance=source.page,
        action="wagtail.publish",
        user=user,
        revision=source.page.live_revision,
        content_changed=True,
        data={"edition": edition.slug, "digest": edition.digest},
    )
    _settle(source.page, edition, user)
    announce([source.page, *source.section_pages])
    return edition


def _settle(page: EditionPage, edition: Edition, user: Any) -> None:
    """End what was under way for the draft, and tell its people that it is published."""
    people = people_of(page)
    review = page.current_workflow_state
    if review is not None:
        review.cancel(user=user)
    PlannedPublication.objects.filter(page=page).update(state=PlanState.DONE, refusal="")
    applies_from = edition.in_force_from and max(edition.in_force_from, edition.published)
    path = edition_path(edition.document.slug, edition.slug)
    notify(
        "published",
        [person for person in people if person != user],
        page,
        issued=edition,
        applies_from=applies_from,
        public_address=full(path),
    )


def _open_document(document: GuidancePage, user: Any) -> None:
    """The document's own page goes live with its first edition."""
    latest = document.get_latest_revision()
    if latest is None:
        latest = document.save_revision(user=user, log_action=False)
    latest.publish(user=user, skip_permission_checks=True)
