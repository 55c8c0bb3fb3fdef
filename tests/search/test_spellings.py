"""British and American spellings of one word find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spellings import spellings

PAIRS = [
    ("organise", "organize"),
    ("organisation", "organization"),
    ("prioritising", "prioritizing"),
    ("analyse", "analyze"),
    ("behaviour", "behavior"),
    ("neighbourhood", "neighborhood"),
    ("labour", "labor"),
    ("centre", "center"),
    ("theatres", "theaters"),
    ("defence", "defense"),
    ("licence", "license"),
    ("catalogue", "catalog"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("travelled", "traveled"),
    ("counsellors", "counselors"),
    ("fulfil", "fulfill"),
    ("enrolment", "enrollment"),
    ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"),
    ("encyclopaedia", "encyclopedia"),
    ("paediatric", "pediatric"),
    ("archaeology", "archeology"),
    ("grey", "gray"),
]


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_each_spelling_leads_to_the_other(british, american):
    assert american in spellings(british)
    assert british in spellings(american)


def test_a_hyphen_is_no_part_of_the_spelling():
    assert "cooperate" in spellings("co-operate")


@pytest.mark.parametrize(
    "word", ["duty", "laa", "2007", "s138", "the", "charities", "signed", "speed", ""]
)
def test_other_words_have_one_spelling(word):
    assert spellings(word) == ()


@given(st.text(max_size=40))
def test_any_text_has_a_few_other_spellings_at_most(word):
    found = spellings(word)
    assert len(found) <= 12
    assert word not in found
    assert len(set(found)) == len(found)
