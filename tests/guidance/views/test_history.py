"""The history of a paragraph through all editions, as its page tells it."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from guidance.models import Edition
from guidance.views.ledger import find_document
from guidance.views.paragraph_history import history
from guidance.views.paragraph_life import life_of
from tests import factories
from tests.guidance.comparison.editions import block, identity, three_editions

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return three_editions("three")


def told(name: str) -> list[tuple[str, str, list[str]]]:
    facts = find_document("three")
    assert facts
    return [(a.edition.slug, a.name, a.happened) for a in history(facts, identity(name))]


def test_every_version_has_its_edition_number_and_change_newest_first(three):
    assert told("c") == [
        ("amended-2009", "2.3", ["Substantive change", "Renumbered", "Moved"]),
        ("final-2008", "1.3", ["Substantive change"]),
        ("draft-2007", "1.3", ["First edition here"]),
    ]


def test_editions_in_which_it_stood_unchanged_share_a_line(three):
    for year in (2010, 2011):
        factories.issued(
            three,
            [factories.section("Aims", [block("a", "1.1", "Parks are for everybody.")], number="1")],
            slug=f"e{year}", published=date(year, 1, 1), statements=[factories.statement("1.1")],
        )  # fmt: skip
    facts = find_document("three")
    assert facts
    newest = history(facts, identity("a"))[0]
    assert newest.edition.slug == "final-2008"
    assert [words for words, _ in newest.unchanged_in] == ["Amended 2009", "E2010", "E2011"]


def test_splits_and_mergers_are_told_from_both_ends(three):
    facts = find_document("three")
    assert facts
    split_off = history(facts, identity("y"))[0]
    assert (split_off.happened, split_off.origins) == (
        ["Split"],
        [("1.2", "/guidance/three/para/1.2/?edition=final-2008")],
    )
    assert history(facts, identity("b"))[0].destinations == [
        ("1.2A", "/guidance/three/para/1.2A/?edition=amended-2009")
    ]
    gone = history(facts, identity("f"))[0]
    assert (gone.present, gone.happened) == (False, ["Merged"])
    assert gone.destinations == [("2.2", "/guidance/three/para/2.2/?edition=amended-2009")]
    assert history(facts, identity("g"))[0].origins[0][0] == "2.1"


def test_what_was_removed_says_when_and_why(three):
    assert told("e")[0] == ("final-2008", "1.5", ["Removed"])
    last = life_of(three.pk, identity("e"))[-1]
    assert (last.present, last.changes, last.reasons) == (False, ["removed"], ["Said elsewhere."])
    assert last.text == "Bands may play on Sundays."


def test_a_paragraph_of_another_document_has_no_life_here(three):
    other = factories.document()
    assert life_of(other.pk, identity("a")) == []


def test_the_page_shows_the_words_that_changed_and_why(client, three):
    page = html.fromstring(client.get("/guidance/three/para/1.2/").content.decode())
    first, second, third = page.find_class("moment")
    assert [e.text for e in first.iter("ins")] == ["every day"]
    assert [e.text for e in second.iter("del")] == ["should"]
    assert "The duty was strengthened after consultation." in second.text_content()
    assert "Was without a stated status, now statutory guidance" in second.text_content()
    assert not third.xpath(".//details")


def test_what_was_known_before_an_edition_does_not_tell_of_it(three):
    known = find_document("three", known_on=Edition.objects.get(slug="final-2008").issued_at)
    assert known
    assert [a.edition.slug for a in history(known, identity("e"))] == ["final-2008", "draft-2007"]
    assert [a.edition.slug for a in history(known, identity("c"))] == ["final-2008", "draft-2007"]


@pytest.mark.parametrize("editions", [2, 12])
def test_a_history_costs_two_queries_however_long(django_assert_num_queries, editions):
    document = factories.document("long")
    for n in range(editions):
        factories.issued(
            document,
            [factories.section(blocks=[block("a", "1.1", f"Words {n // 2}.")], number="1")],
            slug=f"e{n}", published=date(2009, 1, 1 + n),
        )  # fmt: skip
    facts = find_document("long")
    assert facts
    with django_assert_num_queries(2):
        found = history(facts, identity("a"))
    assert len(found) == (editions + 1) // 2
