"""Queries of every list and object, at one row and at ten, when nothing was kept."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.api import kept
from tests import factories

pytestmark = pytest.mark.django_db
MOST = {
    "guidance/": 5,
    "guidance/size/": 2,
    "guidance/size/editions/first/": 4,
    "guidance/size/editions/first/?format=md": 5,
    "guidance/size/paragraphs/?edition=first": 3,
    "guidance/size/paragraphs/?edition=first&page_size=1": 4,
    "guidance/size/paragraphs/2.1/?edition=first": 6,
    "guidance/size/paragraphs/2.1/?edition=first&format=akn": 6,
    "guidance/size/paragraphs/2.1/history/": 4,
    "guidance/size/compare/?from=first&to=last": 9,
    "guidance/size/origins/?from=first&to=last": 9,
    "instruments/": 6,
    "instruments/ukpga/1999/27/": 6,
    "duties/": 3,
    "changes/": 6,
}


def sections(size: int):
    blocks = [factories.paragraph(f"2.{n}") for n in range(1, size + 1)]
    return [factories.section("Governance", blocks, number="2")]


@pytest.mark.parametrize("size", [1, 10])
def test_no_answer_asks_more_often_as_there_is_more(client, django_assert_max_num_queries, size):
    for number in range(size):
        document = factories.document("size" if number == 0 else "", f"Document {number}")
        for slug, day in (("first", date(2009, 1, 1)), ("last", date(2009, 2, 1))):
            factories.issued(
                document, sections(size), slug=slug, published=day,
                statements=[factories.statement("2.1" if size == 1 else f"2.1 to 2.{size}")],
            )  # fmt: skip
    client.get("/api/v1/duties/")  # the register of titles is read once a minute
    for address, most in MOST.items():
        kept.forget()
        with django_assert_max_num_queries(most):
            assert client.get(f"/api/v1/{address}").status_code == 200


def test_what_was_just_asked_costs_one_look_up_and_then_none(
    client, django_assert_num_queries, parks, settings
):
    address = "/api/v1/guidance/parks/paragraphs/"
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    settings.READING_UNASKED_SECONDS = 60.0
    client.get(address)
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_the_export_asks_three_times_for_each_two_hundred_paragraphs(
    client, django_assert_num_queries, parks
):
    client.get("/api/v1/guidance/parks/")  # the register of titles is read
    with django_assert_num_queries(2 + 1 + 3):
        client.get("/api/v1/export/paragraphs.jsonl").getvalue()


def test_a_304_after_a_restart_costs_one_look_up(client, django_assert_num_queries, parks):
    address = "/api/v1/guidance/parks/paragraphs/"
    etag = client.get(address)["ETag"]
    kept.forget()
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
