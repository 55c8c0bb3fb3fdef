"""What only the embedded engine has: its files, damaged in every way, its locks, its parts."""

import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tantivy import Index, SchemaBuilder

from search.engines import EngineDown
from search.engines.embedded import Embedded
from search.engines.embedded.calendar import NEVER, day_number, day_tokens, span_tokens
from search.units import Item, Unit
from tests.search.engines.sample import (
    EVERYTHING,
    TODAY,
    draft,
    find,
    found,
    phrase,
    superseded,
    unit,
    word,
)

UNITS = [
    unit("p1", "oak elm"),
    unit("p2", "oak ash"),
    superseded("p3", "oak fir", date(2010, 1, 1), date(2015, 1, 1)),
    draft("p4", "oak yew"),
]
ITEMS: list[Item] = [*UNITS, phrase("Oak trees")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def built(folder: Path) -> Path:
    """A folder with an index in it that nobody has open; one unit in it was put in twice."""
    engine = Embedded(str(folder), rebuild_threads=1)
    engine.rebuild([*ITEMS, *(unit(f"p{n}", "bay") for n in range(10, 20))])
    engine.apply([UNITS[0]], remove=[unit(f"p{n}", "bay").id for n in range(10, 14)])
    engine.close()
    return folder


def _generation(folder: Path) -> Path:
    [generation] = folder.glob("g-*")
    return generation


def _assert_down(engine: Embedded, words: str) -> None:
    for ask in (
        lambda: find(engine, word("oak")),
        lambda: engine.get(UNITS[0].id),
        lambda: engine.frequencies(["oak"]),
        lambda: engine.similar("oka"),
        lambda: engine.complete(["oak"]),
        engine.documents,
        lambda: engine.stored("care"),
        lambda: engine.apply([UNITS[0]]),
    ):
        with pytest.raises(EngineDown, match=words):
            ask()
    health = engine.health()
    assert not health.ok
    assert "rebuild_search" in health.remedy


def _assert_mended(engine: Embedded) -> None:
    assert engine.rebuild(ITEMS) == len(ITEMS)
    assert found(engine, scope=EVERYTHING) == ["p1", "p2", "p3", "p4"]
    assert engine.health().ok


def test_without_an_index_it_says_how_to_make_one(folder: Path) -> None:
    engine = Embedded(str(folder))
    _assert_down(engine, "no search index")
    _assert_mended(engine)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _halved(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _one_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def _other_file(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def _missing(path: Path) -> None:
    path.unlink()


KINDS = ["term", "idx", "pos", "fieldnorm", "fast", "store", "del"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", [_halved, _one_bit, _other_file, _missing])
def test_a_damaged_file_is_noticed_before_it_answers_and_mended_by_a_rebuild(
    built: Path, kind: str, damage: Callable[[Path], None]
) -> None:
    files = list((_generation(built) / "in-force").glob(f"*.{kind}"))
    assert files
    for file in files:
        damage(file)
    engine = Embedded(str(built))
    _assert_down(engine, "damaged|does not answer")
    _assert_mended(engine)


@pytest.mark.parametrize("part", ["in-force", "past", "drafts", "phrases"])
@pytest.mark.parametrize("damage", [_emptied, _halved, _other_file, _missing])
def test_a_damaged_list_of_files_is_noticed_too(
    built: Path, part: str, damage: Callable[[Path], None]
) -> None:
    damage(_generation(built) / part / "meta.json")
    engine = Embedded(str(built))
    _assert_down(engine, "rebuild_search")
    _assert_mended(engine)


@pytest.mark.parametrize("damage", [_emptied, _halved, _other_file])
def test_a_damaged_pointer_is_noticed_and_mended(
    built: Path, damage: Callable[[Path], None]
) -> None:
    damage(built / "pointer")
    engine = Embedded(str(built))
    _assert_down(engine, "pointer is damaged")
    _assert_mended(engine)


def test_a_generation_that_is_gone_is_noticed_and_mended(built: Path) -> None:
    shutil.rmtree(_generation(built))
    engine = Embedded(str(built))
    _assert_down(engine, "missing")
    _assert_mended(engine)


def test_a_part_that_is_gone_is_noticed_and_mended(built: Path) -> None:
    shutil.rmtree(_generation(built) / "past")
    engine = Embedded(str(built))
    _assert_down(engine, "damaged")
    _assert_mended(engine)


@pytest.mark.parametrize("written", ["0, index_format v7", "1, index_format v1", ""])
def test_an_index_of_another_version_is_not_read(built: Path, written: str) -> None:
    pointer = json.loads((built / "pointer").read_text())
    (built / "pointer").write_text(json.dumps({**pointer, "format": written}))
    engine = Embedded(str(built))
    _assert_down(engine, "another version")
    _assert_mended(engine)


def test_an_index_with_other_fields_is_not_read(built: Path) -> None:
    part = _generation(built) / "drafts"
    shutil.rmtree(part)
    part.mkdir()
    Index(SchemaBuilder().add_text_field("id").build(), str(part))
    engine = Embedded(str(built))
    _assert_down(engine, "another version")
    _assert_mended(engine)


def test_damage_to_files_that_are_open_is_noticed_within_a_second(built: Path) -> None:
    engine = Embedded(str(built))
    assert found(engine, word("ash")) == ["p2"]
    for file in (_generation(built) / "in-force").glob("*.store"):
        # Another file in its place; cutting one short that is mapped could end the process.
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content[: len(content) // 2])
    engine._reader._looked = 0.0
    _assert_down(engine, "damaged")
    _assert_mended(engine)


def test_another_process_mends_it_and_this_one_answers_again(built: Path) -> None:
    (built / "pointer").unlink()
    engine = Embedded(str(built))
    assert not engine.health().ok
    Embedded(str(built)).rebuild(ITEMS)
    engine._reader._down = None
    assert found(engine, word("ash")) == ["p2"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    engine = Embedded(str(tmp_path / "file" / "index"))
    assert not engine.health().ok
    with pytest.raises(EngineDown, match="cannot be written to"):
        engine.rebuild([])


def test_rests_of_a_build_that_died_are_cleaned_away_by_the_next(built: Path) -> None:
    (built / "g-dead" / "in-force").mkdir(parents=True)
    (built / "pointer.dead").write_text("")
    Embedded(str(built)).rebuild(ITEMS)
    assert {path.name[:2] for path in built.iterdir()} == {"g-", "po", "wr"}
    assert len(list(built.glob("g-*"))) == 1


def test_a_build_that_fails_leaves_nothing_behind(built: Path) -> None:
    before = _generation(built)

    def broken() -> Iterator[Unit]:
        yield UNITS[0]
        raise ValueError("the ledger cannot be read")

    with pytest.raises(ValueError, match="ledger"):
        Embedded(str(built)).rebuild(broken())
    assert _generation(built) == before


def _hold(folder: str, ready: object, done: object) -> None:
    from search.engines.embedded.writing import write_lock

    with write_lock(Path(folder), 5):
        ready.set()  # type: ignore[attr-defined]
        done.wait(30)  # type: ignore[attr-defined]


def test_who_waits_too_long_for_another_writer_is_told_so(built: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    ready, done = processes.Event(), processes.Event()
    holder = processes.Process(target=_hold, args=(str(built), ready, done))
    holder.start()
    assert ready.wait(30)
    engine = Embedded(str(built), wait=0.1)
    with pytest.raises(EngineDown, match="Another process has been writing"):
        engine.apply([UNITS[0]])
    assert found(engine, word("ash")) == ["p2"]
    done.set()
    holder.join(30)
    engine.apply([unit("p9", "ash")])
    assert found(engine, word("ash")) == ["p9", "p2"] or found(engine, word("ash")) == ["p2", "p9"]


def test_one_document_with_the_same_id_twice_is_built_once(folder: Path) -> None:
    engine = Embedded(str(folder))
    assert engine.rebuild([UNITS[0], UNITS[0]]) == 1
    assert find(engine).total == 1


def test_what_ceased_unnoticed_moves_to_the_past_with_the_next_change(folder: Path) -> None:
    """As if it had been indexed before the day it ceased."""
    from search.engines.embedded import writing

    yesterday = date.today() - timedelta(days=1)
    ended = unit("p1", "oak", until=yesterday)
    engine = Embedded(str(folder))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(writing, "date", _Before)
        engine.rebuild([ended, unit("p2", "oak")])
    assert engine._reader.snapshot().current.size == 2
    assert found(engine, word("oak"), scope=EVERYTHING) == ["p1", "p2"]
    assert engine.frequencies(["oak"]) == {"oak": 1}
    engine.apply([unit("p3", "oak")])
    assert engine._reader.snapshot().current.size == 2
    assert sorted(found(engine, word("oak"), scope=EVERYTHING)) == ["p1", "p2", "p3"]
    assert engine.get(ended.id) == ended


class _Before(date):
    @classmethod
    def today(cls) -> "_Before":
        return cls(2020, 1, 1)


def test_a_forked_process_searches_on_and_sees_what_is_new(built: Path) -> None:
    """As the workers of gunicorn do that were forked after the first search."""
    engine = Embedded(str(built))
    assert found(engine, word("ash")) == ["p2"]
    processes = multiprocessing.get_context("fork")
    told = processes.Queue()
    go = processes.Event()

    def work() -> None:
        told.put(found(engine, word("ash")))
        go.wait(30)
        told.put(found(engine, word("ash")))

    worker = processes.Process(target=work)
    worker.start()
    assert told.get(timeout=30) == ["p2"]
    engine.apply(remove=[UNITS[1].id])
    go.set()
    assert told.get(timeout=30) == []
    worker.join(30)


DAYS = st.integers(1, day_number(date.max))


@given(since=DAYS, until=DAYS | st.just(NEVER), day=DAYS)
def test_a_span_and_a_day_share_a_block_exactly_where_the_day_lies_in_it(
    since: int, until: int, day: int
) -> None:
    shared = set(span_tokens(since, until)) & set(day_tokens(day))
    assert len(shared) == (1 if since <= day < until else 0)


@given(since=DAYS, until=DAYS | st.just(NEVER))
def test_a_span_has_few_blocks(since: int, until: int) -> None:
    assert len(span_tokens(since, until)) <= 44


def test_the_day_asked_for_is_today_where_none_is_named(built: Path) -> None:
    from search.engines import Scope

    assert found(Embedded(str(built)), word("oak"), scope=Scope()) == ["p1", "p2"]
    assert date.today() > TODAY
