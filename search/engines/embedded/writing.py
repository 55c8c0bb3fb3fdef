"""Changes of an index: items put in and taken out, and a whole new generation.

Whoever changes an index holds its write lock; a writer of tantivy lives only as long as one change.
The parts of a change are committed one after the other while readers are held off, so that they see
all of it or nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from tantivy import Index, IndexWriter

from search.engines import EngineDown
from search.engines.embedded.calendar import day_number
from search.engines.embedded.folder import (
    PARTS,
    PHRASES,
    clean,
    held,
    new_generation,
    point,
    pointed,
    say_changed,
)
from search.engines.embedded.parts import Snapshot, create, refused, tantivy_refused
from search.engines.embedded.schema import document_of
from search.units import Item, Phrase, Unit

_SWEPT = 5000
"""How many units that have ceased are put where they belong by one change."""


@contextmanager
def write_lock(folder: Path, wait: float) -> Iterator[None]:
    """Holds the write lock. Raises EngineDown where another process still writes after `wait`
    seconds, and where nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "write.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise EngineDown(
            f"The search index in {folder} cannot be written to ({problem.strerror}). Name a folder"
            " in SEARCH_URL that the site may write to."
        ) from problem
    with held(lock, wait=wait) as ours:
        if not ours:
            raise EngineDown(
                f"Another process has been writing to the search index in {folder} for more than"
                f" {wait:g} seconds. Try again when it has finished."
            )
        yield


def part_of(item: Item, today: int) -> str:
    """The part that an item belongs in."""
    if isinstance(item, Phrase):
        return PHRASES
    in_force, past, drafts = PARTS
    if item.draft:
        return drafts
    return past if day_number(item.until) <= today else in_force


def swept(snapshot: Snapshot) -> list[Unit]:
    """Units among those in force that have ceased since they were indexed; put in again they go
    where they belong."""
    today = day_number(date.today())
    part = snapshot.current
    if not part.ceased(today):
        return []
    hits = part.searcher.search(part.ceased_by(today), _SWEPT, count=False).hits
    return [Unit.read(part.stored(address)) for _, address in hits]


class Change:
    """One change of a generation: a writer for each part that it touches."""

    def __init__(self, index_of: Callable[[str], Index], heap: int, threads: int) -> None:
        self._index_of, self._heap, self._threads = index_of, heap, threads
        self._writers: dict[str, IndexWriter] = {}
        self._today = day_number(date.today())

    def put(self, item: Item) -> None:
        document = document_of(item)
        writer = self._writer(part_of(item, self._today))
        try:
            writer.add_document(document)
        except (OSError, ValueError, RuntimeError) as problem:
            raise refused(problem) from problem

    def take_out(self, part: str, item_id: str) -> None:
        self._writer(part).delete_documents_by_term("id", item_id)

    def commit(self) -> None:
        """Makes it visible to whoever opens the parts anew."""
        with tantivy_refused():
            for writer in self._writers.values():
                writer.commit()

    def finish(self) -> None:
        """Lets tantivy merge segments, which changes nothing that is found, and lets go."""
        with tantivy_refused():
            while self._writers:
                self._writers.popitem()[1].wait_merging_threads()

    def give_up(self) -> None:
        """Leaves what was not committed as it was."""
        with tantivy_refused():
            for writer in self._writers.values():
                writer.rollback()
        self.finish()

    def _writer(self, part: str) -> IndexWriter:
        if part not in self._writers:
            with tantivy_refused():
                writer = self._index_of(part).writer(self._heap, self._threads)
                writer.garbage_collect_files()  # a writer that died left files of the same name
            self._writers[part] = writer
        return self._writers[part]


@contextmanager
def changing(index_of: Callable[[str], Index], heap: int, threads: int = 1) -> Iterator[Change]:
    """A change; what is not committed when something goes wrong is given up."""
    change = Change(index_of, heap, threads)
    try:
        yield change
        change.finish()
    except BaseException:
        with suppress(EngineDown):
            change.give_up()
        raise


def build(folder: Path, items: Iterable[Item], heap: int, threads: int) -> int:
    """A new generation of exactly these items, put in use when it is whole; how many there are.

    The caller holds the write lock. What is in use already is left alone until then, and whatever
    else lies about is the rest of a build that died.
    """
    try:
        in_use: Path | None = pointed(folder)
    except EngineDown:
        in_use = None
    clean(folder, keep=in_use)
    with tantivy_refused():
        generation = new_generation(folder)
    try:
        known: set[int] = set()
        with changing(create(generation).__getitem__, heap, threads) as change:
            for item in items:
                key = int(item.id[:16], 16)
                if key not in known:
                    known.add(key)
                    change.put(item)
            change.commit()
        with tantivy_refused():
            say_changed(generation)
            point(folder, generation)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    clean(folder, keep=generation)
    return len(known)


def holding(snapshot: Snapshot, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Which part holds which of these ids."""
    for item_id in ids:
        for part in snapshot.parts:
            if part.has(item_id):
                yield part.name, item_id
