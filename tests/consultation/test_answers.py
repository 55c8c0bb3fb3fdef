"""What each kind of question takes, whatever the channel."""

from decimal import Decimal

import pytest

from consultation.answers import (
    LONGEST,
    AnswerFault,
    Asked,
    Given,
    clean_text,
    keys_of,
    missing,
    read_answer,
    words_of,
)

OPTIONS = [("parks", "Parks"), ("pools", "Pools"), ("halls", "Halls")]
NUMBER = Asked("number", smallest=Decimal(0), largest=Decimal(52), unit="weeks")


@pytest.mark.parametrize(
    ("asked", "chosen", "value", "words"),
    [
        (Asked("text"), [], {}, ""),
        (Asked("agree"), ["strongly-agree"], {"choice": "strongly-agree"}, "Strongly agree"),
        (Asked("yes-no"), ["no"], {"choice": "no"}, "No"),
        (Asked("one", OPTIONS), ["pools"], {"choice": "pools"}, "Pools"),
        (
            Asked("several", OPTIONS),
            ["halls", "parks"],
            {"choices": ["parks", "halls"]},
            "Parks; Halls",
        ),
        (NUMBER, ["12"], {"number": "12"}, "12 weeks"),
        (NUMBER, [" 3.50 "], {"number": "3.50"}, "3.50 weeks"),
        (Asked("number"), ["1,200"], {"number": "1200"}, "1200"),
        (Asked("agree"), ["", " "], {}, ""),
    ],
)
def test_an_answer_is_read_and_said_in_words(asked, chosen, value, words):
    given = read_answer(asked, chosen, "Because.\r\nTruly.")
    assert given == Given(value, "Because.\nTruly.")
    assert words_of(asked, given.value) == words


@pytest.mark.parametrize(
    ("asked", "chosen", "fault"),
    [
        (Asked("yes-no"), ["perhaps"], "not in it"),
        (Asked("one", OPTIONS), ["parks", "pools"], "Choose one"),
        (Asked("several", OPTIONS), ["parks", "lakes"], "lakes"),
        (NUMBER, ["many"], "in digits"),
        (NUMBER, ["nan"], "in digits"),
        (NUMBER, ["Infinity"], "in digits"),
        (NUMBER, ["1e400"], "in digits"),
        (NUMBER, ["-1"], "Enter 0 or more"),
        (NUMBER, ["53"], "Enter 52 or less"),
        (Asked("text"), ["yes"], "words only"),
    ],
)
def test_what_it_does_not_take_is_refused_in_a_sentence(asked, chosen, fault):
    with pytest.raises(AnswerFault, match=fault):
        read_answer(asked, chosen, "")


@pytest.mark.parametrize(
    ("asked", "given", "files", "words"),
    [
        (Asked("text"), Given(), 0, ""),
        (Asked("text", required=True), Given({}, "  "), 0, "Enter your answer."),
        (Asked("text", required=True), Given({}, "Yes."), 0, ""),
        (Asked("agree", required=True), Given({}, "Only words."), 0, "Choose an answer."),
        (Asked("number", required=True), Given(), 0, "Enter a number."),
        (Asked("file", required=True), Given({}, "Words"), 0, "Add a file."),
        (Asked("file", required=True), Given(), 1, ""),
    ],
)
def test_what_is_required_is_asked_for(asked, given, files, words):
    assert missing(asked, given, files=files) == words


def test_text_is_kept_as_databases_take_it():
    assert clean_text("a\r\nb\rc\0d") == "a\nb\ncd"
    with pytest.raises(AnswerFault, match=r"50,000 characters; it has 50,001"):
        clean_text("x" * (LONGEST + 1))


def test_keys_are_what_was_chosen():
    assert keys_of({"choice": "a"}) == ["a"]
    assert keys_of({"choices": ["a", "b"]}) == ["a", "b"]
    assert keys_of({"number": "3"}) == []
