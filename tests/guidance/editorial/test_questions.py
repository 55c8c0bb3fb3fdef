"""Questions printed against questions listed."""

from hypothesis import given
from hypothesis import strategies as st

from guidance.editorial.questions import Asked, bare, is_listing, mismatches, without_title

LISTED = [
    Asked("1", "Have we explained the duty to keep parks open?"),
    Asked("2", "Should ponds be covered as well?"),
    Asked("3", "What would it cost to keep the gates unlocked at night?"),
]


def told(*printed):
    return [(m.kind, m.printed, m.listed) for m in mismatches(printed, LISTED)]


def test_questions_that_say_the_same_have_nothing_to_tell():
    printed = [Asked(q.number, f"Consultation question {q.number}: {q.words}") for q in LISTED]
    assert told(*printed) == []


def test_capitals_and_punctuation_do_not_matter():
    assert told(Asked("1", "have we explained the duty, to keep parks open"), *LISTED[1:]) == []


def test_a_question_of_other_words_under_the_same_number_differs():
    assert told(Asked("1", "Is the duty clear?"), *LISTED[1:]) == [("differs", 0, 0)]


def test_without_a_number_the_closest_words_decide():
    printed = Asked("", "Should the ponds be covered as well?")
    assert told(LISTED[0], printed, LISTED[2]) == [("differs", 1, 1)]


def test_a_question_that_is_nowhere_listed_is_named():
    assert told(*LISTED, Asked("", "Who should pay?")) == [("unlisted", 3, None)]


def test_a_question_that_is_nowhere_printed_is_named():
    assert told(*LISTED[:2]) == [("not-printed", None, 2)]


def test_a_listed_question_is_used_once():
    assert told(*LISTED, Asked("1", LISTED[0].words)) == [("unlisted", 3, None)]


def test_a_list_is_one_of_questions_when_most_of_it_asks():
    assert is_listing(["Why?", "How?", "It is so."])
    assert not is_listing(["Why?", "How?"])
    assert not is_listing(["Why?", "It is so.", "It is not."])


def test_the_title_of_a_question_is_no_part_of_its_words():
    assert without_title("Consultation Question 4: Have we?") == "Have we?"
    assert without_title("Q4. Have we?") == "Have we?"
    assert without_title("Questions of cost: have we?") == "Questions of cost: have we?"
    assert bare("Consultation question:\nHave we?") == "have we"


@given(
    st.lists(st.text("abc ?", max_size=20), max_size=6),
    st.lists(st.text("abc ?", max_size=20), max_size=6),
)
def test_each_question_is_told_at_most_once(printed, listed):
    asked = [Asked("", words) for words in printed]
    found = list(mismatches(asked, [Asked("", words) for words in listed]))
    ends = [m.printed for m in found if m.printed is not None]
    others = [m.listed for m in found if m.listed is not None]
    assert len(set(ends)) == len(ends)
    assert len(set(others)) == len(others)
