"""Footnotes that break off, and marks that do not run on."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.editorial.notes import breaks_off, slips


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<i>Keeping parks open in every season – the role of</i>", "ends with “of”"),
        ("<i>Keeping parks open in every season</i>", "is only a title, without author or year"),
        ("Parks (see the second edition", "opens a bracket and does not close it"),
        ("As the report said, “parks are", "opens a quotation mark and does not close it"),
        ("Parks and ponds,", "ends with “ponds,”"),
        ("Keeping parks open: the", "ends with “the”"),
    ],
)
def test_a_note_that_breaks_off_is_told_by_how_it_ends(html, reason):
    assert breaks_off(html) == reason


@pytest.mark.parametrize(
    "html",
    [
        "<i>Keeping parks open in every season</i>, Parks Council, 2004",
        "<i>Keeping parks open in every season, 2004</i>",
        "<i>ibid</i>",
        "See section 4.",
        "The councils’ own parks",
        "http://parks.example/a-list-of",
        "Parks (and ponds) [2001]",
        "",
    ],
)
def test_a_whole_note_is_left_alone(html):
    assert breaks_off(html) == ""


def told(marks):
    return [(s.mark, s.before, s.same) for s in slips(marks.split())]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ("1 2 3", []),
        ("1 3 2", [("2", "3", False)]),
        ("1 2 2 3", [("2", "2", True)]),
        ("1 2 3 1 2", []),
        ("2 1 2", []),
        ("* † *", []),
        ("1 a 2 a", []),
    ],
)
def test_marks_run_on_or_begin_again(marks, found):
    assert told(marks) == found


@given(st.lists(st.integers(2, 50), min_size=1, unique=True))
def test_marks_slip_exactly_where_they_fall(values):
    falls = [at for at, pair in enumerate(pairwise(values), 1) if pair[1] < pair[0]]
    assert [s.at for s in slips(map(str, values))] == falls
