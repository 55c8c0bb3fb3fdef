"""What an edition is on a day, with every state visible, and the rule against a plain reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.standing import (
    Applies,
    day_words,
    in_force_on,
    shown_on,
    span_in_force,
    standing,
)


@dataclass(frozen=True)
class Issue:
    slug: str
    published: date
    in_force_from: date | None = None
    stage: str = "final"
    withdrawn_from: date | None = None

    @property
    def title(self) -> str:
        return self.slug.capitalize()


DRAFT = Issue("draft", date(2007, 11, 1), None, "consultation")
FIRST = Issue("first", date(2008, 6, 1), date(2008, 7, 1))
SECOND = Issue("second", date(2009, 2, 1), date(2009, 4, 1))
CORRECTED = Issue("corrected", date(2009, 5, 1), date(2009, 4, 1), "corrigendum")
LATE = Issue("late", date(2010, 3, 10), date(2010, 3, 1))
ALL = [DRAFT, FIRST, SECOND, CORRECTED, LATE]


@pytest.mark.parametrize(
    ("edition", "editions", "day", "words", "see"),
    [
        (DRAFT, [DRAFT], date(2008, 1, 1), "Draft for consultation, published 1 November 2007", ""),
        (
            DRAFT,
            ALL,
            date(2008, 8, 1),
            "Draft for consultation, published 1 November 2007",
            "first",
        ),
        (
            DRAFT,
            [DRAFT, FIRST],
            date(2008, 6, 2),
            "Draft for consultation, published 1 November 2007",
            "first",
        ),
        (FIRST, ALL, date(2008, 6, 30), "Not yet in force: applies from 1 July 2008", ""),
        (FIRST, [FIRST], date(2008, 7, 1), "In force since 1 July 2008", ""),
        (FIRST, ALL, date(2009, 3, 31), "In force since 1 July 2008", "second"),
        (FIRST, ALL, date(2009, 4, 1), "Superseded on 1 April 2009", "second"),
        (SECOND, ALL, date(2009, 3, 1), "Not yet in force: applies from 1 April 2009", "first"),
        (SECOND, ALL, date(2009, 5, 1), "Superseded on 1 May 2009", "corrected"),
        (CORRECTED, ALL, date(2009, 4, 15), "Not yet in force: applies from 1 May 2009", "second"),
        (CORRECTED, ALL, date(2010, 3, 9), "In force since 1 May 2009", "late"),
        (LATE, ALL, date(2010, 3, 5), "Not yet in force: applies from 10 March 2010", "corrected"),
        (LATE, ALL, date(2030, 1, 1), "In force since 10 March 2010", ""),
    ],
)
def test_every_state_of_an_edition_in_words(edition, editions, day, words, see):
    found = standing(edition, editions, day)
    assert (found.words, found.see) == (words, see)


def test_an_edition_replaced_before_it_begins_is_never_in_force():
    hasty = Issue("hasty", date(2008, 5, 1), date(2008, 12, 1))
    better = Issue("better", date(2008, 6, 1), date(2008, 12, 1))
    for day in (date(2008, 7, 1), date(2009, 7, 1)):
        found = standing(hasty, [hasty, better], day)
        assert found.words == "Replaced before it came into force"
        assert found.see == "better"


def test_a_document_shows_what_is_in_force_then_what_will_be_then_the_latest_draft():
    later = Issue("later", date(2008, 1, 1), None, "consultation")
    assert shown_on([DRAFT, FIRST, SECOND], date(2008, 8, 1)) is FIRST
    assert shown_on([DRAFT, FIRST, SECOND], date(2008, 6, 2)) is FIRST
    assert shown_on([DRAFT, later], date(2008, 6, 2)) is later
    assert shown_on([], date(2008, 6, 2)) is None


def test_dates_are_written_in_words():
    assert day_words(date(2008, 7, 1)) == "1 July 2008"


WITHDRAWN = Issue("first", date(2008, 6, 1), date(2008, 7, 1), withdrawn_from=date(2008, 10, 1))
RETURNED = Issue("returned", date(2009, 2, 1), date(2009, 4, 1))
NEVER = Issue("never", date(2008, 6, 1), date(2008, 7, 1), withdrawn_from=date(2008, 7, 1))


@pytest.mark.parametrize(
    ("edition", "editions", "day", "words", "note"),
    [
        (WITHDRAWN, [WITHDRAWN], date(2008, 9, 30), "In force since 1 July 2008", "withdrawn from 1 October 2008"),
        (WITHDRAWN, [WITHDRAWN], date(2008, 10, 1), "Withdrawn on 1 October 2008", "it no longer applies"),
        (WITHDRAWN, [WITHDRAWN, RETURNED], date(2009, 4, 1), "Withdrawn on 1 October 2008", ""),
        (WITHDRAWN, [WITHDRAWN, RETURNED], date(2009, 3, 31), "Withdrawn on 1 October 2008", "it no longer applies"),
        (RETURNED, [WITHDRAWN, RETURNED], date(2009, 4, 1), "In force since 1 April 2009", ""),
        (RETURNED, [WITHDRAWN, RETURNED], date(2009, 3, 1), "Not yet in force: applies from 1 April 2009", "nothing is in force until then"),
        (NEVER, [NEVER], date(2008, 8, 1), "Withdrawn before it came into force", ""),
        (NEVER, [NEVER], date(2008, 6, 1), "Withdrawn before it came into force", ""),
    ],
)  # fmt: skip
def test_every_state_of_a_withdrawn_edition_in_words(edition, editions, day, words, note):
    found = standing(edition, editions, day)
    assert (found.words, found.note) == (words, note)


def test_a_withdrawn_document_shows_its_last_words():
    assert shown_on([DRAFT, WITHDRAWN], date(2010, 1, 1)) is WITHDRAWN
    assert in_force_on([DRAFT, WITHDRAWN], date(2010, 1, 1)) is None


DAYS = st.integers(0, 40).map(lambda n: date(2020, 1, 1) + timedelta(days=n))


@st.composite
def documents(draw):
    pairs = draw(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=6, unique=True))
    acts = [
        (max(a, b), min(a, b))
        for a, b in draw(st.lists(st.tuples(DAYS, DAYS), max_size=2, unique_by=max))
    ]
    editions = [
        Issue(f"e{i}", published, begins, withdrawn_from=_first_above(acts, begins, published))
        for i, (published, begins) in enumerate(pairs)
    ]
    return [*editions, Issue("d", draw(DAYS), None, "consultation")], acts


def _first_above(acts, begins, published):
    """As `EditionQuerySet.withdrawn_from` annotates it; acts are (withdrawn from, made on)."""
    return min((act[0] for act in acts if act >= (begins, published)), default=None)


def plainly_in_force(editions, acts, day):
    """A withdrawal is an edition that says nothing, in force from its day; an act made on the day of
    a publication counts after it."""
    begun = [
        ((e.in_force_from, e.published, 0), e)
        for e in editions
        if e.in_force_from and e.published <= day and e.in_force_from <= day
    ]
    begun += [((since, made, 1), None) for since, made in acts if since <= day]
    return max(begun, key=lambda item: item[0], default=(None, None))[1]


@given(documents(), DAYS)
def test_spans_and_standing_agree_with_the_rule_on_every_day(document, day):
    editions, acts = document
    current = plainly_in_force(editions, acts, day)
    assert in_force_on(editions, day) is current
    for edition in editions:
        span = span_in_force(edition, editions)
        applies = standing(edition, editions, day).applies
        assert (applies is Applies.IN_FORCE) == (edition is current)
        if span is not None:
            assert span.holds(day) == (edition is current)
            if span.end is not None and span.start < span.end:
                assert span.successor is plainly_in_force(editions, acts, span.end)


@given(documents(), DAYS)
def test_at_most_one_edition_is_in_force_and_no_future_one_is_called_so(document, day):
    editions, _ = document
    in_force = [e for e in editions if standing(e, editions, day).words.startswith("In force")]
    assert len(in_force) <= 1
    assert all(e.published <= day and e.in_force_from <= day for e in in_force)
