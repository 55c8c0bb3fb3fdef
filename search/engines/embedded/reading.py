"""The newest whole state of an index, for the threads of one process that search it."""

from __future__ import annotations

import time
from pathlib import Path
from threading import RLock

from search.engines import EngineDown
from search.engines.embedded.folder import (
    PARTS,
    PHRASES,
    Stamp,
    commits_held,
    pointed,
    stamp,
)
from search.engines.embedded.intact import Intact
from search.engines.embedded.parts import Opened, Snapshot

_LOOK_EVERY = 0.2
"""Seconds between looks at the files themselves; whether something new was said is always asked."""

_TRIES = 4
_PAUSE = 0.05
_PATIENCE = 10.0
"""Seconds that a process with nothing to show waits for a change of another one to be whole."""

_SULK = 1.0
"""Seconds for which an index that was found damaged is not looked through again."""


class Reader:
    """Gives the snapshot to search in. What was opened serves on while others change the index; it
    is left behind as soon as a newer state is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = RLock()
        self.close()

    def close(self) -> None:
        with self._lock:
            self._opened: Opened | None = None
            self._snapshot: Snapshot | None = None
            self._seen: tuple[Stamp | None, Stamp | None] = (None, None)
            self._intact = Intact()
            self._looked = 0.0
            self._down: tuple[float, EngineDown] | None = None

    def snapshot(self) -> Snapshot:
        """The newest state. Raises EngineDown where there is none that can be read."""
        snapshot, opened = self._snapshot, self._opened
        looked = time.monotonic() - self._looked < _LOOK_EVERY
        if looked and snapshot and opened and self._seen == self._stamps(opened.generation):
            return snapshot
        with self._lock:
            return self._newest()

    def renew(self, holding: bool) -> tuple[Path, Snapshot]:
        """The generation in use and its state now, whatever was known before. `holding`: the caller
        holds off other writers and readers."""
        with self._lock:
            self._down = None
            self._load_any(holding)
            assert self._opened
            assert self._snapshot
            return self._opened.generation, self._snapshot

    def _newest(self) -> Snapshot:
        if self._down and time.monotonic() < self._down[0]:
            raise self._down[1]
        opened = self._opened
        fresh = opened is not None and self._seen == self._stamps(opened.generation)
        self._looked = time.monotonic()
        if not (fresh and self._snapshot and self._intact.unchanged()):
            try:
                self._load_any(holding=False)
            except EngineDown as problem:
                self.close()
                self._down = (time.monotonic() + _SULK, problem)
                raise
        assert self._snapshot
        return self._snapshot

    def _stamps(self, generation: Path) -> tuple[Stamp | None, Stamp | None]:
        return stamp(self.folder / "pointer"), stamp(generation / "commits")

    def _load_any(self, holding: bool) -> None:
        """Loads what is in use. Others may put a new generation in use meanwhile, or merge files
        away that were about to be checked; then it is tried again."""
        for attempt in range(_TRIES):
            try:
                self._load(pointed(self.folder), holding)
            except EngineDown:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _load(self, generation: Path, holding: bool) -> None:
        if holding:
            return self._open(generation)
        serves = bool(self._opened and self._opened.generation == generation)
        patience = 0.0 if serves and self._intact.unchanged() else _PATIENCE
        with commits_held(generation, shared=True, wait=patience) as ours:
            if ours:
                self._open(generation)
            elif not serves:
                raise EngineDown(
                    "The search index is being changed and has not been whole for"
                    f" {_PATIENCE:g} seconds. Try again."
                )

    def _open(self, generation: Path) -> None:
        seen = self._stamps(generation)
        same = self._opened is not None and self._opened.generation == generation
        intact = self._intact if same else Intact()
        for name in (*PARTS, PHRASES):
            intact.check(generation / name)
        opened = self._opened if same and self._opened else Opened(generation)
        self._snapshot = opened.snapshot()
        self._opened, self._intact, self._seen = opened, intact, seen
        self._looked, self._down = time.monotonic(), None
