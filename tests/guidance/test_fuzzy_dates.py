"""Dates as officials write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.fuzzy_dates import FuzzyDate, parse_fuzzy


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("Early 2008", "2008-01-01", "2008-04-30"),
        ("Late 2007/Early 2008", "2007-09-01", "2008-04-30"),
        ("Late 2007/ Early 2008", "2007-09-01", "2008-04-30"),
        ("By April 2008", "2008-04-01", "2008-04-30"),
        ("Summer/Autumn 2007", "2007-06-01", "2007-11-30"),
        ("Autumn/Winter 2007/8", "2007-09-01", "2008-02-29"),
        ("Winter/Spring 2008", "2007-12-01", "2008-05-31"),
        ("December/January 2008", "2007-12-01", "2008-01-31"),
        ("November 2007/January", "2007-11-01", "2008-01-31"),
        ("April 2007", "2007-04-01", "2007-04-30"),
        ("Sept 07", "2007-09-01", "2007-09-30"),
        ("1 April 2009", "2009-04-01", "2009-04-01"),
        ("October 30th 2007", "2007-10-30", "2007-10-30"),
        ("Tuesday 12 February 2008", "2008-02-12", "2008-02-12"),
        ("12 December 2006", "2006-12-12", "2006-12-12"),
        ("2006-12-12", "2006-12-12", "2006-12-12"),
        ("2008-04", "2008-04-01", "2008-04-30"),
        ("2009", "2009-01-01", "2009-12-31"),
        ("2007/08", "2007-04-01", "2008-03-31"),
        ("2007 to 2009", "2007-01-01", "2009-12-31"),
        ("1 to 5 May 2008", "2008-05-01", "2008-05-05"),
        ("the first quarter of 2008", "2008-01-01", "2008-03-31"),
        ("by the end of March 2008", "2008-03-31", "2008-03-31"),
        ("mid-April 2008", "2008-04-11", "2008-04-20"),
        ("Late summer 2008", "2008-08-01", "2008-08-31"),
        ("Before May 2007", "2007-04-30", "2007-04-30"),
        ("After May 2007", "2007-06-01", "2007-06-01"),
    ],
)
def test_the_window_that_the_words_leave_open(words, earliest, latest):
    found = parse_fuzzy(words)
    assert (found.words, str(found.earliest), str(found.latest)) == (words, earliest, latest)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("Spring", "2007-03-01", "2007-05-31"),
        ("from May", "2007-05-01", "2007-05-31"),
        ("January/February", "2007-01-01", "2007-02-28"),
        ("22 January", "2007-01-22", "2007-01-22"),
        ("Autumn/Winter", "2007-09-01", "2008-02-29"),
        ("April 2009", "2009-04-01", "2009-04-30"),
    ],
)
def test_the_year_of_the_context_is_taken_where_none_is_named(words, earliest, latest):
    found = parse_fuzzy(words, year=2007)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


@pytest.mark.parametrize(
    ("words", "says"),
    [("Spring", "has no year"), ("tbc", "cannot|not a date"), ("", "not a date"), ("31 February 2007", "no day of the calendar"), ("the 2nd", "not a date"), ("April to", "not a date")],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(words, says):
    with pytest.raises(ValueError, match=says) as raised:
        parse_fuzzy(words)
    assert str(raised.value).endswith(".")


def test_dates_in_words_sort_by_their_days():
    ordered = ["Summer/Autumn 2007", "Autumn/Winter 2007/8", "Late 2007/Early 2008", "Early 2008", "2008", "1 April 2008", "By April 2008", "By May 2008", "2009"]  # fmt: skip
    found = [parse_fuzzy(words) for words in reversed(ordered)]
    assert [str(f) for f in sorted(found)] == ordered


@given(st.dates(date(1600, 1, 1)))
def test_a_whole_date_is_one_day_in_every_way_of_writing_it(day):
    if day.year < 1900 or day.year > 2099:
        ways = [day.isoformat()]
    else:
        ways = [f"{day.day} {day:%B} {day.year}", f"{day.day} {day:%b} {day.year}", f"{day:%A} {day.day} {day:%B} {day.year}", day.isoformat(), f"{day:%d/%m/%Y}"]  # fmt: skip
    for words in ways:
        found = parse_fuzzy(words)
        assert found == FuzzyDate(words, day, day)
        assert found.exact


@given(
    st.text(max_size=25)
    | st.from_regex(r"(Early|By|Late|/| |20|07|May|Winter|1|-){1,6}", fullmatch=True),
    st.none() | st.just(2008),
)
def test_any_words_give_a_window_or_a_value_error(words, year):
    try:
        found = parse_fuzzy(words, year)
    except ValueError:
        return
    assert found.earliest <= found.latest
