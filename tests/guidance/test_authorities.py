"""Kinds of authority told apart in words, and found in the register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.authorities import bound_and_excepted, find_name

REGISTER = [
    "best value authorities",
    "partner authorities",
    "police authorities",
    "responsible local authorities",
]


@pytest.mark.parametrize(
    ("words", "binds", "excepts"),
    [
        ("All best value authorities", ["best value authorities"], []),
        (
            "All best value authorities excluding police authorities",
            ["best value authorities"],
            ["police authorities"],
        ),
        (
            "Fire and rescue authorities and the Common Council of the City of London",
            ["Fire and rescue authorities", "Common Council of the City of London"],
            [],
        ),
        (
            "county councils, London boroughs and national park authorities, except for joint boards",
            ["county councils", "London boroughs", "national park authorities"],
            ["joint boards"],
        ),
        ("", [], []),
    ],
)
def test_those_bound_and_those_excepted_are_told_apart(words, binds, excepts):
    assert bound_and_excepted(words) == (binds, excepts)


def test_exceptions_may_be_given_apart():
    bound = bound_and_excepted("all police authorities", "the Greater London Authority")
    assert bound == (["police authorities"], ["Greater London Authority"])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Best Value Authorities", "best value authorities"),
        ("police authority", "police authorities"),
        ("responsible authorities", "responsible local authorities"),
        ("statutory partner authorities", "partner authorities"),
        ("local authorities", None),
        ("authorities", None),
        ("fire authorities", None),
    ],
)
def test_a_name_is_found_whatever_its_form_and_never_guessed(name, found):
    assert find_name(name, REGISTER) == found


def test_two_that_fit_equally_are_no_match():
    assert (
        find_name("waste authorities", ["local waste authorities", "statutory waste authorities"])
        is None
    )


@given(st.text())
def test_any_words_are_taken_apart_without_an_error(words):
    binds, excepts = bound_and_excepted(words)
    assert all(name.strip() for name in [*binds, *excepts])
