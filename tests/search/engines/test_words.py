"""How common words are, which are spelt alike, and what completes what is typed; on every engine."""

from datetime import date

import pytest

from search.engines import Engine
from tests.search.engines.sample import draft, phrase, superseded, unit


def test_a_word_is_counted_once_for_each_unit_in_any_field(engine: Engine) -> None:
    engine.apply(
        [
            unit("p1", "oak oak", title="Oak", trail=("Oak",), section_title="Oak"),
            unit("p2", "elm", title="oak"),
            unit("p3", "elm", trail=("Elm", "Oak")),
            unit("p4", "elm", since=date(2090, 1, 1)),
        ]
    )
    assert engine.frequencies(["oak", "elm", "zebra"]) == {"oak": 3, "elm": 3, "zebra": 0}
    assert engine.frequencies([]) == {}


def test_old_text_and_drafts_count_only_for_words_of_no_other_text(engine: Engine) -> None:
    old = (date(2010, 1, 1), date(2011, 1, 1))
    engine.apply(
        [
            unit("p1", "oak"),
            draft("p2", "oak elm"),
            superseded("p3", "oak elm fir", *old),
            superseded("p4", "elm", *old),
        ]
    )
    assert engine.frequencies(["oak", "elm", "fir"]) == {"oak": 1, "elm": 3, "fir": 1}


def test_what_was_taken_out_is_counted_no_more(engine: Engine) -> None:
    units = [unit("p1", "oak"), unit("p2", "oak")]
    engine.apply(units)
    assert engine.frequencies(["oak"]) == {"oak": 2}
    engine.apply([unit("p3", "elm")], remove=[units[0].id])
    assert engine.frequencies(["oak", "elm"]) == {"oak": 1, "elm": 1}


@pytest.mark.parametrize("odd", ["", " ", "\x00", "\ud800", "x" * 70_000, "oak elm", "o*"])
def test_no_word_makes_counting_fail(engine: Engine, odd: str) -> None:
    engine.apply([unit("p1", "oak elm")])
    assert engine.frequencies([odd, "oak"]) == {odd: 0, "oak": 1}
    assert engine.similar(odd) == []
    assert engine.complete([odd]) == []


WORDS = ["consult"] * 5 + ["consort"] * 2 + ["result"] * 9 + ["insult"] * 3 + ["waste"] * 4


@pytest.fixture
def spelt(engine: Engine) -> Engine:
    engine.apply([unit(f"p{n}", text) for n, text in enumerate(WORDS, 1)])
    return engine


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("consullt", [("consult", 5)]),
        ("consut", [("consult", 5), ("consort", 2)]),
        ("cnosult", [("consult", 5), ("insult", 3)]),
        ("wsat", [("wast", 4)]),
        ("wasd", [("wast", 4)]),
        ("waxx", []),
        ("zzzzzzzz", []),
    ],
)
def test_words_spelt_alike_come_nearest_first(
    spelt: Engine, typed: str, wanted: list[tuple[str, int]]
) -> None:
    """Two letters may differ in a word of six or more, one in a shorter one."""
    assert spelt.similar(typed) == wanted


def test_of_words_as_near_the_commonest_comes_first(engine: Engine) -> None:
    texts = ["bank"] * 2 + ["bark"] * 4 + ["barn"]
    engine.apply([unit(f"p{n}", text) for n, text in enumerate(texts, 1)])
    assert engine.similar("barx") == [("bark", 4), ("barn", 1)]
    assert engine.similar("barx", limit=1) == [("bark", 4)]


def test_a_word_that_is_there_is_not_like_itself(spelt: Engine) -> None:
    assert "consult" not in dict(spelt.similar("consult"))


PHRASES = [
    phrase("Best value authorities", weight=5),
    phrase("Best Value", kind="term", weight=5),
    phrase("The best of it", weight=50),
    phrase("Beste Wünsche", document="roads", weight=1),
    phrase("Café hours", kind="document", address="/cafe/", note="Guidance"),
    phrase("Valuing best practice", weight=2),
    phrase("s. 3A of the Act", kind="provision", document="", weight=2),
]


@pytest.fixture
def phrased(engine: Engine) -> Engine:
    engine.apply(PHRASES)
    return engine


def _texts(engine: Engine, *words: str, kinds: tuple[str, ...] = (), limit: int = 10) -> list[str]:
    return [completed.text for completed in engine.complete(words, kinds, limit)]


def test_each_word_begins_a_word_and_what_begins_with_the_first_comes_first(
    phrased: Engine,
) -> None:
    assert _texts(phrased, "best") == [
        "Best Value",
        "Best value authorities",
        "Beste Wünsche",
        "The best of it",
        "Valuing best practice",
    ]
    assert _texts(phrased, "best", "val") == [
        "Best Value",
        "Best value authorities",
        "Valuing best practice",
    ]
    assert _texts(phrased, "val", "best") == [
        "Valuing best practice",
        "Best Value",
        "Best value authorities",
    ]


def test_case_and_accents_do_not_count_in_what_is_typed(phrased: Engine) -> None:
    assert _texts(phrased, "CAFE") == _texts(phrased, "café") == ["Café hours"]
    assert _texts(phrased, "wunsch") == ["Beste Wünsche"]


def test_words_are_completed_not_their_insides(phrased: Engine) -> None:
    assert _texts(phrased, "est") == []
    assert _texts(phrased, "best", "zebra") == []
    assert _texts(phrased) == []


def test_numbers_and_marks_between_words_are_completed(phrased: Engine) -> None:
    assert _texts(phrased, "3a") == ["s. 3A of the Act"]
    assert _texts(phrased, "s", "3") == ["s. 3A of the Act"]


def test_only_phrases_of_the_kinds_asked_for(phrased: Engine) -> None:
    assert _texts(phrased, "best", kinds=("term", "document")) == ["Best Value"]
    assert _texts(phrased, "best", kinds=("invented",)) == []
    assert _texts(phrased, "best", limit=2) == ["Best Value", "Best value authorities"]


def test_a_phrase_comes_back_as_it_was_put_in(phrased: Engine) -> None:
    assert phrased.complete(["café"]) == [PHRASES[4]]


def test_a_long_word_is_completed_to_its_end(engine: Engine) -> None:
    long = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    engine.apply([phrase(long), phrase(long[:30])])
    assert _texts(engine, long) == [long]
    assert _texts(engine, long[:31]) == [long]
    assert set(_texts(engine, long[:29])) == {long, long[:30]}
