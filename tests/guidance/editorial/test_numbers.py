"""Gaps and disorder in paragraph numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.editorial.numbers import Disorder, Gap, irregularities


def told(text, elsewhere=()):
    return [
        f.missing if isinstance(f, Gap) else f"{f.number} behind {f.before}"
        for f in irregularities(text.split(), elsewhere)
    ]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("2.1 2.2 2.4", ["2.3"]),
        ("2.1 2.5", ["2.2 to 2.4"]),
        ("1.1 1.2 2.2", ["2.1"]),
        ("2.1 2.1A 2.2", []),
        ("2.1 2.1C 2.2", ["2.1A to 2.1B"]),
        ("2.1 2.1B", ["2.1A"]),
        ("A1 A3", ["A2"]),
        ("1 3", ["2"]),
        ("2.1 2.2 2.4 2.3 2.5", ["2.3 behind 2.4"]),
        ("1 2 3 1 2 3", []),
        ("1.1 1.2 1.3.1 1.3.2 1.4", []),
        ("1 2 1.1 1.2 3", []),
        ("(1) (3)", ["(2)"]),
        ("i ii iv", []),
        ("1 – 2", []),
        ("12 2007", ["1 to 11"]),
    ],
)
def test_what_is_plain_is_named_and_nothing_else(numbers, found):
    assert told(numbers) == found


def test_a_number_in_a_heading_is_not_missed():
    assert told("3.1 3.3", ["3.2"]) == []
    assert told("3.1 3.3", ["3.2.1"]) == []


@given(st.integers(1, 9), st.integers(1, 40))
def test_numbers_that_run_on_have_nothing_irregular(chapters, each):
    numbers = [f"{c}.{n}" for c in range(1, chapters + 1) for n in range(1, each + 1)]
    assert list(irregularities(numbers)) == []


@given(st.integers(3, 40), st.data())
def test_the_one_number_that_is_taken_out_is_the_one_that_is_missed(count, data):
    numbers = [f"4.{n}" for n in range(1, count + 1)]
    gone = data.draw(st.integers(0, count - 2))
    left = numbers[:gone] + numbers[gone + 1 :]
    (found,) = irregularities(left)
    assert isinstance(found, Gap)
    assert found.missing == numbers[gone]
    assert found.at == gone


@given(st.lists(st.text(max_size=8), max_size=12))
def test_any_text_at_all_is_taken(texts):
    assert all(isinstance(f, Gap | Disorder) for f in irregularities(texts, texts))
