"""The key of a search: the same for the same question, another for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.promotions import key_of


@pytest.mark.parametrize(
    "same",
    [
        ("Duties to involve?", "duty to involve", "  DUTY   to\tinvolve ", "the duty to involve"),
        ("what is a partner", "partners", "What are partners?"),
        ("2.13", " 2.13 "),
        ("café", "CAFE"),
    ],
)
def test_the_same_question_has_the_same_key(same):
    assert len({key_of(text) for text in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("parks dogs", "dogs parks"),
        ("parks dogs", "parks -dogs"),
        ("2.13", "2.14"),
        ("duty to involve", "duty to inform"),
    ],
)
def test_another_question_has_another_key(one, other):
    assert key_of(one) != key_of(other)


def test_idle_words_alone_are_a_question_too():
    assert key_of("what is it") == "what is it"


def test_where_there_is_no_word_there_is_no_key():
    assert key_of("") == key_of(" ?!… ") == key_of("\x00") == ""


@given(st.text(max_size=190))
def test_the_key_does_not_hang_on_how_many_spaces_there_are(text):
    assert key_of(f"  {text.replace(' ', '  ')}  ") == key_of(text)


@given(st.text())
def test_any_key_can_be_kept(text):
    assert len(key_of(text * 50)) <= 400
