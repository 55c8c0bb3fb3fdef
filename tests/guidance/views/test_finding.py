"""From what people type to the paragraph they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.views.finding import match_reference, nearest_references

REFERENCES = [
    "1",
    "2.1",
    "2.9",
    "2.10",
    "2.13",
    "2.13A",
    "2.14",
    "annex-1",
    "A4",
    "box-data-sharing",
]


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("2.13", "2.13"),
        ("para 2.13", "2.13"),
        ("Paragraph-2.13", "2.13"),
        ("2/13", "2.13"),
        ("2-13", "2.13"),
        ("2.13a", "2.13A"),
        ("2.13(a)", "2.13"),
        ("2.13.", "2.13"),
        ("Annex 1", "annex-1"),
        ("a4", "A4"),
        ("Box-Data-Sharing", "box-data-sharing"),
        ("2.99", None),
        ("", None),
    ],
)
def test_what_people_type_leads_to_the_paragraph(words, reference):
    assert match_reference(words, REFERENCES) == reference


def test_numbers_that_fit_two_paragraphs_are_not_guessed():
    assert match_reference("1/1", ["1.1", "1-1"]) is None


def test_near_a_number_are_its_neighbours_in_the_order_of_people():
    assert nearest_references("2.12", REFERENCES, 4) == ["2.9", "2.10", "2.13", "2.13A"]
    assert nearest_references("box-data", REFERENCES) == ["box-data-sharing"]


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=8))
def test_any_words_are_answered(words, references):
    found = match_reference(words, references)
    assert found is None or found in references
    assert set(nearest_references(words, references)) <= set(references)
