"""A withdrawn document says so and why, and stays readable; a corrigendum and what it corrects."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from guidance.models import Withdrawal
from tests import factories
from tests.guidance.views.conftest import sections

pytestmark = pytest.mark.django_db
FINAL = "/guidance/parks/final-2008/"
REASON = "The Act <that> it rested on was repealed."


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def withdraw(document, since=date(2010, 5, 1), made=date(2010, 4, 1)):
    return Withdrawal.objects.create(
        document=document, withdrawn_from=since, reason=REASON,
        made_on=made, made_at=datetime(made.year, made.month, made.day, 9, tzinfo=UTC),
    )  # fmt: skip


ADDRESSES = (
    "/guidance/parks/",
    FINAL,
    f"{FINAL}governance/",
    f"{FINAL}status/",
    "/guidance/parks/para/2.13/",
)


def test_every_page_of_a_withdrawn_document_says_so_and_why(client, parks):
    withdraw(parks)
    for address in ADDRESSES:
        page = client.get(address)
        assert page.status_code == 200
        assert "Withdrawn on 1 May 2010" in text(page)
        assert 'class="standing withdrawn"' in page.content.decode()
        assert "Why: The Act &lt;that&gt; it rested on was repealed." in page.content.decode()
        assert "In force since" not in text(page)


def test_its_words_stay_readable(client, parks):
    withdraw(parks)
    assert "An authority must consult." in text(client.get("/guidance/parks/para/2.13/"))
    assert "An authority must consult." in text(client.get(f"{FINAL}governance/"))


def test_before_its_day_a_withdrawal_is_announced_and_changes_nothing_else(client, parks):
    withdraw(parks, since=date(2010, 7, 1))
    words = text(client.get("/guidance/parks/"))
    assert "In force since 1 July 2008" in words
    assert "withdrawn from 1 July 2010" in words
    assert "was repealed" in words


def test_on_a_date_a_withdrawn_document_applied_or_did_not(client, parks):
    withdraw(parks)
    for day, words in (
        ("2010-04-30", "In force since 1 July 2008"),
        ("2010-05-01", "No edition was in force on 1 May 2010"),
        ("2030-01-01", "No edition was in force on 1 January 2030"),
    ):
        assert words in text(client.get(f"/guidance/parks/as-at/{day}/"))


@pytest.fixture
def old(db):
    """A document that was published here on 2 June 2008."""
    document = factories.document("old", "Old guidance")
    factories.issued(
        document, sections(), slug="first", published=date(2008, 6, 1),
        now=datetime(2008, 6, 2, 12, tzinfo=UTC),
    )  # fmt: skip
    return document


def test_as_known_before_it_was_withdrawn_it_was_in_force(client, old):
    withdraw(old, made=date(2010, 4, 1))
    day = "/guidance/old/as-at/2010-06-01/"
    assert "No edition was in force on 1 June 2010" in text(client.get(day))
    words = text(client.get(f"{day}?known_on=2010-03-31"))
    assert "In force since 1 June 2008" in words
    assert "ithdrawn" not in words
    assert "No edition was in force on 1 June 2010, as this site knew it on 1 April 2010" in text(
        client.get(f"{day}?known_on=2010-04-01")
    )


def test_the_index_lists_it_apart(client, parks):
    withdraw(parks)
    other = factories.document("trees", "Keeping trees")
    factories.issued(other, slug="first", published=date(2009, 1, 1))
    words = text(client.get("/guidance/"))
    assert (
        words.index("Keeping trees") < words.index("Withdrawn") < words.index("Keeping parks open")
    )


def test_an_edition_after_the_withdrawal_applies_again(client, parks):
    withdraw(parks)
    factories.issued(
        parks, sections("Anew."), slug="anew", title="Anew", published=date(2010, 6, 1)
    )
    assert "In force since 1 June 2010" in text(client.get("/guidance/parks/"))
    assert "Withdrawn on 1 May 2010" in text(client.get(FINAL))


def test_a_page_that_a_withdrawal_changed_is_sent_again(client, old):
    address = "/guidance/old/para/2.13/"
    first = client.get(address)
    assert first["Last-Modified"] == "Mon, 14 Jun 2010 23:00:00 GMT"
    withdraw(old)
    headers = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(address, headers=headers).status_code == 200
    now = client.get(address)
    assert client.get(address, headers={"If-None-Match": now["ETag"]}).status_code == 304


def test_a_corrigendum_and_the_edition_it_corrects_point_to_each_other(client, parks):
    wrong = parks.issued_editions.get(slug="final-2008")
    factories.issued(
        parks, sections(), slug="corrigendum", title="Corrigendum 1", stage="corrigendum",
        published=date(2008, 8, 1), in_force_from=date(2008, 7, 1),
        corrects=wrong, correction="Paragraph 2.13 said may. It says must.",
    )  # fmt: skip
    words = text(client.get("/guidance/parks/corrigendum/"))
    assert "Corrects Final edition, 2008 Paragraph 2.13 said may. It says must." in words
    assert f'href="{FINAL}"' in client.get("/guidance/parks/corrigendum/").content.decode()
    words = text(client.get(FINAL))
    assert "Corrected by Corrigendum 1 Paragraph 2.13 said may." in words
    assert "Superseded on 1 August 2008" in words
