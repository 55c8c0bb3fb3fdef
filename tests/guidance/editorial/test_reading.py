"""Very long sentences and hard reading."""

from hypothesis import given
from hypothesis import strategies as st

from guidance.editorial.reading import reading


def words(count, word="word"):
    return " ".join([word] * count).capitalize()


def test_the_longest_sentence_is_found_with_its_words():
    read = reading([f"Short. {words(51)}. Short again."])
    assert read.words == 51
    assert read.has_long_sentence
    assert not reading([f"{words(50)}."]).has_long_sentence


def test_each_item_of_a_list_is_a_sentence_of_its_own():
    assert reading(["A plan says:", *(words(20) for _ in range(5))]).words == 20


def test_numbers_and_abbreviations_end_no_sentence():
    read = reading([f"See para. 2.13, e.g. as to s. 4 of the Act, {words(45)}."])
    assert read.has_long_sentence


def test_lix_is_words_for_each_sentence_and_long_words_in_a_hundred():
    read = reading([f"{words(5, 'institution')} {'word ' * 14}word. {words(20)}."])
    assert (read.average, read.lix, read.long_words) == (20, 32, 12)


def test_a_short_text_has_no_measure():
    assert reading([f"{words(39, 'institution')}."]).lix == 0
    assert reading([f"{words(40, 'institution')}."]).hard
    assert reading([]).words == 0
    assert reading(["", "…", "–"]).words == 0


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_at_all_is_taken(texts):
    read = reading(texts)
    assert read.words >= 0
    assert read.lix >= 0
