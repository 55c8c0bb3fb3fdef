"""The comparison of two editions as a reader finds it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import html

from guidance.models import EditionPage
from tests import factories
from tests.guidance.comparison.editions import block, three_editions

pytestmark = pytest.mark.django_db
PAGE = "/guidance/three/compare/final-2008/amended-2009/"


@pytest.fixture
def three():
    return three_editions("three")


def words(response) -> str:
    page = html.fromstring(response.content.decode()).find(".//main")
    return " ".join(page.text_content().split())


def names(response) -> list[str]:
    page = html.fromstring(response.content.decode())
    return [" ".join(h.text_content().split()) for h in page.find_class("change-name")]


def test_changes_stand_in_the_new_order_with_counts_and_reasons(client, three):
    page = client.get(PAGE)
    assert names(page) == ["1.2", "1.2A", "2.1", "2.2", "2.3, was 1.3"]
    told = words(page)
    assert "3 substantive 1 split 1 merged 1 renumbered 1 moved 3 unchanged" in told
    assert "From: Final 2008" in told
    assert "Superseded on 1 July 2009" in told
    assert "To: Amended 2009" in told
    assert "Reason: Two duties in one paragraph were mistaken for one." in told
    assert "Part of it is now 1.2A" in told
    assert "Split from 1.2" in told
    assert "Merged into 2.2" in told
    assert "With the words of 2.1" in told
    assert "Moved from 1 Aims" in told
    assert (
        "Was statutory guidance under section 3A of the Local Government Act 1999"
        " Now non-statutory guidance" in told
    )


def test_words_are_marked_one_by_one(client, three):
    page = html.fromstring(client.get(PAGE).content.decode())
    row = page.get_element_by_id("1.2")
    assert [e.text for e in row.iter("del")] == ["daily and should light the paths"]
    assert [e.text for e in row.iter("ins")] == ["every day"]


def test_what_merely_moved_or_was_restated_does_not_repeat_its_words(client, three):
    page = html.fromstring(client.get(PAGE).content.decode())
    assert not page.get_element_by_id("2.3").find_class("redline")


def test_editorial_changes_are_folded(client, three):
    factories.issued(
        three,
        [factories.section("Aims", [block("a", "1.1", "Parks are for everybody!")], number="1")],
        slug="next", published=date(2010, 1, 1),
        statements=[factories.statement("1.1")],
    )  # fmt: skip
    page = html.fromstring(client.get("/guidance/three/compare/amended-2009/next/").content)
    row = page.get_element_by_id("1.1")
    assert row.findtext(".//details//ins") == "!"
    assert "Editorial change" in row.text_content()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?show=all", ["1.1", "1.2", "1.2A", "1.4", "1.5", "2.1", "2.2", "2.3, was 1.3"]),
        ("?kind=split", ["1.2A"]),
        ("?kind=merged", ["2.1", "2.2"]),
        ("?section=money", ["2.1", "2.2", "2.3, was 1.3"]),
        ("?section=money&kind=moved", ["2.3, was 1.3"]),
        ("?section=money&kind=split", []),
        ("?section=nowhere", []),
        ("?kind=nothing&show=some", ["1.2", "1.2A", "2.1", "2.2", "2.3, was 1.3"]),
    ],
)
def test_a_part_or_everything_can_be_shown(client, three, query, wanted):
    page = client.get(PAGE + query)
    assert names(page) == wanted
    if not wanted:
        assert "Nothing of that kind changed there. Show every change" in words(page)


def test_filters_keep_each_other(client, three):
    page = client.get(f"{PAGE}?section=money&show=all").content.decode()
    assert 'href="?show=all&amp;kind=moved&amp;section=money"' in page


def test_a_whole_section_that_was_removed_keeps_its_heading(client, three):
    factories.issued(
        three,
        [factories.section("Aims", [block("a", "1.1", "Parks are for everybody.")], number="1")],
        slug="next", published=date(2010, 1, 1), statements=[factories.statement("1.1")],
    )  # fmt: skip
    page = html.fromstring(client.get("/guidance/three/compare/amended-2009/next/").content)
    assert [h.text for h in page.iter("h2")] == ["1 Aims", "2 Money"]


def test_editions_without_a_difference_say_so(client, three):
    for slug, day in (("one", 1), ("two", 2)):
        factories.issued(
            three,
            [factories.section("Aims", [block("a", "1.1", "Parks.")], number="1")],
            slug=slug, published=date(2010, 1, day),
        )  # fmt: skip
    told = words(client.get("/guidance/three/compare/one/two/"))
    assert "Nothing: the two editions have the same text." in told


def test_two_editions_are_chosen_and_lead_to_their_comparison(client, three):
    page = client.get("/guidance/three/compare/")
    tree = html.fromstring(page.content.decode())
    chosen = [o.get("value") for o in tree.xpath("//option[@selected]")]
    assert chosen == ["final-2008", "amended-2009"]
    to = client.get("/guidance/three/compare/?from=draft-2007&to=amended-2009")
    assert to.headers["Location"] == "/guidance/three/compare/draft-2007/amended-2009/"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?from=draft-2007&to=draft-2007", "Choose another edition"),
        ("?from=draft-2007", "Choose an edition"),
        ("?from=draft-2007&to=nothing", "Choose an edition from the list"),
    ],
)
def test_a_wrong_choice_is_told_at_its_field(client, three, query, message):
    page = client.get(f"/guidance/three/compare/{query}")
    assert page.status_code == 400
    tree = html.fromstring(page.content.decode())
    assert message in tree.get_element_by_id("pick-to-error").text_content()
    assert tree.xpath("//*[@role='alert']//a[@href='#pick-to']")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/guidance/three/compare/final-2008/final-2008/", 400),
        ("/guidance/three/compare/final-2008/nothing/", 404),
        ("/guidance/three/compare/nothing/final-2008/", 404),
        ("/guidance/nothing/compare/", 404),
        ("/guidance/nothing/compare/a/b/", 404),
        ("/guidance/three/compare/nothing/", 404),
    ],
)
def test_what_cannot_be_compared_is_said_plainly(client, three, address, status):
    assert client.get(address).status_code == status


def test_one_address_leads_to_the_edition_before(client, three):
    page = client.get("/guidance/three/compare/amended-2009/")
    assert page.headers["Location"] == PAGE
    first = client.get("/guidance/three/compare/draft-2007/")
    assert first.headers["Location"] == "/guidance/three/compare/"


def test_a_document_with_one_edition_has_nothing_to_compare(client):
    factories.issued(factories.document("single"))
    assert "nothing to compare it with" in words(client.get("/guidance/single/compare/"))


def test_a_draft_is_never_compared_in_public(client, three):
    factories.draft(three, slug="secret", published=date(2011, 1, 1))
    assert EditionPage.objects.filter(slug="secret").exists()
    assert client.get("/guidance/three/compare/amended-2009/secret/").status_code == 404
    assert b"secret" not in client.get("/guidance/three/compare/").content.lower()


def test_a_comparison_that_one_has_is_not_sent_again(client, three):
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{PAGE}?show=all").headers["ETag"] != first.headers["ETag"]


def test_words_from_the_ledger_are_escaped(client, three):
    factories.issued(
        three,
        [factories.section("Aims", [block("a", "1.1", "Parks &lt;script&gt; &amp; all.")])],
        slug="next", published=date(2010, 1, 1),
    )  # fmt: skip
    page = client.get("/guidance/three/compare/amended-2009/next/").content.decode()
    assert "&lt;script&gt; &amp; all" in page
    assert not re.search(r"<script>", page)


@pytest.mark.parametrize("size", [2, 40])
def test_a_comparison_costs_seven_queries_whatever_its_size(
    client, django_assert_num_queries, size
):
    document = factories.document("many")
    names = "".join(chr(200 + n) for n in range(size))
    for year in (2008, 2009):
        blocks = [block(c, f"1.{n}", f"Of {year}.") for n, c in enumerate(names, 1)]
        factories.issued(
            document, [factories.section(blocks=blocks, number="1")], slug=f"e{year}",
            published=date(year, 1, 1),
            statements=[factories.statement(f"1.1 to 1.{size}")] if year == 2009 else [],
        )  # fmt: skip
    with django_assert_num_queries(7):
        assert client.get("/guidance/many/compare/e2008/e2009/").status_code == 200
