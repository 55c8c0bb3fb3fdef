"""The order of results and their pages: stable, whole, without repeats; on every engine."""

import random
from datetime import date

import pytest

from search.engines import Engine
from search.plan import Everything, Flat, Has, Text, Times, Value, Whole
from search.units import Unit
from tests.search.engines.sample import (
    EVERYTHING,
    draft,
    find,
    found,
    superseded,
    unit,
    word,
)

WOODS = ("oak", "elm", "ash", "fir", "yew", "box", "bay", "fig")


def _texts(count: int) -> list[Unit]:
    """Units with words drawn at random, the same in every run; many score the same."""
    drawn = random.Random(7)
    return [
        unit(
            f"p{n}",
            " ".join(drawn.choices(WOODS, k=drawn.choice((4, 8)))),
            title=drawn.choice(WOODS),
            status=drawn.choice(("statutory", "unstated")),
        )
        for n in range(1, count + 1)
    ]


RANKED = Whole(
    must=[Whole(should=[word("oak"), Times(word("oak", Text.TITLE), 2.0)])],
    should=[word("elm"), Flat(Has(Value.STATUS, ("statutory",)), 0.5)],
)


def test_the_best_come_first_and_equals_in_their_order(engine: Engine) -> None:
    engine.apply([unit("p3", "oak"), unit("p1", "oak"), unit("p2", "oak oak")])
    assert found(engine, word("oak")) == ["p2", "p1", "p3"]


def test_where_the_order_is_the_same_too_the_id_decides(engine: Engine) -> None:
    units = [unit(f"p{n}", "oak", order=5) for n in range(1, 8)]
    engine.apply(units)
    wanted = [u.paragraph for u in sorted(units, key=lambda u: u.id)]
    assert found(engine, word("oak")) == wanted
    assert found(engine) == wanted


@pytest.mark.parametrize("plan", [RANKED, word("oak"), Everything(), Flat(word("oak"), 2)])
@pytest.mark.parametrize("size", [1, 7, 10])
def test_pages_follow_each_other_without_repeats_or_gaps(
    engine: Engine, plan: Whole, size: int
) -> None:
    engine.rebuild(_texts(60))
    whole = found(engine, plan)
    total = find(engine, plan).total
    assert len(whole) == total
    pages = [found(engine, plan, first=first, size=size) for first in range(0, total + size, size)]
    assert [paragraph for page in pages for paragraph in page] == whole


def test_pages_over_several_parts_follow_each_other_too(engine: Engine) -> None:
    units = _texts(20)
    old = [
        superseded(u.paragraph, u.text, date(2015, 1, 1), date(2020, 4, 1), order=u.order)
        for u in units
    ]
    engine.rebuild([*units, *old, *(draft(u.paragraph, u.text, order=u.order) for u in units)])
    whole = [hit.unit.id for hit in find(engine, word("oak"), scope=EVERYTHING).hits]
    parts = [
        hit.unit.id
        for first in range(0, len(whole), 7)
        for hit in find(engine, word("oak"), scope=EVERYTHING, first=first, size=7).hits
    ]
    assert parts == whole
    assert len(set(whole)) == len(whole)


def test_a_page_beyond_the_last_is_empty_and_says_how_many_there_are(engine: Engine) -> None:
    engine.apply([unit("p1", "oak"), unit("p2", "oak")])
    answer = find(engine, word("oak"), first=5000, size=10)
    assert (answer.total, list(answer.hits)) == (2, [])


def test_the_order_of_indexing_changes_neither_scores_nor_order(engine: Engine) -> None:
    units = _texts(80)
    engine.rebuild(units)
    before = [(hit.unit.id, round(hit.score, 3)) for hit in find(engine, RANKED).hits]
    engine.rebuild(random.Random(3).sample(units, len(units)))
    assert [(hit.unit.id, round(hit.score, 3)) for hit in find(engine, RANKED).hits] == before


def test_what_was_put_in_bit_by_bit_is_in_the_same_order(engine: Engine) -> None:
    units = _texts(40)
    engine.rebuild(units)
    before = found(engine, RANKED)
    engine.rebuild([])
    for start in range(0, len(units), 9):
        engine.apply(units[start : start + 9])
    assert found(engine, RANKED) == before


def test_more_equal_hits_than_anybody_pages_through(engine: Engine) -> None:
    engine.rebuild(unit(f"p{n}", "oak", order=3000 - n) for n in range(1, 3001))
    assert found(engine, word("oak"), first=2490, size=10) == [
        f"p{n}" for n in range(3000 - 2490, 3000 - 2500, -1)
    ]
    ranked = Whole(must=[word("oak")], should=[Flat(Has(Value.PARAGRAPH, ("p1", "p2")), 5)])
    assert found(engine, ranked, first=0, size=4) == ["p2", "p1", "p3000", "p2999"]
