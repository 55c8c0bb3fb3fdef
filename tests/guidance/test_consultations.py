"""What is said of a consultation beside guidance, and which of several speaks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.consultations import LONDON, Asking, Consultation, that_speaks

OPENS = datetime(2007, 11, 20, 9, tzinfo=LONDON)
CLOSES = datetime(2008, 2, 12, 23, 45, tzinfo=LONDON)
SECOND = timedelta(seconds=1)


def one(opens: datetime = OPENS, closes: datetime = CLOSES) -> Consultation:
    return Consultation("parks", "Parks", "/consultations/parks/", opens, closes, "draft")


@pytest.mark.parametrize(("now", "words"), [
    (OPENS - SECOND, "opens 20 November 2007"),
    (OPENS, "closes 12 February 2008"),
    (CLOSES + 59 * SECOND, "closes 12 February 2008"),
    (CLOSES + 60 * SECOND, "closed 12 February 2008"),
])  # fmt: skip
def test_it_opens_at_its_instant_and_its_last_minute_counts(now, words):
    assert one().words(now) == words


def test_until_when_is_said_with_the_clock_of_london():
    assert one().until == "11:45pm on 12 February 2008"
    summer = datetime(2008, 7, 1, 22, 59, tzinfo=LONDON)
    assert one(closes=summer).until == "10:59pm on 1 July 2008"


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 50)), max_size=6))
def test_the_open_one_speaks_before_the_next_and_the_next_before_the_last(spans):
    now = datetime(2008, 6, 1, tzinfo=LONDON)
    askings = [
        Asking(one(now + timedelta(days=start), now + timedelta(days=start + length)))
        for start, length in spans
    ]
    found = that_speaks(askings, now)
    assert (found is None) == (not askings)
    if found:
        phases = [a.consultation.words(now).split()[0] for a in askings]
        first = next(p for p in ("closes", "opens", "closed") if p in phases)
        assert found.consultation.words(now).startswith(first)
