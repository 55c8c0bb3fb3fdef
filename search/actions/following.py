"""The index follows the ledger: what changes is marked in the transaction that changes it, and
indexed once that has happened. What could not be indexed then stays marked until it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from threading import Lock
from time import monotonic
from typing import Any

from django.core.signals import setting_changed
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone
from django_tasks import task

from guidance.models import AuthorityType, Edition, GuidancePage, Instrument, Withdrawal
from guidance.signals import ledger_changed, looked_for_due
from search.actions.indexing import catch_up, issued_documents, sync_pending
from search.engines import EngineDown
from search.models import Pending

logger = logging.getLogger(__name__)

AT_ONCE = 3
"""Documents that are indexed as part of the act that changed them; more are indexed beside it."""
FEW = 10
"""Editions that are indexed as a whole as part of a publication, where there is no index yet."""
PATIENCE = 1.0
"""Seconds that a publication waits for another process that is at the index."""
PATIENCE_BESIDE = 10.0
"""Seconds that work in the background waits for it."""
OVERDUE = timedelta(seconds=3)
"""A mark that is older was left by something that broke off."""
LOOK_EVERY, CATCH_UP_EVERY, AFTER_FAILURE = 1.0, 30.0, 10.0
"""Seconds between looks at the marks, at the engine, and after it could not be brought up."""
TURNED = timedelta(days=7)
"""How many days back a process looks at its start for editions that came into force or went out."""


def connect() -> None:
    """Listens to whatever changes what the search shows."""
    uid = "search.following"
    ledger_changed.connect(_ledger_changed, dispatch_uid=uid)
    looked_for_due.connect(_looked_for_due, dispatch_uid=uid)
    post_save.connect(_document_saved, sender=GuidancePage, dispatch_uid=uid)
    for sender in (Instrument, AuthorityType):
        post_save.connect(_register_saved, sender=sender, dispatch_uid=uid)
        post_delete.connect(_register_changed, sender=sender, dispatch_uid=uid)
    classes = AuthorityType.includes.through
    m2m_changed.connect(_classes_changed, sender=classes, dispatch_uid=uid)


def mark(documents: Iterable[str]) -> None:
    """Write down that these documents have to be indexed, in one query, and see to it when the
    transaction is done. "" is what belongs to no document."""
    count = _write_down(documents)
    if count:
        following = follow if count <= AT_ONCE else follow.using(backend="background")
        transaction.on_commit(lambda: _enqueue(following))


def _write_down(documents: Iterable[str]) -> int:
    """How many there are. Those that are marked already are marked anew, so that whoever has them
    in hand looks at them again."""
    rows = [Pending(document=document) for document in sorted(set(documents))]
    if rows:
        Pending.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["document"], update_fields=["since"]
        )
    return len(rows)


@task()
def follow() -> None:
    """Index what is marked. Where that cannot be done now nothing is lost: the next publication,
    the next search, `sync_search` and `publish_due_editions` all try again."""
    try:
        _follow()
    except Exception as error:  # of any kind; its words may be those of the guidance
        _behind(type(error).__name__)


def _follow() -> None:
    """A site that has published little yet may have no index at all, and gets one here."""
    try:
        sync_pending(patience=PATIENCE)
    except EngineDown:
        if Edition.objects.count() > FEW:
            raise
        catch_up(patience=PATIENCE)


@task(backend="background")
def bring_up() -> None:
    """Catch up in the background, one at a time in each process."""
    _freshness.bring_up()


def ensure_fresh(*, down: bool = False) -> None:
    """Look, at most once a second in each process, whether the index is behind or missing, and see
    to it in the background. For the search page to call; `down` says that the engine did not
    answer, and asks for a look at once. Never raises and hardly costs anything."""
    _freshness.ensure(down=down, beside=True)


class _Freshness:
    """When this process looked last, and whether it is at it."""

    def __init__(self) -> None:
        self._busy = Lock()
        self._next_look = self._next_catch_up = self._not_before = 0.0
        self._day: date | None = None

    def ensure(self, *, down: bool, beside: bool) -> None:
        now = monotonic()
        if now < self._not_before or (now < self._next_look and not down):
            return
        self._next_look = now + LOOK_EVERY
        try:
            if down or now >= self._next_catch_up or _overdue():
                _enqueue(bring_up) if beside else self.bring_up()
        except Exception as error:
            _behind(type(error).__name__)

    def bring_up(self) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            self._mark_turned()
            catch_up(patience=PATIENCE_BESIDE)
            self._next_catch_up = monotonic() + CATCH_UP_EVERY
        except Exception as error:  # of any kind: a search must not fail for it, nor a watch end
            self._not_before = monotonic() + AFTER_FAILURE
            _behind(type(error).__name__)
        finally:
            self._busy.release()

    def _mark_turned(self) -> None:
        """What a document shows may be another at midnight, without anybody's doing."""
        today = timezone.localdate()
        if self._day != today:
            since = self._day or today - TURNED
            _write_down(_turned(since, today))
            self._day = today


_freshness = _Freshness()


def forget(**_: object) -> None:
    """Look anew at the next search: for tests."""
    global _freshness
    _freshness = _Freshness()


setting_changed.connect(forget, dispatch_uid="search.actions.following")


def _turned(since: date, until: date) -> list[str]:
    """Documents of which an edition begins or ends to apply after `since`, by `until`."""
    days = (since + timedelta(days=1), until)
    begins = Q(in_force_from__range=days) | Q(published__range=days)
    withdrawn = Withdrawal.objects.filter(withdrawn_from__range=days)
    return [
        *Edition.objects.filter(begins).values_list("document__slug", flat=True).distinct(),
        *withdrawn.values_list("document__slug", flat=True).distinct(),
    ]


def _overdue() -> bool:
    return Pending.objects.filter(since__lt=timezone.now() - OVERDUE).exists()


def _enqueue(following: Any) -> None:
    """Whatever the task backend says: what has happened is not undone by it."""
    try:
        following.enqueue()
    except Exception as error:
        _behind(type(error).__name__)


def _behind(reason: str) -> None:
    waiting = ",".join(Pending.objects.order_by("since").values_list("document", flat=True)[:20])
    logger.warning("event=search_index_behind document=%s reason=%s", waiting, reason)


def _ledger_changed(sender: object, document: str, **_: object) -> None:
    mark([document])


def _looked_for_due(sender: object, **_: object) -> None:
    """At once, since the command may end and its threads with it."""
    _freshness.ensure(down=False, beside=False)


def _document_saved(sender: object, instance: GuidancePage, raw: bool = False, **_: object) -> None:
    if not raw and instance.has_issued:
        mark([instance.slug])


def _register_saved(
    sender: object, instance: object, created: bool, raw: bool = False, **_: object
) -> None:
    """A new row is of nothing that is issued yet."""
    if not created and not raw:
        _register_changed(sender, instance)


def _register_changed(sender: object, instance: object, **_: object) -> None:
    mark([""] if isinstance(instance, Instrument) else issued_documents())


def _classes_changed(sender: object, action: str, **_: object) -> None:
    if action.startswith("post_"):
        mark(issued_documents())
