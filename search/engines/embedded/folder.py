"""The folder of an index: which generation of it is in use, and who may write.

    pointer            names the generation in use; replaced whole, never written into
    write.lock         held by the one process that writes
    g-…/               a generation: in-force, past, drafts and phrases, each an index of tantivy
    g-…/commits        replaced when a change of all parts is whole
    g-…/commits.lock   held while the parts of a change become visible one after the other

Locks are those of the operating system (flock): whoever dies lets go of them.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from tantivy.tantivy import __version__ as tantivy_version

from search.engines import EngineDown
from search.units import SHAPE

PARTS = ("in-force", "past", "drafts")
PHRASES = "phrases"
REMEDY = "Run manage.py rebuild_search."

FORMAT = f"{SHAPE}, {tantivy_version.rpartition(', ')[2]}"
"""What an index was written with; another one cannot be read and has to be built anew."""

_PAUSE = 0.02

Stamp = tuple[int, int, int]
"""Inode, time of change and size: a file with the same stamp has the same content."""


def stamp(path: Path) -> Stamp | None:
    """None where there is no such file."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size


def replace_file(path: Path, content: str) -> None:
    """Writes a file so that whoever reads it reads the old or the new, whole, after a crash too."""
    beside = path.with_name(f"{path.name}.{uuid4().hex}")
    with beside.open("w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def pointed(folder: Path) -> Path:
    """The generation in use. Raises EngineDown where there is none or it cannot be read."""
    try:
        pointer = json.loads((folder / "pointer").read_text())
        name, written = str(pointer["generation"]), str(pointer["format"])
    except FileNotFoundError:
        raise EngineDown(f"There is no search index in {folder} yet. {REMEDY}") from None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise EngineDown(
            f"The search index in {folder} cannot be read: its pointer is damaged. {REMEDY}"
        ) from problem
    if written != FORMAT:
        raise EngineDown(
            f"The search index in {folder} was written by another version ({written}; this one"
            f" writes {FORMAT}). {REMEDY}"
        )
    return folder / name


def point(folder: Path, generation: Path) -> None:
    """Puts a generation in use."""
    pointer = {"generation": generation.name, "format": FORMAT}
    replace_file(folder / "pointer", json.dumps(pointer))


def new_generation(folder: Path) -> Path:
    generation = folder / f"g-{uuid4().hex[:12]}"
    for part in (*PARTS, PHRASES):
        (generation / part).mkdir(parents=True)
    return generation


def clean(folder: Path, keep: Path | None) -> None:
    """Removes every generation but one. Whoever still reads an old one keeps its files open."""
    for path in folder.glob("g-*"):
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob("pointer.*"):  # of a process that died while it wrote one
        with suppress(OSError):
            path.unlink()


def say_changed(generation: Path) -> None:
    """Tells every reader that there is something new."""
    replace_file(generation / "commits", uuid4().hex)


@contextmanager
def held(lock: int, shared: bool = False, wait: float = 0.0) -> Iterator[bool]:
    """Holds the lock of an open file, or gives False where others still hold it after `wait`
    seconds; closes the file."""
    kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    end = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(lock, kind)
            except BlockingIOError:
                if time.monotonic() < end:
                    time.sleep(_PAUSE)
                    continue
                yield False
            else:
                yield True
            return
    finally:
        os.close(lock)


@contextmanager
def commits_held(generation: Path, shared: bool, wait: float) -> Iterator[bool]:
    """Holds what keeps readers from seeing half a change: shared to read, alone to commit."""
    try:
        lock = os.open(generation / "commits.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError as problem:
        raise EngineDown(
            f"The search index cannot be read: {generation.name} is missing or closed to the site"
            f" ({problem.strerror}). {REMEDY}"
        ) from problem
    with held(lock, shared, wait) as ours:
        yield ours
