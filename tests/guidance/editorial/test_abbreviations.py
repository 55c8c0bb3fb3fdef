"""Abbreviations that nothing explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.editorial.abbreviations import undefined


def told(*lines, notes=(), defined=()):
    return [u.short for u in undefined([lines], notes, defined)]


@pytest.mark.parametrize(
    "line",
    [
        "A Local Area Agreement (LAA) is signed; LAAs last three years.",
        "An LAA (Local Area Agreement) is signed.",
        "Local Area Agreements (hereafter the “LAA”) are signed.",
        "Train operating companies or TOCs run trains.",
        "The Joint Waste Board, known as the JWB, meets.",
        "JWB\tJoint Waste Board",
        "JWB: Joint Waste Board",
        "the Department for Education and Skills (DfES)",
        "the Improvement and Development Agency (IDeA), and the IDeA again",
        "HM Inspectorate of Constabulary (HMIC)",
        "the National Institute for Health and Clinical Excellence (NICE)",
        "the Organisation for Economic Co-operation and Development (OECD)",
        "JWB means the Joint Waste Board",
    ],
)
def test_words_beside_an_abbreviation_explain_it(line):
    assert told(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "The UK, the NHS and an MP.",
        "Part II and Schedule XIV.",
        "Write to SW1E 5DU, or SW1E 5 DU.",
        "Product code 07LGSR04948, also 06 LGSRU 04360, and ISO 9001.",
        "See www.JWB.example or https://JWB.example/JWB or JWB@example.org.",
        "THE ROLE OF JWB IN PARKS",
        "Under section 20 ZA of that Act.",
        "Anne Smith BA MRTPI FRTS spoke.",
        "An authority MUST act; it must act AT ONCE, not at leisure once a year.",
    ],
)
def test_what_is_no_abbreviation_or_needs_no_explanation_is_left_alone(line):
    assert told(line) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("The JWB meets.", ["JWB"]),
        ("The JWBs meet; DfT and TfL do not.", ["JWB", "DfT", "TfL"]),
        ("Parks (JWB, 2001) are open.", ["JWB"]),
        ("The Joint Waste Board meets. The JWB decides.", ["JWB"]),
    ],
)
def test_what_nothing_explains_is_found(line, found):
    assert told(line) == found


def test_definitions_the_glossary_and_notes_explain():
    assert told("The JWB meets.", defined=["JWB"]) == []
    assert told("The JWB meets.", defined=["Joint Waste Board (JWB)"]) == []
    assert told("The JWB meets.", notes=["JWB stands for Joint Waste Board"]) == []


def test_what_only_notes_use_is_left_alone():
    assert told("Parks are open.", notes=["JWB, 2004"]) == []


def test_it_is_found_where_it_is_used_first_and_counted():
    (found,) = undefined([["Parks."], ["The JWB meets."], ["The JWB and the JWB."]])
    assert (found.at, found.uses) == (1, 3)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_text_at_all_is_taken(texts):
    for found in undefined([texts], texts):
        assert found.short in " ".join(texts)
