"""Changes of an index: items put in and taken out, and a whole new generation.

Whoever changes an index holds its write lock; a writer of tantivy lives only as long as one change.
The parts of a change are committed one after the other while readers are held off, so that they see
all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tantivy import Index, IndexWriter

from search.engines import EngineDown
from search.engines.embedded.calendar import day_number
from search.engines.embedded.folder import (
    PARTS,
    PHRASES,
    clean,
    locked,
    new_generation,
    point,
    pointed,
    say_changed,
)
from search.engines.embedded.parts import Snapshot, create, open_index, tantivy_refused
from search.engines.embedded.schema import document_of
from search.units import Item, Phrase, Unit

_SWEPT = 5000
"""How many units that have ceased are put where they belong by one change."""


@contextmanager
def writing(folder: Path, wait: float) -> Iterator[None]:
    """Holds the write lock. Raises EngineDown where another process still writes after `wait`
    seconds."""
    try:
        with locked(folder / "write.lock", wait=wait) as held:
            if not held:
                raise EngineDown(
                    f"Another process has been writing to the search index in {folder} for more"
                    f" than {wait:g} seconds. Try again when it has finished."
                )
            yield
    except PermissionError as problem:
        raise EngineDown(
            f"The search index in {folder} cannot be written to ({problem.strerror}). Give the"
            " user that runs the site the right to write there."
        ) from problem


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

    def __init__(self, indexes: dict[str, Index], heap: int, threads: int) -> None:
        self._indexes, self._heap, self._threads = indexes, heap, threads
        self._writers: dict[str, IndexWriter] = {}
        self._today = day_number(date.today())

    def put(self, item: Item) -> None:
        self._writer(part_of(item, self._today)).add_document(document_of(item))

    def take_out(self, item_id: str) -> None:
        for name in self._indexes:
            self._writer(name).delete_documents_by_term("id", item_id)

    def commit(self) -> None:
        """Makes it visible to whoever opens the parts anew."""
        for writer in self._writers.values():
            writer.commit()

    def finish(self) -> None:
        """Lets tantivy merge segments, which changes nothing that is found, and lets go."""
        for writer in self._writers.values():
            writer.wait_merging_threads()
        self._writers.clear()

    def give_up(self) -> None:
        """Leaves everything as it was."""
        for writer in self._writers.values():
            writer.rollback()
        self.finish()

    def _writer(self, name: str) -> IndexWriter:
        if name not in self._writers:
            self._writers[name] = self._indexes[name].writer(self._heap, self._threads)
        return self._writers[name]


@contextmanager
def changing(indexes: dict[str, Index], heap: int, threads: int) -> Iterator[Change]:
    """A change that is given up where anything goes wrong before it is finished."""
    change = Change(indexes, heap, threads)
    try:
        yield change
    except BaseException:
        change.give_up()
        raise


def put_in(
    generation: Path, items: Iterable[Item], remove: Iterable[str], heap: int
) -> Iterator[None]:
    raise NotImplementedError
