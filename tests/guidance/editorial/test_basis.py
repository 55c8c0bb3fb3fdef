"""Whether a citation says what its sentence rests on, and of what."""

import pytest

from guidance.editorial.basis import cited_as_its_basis, may_rest_on

SUBJECT = "the preparation of park strategies"


@pytest.mark.parametrize(
    "text",
    [
        "By virtue of section 1, a park strategy is prepared.",
        "The duty to prepare a strategy for parks under section 1 is new.",
        "Ponds differ. Strategies are prepared as required by section 1 for every park.",
    ],
)
def test_a_sentence_on_the_subject_that_rests_on_it(text):
    assert cited_as_its_basis(text, text.index("section"), SUBJECT)
    assert may_rest_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "Section 1 says who prepares a park strategy.",
        "A park strategy is prepared (see section 1).",
        "Ponds are kept under section 1.",
        "Park strategies are prepared. Ponds are kept under section 1.",
    ],
)
def test_a_sentence_that_only_mentions_it_or_is_on_something_else(text):
    place = text.lower().index("section")
    assert not cited_as_its_basis(text, place, SUBJECT)


def test_without_a_subject_nothing_is_said():
    assert not cited_as_its_basis("By virtue of section 1, it is so.", 13, "")
