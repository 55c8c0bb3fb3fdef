"""Several processes and threads at once, and processes that are killed; on every engine.

Other processes are real ones; they run the functions at the end of this module.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from typing import Any

from search.engines import Engine
from search.engines.opening import open_engine
from search.units import Unit
from tests.search.engines.sample import EVERYTHING, digests, find, found, held, unit, word

PROCESSES = multiprocessing.get_context("spawn")
PATIENCE = 60


def _start(work: Callable[..., None], *given: Any) -> BaseProcess:
    process = PROCESSES.Process(target=work, args=given)
    process.start()
    return process


def _until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_threads_search_while_another_process_writes(engine: Engine, url: str) -> None:
    """Every answer is of one moment: in each, as many units as its own batch number says."""
    engine.apply(_batch(0))
    done, problems = threading.Event(), []

    def search() -> None:
        while not done.is_set():
            try:
                answer = find(engine, word("oak"), size=50)
                titles = {hit.unit.title for hit in answer.hits}
                if answer.total != 20 or len(answer.hits) != 20 or len(titles) != 1:
                    problems.append(f"{answer.total} of {titles}")
            except Exception as problem:
                problems.append(repr(problem))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    writer = _start(write_batches, url, 6)
    writer.join(PATIENCE)
    done.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert writer.exitcode == 0
    assert problems == []
    _until(lambda: {hit.unit.title for hit in find(engine, word("oak")).hits} == {"Batch 6"}, 2)


def test_two_processes_write_at_once_and_nothing_is_lost(engine: Engine, url: str) -> None:
    writers = [_start(write_own, url, name, 5) for name in ("care", "roads")]
    for writer in writers:
        writer.join(PATIENCE)
    assert [writer.exitcode for writer in writers] == [0, 0]
    _until(lambda: find(engine).total == 50, 2)
    assert len(held(engine, "care")) == len(held(engine, "roads")) == 25


def test_what_another_process_wrote_is_found_within_a_second(engine: Engine, url: str) -> None:
    engine.apply([unit("p1", "elm")])
    assert found(engine, word("oak")) == []
    writer = _start(write_own, url, "care", 1)
    writer.join(PATIENCE)
    _until(lambda: find(engine, word("oak")).total == 5, 1)


def test_a_process_killed_in_the_middle_of_changes_harms_nothing(engine: Engine, url: str) -> None:
    for pause in (0.0, 0.15, 0.4):
        writer = _start(write_batches, url, 1000)
        _until(lambda: find(engine, word("oak"), scope=EVERYTHING).total > 0)
        time.sleep(pause)
        _kill(writer)
        other = open_engine(url)
        other.apply(_batch(7))
        assert {hit.unit.title for hit in find(other, word("oak")).hits} == {"Batch 7"}
        assert held(other) == digests(_batch(7))
        assert find(other, scope=EVERYTHING).total == 20
        other.close()
        engine.rebuild([])


def test_a_rebuild_killed_half_way_leaves_the_old_index(engine: Engine, url: str) -> None:
    engine.apply([unit("p1", "elm")])
    builder = _start(build_for_ever, url)
    time.sleep(1.5)
    assert builder.is_alive()
    assert found(engine) == ["p1"]
    _kill(builder)
    assert found(engine) == ["p1"]
    engine.apply([unit("p2", "elm")])
    assert found(engine) == ["p1", "p2"]
    assert engine.rebuild([unit("p3", "elm")]) == 1
    assert found(engine, scope=EVERYTHING) == ["p3"]


def _kill(process: BaseProcess) -> None:
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join(PATIENCE)


def _batch(number: int) -> list[Unit]:
    return [unit(f"p{n}", "oak elm", title=f"Batch {number}") for n in range(20)]


def write_batches(url: str, count: int) -> None:
    engine = open_engine(url)
    for number in range(1, count + 1):
        engine.apply(_batch(number))


def write_own(url: str, document: str, count: int) -> None:
    engine = open_engine(url)
    for number in range(count):
        engine.apply(
            unit(f"p{number}{n}", "oak", document=document, order=number * 10 + n) for n in range(5)
        )


def build_for_ever(url: str) -> None:
    def units() -> Iterator[Unit]:
        number = 0
        while True:
            number += 1
            yield unit(f"p{number}", "oak elm")

    open_engine(url).rebuild(units())
