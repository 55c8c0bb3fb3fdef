"""From a query to a plan: what has to be there, what may be, and what counts for order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.plan import (
    Applies,
    Best,
    Everything,
    Flat,
    Has,
    Near,
    Node,
    Term,
    Text,
    Times,
    Value,
    Whole,
)
from search.planning import plan_like, plan_of
from search.query import parse_query
from search.ranking import needed
from search.vocabulary import Vocabulary

WORDS = Vocabulary([["LAA", "Local Area Agreement"], ["bins", "refuse"]])


def planned(text: str, **more):
    return plan_of(parse_query(text), WORDS, **more)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Best(parts=parts):
            children = list(parts)
        case Times(part=part) | Flat(part=part):
            children = [part]
        case Whole(must=must, should=should, without=without):
            children = [*must, *should, *without]
        case _:
            children = []
    for child in children:
        yield from nodes(child)


def terms(node: Node) -> set[tuple[str, ...]]:
    found = {(n.stem,) for n in nodes(node) if isinstance(n, Term)}
    return found | {tuple(n.stems) for n in nodes(node) if isinstance(n, Near)}


@pytest.mark.parametrize(
    ("count", "enough"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (10, 6)]
)
def test_most_of_what_is_asked_has_to_be_there(count, enough):
    assert needed(count) == enough


def test_idle_words_are_not_asked_for_unless_there_are_no_others():
    assert [a.concept.typed for a in planned("who must be consulted").asked] == ["consulted"]
    assert len(planned("what may we").asked) == 3


def test_a_long_form_and_its_abbreviation_are_one_thing():
    for text in ("LAA targets", "local area agreement targets"):
        found = planned(text)
        assert len(found.asked) == 2
        assert {("laa",), ("local", "area", "agreement")} <= terms(found.node)


def test_a_quoted_phrase_has_to_be_there_just_so():
    found = planned('"duty to involve" bins')
    exact = found.node.must[0]
    assert {tuple(n.stems) for n in nodes(exact) if isinstance(n, Near)} == {
        ("duti", "to", "involv")
    }


def test_words_to_leave_out_are_left_out_wherever_they_stand():
    found = planned("plan -police")
    assert terms(found.node.without[0]) == {("polic",)}
    assert planned("-police").node.must == [Everything()]


def test_or_asks_for_either():
    found = planned("parks OR gardens")
    assert len(found.asked) == 1
    assert {("park",), ("garden",)} <= terms(found.node)


def test_a_number_finds_its_paragraph_before_what_follows_it():
    [asked] = planned("para 2.13").asked
    weights = {
        n.part.field: n.score
        for n in nodes(asked.node)
        if isinstance(n, Flat) and isinstance(n.part, Has)
    }
    assert weights[Value.NUMBER] > weights[Value.AFTER]
    assert not asked.needed
    assert planned("number:2.13").asked[0].needed


def test_a_deep_provision_also_finds_what_holds_it_but_never_the_whole_act():
    [asked] = planned("section 106(2)(c)(i)").asked
    under = [
        n.part.values[0]
        for n in nodes(asked.node)
        if isinstance(n, Flat) and n.part.field is Value.UNDER
    ]
    assert under == ["section/106/2/c/i", "section/106/2/c", "section/106/2", "section/106"]
    scores = [
        n.score for n in nodes(asked.node) if isinstance(n, Flat) and n.part.field is Value.UNDER
    ]
    assert scores == sorted(scores, reverse=True)


def test_a_prefix_asks_for_exactly_that_basis():
    [asked] = planned("under:ukpga/1999/27/section/3A").asked
    assert asked.needed
    assert Has(Value.UNDER, ("ukpga/1999/27/section/3A",)) in list(nodes(asked.node))
    assert not [n for n in nodes(asked.node) if isinstance(n, Has) and n.field is Value.MENTIONS]


def test_a_correction_is_looked_for_beside_the_word():
    found = planned("polcie", corrections={("polci",): ("polic",)})
    assert {("polci",), ("polic",)} <= terms(found.node)
    assert ("polic",) in found.asked[0].stems


def test_words_side_by_side_count_when_they_stand_close():
    near = [n for n in nodes(planned("park benches").node) if isinstance(n, Near)]
    assert any(n.stems == ("park", "bench") and n.slop > 0 for n in near)


def test_text_in_force_comes_first_only_where_other_text_is_looked_at():
    day = date(2026, 11, 22)
    assert Applies(day) in list(nodes(planned("bins", boost_in_force=day).node))
    assert not [n for n in nodes(planned("bins").node) if isinstance(n, Applies)]


def test_nothing_asked_is_everything():
    assert planned("").node == Everything()


def test_more_like_this_asks_for_rare_words_and_not_for_those_that_are_everywhere():
    node = plan_like(
        {"the": 100, "bench": 5, "park": 9, "once": 1},
        {"the": 9, "bench": 2, "park": 1, "once": 1},
        100,
    )
    assert terms(node) == {("bench",), ("park",)}


def test_nothing_is_like_a_text_of_which_every_word_is_its_own():
    assert plan_like({"once": 1}, {"once": 1}, 10) == Has(Value.ID, ("",))


@given(st.text(max_size=60), st.booleans())
def test_any_query_gives_a_plan_of_bounded_size(text, mixed):
    found = plan_of(parse_query(text), WORDS, boost_in_force=date(2026, 1, 1) if mixed else None)
    every = list(nodes(found.node))
    assert len(every) < 4000
    assert all(n.stems and all(n.stems) for n in every if isinstance(n, Near))
    assert all(n.stem for n in every if isinstance(n, Term))
    assert all(isinstance(n.field, Text) for n in every if isinstance(n, Term | Near))
