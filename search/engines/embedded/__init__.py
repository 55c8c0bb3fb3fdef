"""The embedded engine: an index in a folder, kept by tantivy, with no server beside the site.

Any number of processes read it while one writes. It can always be built anew from the ledger, so
whatever is wrong with its files is answered with `EngineDown` and mended by a rebuild.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from tantivy import Query
from tantivy.tantivy import __version__ as tantivy_version

from search.engines import EngineDown, Found, Health, Request
from search.engines.embedded import words as wording
from search.engines.embedded.answering import answer
from search.engines.embedded.folder import commits_held, say_changed
from search.engines.embedded.parts import Part, open_index, tantivy_refused
from search.engines.embedded.reading import Reader
from search.engines.embedded.schema import BETWEEN
from search.engines.embedded.writing import build, changing, holding, swept, write_lock
from search.units import Item, Phrase, Unit

_MEGABYTE = 1_000_000
_MOST_THREADS = 4
_MOST_DOCUMENTS = 60_000


class Embedded:
    """The engine in a folder. `wait` is for how many seconds a change waits for another process to
    finish one. `heap` and `rebuild_heap` are bytes that tantivy may fill before it writes a
    segment, for each part; `rebuild_threads` are those that index in a rebuild, 0 for one on each
    processor, up to four."""

    name = "embedded"

    def __init__(
        self,
        folder: str,
        wait: float = 30.0,
        heap: int = 32 * _MEGABYTE,
        rebuild_heap: int = 384 * _MEGABYTE,
        rebuild_threads: int = 0,
    ) -> None:
        self._folder = Path(folder)
        self._reader = Reader(self._folder)
        self._wait, self._heap, self._rebuild_heap = wait, heap, rebuild_heap
        self._rebuild_threads = rebuild_threads or min(os.cpu_count() or 1, _MOST_THREADS)

    def search(self, request: Request) -> Found:
        with tantivy_refused():
            return answer(self._reader.snapshot(), request)

    def get(self, unit: str) -> Unit | None:
        with tantivy_refused():
            for part in self._reader.snapshot().units:
                address = part.one(part.by_id(unit))
                if address:
                    return Unit.read(part.stored(address))
        return None

    def frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        with tantivy_refused():
            return wording.frequencies(self._reader.snapshot(), stems)

    def similar(self, stem: str, limit: int = 10) -> list[tuple[str, int]]:
        with tantivy_refused():
            return wording.similar(self._reader.snapshot(), stem, limit)

    def complete(
        self, words: Sequence[str], kinds: Iterable[str] = (), limit: int = 10
    ) -> list[Phrase]:
        with tantivy_refused():
            return wording.complete(self._reader.snapshot(), words, kinds, limit)

    def documents(self) -> set[str]:
        with tantivy_refused():
            parts = self._reader.snapshot().parts
            return {document for part in parts for document in _documents(part)}

    def stored(self, document: str) -> dict[str, str]:
        with tantivy_refused():
            held: dict[str, str] = {}
            for part in self._reader.snapshot().parts:
                for item_id, digest in _marks(part, document):
                    # Held twice, as after a change that died half-way: it has to be put in again.
                    held[item_id] = "" if item_id in held else digest
            return held

    def apply(self, add: Iterable[Item] = (), remove: Iterable[str] = ()) -> None:
        items = {item.id: item for item in add}
        ids = dict.fromkeys((*remove, *items))
        with write_lock(self._folder, self._wait):
            generation, snapshot = self._reader.renew(holding=False)
            if not ids:
                return
            with tantivy_refused():
                for unit in swept(snapshot):
                    if unit.id not in ids:
                        ids[unit.id], items[unit.id] = None, unit
                taken = list(holding(snapshot, ids))
            with changing(lambda part: open_index(generation / part), self._heap) as change:
                for part, item_id in taken:
                    change.take_out(part, item_id)
                for item in items.values():
                    change.put(item)
                with commits_held(generation, shared=False, wait=self._wait) as ours:
                    if not ours:
                        raise EngineDown("The search index is being read by others all the time.")
                    change.commit()
                    say_changed(generation)
                    self._reader.renew(holding=True)

    def rebuild(self, items: Iterable[Item]) -> int:
        with write_lock(self._folder, self._wait):
            count = build(self._folder, items, self._rebuild_heap, self._rebuild_threads)
            self._reader.renew(holding=True)
        return count

    def health(self) -> Health:
        engine = tantivy_version.split(",")[0].replace(" v", " ")
        try:
            snapshot = self._reader.snapshot()
        except EngineDown as problem:
            return Health(ok=False, engine=engine, remedy=str(problem))
        return Health(ok=True, engine=engine, units=snapshot.size)

    def close(self) -> None:
        self._reader.close()


def _documents(part: Part) -> Iterable[str]:
    counting = {"terms": {"field": "document", "size": _MOST_DOCUMENTS}}
    found = part.searcher.aggregate(Query.all_query(), {"document": counting})
    return (bucket["key"] for bucket in found["document"]["buckets"])


def _marks(part: Part, document: str) -> Iterable[tuple[str, str]]:
    """Id and digest of what a part holds for a document."""
    terms = part.searcher.terms_with_prefix("mark", document + BETWEEN, Query.all_query())
    for mark, _ in terms:
        _, item_id, digest = mark.split(BETWEEN)
        yield item_id, digest


__all__ = ["Embedded"]
