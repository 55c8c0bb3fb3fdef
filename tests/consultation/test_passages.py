"""Marks of confidential passages: whatever is typed, no word that was marked gets out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.passages import (
    HIDDEN,
    Passage,
    has_confidential,
    passages,
    unclosed,
    without_confidential,
    without_marks,
)

TYPED = st.text(st.sampled_from("ab[] \n"), max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("All of it is open.", "All of it is open."),
        ("We pay [[£4]] a week.", f"We pay {HIDDEN} a week."),
        ("[[All of it]]", HIDDEN),
        ("One [[a]] and [[b]].", f"One {HIDDEN} and {HIDDEN}."),
        ("Never closed [[to the end", f"Never closed {HIDDEN}"),
        ("Marks [[in [[marks]] too]] end.", f"Marks {HIDDEN} end."),
        ("A list [1] and ]] alone.", "A list [1] and ]] alone."),
        ("Nothing [[]] marked.", "Nothing  marked."),
        ("", ""),
    ],
)
def test_what_is_marked_is_hidden(text, shown):
    assert without_confidential(text) == shown


def test_words_and_marks_are_told_apart():
    assert passages("a [[b]] c") == [
        Passage("a ", False),
        Passage("b", True),
        Passage(" c", False),
    ]


@given(before=TYPED, secret=st.text("s", min_size=1, max_size=5), after=TYPED)
def test_no_marked_word_is_ever_shown(before, secret, after):
    text = f"{before}[[{secret}]]{after}"
    assert "s" not in without_confidential(text).replace(HIDDEN, "")
    assert has_confidential(text)


@given(TYPED)
def test_every_letter_stays_for_whoever_may_see_it(text):
    def letters(words):
        return [c for c in words if c not in "[]"]

    assert letters(without_marks(text)) == letters(text)


@pytest.mark.parametrize(
    ("text", "open_"), [("[[a", True), ("[[a]]", False), ("[[a [[b]]", True), ("]] a", False)]
)
def test_a_mark_that_is_never_closed_is_noticed(text, open_):
    assert unclosed(text) is open_
