"""Sentences that demand: which are found, how strongly, of whom."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.obligations import find_obligations, marked, sentence_digest


def found(text: str) -> list[tuple[str, str]]:
    return [(o.strength, o.subject) for o in find_obligations(text)]


STRENGTHS = {
    "A council must answer within a month.": "must",
    "A council shall answer within a month.": "must",
    "A council is required to answer within a month.": "must",
    "A council is required by law to answer within a month.": "must",
    "A council has a duty to answer within a month.": "must",
    "A council is under a duty to answer within a month.": "must",
    "A council must not answer in anger.": "must",
    "A council may not charge for an answer.": "must",
    "A fee may not be charged.": "must",
    "The terms should say who pays.": "should",
    "A council should answer within a month.": "should",
    "A council ought to answer within a month.": "should",
    "Councils are expected to answer within a month.": "should",
    "A council may charge for an answer.": "may",
    "A council may, if it thinks fit, charge for an answer.": "may",
    "The power may be delegated to an officer.": "may",
    "A council may delegate the work, but must answer for it.": "must",
}


@pytest.mark.parametrize("sentence", STRENGTHS)
def test_the_strength_of_a_sentence(sentence):
    assert [strength for strength, _ in found(sentence)] == [STRENGTHS[sentence]]


NO_DEMAND = (
    "A council is not required to answer.",
    "The register opened in May 2008.",
    "It closes on 1 May and opens in June.",
    "May 2009 was wet.",
    "This may be difficult.",
    "Costs may vary.",
    "Children may often react to a loud voice.",
    "People who may be affected live nearby.",
    "Each council, or board, as the case may be, has a seal.",
    "In this guidance “must” marks a duty.",
    "Where it says should, there is a choice.",
    "Should a council wish to know more, it can write to us.",
    "Must a council answer?",
    "A helpline is a must for any council.",
    "This should help councils to plan.",
    "The rain is expected to stop.",
    "",
    "…",
    "• ",
)


@pytest.mark.parametrize("sentence", NO_DEMAND)
def test_what_demands_nothing_is_not_found(sentence):
    assert found(sentence) == []


SUBJECTS = {
    "The responsible authority must prepare a plan.": "The responsible authority",
    "County councils, district councils and trusts must agree.": "County councils, district councils and trusts",
    "The authority, having asked its partners, must decide.": "The authority",
    "Authorities that receive a request must answer it.": "Authorities",
    "Where a river is foul, the authority must clean it.": "the authority",
    "If a river is foul the authority must clean it.": "the authority",
    "Section 3 provides that authorities must ask.": "authorities",
    "In drawing up the plan, partners should meet.": "partners",
    "However, the council must also listen.": "the council",
    "Councils (and their partners) must meet.": "Councils",
    "Councils, for their own services, should set a price.": "Councils",
    "The plan must be agreed by the full council.": "the full council",
    "Partner authorities must be consulted by the responsible authority.": "the responsible authority",
    "Partner authorities must be consulted.": "",
    "There must be a plan.": "",
    "The board and its members will be required to report.": "The board and its members",
}


@pytest.mark.parametrize("sentence", SUBJECTS)
def test_whom_a_sentence_binds(sentence):
    assert [subject for _, subject in found(sentence)] == [SUBJECTS[sentence]]


def test_they_are_those_of_the_sentence_before_where_that_is_plain():
    text = "Councils must ask. They should listen."
    assert found(text) == [("must", "Councils"), ("should", "Councils")]
    text = "The council must ask. It may charge a fee. They should be heard by the council."
    assert found(text) == [
        ("must", "The council"),
        ("may", "The council"),
        ("should", "the council"),
    ]
    assert found("The council must ask. They should listen.")[1] == ("should", "They")
    assert found("Rivers rise. They should be watched by councils.")[0][1] == "councils"
    assert found("Rivers rise. They should meet.") == [("should", "They")]


def test_an_item_of_a_list_is_read_with_what_introduces_it():
    text = "Authorities should:\n• ask first; and\n• listen;\n\nThe rest is advice."
    one, two = find_obligations(text)
    assert one.sentence == "Authorities should: ask first"
    assert (two.sentence, two.strength, two.subject) == (
        "Authorities should: listen",
        "should",
        "Authorities",
    )
    assert text[one.start : one.end] == "ask first; and"


def test_lists_inside_lists_and_lettered_ones():
    text = "A council must:\n(a) publish a plan which says:\n(i) who pays; and\n(ii) when;\n(b) keep it."
    assert [o.sentence for o in find_obligations(text)] == [
        "A council must: publish a plan which says: who pays",
        "A council must: publish a plan which says: when",
        "A council must: keep it",
    ]


def test_an_item_that_is_a_sentence_by_itself_is_read_by_itself():
    text = "Five principles apply:\n• The board should meet monthly.\n• Members must declare gifts."
    assert [(o.sentence, o.subject) for o in find_obligations(text)] == [
        ("The board should meet monthly.", "The board"),
        ("Members must declare gifts.", "Members"),
    ]


def test_the_items_may_say_how_strongly_and_the_lead_who():
    text = "In a dry year, every council:\n• must watch the level\n• should tell its neighbours"
    assert found(text) == [("must", "every council"), ("should", "every council")]


def test_a_lead_without_a_list_stands_for_itself():
    assert [o.sentence for o in find_obligations("Councils must take these steps:")] == [
        "Councils must take these steps:"
    ]


SENTENCES = (
    "See para. 2.13 of the Act, i.e. the S.I. 2000/2853 one, which a council must read. It should act.",
    "Mr. A. B. Smith of No. 5 must sign, e.g. today. It should be kept.",
    "Councils must act under the 2007 Act.20 It should be kept.",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text):
    assert [o.strength for o in find_obligations(text)] == ["must", "should"]


def test_a_line_broken_inside_a_sentence_is_read_on():
    assert found("A council that has been\nasked must answer.") == [("must", "A council")]


def test_what_only_describes_is_proposed_with_a_doubt():
    (one,) = find_obligations("Section 4 describes how a plan should look.")
    assert "describe" in one.doubt
    (third,) = find_obligations("One letter for each bank should be sufficient.")
    assert "expected" in third.doubt
    (other,) = find_obligations("A council must say how a plan should look.")
    assert (other.strength, other.doubt) == ("must", "")


def test_the_words_that_demand_are_marked():
    pieces = list(marked("In May a council must ask and should listen."))
    assert [words for words, demands in pieces if demands] == ["must", "should"]
    assert "".join(words for words, _ in pieces) == "In May a council must ask and should listen."


def test_typing_does_not_change_a_sentence():
    typed = "The authority’s “plan” – as\n agreed"
    assert sentence_digest(typed) == sentence_digest('The  authority\'s "plan" - as agreed\u00ad')
    assert sentence_digest(typed) != sentence_digest("The authority's plan - as agreed")
    assert re.fullmatch(r"[0-9a-f]{64}", sentence_digest(""))


WORDS = st.sampled_from(
    "a council must should may not be shall asked by and that which who , ; : ( ) “ ” . • \n (a) i.e."
    " if where the plan May 2008 they it required to Authorities should: – ?".split(" ")
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_places_lie_in_the_text_in_order_and_never_overlap(text):
    at = 0
    for one in find_obligations(text):
        assert at <= one.start < one.end <= len(text)
        assert one.sentence.strip()
        assert one.strength in ("must", "should", "may")
        at = one.end


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_marking_changes_no_word(text):
    assert "".join(words for words, _ in marked(text)) == text


AWKWARD = (
    "must ",
    "a, must ",
    "(must ",
    "who must, and ",
    "• must:\n",
    "may be and ",
    "they should. ",
    "a" * 3,
    "if " * 2,
    "is also ",
    "by the ",
    ".",
    " ",
    "x ; ",
)


@pytest.mark.parametrize("piece", AWKWARD)
def test_the_time_grows_with_the_text_and_no_faster(piece):
    def took(times: int) -> float:
        text = piece * times + str(times)
        best = []
        for n in range(2):
            start = process_time()
            find_obligations(f"{text} {n}")
            best.append(process_time() - start)
        return min(best)

    small, large = took(60), took(960)
    assert large < max(small, 0.003) * 16 * 5  # were it the square, it would be 256 times
