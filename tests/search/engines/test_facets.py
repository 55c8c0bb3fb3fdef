"""Counts beside the results: a choice never lies about the others; on every engine."""

import pytest

from search.engines import Engine, Facet
from search.plan import Flat, Has, Value
from search.units import ANYONE
from tests.search.engines.sample import DRAFTS, draft, find, found, only, unit, word

SECTION_138 = "ukpga/2007/28/section/138"
SECTION_3A = "ukpga/1999/27/section/3A"

UNITS = [
    unit("p1", "oak elm", status="statutory", provisions=(SECTION_138,), binds=("district",)),
    unit("p2", "oak", status="statutory", provisions=(SECTION_138, SECTION_3A), binds=(ANYONE,)),
    unit("p3", "oak", status="non-statutory", kind="box", binds=(ANYONE,), exempts=("fire",)),
    unit("p4", "elm", status="unstated", document="roads", document_title="Roads", kind="table"),
    unit("p5", "oak", document="roads", document_title="Roads", binds=("fire", "district")),
    draft("p6", "oak", document="roads", document_title="Roads"),
]


@pytest.fixture
def full(engine: Engine) -> Engine:
    engine.apply(UNITS)
    return engine


def test_every_facet_is_counted_over_all_that_was_found(full: Engine) -> None:
    counts = find(full, word("oak"), facets=list(Facet), size=1).counts
    assert counts == {
        Facet.DOCUMENT: {"care": 3, "roads": 1},
        Facet.STAGE: {"in-force": 4},
        Facet.STATUS: {"statutory": 3, "non-statutory": 1},
        Facet.INSTRUMENT: {"ukpga/2007/28": 2, "ukpga/1999/27": 1},
        Facet.PROVISION: {SECTION_138: 2, SECTION_3A: 1},
        Facet.BINDS: {ANYONE: 2, "district": 2, "fire": 1, "!fire": 1},
        Facet.SECTION: {"care/1-beginning": 3, "roads/1-beginning": 1},
        Facet.KIND: {"paragraph": 3, "box": 1},
    }


def test_only_the_facets_asked_for_are_counted(full: Engine) -> None:
    assert set(find(full, facets=[Facet.KIND]).counts) == {Facet.KIND}
    assert find(full).counts == {}


def test_any_value_of_a_facet_will_do_and_all_facets_have_to_hold(full: Engine) -> None:
    both = only(Facet.STATUS, "statutory", "unstated")
    assert found(full, chosen=both) == ["p1", "p2", "p4", "p5"]
    narrowed = both | only(Facet.DOCUMENT, "roads")
    assert found(full, chosen=narrowed) == ["p4", "p5"]
    assert found(full, chosen=only(Facet.STATUS, "invented")) == []
    assert found(full, chosen=only(Facet.INSTRUMENT, "ukpga/2007/28")) == ["p1", "p2"]
    assert found(full, chosen=only(Facet.PROVISION, SECTION_3A)) == ["p2"]
    assert found(full, chosen=only(Facet.SECTION, "roads/1-beginning")) == ["p4", "p5"]


def test_no_values_chosen_of_a_facet_is_no_choice(full: Engine) -> None:
    assert found(full, chosen={Facet.KIND: frozenset()}) == ["p1", "p2", "p3", "p4", "p5"]


def test_a_facet_is_counted_as_if_nothing_of_itself_were_chosen(full: Engine) -> None:
    chosen = only(Facet.STATUS, "statutory") | only(Facet.DOCUMENT, "care")
    answer = find(full, chosen=chosen, facets=[Facet.STATUS, Facet.DOCUMENT, Facet.KIND])
    assert answer.total == 2
    assert answer.counts[Facet.STATUS] == {"statutory": 2, "non-statutory": 1}
    assert answer.counts[Facet.DOCUMENT] == {"care": 2, "roads": 1}
    assert answer.counts[Facet.KIND] == {"paragraph": 2}


@pytest.mark.parametrize("facet", list(Facet))
def test_choosing_a_value_shows_as_many_as_were_promised(full: Engine, facet: Facet) -> None:
    chosen = only(Facet.KIND, "paragraph", "table")
    for value, count in find(full, chosen=chosen, facets=[facet]).counts[facet].items():
        assert find(full, chosen=chosen | only(facet, value)).total == count


def test_what_exempts_somebody_is_left_out_for_them(full: Engine) -> None:
    assert found(full, exempts=frozenset({"fire"})) == ["p1", "p2", "p4", "p5"]
    others = found(full, word("oak"), exempts=frozenset({"district"}))
    assert sorted(others) == ["p1", "p2", "p3", "p5"]
    answer = find(
        full,
        chosen=only(Facet.BINDS, "fire", ANYONE),
        exempts=frozenset({"fire"}),
        facets=[Facet.BINDS],
    )
    assert [hit.unit.paragraph for hit in answer.hits] == ["p2", "p5"]
    assert answer.counts[Facet.BINDS] == {"district": 2, "fire": 1, ANYONE: 1}


def test_only_so_many_values_are_listed_the_commonest_first(engine: Engine) -> None:
    engine.apply(
        [unit(f"p{n}{m}", section=f"s{n}", order=n * 10 + m) for n in range(1, 6) for m in range(n)]
    )
    counts = find(engine, facets=[Facet.SECTION], values=2).counts[Facet.SECTION]
    assert list(counts.items()) == [("care/s5", 5), ("care/s4", 4)]


def test_equally_common_values_are_listed_by_name(engine: Engine) -> None:
    engine.apply([unit(f"p{n}", section=f"s{n}") for n in (3, 1, 5, 2, 4)])
    counts = find(engine, facets=[Facet.SECTION], values=3).counts[Facet.SECTION]
    assert list(counts) == ["care/s1", "care/s2", "care/s3"]


def test_drafts_have_counts_of_their_own(full: Engine) -> None:
    answer = find(full, scope=DRAFTS, facets=[Facet.DOCUMENT, Facet.STAGE])
    assert answer.counts == {Facet.DOCUMENT: {"roads": 1}, Facet.STAGE: {"consultation": 1}}


def test_counts_do_not_depend_on_how_many_results_are_shown(full: Engine) -> None:
    plan = Flat(Has(Value.STATUS, ("statutory",)), 2)
    for size in (0, 1, 100):
        answer = find(full, plan, facets=[Facet.KIND], size=size)
        assert (answer.total, dict(answer.counts[Facet.KIND])) == (3, {"paragraph": 3})
        assert len(answer.hits) == min(size, 3)


def test_facets_of_nothing_are_empty(full: Engine) -> None:
    answer = find(full, word("zebra"), facets=[Facet.KIND, Facet.BINDS])
    assert answer.counts == {Facet.KIND: {}, Facet.BINDS: {}}
