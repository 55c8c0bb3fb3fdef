"""Queries of the reading pages, whatever the size of the document."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.views import kept
from tests import factories
from tests.guidance.views.conftest import sections

pytestmark = pytest.mark.django_db
MOST = {
    "/guidance/size/first/governance/": 2,
    "/guidance/size/para/2.1/": 7,
    "/guidance/size/": 3,
    "/guidance/size/as-at/2010-01-01/": 3,
    "/guidance/size/first/": 6,
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
