"""Which text is looked at: on a day, in drafts, in everything, in one edition; on every engine."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines import Engine, Facet, Scope, When
from tests.search.engines.sample import (
    DRAFTS,
    EVERYTHING,
    TODAY,
    draft,
    find,
    found,
    on,
    only,
    superseded,
    unit,
    word,
)

ONE_DAY = timedelta(days=1)
CHANGED = date(2020, 4, 1)


@pytest.fixture
def full(engine: Engine) -> Engine:
    engine.apply(
        [
            unit("p1", "oak new"),
            superseded("p2", "oak old", date(2015, 1, 1), CHANGED),
            superseded("p3", "oak older", date(2010, 1, 1), date(2015, 1, 1)),
            unit("p4", "oak to come", since=date(2030, 1, 1), edition="2030", editions=("2030",)),
            draft("p5", "oak proposed"),
            unit("p6", "oak ends soon", until=TODAY + ONE_DAY, editions=("2015", "2020")),
            unit("p7", "oak ended unnoticed", until=TODAY),
        ]
    )
    return engine


def test_text_in_force_is_found_from_its_first_day_until_the_day_it_ceases(full: Engine) -> None:
    assert found(full) == ["p1", "p6"]
    assert found(full, scope=on(CHANGED)) == ["p1", "p6", "p7"]
    assert found(full, scope=on(CHANGED - ONE_DAY)) == ["p2"]
    assert found(full, scope=on(date(2015, 1, 1))) == ["p2"]
    assert found(full, scope=on(date(2014, 12, 31))) == ["p3"]
    assert found(full, scope=on(date(2010, 1, 1))) == ["p3"]
    assert found(full, scope=on(date(2009, 12, 31))) == []
    assert found(full, scope=on(date(2030, 1, 1))) == ["p1", "p4"]
    assert found(full, scope=on(date.min)) == []
    assert found(full, scope=on(date.max)) == ["p1", "p4"]


def test_what_has_ended_since_it_was_indexed_is_not_in_force(full: Engine) -> None:
    assert "p7" not in found(full, word("oak"))
    assert found(full, scope=on(TODAY - ONE_DAY)) == ["p1", "p6", "p7"]


def test_drafts_are_found_only_when_they_are_asked_for(full: Engine) -> None:
    assert found(full, scope=DRAFTS) == ["p5"]
    assert found(full, word("oak"), scope=Scope(When.DRAFTS, TODAY)) == ["p5"]


def test_everything_is_everything_once(full: Engine) -> None:
    answer = find(full, scope=EVERYTHING)
    assert [hit.unit.paragraph for hit in answer.hits] == [f"p{n}" for n in range(1, 8)]
    assert answer.total == 7
    assert find(full, word("oak"), scope=EVERYTHING).total == 7


def test_one_edition_is_looked_in_whatever_its_stage_and_dates(full: Engine) -> None:
    assert found(full, scope=Scope(edition="care/2015")) == ["p2", "p3", "p6"]
    assert found(full, scope=Scope(edition="care/2020")) == ["p1", "p6", "p7"]
    assert found(full, scope=Scope(edition="care/draft")) == ["p5"]
    assert found(full, scope=Scope(When.IN_FORCE, TODAY, edition="care/2030")) == ["p4"]
    assert found(full, scope=Scope(edition="other/2020")) == []
    assert found(full, scope=Scope(edition="care")) == []


def test_counts_of_several_parts_add_up(full: Engine) -> None:
    answer = find(full, word("oak"), scope=EVERYTHING, facets=[Facet.STAGE, Facet.DOCUMENT])
    assert answer.counts[Facet.STAGE] == {"in-force": 6, "consultation": 1}
    assert answer.counts[Facet.DOCUMENT] == {"care": 7}
    drafts = find(full, scope=EVERYTHING, chosen=only(Facet.STAGE, "consultation"))
    assert [hit.unit.paragraph for hit in drafts.hits] == ["p5"]


def test_a_word_weighs_the_same_in_old_and_new_text(engine: Engine) -> None:
    """However few superseded texts there are, and however rare the word is among them."""
    others = [unit(f"p{n}", "elm ash yew") for n in range(10, 60)]
    engine.rebuild(
        [
            *others,
            unit("p1", "oak elm yew"),
            unit("p2", "oak ash elm"),
            superseded("p3", "oak elm ash", date(2015, 1, 1), CHANGED),
            superseded("p4", "oak fir yew", date(2015, 1, 1), CHANGED),
            draft("p5", "oak yew elm"),
        ]
    )
    hits = find(engine, word("oak"), scope=EVERYTHING).hits
    assert [hit.unit.paragraph for hit in hits] == ["p1", "p2", "p3", "p4", "p5"]
    assert max(h.score for h in hits) == pytest.approx(min(h.score for h in hits), rel=1e-3)


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@settings(max_examples=10)
@given(spans=st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=8), data=st.data())
def test_a_day_finds_exactly_what_is_in_force_on_it(
    spans: list[tuple[date, date | None]], data: st.DataObject
) -> None:
    """Against `Unit.in_force_on`, also at the edges; units that end before they begin never are."""
    engine = _engine()
    units = [
        unit(f"p{n}", since=since, until=until, order=n) for n, (since, until) in enumerate(spans)
    ]
    engine.rebuild(units)
    edges = sorted({day for span in spans for day in span if day})
    for day in [*edges, *(day - ONE_DAY for day in edges), data.draw(DAYS)]:
        wanted = [u.paragraph for u in units if u.in_force_on(day)]
        assert found(engine, scope=on(day)) == wanted


_OPENED: list[Engine] = []


def _engine() -> Engine:
    return _OPENED[-1]


@pytest.fixture(autouse=True)
def _for_properties(engine: Engine) -> None:
    """Examples of one property share the engine of the test."""
    _OPENED[:] = [engine]
