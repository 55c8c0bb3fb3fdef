"""Extracts: the sentence that answers, with the words that matched marked."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stems
from search.extracts import LONGEST, Marker

TEXT = (
    "Partners agree what matters. Every authority must publish a plan for parks each spring. "
    "The plan names who looks after benches:\n• councils, for benches in parks;\n• others, elsewhere."
)


def marker(*asked: str) -> Marker:
    return Marker([[stems(words)] for words in asked])


def shown(pieces) -> str:
    return "".join(f"[{p.words}]" if p.marked else p.words for p in pieces)


def test_the_sentence_with_the_words_is_shown_and_not_the_first_one():
    pieces, has = marker("publishing", "plans").extract(TEXT)
    assert "must [publish] a [plan] for parks" in shown(pieces)
    assert has == {0, 1}


def test_a_sentence_with_more_of_what_was_asked_wins_over_one_that_has_one_word_often():
    text = "Parks, parks and parks again stand here for long enough to be shown by themselves, as a" \
        " sentence of more than one hundred and forty characters is. Benches in parks are counted" \
        " once in every year, in spring, by whoever looks after them, and the count is published with the accounts of the council."  # fmt: skip
    assert shown(marker("parks", "benches").extract(text)[0]).startswith("[Benches] in [parks]")


def test_words_next_to_each_other_are_one_mark_and_alone_they_are_none():
    assert "[looks after]" in shown(marker("look after").extract(TEXT)[0])
    assert marker("after look").extract(TEXT)[1] == frozenset()


def test_a_longer_mark_wins_where_both_begin():
    pieces, has = Marker([[("plan",)], [("plan", "for", "park")]]).extract(TEXT)
    assert "a [plan for parks] each" in shown(pieces)
    assert has == {0, 1}


def test_what_was_left_out_is_shown_by_an_ellipsis():
    text = " ".join(f"Sentence number {i} says little and says it slowly." for i in range(40))
    middle = shown(marker("20").extract(text)[0])
    assert middle.startswith("… ") or middle.startswith("Sentence")
    assert middle.endswith(" …")


def test_a_very_long_sentence_is_cut_between_words_around_what_matched():
    text = "and so on " * 100 + "the needle of the matter " + "and so forth " * 100
    pieces, _ = marker("needle").extract(text)
    said = shown(pieces)
    assert "[needle]" in said
    assert len(said) < LONGEST + 20
    assert re.fullmatch(r"… (?:and|so|on|the) .* (?:and|so|forth) …", said)


def test_nothing_asked_shows_the_beginning():
    assert shown(Marker([]).extract(TEXT)[0]).startswith("Partners agree what matters.")


def test_no_text_has_no_extract():
    assert marker("park").extract("") == ([], frozenset())


words = st.text(alphabet="abz éÉ.,;:!?()\n•“”'’-[]<>&12 ", max_size=400)


@given(
    words,
    st.lists(
        st.lists(st.text(alphabet="abzé12", min_size=1, max_size=3), min_size=1, max_size=3),
        max_size=4,
    ),
)
def test_marks_are_in_order_and_hold_exactly_the_stems_asked_for(text, asked):
    wanted = [stems(" ".join(a)) for a in asked]
    marks = Marker([[w] for w in wanted]).marks(text)
    assert all(a.end <= b.start for a, b in pairwise(marks))
    assert all(stems(text[m.start : m.end]) == wanted[m.asked] or
               stems(text[m.start : m.end]) in wanted for m in marks)  # fmt: skip


@given(words, st.text(alphabet="abz é12", max_size=8))
def test_an_extract_is_words_of_the_text_in_their_order(text, asked):
    pieces, _ = Marker([[stems(asked)]]).extract(text)
    said = "".join(p.words for p in pieces).removeprefix("… ").removesuffix(" …")
    assert " ".join(said.split()) in " ".join(text.split())


@given(words, st.text(alphabet="abz é12", max_size=8))
def test_marking_changes_no_word(text, asked):
    pieces = Marker([[stems(asked)]]).pieces(text)
    assert "".join("".join(p.words for p in pieces).split()) == "".join(text.split())


def test_the_cells_of_a_row_are_told_apart():
    pieces, _ = marker("benches").extract("What\tWho\nBenches\tCouncils")
    assert shown(pieces) == "What · Who [Benches] · Councils"
