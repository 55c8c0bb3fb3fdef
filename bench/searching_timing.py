"""How searches are timed, and how a process of its own that measures is run and gives its figures."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.searching_queries import Question, questions

ROOT = Path(__file__).resolve().parent.parent
ASKED = 440
"""How many questions are asked while the clock runs; a quarter as many come before it does."""

Ask = Callable[[Question], object]


def timed(ask: Ask, count: int = ASKED, seconds: float = 600) -> list[float]:
    """Milliseconds of each of `count` questions, each asked once, after others like them.

    For engines that take long: no more are asked once `seconds` have gone by.
    """
    _asked(ask, questions(max(count // 4, 1), seed=1), seconds / 10)
    gc.collect()
    gc.freeze()
    return _asked(ask, questions(count), seconds)


def _asked(ask: Ask, mix: Iterable[Question], seconds: float) -> list[float]:
    ends, taken = perf_counter() + seconds, []
    for question in mix:
        begun = perf_counter()
        ask(question)
        ended = perf_counter()
        taken.append((ended - begun) * 1000)
        if ended > ends:
            break
    return taken


def share(times: Sequence[float], part: float) -> float:
    """The time that this part of the questions stayed within: 0.95 for the p95 (nearest rank)."""
    return sorted(times)[ceil(part * len(times)) - 1]


def child(module: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """A process that runs `python -m bench.<module>`; `answer` waits for what it gives."""
    return subprocess.Popen(
        [sys.executable, "-m", f"bench.{module}", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "LOG_LEVEL": "ERROR", **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> Any:
    """What the process printed last, read as JSON. Raises RuntimeError where it failed."""
    printed, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, process.args[2:]))} failed.")  # type: ignore[index]
    return json.loads(printed.splitlines()[-1])


def give(commands: Mapping[str, Callable[..., object]]) -> None:
    """Runs the command that the process was started with and prints what it gives."""
    name, *arguments = sys.argv[1:]
    print(json.dumps(commands[name](*arguments)))
