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
from wagtail.signals import page_published

from guidance.actions.checks import Check, check_edition, examine
from guidance.actions.closing import close_pages
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.edition_source import Source
from guidance.actions.ledger_rows import Issue, write_edition
from guidance.edition_text import EditionText
from guidance.models import Edition, EditionPage, GuidancePage, SectionPage

__all__ = ["Check", "EditionNotReady", "check_edition", "publish_edition"]

logger = logging.getLogger("guidance.publishing")


class EditionNotReady(Exception):
    """The edition cannot be issued; `checks` say why, what blocks it first."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = list(checks)
        blocking = [check for check in self.checks if check.blocking]
        first = f": {blocking[0].message} ({blocking[0].place})" if blocking else ""
        super().__init__(f"The edition cannot be published yet{first}")


def publish_edition(*, user: Any, page: EditionPage, now: datetime | None = None) -> Edition:
    """Issue the edition as its pages' latest drafts have it, and return what the ledger holds.

    `now` is the instant of issue (default: the present). Raises PermissionDenied, or
    EditionNotReady with what stands in the way, one of which may be that it was issued already.
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
    log(
        instance=source.page,
        action="wagtail.publish",
        user=user,
        revision=source.page.live_revision,
        content_changed=True,
        data={"edition": edition.slug, "digest": edition.digest},
    )
    transaction.on_commit(lambda: _announce(source))
    return edition


def _open_document(document: GuidancePage, user: Any) -> None:
    """The document's own page goes live with its first edition."""
    latest = document.get_latest_revision()
    if latest is None:
        latest = document.save_revision(user=user, log_action=False)
    latest.publish(user=user, skip_permission_checks=True)


def _announce(source: Source) -> None:
    """Tell Wagtail and the other apps, once the edition is there for good."""
    pages: list[EditionPage | SectionPage] = [source.page, *source.section_pages]
    for page in pages:
        page_published.send(sender=type(page), instance=page, revision=page.live_revision)
