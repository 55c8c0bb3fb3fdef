"""Keys of options: what is counted stays one thing when its words change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consultation.options import LONGEST_KEY, keyed, taken_out

WORDS = st.lists(st.text(min_size=1, max_size=60), max_size=8, unique=True)


@given(WORDS, WORDS)
def test_each_option_has_a_key_of_its_own_and_the_words_as_they_are(before, after):
    old = keyed(before)
    new = keyed(after, old)
    assert [words for _, words in new] == after
    keys = [key for key, _ in new]
    assert len(set(keys)) == len(keys)
    assert all(0 < len(key) <= LONGEST_KEY + 4 for key in keys)


@given(WORDS, st.randoms())
def test_an_option_that_is_only_moved_keeps_its_key(words, random):
    old = keyed(words)
    moved = list(words)
    random.shuffle(moved)
    assert sorted(keyed(moved, old)) == sorted(old)
    assert taken_out(keyed(moved, old), old) == []


@given(WORDS, WORDS)
def test_a_key_that_was_taken_out_is_never_given_to_another_option_by_its_name(before, after):
    old = keyed(before)
    new = keyed(after, old)
    gone = {key for key, _ in taken_out(new, old)}
    assert gone.isdisjoint(key for key, _ in new)


def test_a_small_change_of_the_words_keeps_the_key():
    old = keyed(["Every year", "Every two years", "Never"])
    new = keyed(["Each year", "Every two years", "Not at all"], old)
    assert [key for key, _ in new] == ["every-year", "every-two-years", "not-at-all"]
    assert taken_out(new, old) == [["never", "Never"]]
