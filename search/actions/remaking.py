"""The index made again at somebody's wish: asked for, done beside the request, told in the log.

The acts are logged on the guidance index, which is what the search index is of.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from accounts.models import User
from guidance.models import GuidanceIndexPage
from search.actions.indexing import rebuild
from search.engines import EngineDown

REBUILD = "search.rebuild_search"
ASKED, MADE, FAILED = "search.rebuild_asked", "search.rebuilt", "search.rebuild_failed"
BROKEN_OFF = timedelta(hours=1)
"""Silent for longer than this, it is no longer under way."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastTime:
    """The last step of making the index again: who asked, when, and what came of it."""

    action: str
    at: datetime
    by: User | None
    items: int = 0
    reason: str = ""

    @property
    def under_way(self) -> bool:
        return self.action == ASKED and timezone.now() - self.at < BROKEN_OFF

    @property
    def broken_off(self) -> bool:
        return self.action == ASKED and not self.under_way

    @property
    def failed(self) -> bool:
        return self.action == FAILED


def may_remake(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(REBUILD))


def remake_index(*, user: Any) -> None:
    """Have the index made again from the ledger in the background; searches go on in the old one.

    Raises PermissionDenied, or ValidationError while it is being made again already.
    """
    if not may_remake(user):
        raise PermissionDenied("You may not have the index made again.")
    with transaction.atomic():
        page = GuidanceIndexPage.objects.select_for_update(of=("self",)).first()
        before = last_time()
        if before is not None and before.under_way:
            raise ValidationError("The index is being made again already; wait until it is done.")
        if page is not None:
            log(instance=page, action=ASKED, user=user)
        transaction.on_commit(lambda: _remake.enqueue(user.pk))
    logger.info("event=%s user=%s", ASKED, user.pk)


def last_time() -> LastTime | None:
    """The last step that was logged; None where it was never asked for."""
    rows = PageLogEntry.objects.filter(action__in=(ASKED, MADE, FAILED)).select_related("user")
    row = rows.order_by("-timestamp", "-pk").first()
    if row is None:
        return None
    data = row.data or {}
    return LastTime(
        row.action, row.timestamp, row.user, data.get("items", 0), data.get("reason", "")
    )


@task(backend="background")
def _remake(user: int) -> None:
    try:
        _tell(MADE, user, items=rebuild())
    except EngineDown as error:
        _tell(FAILED, user, reason=str(error))
    except Exception:
        _tell(FAILED, user, reason="Something went wrong here; whoever looks after the site has a"
              " record of it.")  # fmt: skip
        raise


def _tell(action: str, user: int, **data: Any) -> None:
    page = GuidanceIndexPage.objects.first()
    person = User.objects.filter(pk=user).first()
    if page is not None:
        log(instance=page, action=action, user=person, data=data)
    logger.info("event=%s user=%s", action, user)
