"""The landing page: what it tells of what is published, and nothing of what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from guidance.consultations import Consultation, register_source
from guidance.models import Withdrawal
from home.models import Bundle, FolderItem
from tests import factories
from tests.home.front_door_samples import world

QUERIES = 10
"""The kinds of authority, the editions, the withdrawals, the folder, and twice the consultations, which
a process otherwise keeps for a second."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2010")]


def part(client, name):
    """The words of a section of the page, by the id of its heading."""
    page = html.fromstring(client.get("/").content)
    [section] = page.xpath(f'//section[@aria-labelledby="{name}"]')
    return " ".join(section.text_content().split())


def issued(document=None, **fields):
    document = document or factories.document("parks", summary="About parks.")
    at = timezone.make_aware(datetime(2010, 6, 1 + len(document.issued_editions.all())))
    return factories.issued(document, now=at, **fields)


def test_an_empty_site_says_so_and_can_still_be_searched(client):
    page = html.fromstring(client.get("/").content)
    assert "No guidance is in force." in page.text_content()
    assert page.xpath('//form[@action="/search/" and @method="get"]//input[@name="q"]')


def test_what_is_in_force_is_told_with_its_day(client):
    issued(published=date(2008, 7, 1))
    assert "Keeping parks open About parks. In force since 1 July 2008" in part(client, "in-force")


def test_what_is_not_yet_in_force_stands_under_what_is_coming(client):
    edition = issued(published=date(2010, 6, 1), in_force_from=date(2010, 9, 1))
    assert "applies from 1 September 2010" in part(client, "coming")
    assert edition.title not in part(client, "in-force")


def test_a_draft_is_out_for_consultation_until_something_is_published_after_it(client):
    first = issued(stage="consultation", published=date(2007, 11, 1))
    assert "Keeping parks open Draft published 1 November 2007" in part(
        client, "out-for-consultation"
    )
    issued(document=first.document, published=date(2008, 7, 1))
    assert "No draft is out" in part(client, "out-for-consultation")


def test_what_changed_lately_is_newest_first_with_the_way_to_what_changed(client):
    first = issued(published=date(2008, 7, 1), title="First")
    issued(document=first.document, published=date(2009, 7, 1), slug="second", title="Second")
    words = part(client, "changed-lately")
    assert words.index("Second") < words.index("Published 1 July 2008")
    assert "What changed since First" in words


def test_a_withdrawal_is_a_change_and_takes_the_document_from_what_is_in_force(client):
    first = issued(published=date(2008, 7, 1))
    Withdrawal.objects.create(
        document=first.document, withdrawn_from=date(2010, 6, 14), made_on=date(2010, 6, 14),
        made_at=timezone.make_aware(datetime(2010, 6, 14)), reason="The Act was repealed.",
    )  # fmt: skip
    assert "Withdrawn from 14 June 2010" in part(client, "changed-lately")
    assert "Keeping parks open" not in part(client, "in-force")


@pytest.fixture
def consultation():
    """Makes consultations known, as the app that holds them does."""
    yield lambda *known: register_source("test", lambda: known)
    register_source("test", tuple)


def test_an_open_consultation_says_until_when_and_stands_for_its_draft(client, consultation):
    issued(stage="consultation", published=date(2010, 5, 1))
    noon = timezone.localtime()
    asked = Consultation(
        "parks", "Have your say", "/consultations/parks/", noon - timedelta(days=9), noon + timedelta(hours=30)
    )  # fmt: skip
    consultation(asked)
    words = part(client, "out-for-consultation")
    assert "Have your say Open until 6pm on 16 June 2010" in words
    assert "Draft published" not in words
    consultation(replace(asked, closes=noon - timedelta(hours=1)))
    words = part(client, "out-for-consultation")
    assert "Have your say" not in words
    assert "No draft is out for consultation" in words


def test_what_the_folder_plans_is_coming_in_the_plans_own_words(client):
    bundle = Bundle.objects.create(title="Places", slug="places")
    FolderItem.objects.create(bundle=bundle, title="Small parks", slug="small-parks", lead="Ann")
    assert "Small parks Planned · Ann" in part(client, "coming")


@pytest.mark.parametrize("documents", [1, 10])
def test_the_landing_page_asks_no_more_as_guidance_grows(
    client, django_assert_num_queries, documents
):
    world(documents)
    bundle = Bundle.objects.create(title="Places", slug="places")
    for n in range(documents):
        FolderItem.objects.create(bundle=bundle, title=f"Item {n}", slug=f"item-{n}")
    with django_assert_num_queries(QUERIES):
        assert client.get("/").status_code == 200


def test_an_unpublished_draft_shows_nowhere(client):
    factories.draft(factories.document("secret", "Secret plans"), title="Secret edition")
    assert b"Secret" not in client.get("/").content


def test_what_is_published_is_seen_at_the_next_request(client):
    client.get("/")
    issued(published=date(2008, 7, 1))
    assert "Keeping parks open" in part(client, "in-force")


def test_every_page_links_to_what_the_site_says_of_itself(client):
    addresses = {a.get("href") for a in html.fromstring(client.get("/guidance/").content).iter("a")}
    assert {"/accessibility/", "/privacy/", "/cookies/", "/licence/"} <= addresses


@pytest.mark.parametrize("name", ["accessibility", "privacy", "cookies", "licence"])
def test_what_the_site_says_of_itself_costs_no_query(client, django_assert_num_queries, name):
    with django_assert_num_queries(0):
        assert client.get(f"/{name}/").status_code == 200


def test_the_page_of_cookies_names_every_cookie_that_is_set(client, settings):
    factories.user("editor@example.org")
    world()
    client.post("/duties/", {"authority": "county-councils"})
    client.get("/certificates/check/")
    client.post("/admin/login/", {"username": "editor@example.org", "password": "x"})
    words = client.get("/cookies/").content.decode()
    assert len(client.cookies) >= 3
    for name in client.cookies:
        assert f"<code>{name}</code>" in words


def test_whom_to_write_to_is_told_where_it_was_set(client, settings):
    settings.CONTACT_EMAIL, settings.OPERATOR = "help@example.org", "The Department"
    words = client.get("/accessibility/").content
    assert b"mailto:help@example.org" in words
    assert b"The Department" in words


def test_reading_sets_no_cookie(client):
    world()
    for address in ("/", "/duties/", "/duties/county-councils/", "/cookies/", "/guidance/"):
        assert not client.get(address).cookies, address
