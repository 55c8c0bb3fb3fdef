"""References of responses: read as people say them, and never mistaken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.references import ALPHABET, new_reference, read_reference


@pytest.mark.parametrize("_", range(20))
def test_a_new_reference_is_read_back(_):
    reference = new_reference()
    assert len(reference) == 9
    assert read_reference(reference) == reference
    assert read_reference(f" {reference.lower().replace('-', ' ')} ") == reference


def test_letters_that_look_like_digits_are_read_as_such():
    reference = next(r for r in (new_reference() for _ in range(1000)) if "0" in r or "1" in r)
    assert read_reference(reference.replace("0", "O").replace("1", "l")) == reference


@given(at=st.integers(0, 7), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(at, other):
    letters = list(new_reference().replace("-", ""))
    if letters[at] != other:
        letters[at] = other
        assert read_reference("".join(letters)) is None


@pytest.mark.parametrize("typed", ["", "4F7K", "not a reference", "4F7K-92M!", "4F7K-92MX-1"])
def test_anything_else_is_none(typed):
    assert read_reference(typed) is None
