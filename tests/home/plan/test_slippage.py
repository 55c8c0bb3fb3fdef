"""How far a date moved, as a table, and what must always hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.fuzzy_dates import FuzzyDate
from home.folder.promises import outcome
from home.plan.slippage import Move, slip
from home.plan.when import parse_when, with_year

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
WINDOWS = st.builds(
    lambda day, length: FuzzyDate("x", day, day + timedelta(days=length)), DAYS, st.integers(0, 800)
)


@pytest.mark.parametrize(
    ("before", "after", "move", "words"),
    [
        ("April 2008", "October 2008", Move.LATER, "6 months later"),
        ("April 2008", "By April 2008", Move.SAME, "as before"),
        ("1 April 2008", "15 April 2008", Move.LATER, "2 weeks later"),
        ("1 April 2008", "2 April 2008", Move.LATER, "1 day later"),
        ("2008", "2011", Move.LATER, "3 years later"),
        ("Summer/Autumn 2007", "November 2007", Move.SAME, "as before"),
        ("Autumn 2007", "Spring 2007", Move.EARLIER, "6 months earlier"),
        ("By May 2008", "Spring 2008", Move.SAME, "as before"),
        ("Spring 2008", "Summer 2008", Move.LATER, "3 months later"),
    ],
)
def test_what_slips_is_the_last_day_that_the_words_leave_open(before, after, move, words):
    found = slip(parse_when(before), parse_when(after))
    assert (found.move, found.words) == (move, words)


def test_a_date_may_be_new_or_given_up():
    day = parse_when("May 2008")
    assert (slip(None, day).words, slip(day, None).words) == ("new", "no longer given")


@given(WINDOWS, WINDOWS)
def test_what_is_later_one_way_is_never_later_the_other(a, b):
    assert not (slip(a, b).move == Move.LATER and slip(b, a).move == Move.LATER)
    assert slip(a, a).move == Move.SAME
    assert slip(a, b).days == 0 or slip(a, b).days == (b.latest - a.latest).days


@given(WINDOWS, DAYS, DAYS)
def test_a_promise_is_late_only_after_its_last_day(promised, on, day):
    assert outcome(promised, on, day).late == (on > promised.latest)
    assert outcome(promised, None, day).late == (day > promised.latest)


@pytest.mark.parametrize(
    ("words", "year", "expected"),
    [
        ("April", "2008", "April 2008"),
        ("April onwards", "2007", "April 2007 onwards"),
        ("Summer/ Autumn 2007", "1999", "Summer/Autumn 2007"),
        ("12  December", "2006", "12 December 2006"),
        ("April", "", "April"),
    ],
)
def test_a_date_gets_the_year_that_it_stands_under(words, year, expected):
    assert with_year(words, year) == expected
