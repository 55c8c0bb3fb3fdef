"""When a consultation is open, in London time and across the changes of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consultation.closing import (
    LONDON,
    Phase,
    clock_words,
    day_in_words,
    end_of,
    in_words,
    phase,
    weeks_open,
)

OPENS = datetime(2007, 11, 20, 9, 30, tzinfo=LONDON)
CLOSES = datetime(2008, 2, 12, 23, 45, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - timedelta(microseconds=1), Phase.UPCOMING),
        (OPENS, Phase.OPEN),
        (CLOSES, Phase.OPEN),
        (CLOSES + timedelta(seconds=59, microseconds=999_999), Phase.OPEN),
        (CLOSES + timedelta(seconds=60), Phase.CLOSED),
        (datetime(2008, 2, 12, 23, 45, 30, tzinfo=UTC), Phase.OPEN),
    ],
)
def test_the_minute_that_is_named_still_counts(now, expected):
    assert phase(OPENS, CLOSES, now) == expected


def test_in_summer_it_is_decided_by_londons_clock():
    closes = datetime(2026, 7, 1, 17, 0, tzinfo=LONDON)
    assert end_of(closes).astimezone(UTC) == datetime(2026, 7, 1, 16, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closes", "weeks"),
    [(date(2008, 2, 12), 12), (date(2008, 2, 11), 83 / 7), (date(2008, 5, 6), 24)],
)
def test_weeks_are_counted_in_days_of_london(closes, weeks):
    at = datetime(closes.year, closes.month, closes.day, 12, tzinfo=LONDON)
    assert weeks_open(OPENS, at) == pytest.approx(weeks)


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (11, 59, "11:59am"),
        (12, 0, "midday"), (12, 30, "12:30pm"), (23, 45, "11:45pm"),
    ],
)  # fmt: skip
def test_times_are_said_as_people_say_them(hour, minute, words):
    assert clock_words(datetime(2008, 2, 12, hour, minute, tzinfo=LONDON)) == words


def test_a_moment_in_words():
    assert in_words(CLOSES) == "11:45pm on Tuesday 12 February 2008"
    assert in_words(datetime(2026, 7, 1, 16, 0, tzinfo=UTC)) == "5pm on Wednesday 1 July 2026"
    assert day_in_words(date(2008, 3, 2)) == "Sunday 2 March 2008"
