"""A number that was cited stays an answer: the paragraph under its new number, never another's words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
PARKS = "/guidance/parks/para/"
A, B, C, D, E, F = (str(uuid4()) for _ in range(6))


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def edition(document, slug, title, paragraphs, published, **more):
    """An edition of the paragraphs {number: (identity, words)}, issued here on its day."""
    blocks = [
        factories.paragraph(number, words, key) for number, (key, words) in paragraphs.items()
    ]
    day = date.fromisoformat(published)
    return factories.issued(
        document, [factories.section("Governance", blocks, number="2", slug="governance")],
        slug=slug, title=title, published=day,
        now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC), **more,
    )  # fmt: skip


@pytest.fixture
def parks(db, monkeypatch):
    """2.1 stays; 2.2 becomes 2.3 in 2010 and its number goes to a new paragraph; 2.3 is merged into
    2.1; 2.4 is removed; 2.5 becomes 2.4 in the draft and 2.6 in 2010."""
    document = factories.document("parks", "Keeping parks open")
    first = {
        "2.1": (A, "Alpha."), "2.2": (B, "Bravo."), "2.3": (C, "Charlie."), "2.4": (D, "Delta."),
        "2.5": (E, "Echo."),
    }  # fmt: skip
    edition(document, "first", "Final 2008", first, "2008-07-01")
    amended = {
        "2.1": (A, "Alpha and Charlie."), "2.2": (F, "Foxtrot."), "2.3": (B, "Bravo."),
        "2.6": (E, "Echo."),
    }  # fmt: skip
    blocks = [factories.paragraph(number, words, key) for number, (key, words) in amended.items()]
    page = factories.draft(
        document, [factories.section("Governance", blocks, number="2", slug="governance")],
        slug="second", title="Final 2010", published=date(2010, 4, 1),
    )  # fmt: skip
    factories.decided(
        page,
        (UUID(C), UUID(A), "merged", "Both said the same."),
        (UUID(D), None, "removed", "It had served its purpose."),
    )
    from guidance.actions.publishing import publish_edition

    publish_edition(
        user=factories.user("publisher@example.org"),
        page=page,
        now=datetime(2010, 4, 1, 9, tzinfo=UTC),
    )
    return document


def test_an_old_number_that_was_one_paragraphs_alone_leads_to_it_and_says_so(client, parks):
    moved = client.get(f"{PARKS}2.5/")
    assert (moved.status_code, moved["Location"]) == (302, f"{PARKS}2.6/?asked=2.5")
    page = client.get(moved["Location"])
    words = text(page)
    assert "Echo." in words
    assert (
        "You asked for 2.5. That is the number of this paragraph in Final 2008; in Final 2010 it is 2.6."
        " Read 2.5 in Final 2008 ."
    ) in words
    assert f'href="{PARKS}2.5/?edition=first"' in page.content.decode()


def test_what_was_asked_for_is_never_repeated_unless_it_was_its_number(client, parks):
    for asked in ("9.9", "2.2", "<b>", "2.6", ""):
        assert "You asked for" not in text(client.get(f"{PARKS}2.6/", {"asked": asked}))


def test_dates_and_editions_asked_for_go_with_it(client, parks):
    moved = client.get(f"{PARKS}2.6/?as_at=2009-01-01")
    assert moved["Location"] == f"{PARKS}2.5/?as_at=2009-01-01&asked=2.6"
    words = text(client.get(moved["Location"]))
    assert (
        "You asked for 2.6. That is the number of this paragraph in Final 2010; in Final 2008 it is 2.5."
        in words
    )
    moved = client.get(f"{PARKS}2.5/?edition=second")
    assert moved["Location"] == f"{PARKS}2.6/?edition=second&asked=2.5"


def test_a_number_used_again_warns_who_had_it_before(client, parks):
    page = client.get(f"{PARKS}2.2/")
    words = text(page)
    assert "Foxtrot." in words
    assert (
        "Before 1 April 2010 the number 2.2 belonged to another paragraph, which is 2.3 in Final 2010."
    ) in words
    assert f'href="{PARKS}2.3/?edition=second"' in page.content.decode()
    assert f'href="{PARKS}2.2/?edition=first"' in page.content.decode()


def test_a_number_whose_first_holder_is_gone_says_so_too(client, parks):
    words = text(client.get(f"{PARKS}2.3/"))
    assert "Bravo." in words
    assert (
        "Before 1 April 2010 the number 2.3 belonged to another paragraph, which is not in Final 2010."
    ) in words


def test_before_it_changed_hands_the_number_warns_who_will_have_it(client, parks):
    words = text(client.get(f"{PARKS}2.2/?as_at=2009-01-01"))
    assert "Bravo." in words
    assert "From 1 April 2010 the number 2.2 belongs to another paragraph" in words
    assert "In Final 2010 this paragraph is 2.3." in words


def test_a_removed_paragraph_is_gone_with_its_reason_and_its_last_words(client, parks):
    page = client.get(f"{PARKS}2.4/")
    words = text(page)
    assert page.status_code == 404
    assert "Paragraph 2.4 is not in Final 2010" in words
    assert (
        "2.4 stands in Final 2008. It was removed by Final 2010."
        " The reason given: It had served its purpose. Read 2.4 in Final 2008 ."
    ) in words
    assert f'href="{PARKS}2.4/?edition=first"' in page.content.decode()
    last = text(client.get(f"{PARKS}2.4/?edition=first"))
    assert "This paragraph is not in Final 2010. It was removed by Final 2010." in last
    assert "Delta." in last


def test_a_merged_paragraph_leads_to_what_took_it_up(client, parks):
    page = client.get(f"{PARKS}2.3/?as_at=2008-07-01")
    words = text(page)
    assert "Charlie." in words
    assert (
        "This paragraph is not in Final 2010. It was merged into 2.1 by Final 2010."
        " The reason given: Both said the same. Read 2.1 in Final 2010 ."
    ) in words
    assert f'href="{PARKS}2.1/?edition=second"' in page.content.decode()


def test_one_that_never_changed_says_nothing(client, parks):
    html = client.get(f"{PARKS}2.1/").content.decode()
    assert "govuk-inset-text" not in html


def test_more_than_one_holder_is_a_choice_and_no_guess(client, parks):
    third = {"2.1": (A, "Alpha and Charlie."), "2.3": (B, "Bravo."), "2.6": (E, "Echo.")}
    edition(parks, "third", "Final 2011", third, "2010-05-01")
    fourth = {"2.1": (A, "Alpha and Charlie."), "2.7": (B, "Bravo."), "2.6": (E, "Echo.")}
    edition(parks, "fourth", "Final 2012", fourth, "2010-06-01")
    page = client.get(f"{PARKS}2.3/")
    words = text(page)
    assert page.status_code == 404
    assert "2.3 in Final 2011 and Final 2010 is 2.7 in Final 2012." in words
    assert "2.3 stands in Final 2008. It was merged into 2.1 by Final 2010." in words
    assert client.get(f"{PARKS}2.2/").status_code == 404
    assert "2.2 stands in Final 2010. It was removed by Final 2011." in text(
        client.get(f"{PARKS}2.2/")
    )


def test_numbers_of_drafts_are_told_quietly(client, parks):
    draft = {"2.1": (A, "Alpha."), "2.2": (E, "Echo.")}
    edition(parks, "draft", "Draft 2010", draft, "2010-05-01", stage="consultation")
    page = client.get(f"{PARKS}2.2/")
    inset, _, facts = page.content.decode().partition("paragraph-large")
    assert "Draft 2010" not in inset.partition("govuk-inset-text")[2]
    assert (
        "In Draft 2010 the number 2.2 belongs to another paragraph, which is 2.6 in Final 2010."
        in facts
    )


def test_as_known_before_it_changed_hands_nothing_is_said_of_it(client, parks):
    words = text(client.get(f"{PARKS}2.2/?known_on=2009-01-01"))
    assert "Bravo." in words
    assert "Final 2010" not in words


def test_a_loose_form_of_an_old_number_is_found(client, parks):
    first = client.get(f"{PARKS}2/5/")
    assert first["Location"] == f"{PARKS}2.5/"
    assert client.get(first["Location"])["Location"] == f"{PARKS}2.6/?asked=2.5"


def test_queries_do_not_grow_with_what_happened(client, parks, django_assert_max_num_queries):
    for address, most in (
        (f"{PARKS}2.2/", 9),
        (f"{PARKS}2.4/?edition=first", 10),
        (f"{PARKS}2.4/", 7),
    ):
        with django_assert_max_num_queries(most):
            client.get(address)
