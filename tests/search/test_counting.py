"""Counting searches: in words that tell of nobody, beside the search, and kept for so long."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Thread

import pytest
from django.db import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from search.actions import counting
from search.actions.counting import count, countable, write_counts
from search.models import SearchCount


@pytest.fixture(autouse=True)
def _nothing_waits():
    counting._begin_anew()


def rows():
    return {
        row.text: (row.searches, row.in_vain) for row in SearchCount.objects.order_by("text", "day")
    }


@pytest.mark.django_db
def test_searches_are_counted_by_day_and_in_vain():
    for text, found in (("Bins", 0), (" bins ", 3), ("duty to\ninvolve", 2)):
        count(text, found)
    assert rows() == {}
    assert write_counts() == 2
    assert rows() == {"bins": (2, 1), "duty to involve": (1, 0)}
    assert {row.day for row in SearchCount.objects.all()} == {timezone.localdate()}


@pytest.mark.django_db
def test_several_processes_add_to_the_same_row():
    for _ in range(3):
        count("bins", 0)
        write_counts()
        counting._begin_anew()
    assert rows() == {"bins": (3, 3)}


PERSONAL = (
    "jo.bloggs@example.org", "who is jo@example", "https://example.org/?token=1", "07700 900123",
    "020 7946 0000", "(0114) 496-0000", "+44 7700 900 123", "my number is 123456", "943 476 5919",
    "SW1A 1AA", "sw1a1aa", "housing in m1 1ae please", "QQ 12 34 56 C", "qq123456c", "AB12 34 56 C",
    "born 12/03/1985", "born 1-3-85", "x" * 101, "", "   ", "?!",
)  # fmt: skip
ORDINARY = (
    "2.13", "paras 2.13 to 2.28", "s138 lgpiha 2007", "si 2000/2853", "section 106(2)(c)(i)",
    "under:ukpga/1999/27/section/3a", "duty to involve police", "best value 2008 2009",
    '"exact phrase" -without', "draft of 1 july 2008", "number:2.13",
)  # fmt: skip


@pytest.mark.parametrize("text", PERSONAL)
def test_what_looks_as_if_it_told_of_a_person_is_not_kept(text):
    assert countable(text) == ""


@pytest.mark.parametrize("text", ORDINARY)
def test_what_people_search_for_in_guidance_is_kept(text):
    assert countable(text) == text


@given(st.text())
def test_whatever_is_typed_is_counted_or_not_and_nothing_fails(text):
    found = countable(text)
    assert found == countable(found)
    assert len(found) <= 100
    assert "\0" not in found
    count(text, 0)


@pytest.mark.django_db
def test_what_is_too_old_is_removed_when_something_is_written(settings):
    settings.SEARCH_COUNTS_KEPT_DAYS = 90
    today = timezone.localdate()
    for days in (0, 90, 91, 400):
        SearchCount.objects.create(day=today - timedelta(days), text=f"{days} days", searches=1)
    count("bins", 0)
    write_counts()
    assert set(rows()) == {"0 days", "90 days", "bins"}


@pytest.mark.django_db
def test_what_cannot_be_written_is_kept_for_the_next_time_and_never_logged(monkeypatch, caplog):
    def fail(*args):
        raise DatabaseError("the search for swordfish could not be written")

    count("swordfish", 0)
    with monkeypatch.context() as broken:
        broken.setattr(counting, "_write", fail)
        with caplog.at_level(logging.DEBUG):
            assert write_counts() == 0
    count("swordfish", 1)
    assert write_counts() == 1
    assert rows() == {"swordfish": (2, 1)}
    assert "event=search_counts_not_written" in caplog.text
    assert "swordfish" not in caplog.text


@pytest.mark.django_db
def test_nothing_that_is_counted_is_logged(caplog, settings):
    with caplog.at_level(logging.DEBUG):
        count("swordfish", 0)
        write_counts()
    assert "swordfish" not in "".join(
        r.message for r in caplog.records if r.name != "django.db.backends"
    )


def test_a_flood_of_different_searches_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(counting, "MOST_WAITING", 10)
    for number in range(50):
        count(f"search {number}", 0)
    count("search 1", 0)
    assert len(counting._WAITING) == 10
    assert counting._WAITING.take()[(timezone.localdate(), "search 1")] == (2, 2)


def test_searches_of_several_threads_are_all_counted():
    threads = [Thread(target=lambda: [count("bins", 0) for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counting._WAITING.take()[(timezone.localdate(), "bins")] == (2000, 2000)


def test_they_are_written_beside_the_search_after_a_moment(monkeypatch, settings):
    settings.SEARCH_COUNTS_SECONDS = 0.01
    written = []
    monkeypatch.setattr(counting, "write_counts", lambda: written.append(counting._WAITING.take()))
    count("bins", 0)
    timer = counting._WAITING._timer
    assert timer is not None
    assert timer.daemon
    timer.join(5)
    assert list(written[0].values()) == [(1, 1)]
    count("bins", 0)
    assert counting._WAITING._timer is not None
    counting._WAITING._timer.join(5)
    assert len(written) == 2
