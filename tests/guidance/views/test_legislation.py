"""Pages about legislation, and what a paragraph's page says of citations."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.views import kept
from tests import factories

pytestmark = pytest.mark.django_db
ACT = "/legislation/ukpga/1999/27/"


def blocks(count: int = 1) -> list[object]:
    cited = "See section 3A(2) of the Local Government Act 1999, and paragraph 2.1."
    return [
        factories.paragraph("2.1", "Nothing is cited in this one."),
        *(factories.paragraph(f"2.{n}", cited) for n in range(2, count + 2)),
        factories.term("Park", "A green place for everybody."),
    ]


def publish(slug: str = "parks", count: int = 1, **fields):
    document = factories.document(slug, slug.capitalize())
    section = factories.section("Parks", blocks(count), number="2", slug="parks")
    return factories.issued(
        document, [section], slug="first", published=date(2008, 7, 1),
        statements=[factories.statement("2.1")], **fields,
    )  # fmt: skip


def test_the_index_counts_what_rests_on_an_act_and_what_cites_it(client):
    publish(count=3)
    page = client.get("/legislation/").content.decode()
    row = page[page.index("Local Government Act 1999") :][:120]
    assert 'class="count">1</td><td class="count">3' in row


def test_an_act_lists_its_provisions(client):
    publish()
    page = client.get(ACT).content.decode()
    assert f'href="{ACT}section/3A/">Section 3A</a>' in page
    assert f'href="{ACT}section/3A/2/">Section 3A(2)</a>' in page
    assert 'href="https://www.legislation.gov.uk/ukpga/1999/27"' in page


def test_a_provision_lists_what_rests_on_it_and_what_cites_it_or_a_part_of_it(client):
    publish()
    page = client.get(f"{ACT}section/3A/").content.decode()
    assert 'href="/guidance/parks/para/2.1/">Paragraph 2.1</a>' in page
    assert 'href="/guidance/parks/para/2.2/">Paragraph 2.2</a>' in page
    assert "<b>section 3A(2) of the Local Government Act 1999</b>, and paragraph 2.1." in page
    assert "In force since 1 July 2008" in page
    part = client.get(f"{ACT}section/3A/2/").content.decode()
    assert "Paragraph 2.2" in part
    assert "Paragraph 2.1</a>" not in part


def test_only_what_is_shown_today_is_listed_unless_every_edition_is_asked_for(client):
    document = publish().document
    factories.issued(
        document, [factories.section("Parks", [factories.paragraph("2.1")], number="2")],
        slug="second", published=date(2009, 7, 1),
    )  # fmt: skip
    today = client.get(f"{ACT}section/3A/").content.decode()
    assert "No paragraph of these editions" in today
    every = client.get(f"{ACT}section/3A/?editions=all").content.decode()
    assert "Superseded on 1 July 2009" in every
    assert "/guidance/parks/para/2.2/?edition=first" in every


def test_what_has_only_a_draft_says_so(client):
    publish(stage="consultation")
    page = client.get(f"{ACT}section/3A/").content.decode()
    assert "Draft for consultation, published 1 July 2008" in page
    assert "/guidance/parks/para/2.2/?edition=first" in page


def test_an_address_that_is_not_canonical_leads_to_the_one_that_is(client):
    publish()
    found = client.get(f"{ACT}section/3A/enacted/")
    assert (found.status_code, found["Location"]) == (302, f"{ACT}section/3A/")


@pytest.mark.parametrize("path", ["ukpga/2099/1", "nothing", "ukpga/2099/1/section/4", "../etc"])
def test_what_is_not_in_the_register_is_not_found(client, path):
    found = client.get(f"/legislation/{path}/")
    assert found.status_code == 404
    assert "not in the register" in found.content.decode()


def test_a_provision_that_nothing_uses_says_so(client):
    publish()
    assert "No paragraph of these editions" in client.get(f"{ACT}section/999/").content.decode()


def test_a_page_can_be_kept_and_asked_for_again(client):
    publish()
    first = client.get(f"{ACT}section/3A/")
    again = client.get(f"{ACT}section/3A/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("count", [1, 10])
@pytest.mark.parametrize("documents", [1, 3])
def test_no_page_asks_more_often_as_there_is_more(
    client, django_assert_num_queries, count, documents
):
    for n in range(documents):
        publish(f"parks-{n}", count)
    for address, most in {"/legislation/": 4, ACT: 7, f"{ACT}section/3A/": 4}.items():
        kept.forget()
        with django_assert_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_paragraph_says_what_it_cites_and_what_cites_it(client):
    publish()
    citing = client.get("/guidance/parks/para/2.2/").content.decode()
    assert '<a href="/guidance/parks/para/2.1/?edition=first">paragraph 2.1</a>' in citing
    assert (
        "section 3A(2) of the Local Government Act 1999</a>"
        in citing[citing.index("What it cites") :]
    )
    cited = client.get("/guidance/parks/para/2.1/").content.decode()
    assert "paragraph 2.2</a>" in cited[cited.index("What cites it") :]


def test_a_paragraph_explains_its_terms(client):
    document = factories.document("lakes")
    said = [factories.paragraph("1.1", "Every park has a lake."), factories.term("Park", "Green.")]
    factories.issued(document, [factories.section("One", said, number="1")], slug="first")
    page = client.get("/guidance/lakes/para/1.1/").content.decode()
    assert '<a role="doc-glossref" href="#means-park">park</a>' in page
    assert 'id="means-park"' in page
    section = client.get("/guidance/lakes/first/1-one/").content.decode()
    assert '<a role="doc-glossref" href="#term-park">park</a>' in section
