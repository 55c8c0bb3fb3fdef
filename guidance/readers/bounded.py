"""Files from outside, read in a process of their own with bounded time and memory.

A file that makes a parser run for ever, fill the memory or crash takes its process with it and
nothing else. The process knows no settings, database or secrets, and imports no Django; it is sent
the file and sends back the outline. `python -m guidance.readers.bounded` is that process.
"""

from __future__ import annotations

import io
import os
import pickle
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, NoReturn

from guidance.outline.model import Outline
from guidance.outline.source import UnreadableFile
from guidance.readers.opening import load

Progress = Callable[[str], None]

READING, UNDERSTANDING = "reading", "understanding"
_STEPS = {b"1\n": READING, b"2\n": UNDERSTANDING}
_RESULT = b"=\n"
_ROOT = Path(__file__).resolve().parents[2]
_MAX_REPLY = 256 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_ENDING = 2.0

_TOO_LONG = (
    "Reading this file took too long and was stopped: save it again in a simpler form, for "
    "example as a Word document without pictures, or send it in parts."
)
_TOO_MUCH = (
    "Reading this file needed too much memory and was stopped: leave out its pictures or send it "
    "in parts."
)
_FAILED = (
    "This file could not be read: save it again from the program that made it, or copy its text "
    "into a new Word document, and send that."
)


class ReaderFailed(UnreadableFile):
    """A reader broke on a file: a fault of ours. `where` says what broke and quotes nothing."""

    def __init__(self, where: str) -> None:
        super().__init__(_FAILED)
        self.where = where


class _Reply(NamedTuple):
    """What the process sends back: one of these three is set."""

    outline: Outline | None = None
    sentence: str = ""
    fault: str = ""


def read_outline(
    source: str | PathLike[str] | BinaryIO,
    name: str = "",
    *,
    seconds: float = 60,
    megabytes: int = 1500,
    progress: Progress | None = None,
) -> Outline:
    """The outline of a path or an open binary file, read within `seconds` and `megabytes`.

    `progress` is called with "reading" and "understanding" as each begins. Raises UnreadableFile
    with one sentence for the person who sent the file; nothing is left behind.
    """
    if not name and isinstance(source, (str, PathLike)):
        name = fspath(source)
    data = load(source)
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="guidance-read-") as scratch:
        with tempfile.TemporaryFile(dir=scratch) as file:
            file.write(data)
            file.seek(0)
            process = _start(file, scratch, name, seconds, megabytes)
        try:
            sent = _listen(process, deadline, progress)
        finally:
            _end(process)
    return _outline_in(sent, process.returncode)


def _start(
    file: IO[bytes], scratch: str, name: str, seconds: float, megabytes: int
) -> subprocess.Popen[bytes]:
    """Start the process: its own session, an empty environment, a scratch directory that goes."""
    suffix = Path(name).suffix[:16]
    bounds = [str(int(seconds) + 1), str(megabytes)]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "guidance.readers.bounded", *bounds, suffix],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"TMPDIR": scratch, "HOME": scratch, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )


def _listen(
    process: subprocess.Popen[bytes], deadline: float, progress: Progress | None
) -> bytearray:
    """All that the process sends until it closes; raises UnreadableFile past the deadline."""
    assert process.stdout is not None
    sent = bytearray()
    told = 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise UnreadableFile(_TOO_LONG)
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                return _all_sent(process, sent)
            sent += piece
            if len(sent) > _MAX_REPLY:
                raise UnreadableFile(_TOO_MUCH)
            while progress is not None and (step := _STEPS.get(bytes(sent[told : told + 2]))):
                progress(step)
                told += 2


def _all_sent(process: subprocess.Popen[bytes], sent: bytearray) -> bytearray:
    """What was sent, once the process has ended too; it has nothing left to do but that."""
    try:
        process.wait(_ENDING)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_TOO_LONG) from None
    return sent


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started, and reap it."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _outline_in(sent: bytearray, returncode: int) -> Outline:
    _, found, packed = bytes(sent[:16]).partition(_RESULT)
    if not found:
        raise _broken_off(-returncode)
    start = len(sent[:16]) - len(packed)
    try:
        reply = _OutlineUnpickler(io.BytesIO(memoryview(sent)[start:])).load()
    except Exception as error:
        raise ReaderFailed(f"{type(error).__name__} in the reply") from error
    if not isinstance(reply, _Reply):
        raise ReaderFailed("no reply in the reply")
    if isinstance(reply.outline, Outline):
        return reply.outline
    if reply.sentence:
        raise UnreadableFile(reply.sentence)
    raise ReaderFailed(reply.fault)


def _broken_off(by: int) -> UnreadableFile:
    """Why a process ended without a reply, from the signal that ended it."""
    if by == signal.SIGXCPU:
        return UnreadableFile(_TOO_LONG)
    # The system's own end to memory, and what C and C++ libraries do when they get none.
    if by in (signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP):
        return UnreadableFile(_TOO_MUCH)
    return ReaderFailed(f"signal {by}" if by > 0 else f"exit {-by}")


class _OutlineUnpickler(pickle.Unpickler):
    """Loads outlines and nothing else: what comes from a hostile file's process is not trusted."""

    _MODULES = frozenset({"guidance.outline.model", "guidance.outline.source"})

    def find_class(self, module: str, name: str) -> Any:
        if module == "guidance.readers.bounded" and name == "_Reply":
            return _Reply
        found = super().find_class(module, name) if module in self._MODULES else None
        if isinstance(found, type) and found.__module__ in self._MODULES:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an outline")


# The process itself


def main(arguments: list[str]) -> int:
    """Read a file from standard input and send the reply to standard output.

    Arguments: seconds of processor time, megabytes of memory, the file name's suffix.
    """
    seconds, megabytes, suffix = int(arguments[0]), int(arguments[1]), arguments[2]
    _bound(seconds, megabytes)
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    reply = _reply(sys.stdin.buffer, suffix, lambda step: _tell(out, step))
    try:
        packed = pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)
    except (MemoryError, RecursionError):
        packed = pickle.dumps(_Reply(sentence=_TOO_MUCH))
    out.write(_RESULT + packed)
    out.flush()
    # Freeing a large tree politely takes longer than reading it.
    os._exit(0)


def _reply(source: BinaryIO, suffix: str, tell: Callable[[bytes], None]) -> _Reply:
    try:
        from guidance.outline.build import build
        from guidance.readers import read_bytes

        tell(b"1\n")
        document = read_bytes(source.read(), suffix)
        tell(b"2\n")
        return _Reply(outline=build(document))
    except UnreadableFile as error:
        return _Reply(sentence=str(error))
    except MemoryError:
        return _Reply(sentence=_TOO_MUCH)
    except Exception as error:
        return _Reply(fault=_where(error))


def _where(error: Exception) -> str:
    """The kind of an error and the line of ours it came from; never its message, which may quote
    the file."""
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if Path(code.co_filename).is_relative_to(_ROOT / "guidance"):
            place = f"{Path(code.co_filename).relative_to(_ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


def _tell(out: BinaryIO, step: bytes) -> None:
    out.write(step)
    out.flush()


def _bound(seconds: int, megabytes: int) -> None:
    """Bound this process. Systems that cannot bound a resource leave that to the deadline."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: megabytes * _MEGABYTE,
        resource.RLIMIT_CORE: 0,
    }
    for which, limit in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (limit, limit))


def run() -> NoReturn:
    # Under its own name, so that the reply's class is found by it on the other side.
    from guidance.readers import bounded

    sys.exit(bounded.main(sys.argv[1:]))


if __name__ == "__main__":
    run()
