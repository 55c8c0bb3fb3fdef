"""One at a time: of all processes that bring the index up to the ledger, one goes on and the others
wait, so that nobody writes what was true before somebody else's turn.

Held by the operating system or by PostgreSQL for a process, so that it ends with it, even by kill -9.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, local
from time import monotonic, sleep
from typing import Protocol

from django.db import DatabaseError, connection

_KEY = 0x5EA2C4
"""Of the advisory lock; nothing else in this database uses one."""
_LOOK_AGAIN = 0.02

_mine = local()
_here = Lock()


@contextmanager
def alone(patience: float) -> Iterator[bool]:
    """Whether this thread now is the only one at work, after waiting at most `patience` seconds.
    A thread that is so already stays so."""
    if getattr(_mine, "held", False):
        yield True
        return
    lock = _lock()
    try:
        until = monotonic() + patience
        while not (held := lock.take()) and monotonic() < until:
            sleep(_LOOK_AGAIN)
        _mine.held = held
        yield held
    finally:
        _mine.held = False
        lock.leave()


class _Turn(Protocol):
    def take(self) -> bool: ...

    def leave(self) -> None: ...


def _lock() -> _Turn:
    if connection.vendor == "postgresql":
        return _InPostgres()
    name = str(connection.settings_dict["NAME"])
    in_memory = ":memory:" in name or "mode=memory" in name
    return _InProcess() if in_memory else _BesideFile(f"{name}-search-lock")


class _InPostgres:
    """An advisory lock of the connection, wherever the processes run."""

    _held = False

    def take(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
            self._held = bool(cursor.fetchone()[0])
        return self._held

    def leave(self) -> None:
        if self._held:
            with suppress(DatabaseError), connection.cursor() as cursor:  # a lost connection let go
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])


class _BesideFile:
    """A lock on a file beside the database, which all processes of its machine share."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        os.close(self._file)


class _InProcess:
    """For a database in memory, which no other process sees."""

    _held = False

    def take(self) -> bool:
        self._held = _here.acquire(blocking=False)
        return self._held

    def leave(self) -> None:
        if self._held:
            _here.release()
