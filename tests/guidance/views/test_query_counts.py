"""Queries of the reading pages, whatever the size of the document."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guidance.views import kept
from guidance.views.responses import Validators
from tests import factories
from tests.guidance.views.conftest import sections

pytestmark = pytest.mark.django_db
MOST = {
    "/guidance/size/first/governance/": 2,
    "/guidance/size/para/2.1/": 10,  # the tenth: who asks about it
    "/guidance/size/": 3,
    "/guidance/size/as-at/2010-01-01/": 3,
    "/guidance/size/first/": 7,
    "/guidance/size/first/status/": 4,
    "/guidance/": 1,
}


@pytest.mark.parametrize("size", [3, 60], ids=["three paragraphs", "sixty paragraphs"])
@pytest.mark.parametrize("editions", [1, 10], ids=["one edition", "ten editions"])
def test_no_page_asks_more_often_as_the_document_grows(
    client, django_assert_num_queries, size, editions
):
    document = factories.document("size", "Size")
    for n in range(editions):
        factories.issued(
            document, sections(count=size, number="2.99"), slug="first" if n == 0 else f"e{n}",
            published=date(2009, 1, 1 + n), statements=[factories.statement("2.1 to 2.99")],
        )  # fmt: skip
    for address, most in MOST.items():
        kept.forget()
        with django_assert_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_section_that_was_just_read_costs_one_look_up(client, django_assert_num_queries, parks):
    address = "/guidance/parks/final-2008/governance/"
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_a_section_that_was_read_this_second_costs_none(
    client, django_assert_num_queries, parks, settings
):
    settings.READING_UNASKED_SECONDS = 60.0
    address = "/guidance/parks/final-2008/governance/"
    first = client.get(address)
    with django_assert_num_queries(0):
        assert client.get(address).content == first.content


def test_what_is_kept_gives_way_to_another_day_and_to_a_publication(
    client, parks, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.READING_UNASKED_SECONDS = 60.0
    address = "/guidance/parks/final-2008/governance/"
    assert b"In force since 1 July 2008" in client.get(address).content
    with django_capture_on_commit_callbacks(execute=True):
        factories.issued(
            parks, sections(), slug="next", published=date(2010, 6, 15), in_force_from=date(2010, 6, 16)
        )  # fmt: skip
    assert b"replaced from 16 June 2010" in client.get(address).content
    tomorrow = timezone.localtime() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localtime", lambda *a, **k: tomorrow)
    assert b"Superseded on 16 June 2010" in client.get(address).content


def test_only_so_many_pages_are_kept(monkeypatch):
    monkeypatch.setattr(kept, "PAGES", 3)
    for n in range(5):
        kept.keep(("d", "e", str(n)), [], date(2010, 1, 1), b"", Validators("", 0, ""))
    assert kept.recall(("d", "e", "1"), date(2010, 1, 1)) is None
    assert kept.recall(("d", "e", "4"), date(2010, 1, 1))
