"""What is put in, replaced, taken out and built anew; on every engine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from search.engines import Engine
from search.engines.opening import open_engine
from search.units import Item, Unit
from tests.search.engines.sample import (
    EVERYTHING,
    digests,
    draft,
    find,
    found,
    held,
    phrase,
    superseded,
    unit,
    word,
)


def test_a_unit_comes_back_as_it_was_put_in(engine: Engine) -> None:
    given = unit(
        "p1",
        "Tab\there, “quotes”, a naïve café, 🦆, <b>no markup</b> and a line\nbreak.",
        until=date(2040, 1, 1),
        trail=("One", "Two"),
        provisions=("ukpga/2007/28/section/138",),
        binds=("district", "fire"),
        editions=("2019", "2020"),
    )
    engine.apply([given])
    assert engine.get(given.id) == given
    assert [hit.unit for hit in find(engine).hits] == [given]


def test_units_of_every_kind_of_text_are_got_by_their_id(engine: Engine) -> None:
    units = [
        unit("p1"),
        draft("p2"),
        superseded("p3", "oak", date(2010, 1, 1), date(2011, 1, 1)),
        unit("p4", since=date(2090, 1, 1)),
    ]
    engine.apply(units)
    assert [engine.get(u.id) for u in units] == units
    assert engine.get("nothing-has-this-id") is None
    assert engine.get("") is None


def test_a_phrase_is_no_unit(engine: Engine) -> None:
    words = phrase("Oak trees")
    engine.apply([words, unit("p1", "oak")])
    assert engine.get(words.id) is None
    assert found(engine, word("oak")) == ["p1"]
    assert engine.health().units == 1


def test_what_is_put_in_again_takes_the_place_of_the_old(engine: Engine) -> None:
    old = unit("p1", "oak")
    engine.apply([old])
    new = replace(old, title="Elm", status="unstated")
    assert new.id == old.id
    engine.apply([new])
    assert [hit.unit for hit in find(engine).hits] == [new]
    assert held(engine) == digests([new])


def test_a_unit_that_was_superseded_is_found_where_it_belongs_now_and_only_there(
    engine: Engine,
) -> None:
    old = unit("p1", "oak")
    engine.apply([old])
    ended = replace(old, until=date(2021, 1, 1), stage="superseded")
    engine.apply([ended])
    assert found(engine) == []
    assert [hit.unit for hit in find(engine, scope=EVERYTHING).hits] == [ended]
    engine.apply([old])
    assert found(engine) == ["p1"]
    assert find(engine, scope=EVERYTHING).total == 1


def test_the_last_of_several_with_one_id_counts(engine: Engine) -> None:
    old = unit("p1", "oak")
    engine.apply([old, replace(old, title="Elm"), replace(old, title="Fir")])
    assert [hit.unit.title for hit in find(engine).hits] == ["Fir"]
    engine.apply([replace(old, title="Box"), old], remove=[old.id])
    assert [hit.unit.title for hit in find(engine).hits] == [""]


def test_what_is_taken_out_is_gone_and_the_rest_stays(engine: Engine) -> None:
    units = [unit("p1", "oak"), draft("p2", "oak"), unit("p3", "oak")]
    words = [phrase("Oak trees"), phrase("Oak woods")]
    engine.apply([*units, *words])
    engine.apply(remove=[units[0].id, units[1].id, words[0].id, "was-never-there"])
    assert found(engine, scope=EVERYTHING) == ["p3"]
    assert [p.text for p in engine.complete(["oak"])] == ["Oak woods"]
    assert held(engine) == digests([units[2], words[1]])


def test_nothing_to_do_is_done(engine: Engine) -> None:
    engine.apply([unit("p1")])
    engine.apply()
    engine.apply(remove=[])
    assert found(engine) == ["p1"]


def test_it_says_what_is_held_for_each_document(engine: Engine) -> None:
    care: list[Item] = [unit("p1"), draft("p2"), phrase("Oak trees")]
    roads: list[Item] = [
        superseded("p3", "x", date(2010, 1, 1), date(2011, 1, 1), document="roads"),
        phrase("Roads", document="roads", kind="document"),
    ]
    nobody = [phrase("Local Government Act", document="", kind="provision")]
    engine.apply([*care, *roads, *nobody])
    assert engine.documents() == {"care", "roads", ""}
    assert held(engine, "care") == digests(care)
    assert held(engine, "roads") == digests(roads)
    assert held(engine, "") == digests(nobody)
    assert held(engine, "car") == {}


def test_a_document_whose_name_begins_like_another_is_not_mixed_up(engine: Engine) -> None:
    units = [unit("p1", document="care"), unit("p2", document="care-home")]
    engine.apply(units)
    assert held(engine, "care") == digests(units[:1])


def test_when_all_of_a_document_is_out_it_is_held_no_more(engine: Engine) -> None:
    units = [unit("p1"), unit("p2", document="roads")]
    engine.apply(units)
    engine.apply(remove=[units[0].id])
    assert engine.documents() == {"roads"}
    assert held(engine, "care") == {}


def test_it_is_built_anew_from_exactly_what_is_given(engine: Engine) -> None:
    engine.apply([unit("p1"), phrase("Old words")])
    new: list[Item] = [unit("p2"), draft("p3"), phrase("New words")]
    assert engine.rebuild(item for item in new) == 3
    assert found(engine, scope=EVERYTHING) == ["p2", "p3"]
    assert [p.text for p in engine.complete(["words"])] == ["New words"]
    assert held(engine) == digests(new)
    assert engine.health().units == 2


def test_a_rebuild_that_fails_leaves_the_old_index(engine: Engine) -> None:
    engine.apply([unit("p1")])

    def broken() -> Iterator[Unit]:
        yield unit("p2")
        raise RuntimeError("the ledger went away")

    with pytest.raises(RuntimeError, match="ledger went away"):
        engine.rebuild(broken())
    assert found(engine) == ["p1"]
    engine.apply([unit("p3")])
    assert found(engine) == ["p1", "p3"]


def test_an_apply_that_fails_leaves_the_engine_working(engine: Engine) -> None:
    engine.apply([unit("p1")])

    def broken() -> Iterator[Unit]:
        yield unit("p2")
        raise RuntimeError("the ledger went away")

    with pytest.raises(RuntimeError, match="ledger went away"):
        engine.apply(broken())
    engine.apply([unit("p3")])
    assert {"p1", "p3"} <= set(found(engine))


def test_another_engine_at_the_same_address_sees_it_all(engine: Engine, url: str) -> None:
    engine.apply([unit("p1")])
    other = open_engine(url)
    assert found(other) == ["p1"]
    engine.apply([unit("p2")])
    assert found(other) == ["p1", "p2"]
    other.apply(remove=[unit("p1").id])
    assert found(engine) == ["p2"]
    other.rebuild([unit("p9")])
    assert found(engine) == ["p9"]
    other.close()


def test_it_says_how_it_is(engine: Engine) -> None:
    engine.apply([unit("p1"), draft("p2")])
    health = engine.health()
    assert (health.ok, health.units, health.remedy) == (True, 2, "")
    assert health.engine
    assert engine.name in {"embedded", "opensearch", "elasticsearch"}


def test_it_can_be_used_again_after_it_was_closed(engine: Engine) -> None:
    engine.apply([unit("p1")])
    engine.close()
    assert found(engine) == ["p1"]
