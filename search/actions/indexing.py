"""Brings the index to what the ledger says: document by document, as a whole, or by comparing alone.

Whatever breaks off can be done again and comes to the same: what has to be done is written in the
database (`Pending`) until it is done, and each run compares before it writes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from guidance.models import Edition
from search.actions.indexing_lock import alone
from search.actions.phrases import phrases_of
from search.actions.reading_ledger import units_of
from search.actions.using import engine, fallback
from search.engines import Engine, EngineDown, Health
from search.models import Pending
from search.units import Item, batches

logger = logging.getLogger(__name__)

BATCH = 5000
"""Items that are written at once; a document of fewer changes in the eyes of readers in one step."""
PATIENCE = 60.0
"""Seconds to wait for another process that is at the index."""
LATE = timedelta(minutes=5)
"""Longer behind than this, the search is not well."""


class IndexBusy(EngineDown):
    """Another process has been at the index for longer than this one would wait."""

    def __init__(self) -> None:
        super().__init__("Another process is writing the search index. Try again when it is done.")


@dataclass(frozen=True, slots=True)
class Drift:
    """How many units and phrases of a document the index lacks, has in another form, or has though
    nothing is issued that says so; the document "" is what belongs to none."""

    document: str
    missing: int = 0
    stale: int = 0
    surplus: int = 0
    engine: str = ""

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.surplus)

    @property
    def words(self) -> str:
        counted = ((self.missing, "missing"), (self.stale, "stale"), (self.surplus, "surplus"))
        said = ", ".join(f"{count} {what}" for count, what in counted if count) or "as it should be"
        return f"{self.document or 'provisions and other phrases'}: {said} ({self.engine})"


def engines() -> list[Engine]:
    """Those that are kept up to date: the one in use, and its reserve where there is one."""
    reserve = fallback()
    return [engine(), *([reserve] if reserve else [])]


def issued_documents() -> list[str]:
    """Slugs of the documents that have an issued edition, in order."""
    rows = Edition.objects.order_by("document__slug").values_list("document__slug", flat=True)
    return list(rows.distinct())


def items_of(document: str) -> list[Item]:
    """All that the index holds for a document, or for none ("")."""
    return [*(units_of(document) if document else ()), *phrases_of(document)]


def everything() -> Iterator[Item]:
    """All that the index holds, a document at a time."""
    for document in ("", *issued_documents()):
        yield from items_of(document)


def sync_document(document: str, *, patience: float = PATIENCE) -> Drift:
    """Bring the index to the ledger for one document, on each engine; what it had to change on the
    first. Raises EngineDown where an engine could not be brought there; the others are."""
    with alone(patience) as mine:
        if not mine:
            raise IndexBusy
        return _bring([document])[0]


def sync_pending(*, patience: float = PATIENCE) -> int:
    """Index every document that is marked as behind, until none is; how many there were. Raises
    EngineDown where an engine does not answer; what is marked then stays marked."""
    with alone(patience) as mine:
        if not mine:
            raise IndexBusy
        return len(_marked_synced())


def _marked_synced() -> set[str]:
    done: set[str] = set()
    while waiting := list(Pending.objects.order_by("since").values_list("document", "since")):
        # A publication may bring provisions that nothing rested on before: "" is always looked at.
        _bring([*(document for document, _ in waiting if document), ""])
        _settle(waiting)
        done |= {document for document, _ in waiting}
    return done


def _bring(documents: Sequence[str]) -> list[Drift]:
    """Each document on each engine, as long as the engine answers; the drifts of the first. Raises
    EngineDown at the end where one did not."""
    drifts: list[Drift] = []
    failure: EngineDown | None = None
    answering = engines()
    for document in documents:
        wanted = _by_id(items_of(document))
        for target in list(answering):
            try:
                drift = _brought(target, document, wanted)
            except EngineDown as error:
                failure = failure or error
                answering.remove(target)
            else:
                drifts += [drift] if target is answering[0] else []
        if not answering:
            break
    if failure is not None:
        raise failure
    return drifts


def _settle(done: Sequence[tuple[str, datetime]]) -> None:
    """A document that was marked again meanwhile has another instant, and stays."""
    for document, since in done:
        Pending.objects.filter(document=document, since=since).delete()


def catch_up(*, patience: float = PATIENCE) -> int:
    """Put right what can be seen to be wrong without comparing all: an engine without an index,
    documents that it lacks or should not have, and what is marked as behind. How many documents
    were indexed. Raises EngineDown where an engine does not answer."""
    with alone(patience) as mine:
        if not mine:
            raise IndexBusy
        documents = set(issued_documents())
        done: set[str] = set()
        failure = None
        for target in engines():
            try:
                done |= _completed(target, documents)
            except EngineDown as error:
                failure = failure or error
        done |= _marked_synced()
        if failure is not None:
            raise failure
    return len(done)


def _completed(target: Engine, documents: set[str]) -> set[str]:
    """The documents that an engine lacked, or should not have had, and has or has not now."""
    try:
        held = target.documents()
    except EngineDown:  # it has no index, or cannot be reached, in which case this says so
        target.rebuild(everything())
        return documents
    wrong = (held ^ documents) - {""}
    for document in ["", *sorted(wrong)] if wrong else ():
        _brought(target, document, _by_id(items_of(document)))
    return wrong


def rebuild(*, patience: float = PATIENCE) -> int:
    """A new index from the ledger on each engine, in place of the old one when it is whole; how many
    units and phrases the first holds. What is published meanwhile stays marked as behind."""
    with alone(patience) as mine:
        if not mine:
            raise IndexBusy
        counts = [target.rebuild(everything()) for target in engines()]
    return counts[0]


def check() -> Iterator[Drift]:
    """Where index and ledger differ, document by document on each engine; writes nothing."""
    for target in engines():
        for document in sorted({"", *issued_documents(), *target.documents()}):
            wanted = _by_id(items_of(document))
            drift, _, _ = _difference(target, document, wanted)
            if drift:
                yield drift


def health() -> dict[str, object]:
    """For /health/: which engine, whether it answers and is not long behind, how many units it
    holds, how many documents are marked as behind, and what to do where it is not well."""
    try:
        found = engine().health()
    except EngineDown as error:
        found = Health(False, engine().name, 0, str(error))
    pending = list(Pending.objects.order_by("since").values_list("since", flat=True))
    late = bool(pending) and timezone.now() - pending[0] > LATE
    report: dict[str, object] = {
        "ok": found.ok and not late,
        "engine": found.engine,
        "units": found.units,
        "pending": len(pending),
    }
    remedy = found.remedy or ("Run manage.py sync_search and read what it says." if late else "")
    return report | ({"remedy": remedy} if remedy else {})


def _by_id(items: Sequence[Item]) -> dict[str, Item]:
    return {item.id: item for item in items}


def _difference(
    target: Engine, document: str, wanted: Mapping[str, Item]
) -> tuple[Drift, list[Item], list[str]]:
    """The drift, what is to be put in, and what is to be taken out."""
    stored = target.stored(document)
    put = [item for key, item in wanted.items() if stored.get(key) != item.digest]
    missing = sum(item.id not in stored for item in put)
    surplus = [key for key in stored if key not in wanted]
    drift = Drift(document, missing, len(put) - missing, len(surplus), target.name)
    return drift, put, surplus


def _brought(target: Engine, document: str, wanted: Mapping[str, Item]) -> Drift:
    """One engine brought to what is wanted. What is new comes before what is old goes, so that a
    reader who looks meanwhile misses nothing."""
    drift, put, surplus = _difference(target, document, wanted)
    if drift:
        *first, last = list(batches(put, BATCH)) or [[]]
        for batch in first:
            target.apply(batch)
        target.apply(last, surplus)
        logger.info(
            "event=search_indexed document=%s engine=%s missing=%d stale=%d surplus=%d",
            document,
            target.name,
            drift.missing,
            drift.stale,
            drift.surplus,
        )
    return drift
