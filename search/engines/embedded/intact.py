"""Whether the files of an index are as they were written.

tantivy ends each file with a checksum and never changes the file again. Reading a damaged one could
answer wrongly or end the process, so each is checked before it is used, and once more when its
stamp has changed.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import BinaryIO

from search.engines import EngineDown
from search.engines.embedded.folder import REMEDY, Stamp, stamp

_KINDS = ("term", "idx", "pos", "fieldnorm", "fast", "store")
_MAGIC = 1337
_PIECE = 1 << 22


class Intact:
    """Remembers which files were found to be as they were written."""

    def __init__(self) -> None:
        self._known: dict[Path, Stamp] = {}

    def check(self, part: Path) -> None:
        """Checks the files of a part that are in use. Raises EngineDown at the first one that is
        damaged or missing."""
        found: dict[Path, Stamp] = {}
        for path in _files_in_use(part):
            now = stamp(path)
            if now is None or (self._known.get(path) != now and not _as_written(path)):
                raise damaged(path)
            found[path] = now
        others = {path: known for path, known in self._known.items() if path.parent != part}
        self._known = others | found

    def unchanged(self) -> bool:
        """Whether every file is what it was when it was checked; takes microseconds a file."""
        return all(stamp(path) == known for path, known in self._known.items())


def damaged(path: Path) -> EngineDown:
    return EngineDown(f"The search index is damaged ({path.parent.name}/{path.name}). {REMEDY}")


def _files_in_use(part: Path) -> list[Path]:
    """The files of the segments that `meta.json` names."""
    names: list[str] = []
    try:
        for segment in json.loads((part / "meta.json").read_bytes())["segments"]:
            segment_id = segment["segment_id"].replace("-", "")
            names += [f"{segment_id}.{kind}" for kind in _KINDS]
            if segment["deletes"]:
                names.append(f"{segment_id}.{segment['deletes']['opstamp']}.del")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise damaged(part / "meta.json") from problem
    return [part / name for name in names]


def _as_written(path: Path) -> bool:
    """Whether the checksum at the end of a file is that of what stands before it.

    The file ends with a note in JSON that holds the CRC-32, its length and a magic number, the
    numbers as 32 bits with the lowest byte first.
    """
    try:
        with path.open("rb") as file:
            end = file.seek(0, os.SEEK_END) - 8
            file.seek(max(end, 0))
            length = int.from_bytes(file.read(4), "little")
            if end < 0 or length > end or int.from_bytes(file.read(4), "little") != _MAGIC:
                return False
            file.seek(end - length)
            wanted = json.loads(file.read(length))["crc"]
            return _checksum(file, end - length) == wanted
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _checksum(file: BinaryIO, length: int) -> int:
    """The CRC-32 of the first bytes of a file."""
    file.seek(0)
    checksum = 0
    while length:
        piece = file.read(min(_PIECE, length))
        if not piece:
            break
        checksum, length = zlib.crc32(piece, checksum), length - len(piece)
    return checksum
