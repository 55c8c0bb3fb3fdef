"""What people search for and do not find, as editors see it."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from search.actions.asked import asked
from search.actions.counting import count
from search.models import SearchCount

pytestmark = pytest.mark.django_db


def was_asked(text: str, searches: int, in_vain: int = 0, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    SearchCount.objects.create(day=day, text=text, searches=searches, in_vain=in_vain)


def listed(client, **given) -> list[list[str]]:
    page = html.fromstring(client.get(reverse("search_searches"), given).content)
    rows = page.xpath("//*[@aria-label='Searches']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]


def texts(client, **given) -> list[str]:
    return [row[0] for row in listed(client, **given)]


def test_days_are_added_up_and_what_few_asked_is_not_shown(parks, as_role):
    was_asked("bins", 2, 2)
    was_asked("bins", 1, 0, days_ago=3)
    was_asked("my neighbour joan", 2, 2)
    (row,) = listed(as_role())
    assert row[:3] == ["bins", "Searches: 3", "Found nothing: 2"]


def test_a_period_begins_so_many_days_ago(settings):
    for days in (0, 6, 7, 29, 30, 89):
        was_asked(f"{days} days ago", 3, days_ago=days)
    assert [len(asked(days)) for days in (7, 30, 90)] == [2, 4, 6]
    settings.SEARCH_COUNTS_SHOWN_FROM = 4
    assert not asked(90)


def test_the_list_is_sorted_and_narrowed_as_asked(as_role):
    was_asked("apples", 9, 1, days_ago=1)
    was_asked("bins", 5, 5)
    was_asked("cranes", 7, 0, days_ago=2)
    client = as_role()
    assert texts(client) == ["apples", "cranes", "bins"]
    assert texts(client, order="searches") == ["bins", "cranes", "apples"]
    assert texts(client, order="text") == ["apples", "bins", "cranes"]
    assert texts(client, order="-in_vain") == ["bins", "apples", "cranes"]
    assert texts(client, order="-last") == ["bins", "apples", "cranes"]
    assert texts(client, in_vain="1") == ["apples", "bins"]
    assert texts(client, order="password; drop", days="x", p="z", in_vain="?") == texts(client)


def test_a_search_that_was_just_made_is_there(as_role):
    for _ in range(3):
        count("Bins ", 0)
    assert texts(as_role()) == ["bins"]


def test_each_leads_to_its_results_and_to_what_can_be_done(parks, as_role):
    was_asked("bins & skips", 3, 3)
    page = html.fromstring(as_role().get(reverse("search_searches")).content)
    results, synonym, promotion = page.xpath("//*[@aria-label='Searches']//td[last()]/a/@href")
    assert results == "/search/?q=bins%20%26%20skips"
    assert synonym == "/admin/searches/synonyms/add/?words=bins+%26+skips"
    assert promotion == "/admin/searches/first/for/?q=bins+%26+skips"


def test_what_is_found_by_now_is_said(parks, as_role):
    was_asked("refuse", 3, 3)
    was_asked("xylophones", 3, 3)
    cells = {row[0]: row[2] for row in listed(as_role())}
    assert cells["refuse"] == "Found nothing: 3 (now finds 1)"
    assert cells["xylophones"] == "Found nothing: 3"


def test_the_csv_has_every_line_and_no_formula(as_role):
    for number in range(40):
        was_asked(f"search {number}", 3)
    was_asked("=1+1", 9, 4)
    was_asked('"quoted", with a comma', 8)
    response = as_role().get(reverse("search_searches"), {"format": "csv", "days": "7"})
    assert response["Content-Disposition"] == 'attachment; filename="searches-7-days.csv"'
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 42
    assert rows[0] == ["Search", "Searches", "Found nothing", "Last searched for"]
    assert rows[1] == ["'=1+1", "9", "4", timezone.localdate().isoformat()]
    assert rows[2][0] == '"quoted", with a comma'


def test_more_than_a_page_is_paged_in_the_same_order(as_role):
    for number in range(30):
        was_asked(f"search {number:02}", 3)
    client = as_role()
    first, second = texts(client, order="text"), texts(client, order="text", p="2")
    assert (len(first), len(second)) == (25, 5)
    assert [*first, *second] == sorted([*first, *second])


def test_an_empty_list_says_what_to_do(as_role):
    page = as_role().get(reverse("search_searches"), {"in_vain": "1"}).content.decode()
    assert "Choose a longer time to see more." in page


def test_a_line_costs_no_more_than_looking_what_was_promoted(
    parks, as_role, settings, django_assert_max_num_queries
):
    settings.READING_UNASKED_SECONDS = 60.0
    client = as_role()
    client.get(reverse("search_searches"))
    for lines in range(1, 11):
        was_asked(f"bench {lines}", 3, 3)
        with django_assert_max_num_queries(32 + 2 * lines):
            client.get(reverse("search_searches"))
