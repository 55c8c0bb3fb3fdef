"""What each node of a plan matches and how it scores, on every engine."""

from datetime import date
from math import log

import pytest

from search.engines import Engine
from search.plan import (
    Applies,
    Best,
    Everything,
    Flat,
    Has,
    Near,
    Term,
    Text,
    Times,
    Value,
    Whole,
)
from tests.search.engines.sample import (
    EVERYTHING,
    TODAY,
    draft,
    find,
    found,
    superseded,
    unit,
    word,
)

UNITS = [
    unit("p1", "The authority must consult local people about waste."),
    unit("p2", "Refuse is collected weekly. The café is closed.", title="Waste and recycling"),
    unit("p3", "Partners agree targets.", trail=("Local strategies", "Agreeing targets")),
    unit("p4", "WASTE waste Waste", section_title="Duties of Partners"),
    unit("p5", "People who live locally are heard.", number="2.13A", after="2.13A", kind="box"),
    unit(
        "p6",
        "As the Act says.",
        status="non-statutory",
        provisions=("ukpga/2007/28/section/138/2",),
        cites=("ukpga/1999/27/section/3A",),
        after="2.13A",
    ),
]


@pytest.fixture
def full(engine: Engine) -> Engine:
    engine.apply(UNITS)
    return engine


def test_a_word_is_found_in_the_field_that_was_asked_for(full: Engine) -> None:
    assert set(found(full, word("wast"))) == {"p1", "p4"}
    assert found(full, word("wast", Text.TITLE)) == ["p2"]
    assert found(full, word("target", Text.TRAIL)) == ["p3"]
    assert found(full, word("partner", Text.SECTION)) == ["p4"]


def test_a_word_of_any_heading_of_the_trail_is_found(full: Engine) -> None:
    assert found(full, word("local", Text.TRAIL)) == ["p3"]


def test_case_and_accents_do_not_count_and_stems_stand_for_words(full: Engine) -> None:
    assert found(full, word("cafe")) == ["p2"]
    assert set(found(full, word("local"))) == {"p1", "p5"}


def test_a_word_that_is_nowhere_finds_nothing(full: Engine) -> None:
    assert find(full, word("zebra")).total == 0


def test_more_mentions_and_shorter_text_score_more(full: Engine) -> None:
    assert found(full, word("wast")) == ["p4", "p1"]


def test_scores_are_those_of_bm25(engine: Engine) -> None:
    """k1 1.2, b 0.75, with the factor (k1 + 1); an engine may round the lengths of texts."""
    engine.rebuild(
        [unit(f"p{n}", "oak " * (n == 1) + "elm ash fir yew " * 2) for n in range(1, 11)]
    )
    [hit] = find(engine, word("oak")).hits
    length, average = 9, 8.1
    idf = log(1 + (10 - 1 + 0.5) / (1 + 0.5))
    wanted = idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * length / average))
    assert hit.score == pytest.approx(wanted, rel=0.1)


def test_a_phrase_needs_its_words_in_order_and_together(full: Engine) -> None:
    assert found(full, Near(Text.BODY, ("consult", "local", "peopl"))) == ["p1"]
    assert found(full, Near(Text.BODY, ("local", "consult"))) == []
    assert found(full, Near(Text.BODY, ("consult", "peopl"))) == []


def test_nearness_allows_as_many_words_between_as_was_said(full: Engine) -> None:
    assert found(full, Near(Text.BODY, ("consult", "peopl"), slop=1)) == ["p1"]
    assert found(full, Near(Text.BODY, ("must", "peopl"), slop=1)) == []
    assert found(full, Near(Text.BODY, ("must", "peopl"), slop=2)) == ["p1"]


def test_a_phrase_does_not_run_from_one_heading_into_the_next(engine: Engine) -> None:
    engine.apply([unit("p1", trail=("Local strategies", "Agreeing targets"))])
    assert found(engine, Near(Text.TRAIL, ("agre", "target"))) == ["p1"]
    assert found(engine, Near(Text.TRAIL, ("strategi", "agre"))) == []


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        (Value.NUMBER, "2.13a", ["p5"]),
        (Value.AFTER, "2.13a", ["p5", "p6"]),
        (Value.UNDER, "ukpga/2007/28/section/138/2", ["p6"]),
        (Value.UNDER, "ukpga/2007/28/section/138", ["p6"]),
        (Value.UNDER, "ukpga/2007/28", ["p6"]),
        (Value.UNDER, "section/138", ["p6"]),
        (Value.UNDER, "ukpga/2007/28/section/13", []),
        (Value.MENTIONS, "ukpga/1999/27/section/3A", ["p6"]),
        (Value.MENTIONS, "section/3A", ["p6"]),
        (Value.STATUS, "non-statutory", ["p6"]),
        (Value.KIND, "box", ["p5"]),
        (Value.PARAGRAPH, "p3", ["p3"]),
        (Value.ID, UNITS[1].id, ["p2"]),
        (Value.NUMBER, "", []),
    ],
)
def test_whole_values_are_matched_whole(
    full: Engine, field: Value, value: str, wanted: list[str]
) -> None:
    assert found(full, Has(field, (value,))) == wanted


def test_one_of_several_values_is_enough_and_scores_one(full: Engine) -> None:
    answer = find(full, Has(Value.PARAGRAPH, ("p1", "p3", "nowhere")))
    assert [(hit.unit.paragraph, hit.score) for hit in answer.hits] == [("p1", 1), ("p3", 1)]


def test_no_values_and_no_stems_match_nothing(full: Engine) -> None:
    assert found(full, Has(Value.KIND, ())) == []
    assert found(full, Near(Text.BODY, ())) == []


def test_the_best_part_counts_and_the_others_by_the_tie(full: Engine) -> None:
    one, two = Flat(word("wast"), 3), Flat(word("must"), 2)
    scores = {hit.unit.paragraph: hit.score for hit in find(full, Best((one, two))).hits}
    assert scores == {"p1": 3, "p4": 3}
    tied = {hit.unit.paragraph: hit.score for hit in find(full, Best((one, two), tie=0.5)).hits}
    assert tied == {"p1": 4, "p4": 3}


def test_a_weight_multiplies(full: Engine) -> None:
    [plain] = find(full, word("refus")).hits
    [heavy] = find(full, Times(word("refus"), 2.5)).hits
    assert heavy.score == pytest.approx(plain.score * 2.5, rel=1e-4)


def test_a_flat_score_is_taken_whatever_the_part_scores(full: Engine) -> None:
    plan = Whole(must=[Flat(word("wast"), 4)], should=[Flat(Has(Value.PARAGRAPH, ("p1",)), 1.5)])
    assert [(h.unit.paragraph, h.score) for h in find(full, plan).hits] == [("p1", 5.5), ("p4", 4)]


def test_all_that_must_none_that_must_not(full: Engine) -> None:
    assert found(full, Whole(must=[word("wast"), word("local")])) == ["p1"]
    assert found(full, Whole(must=[word("wast")], without=[word("local")])) == ["p4"]
    without = Whole(without=[word("wast")], must=[Everything()])
    assert found(full, without) == ["p2", "p3", "p5", "p6"]


def test_what_should_be_there_is_needed_only_where_nothing_must(full: Engine) -> None:
    assert set(found(full, Whole(should=[word("wast"), word("refus")]))) == {"p1", "p2", "p4"}
    better = Whole(must=[word("wast")], should=[Flat(word("must"), 9)])
    assert found(full, better) == ["p1", "p4"]


def test_at_least_so_many_of_what_should_be_there(full: Engine) -> None:
    words = [word("wast"), word("local"), word("peopl")]
    assert set(found(full, Whole(should=words, at_least=1))) == {"p1", "p4", "p5"}
    assert set(found(full, Whole(should=words, at_least=2))) == {"p1", "p5"}
    assert set(found(full, Whole(should=words, at_least=3))) == {"p1"}
    assert found(full, Whole(should=words, at_least=4)) == []
    both = Whole(must=[word("consult")], should=words, at_least=2)
    assert found(full, both) == ["p1"]


def test_only_what_must_not_be_there_leaves_the_rest(full: Engine) -> None:
    """With nothing asked for, what is excluded alone says nothing of what is wanted."""
    assert found(full, Whole(without=[word("wast")])) == []
    assert found(full, Whole()) == []


def test_in_force_on_a_day_inside_a_plan(engine: Engine) -> None:
    engine.apply(
        [
            unit("p1", "oak"),
            superseded("p2", "oak", date(2015, 1, 1), date(2020, 4, 1)),
            unit("p3", "oak", since=date(2030, 1, 1)),
            draft("p4", "oak"),
        ]
    )
    plan = Whole(must=[Flat(word("oak"), 1)], should=[Flat(Applies(TODAY), 2)])
    answer = find(engine, plan, scope=EVERYTHING)
    assert [(hit.unit.paragraph, hit.score) for hit in answer.hits] == [
        ("p1", 3),
        ("p2", 1),
        ("p3", 1),
        ("p4", 1),
    ]
    assert found(engine, Applies(date(2020, 3, 31)), scope=EVERYTHING) == ["p2"]


def test_nothing_in_a_plan_makes_an_engine_fail(full: Engine) -> None:
    many = tuple(f"stem{n}" for n in range(5000))
    odd = [
        "",
        " ",
        "a b",
        "\x00",
        "\ud800",
        "🦆" * 50,
        "x" * 70_000,
        "*",
        "a:b",
        '"',
        "wast~",
        "\\",
    ]
    assert found(full, Whole(should=[word(stem) for stem in many] + [word("refus")])) == ["p2"]
    assert found(full, Has(Value.PARAGRAPH, (*many, "p1"))) == ["p1"]
    assert found(full, Near(Text.BODY, many)) == []
    for text in odd:
        for plan in (word(text), Near(Text.BODY, (text, text)), Has(Value.NUMBER, (text,))):
            assert find(full, plan).total == 0
    for empty in (Best(()), Whole(must=[Whole()]), Whole(should=[Best(())], at_least=0)):
        assert found(full, empty) == []
    assert found(full, Flat(Everything(), 0.0))
    assert found(full, Times(word("refus"), 0.0)) == ["p2"]


def test_a_deep_plan_is_answered(full: Engine) -> None:
    plan: Whole = Whole(must=[word("refus")])
    for _ in range(60):
        plan = Whole(must=[plan])
    assert found(full, plan) == ["p2"]


def test_a_term_beside_its_field_is_no_match(full: Engine) -> None:
    assert found(full, Term(Text.SECTION, "wast")) == []
