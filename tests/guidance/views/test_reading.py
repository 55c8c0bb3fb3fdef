"""What a reader sees at each address, and what nobody sees."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from guidance.rendering import addresses
from tests import factories
from tests.guidance.views.conftest import IDENTITY, sections

pytestmark = pytest.mark.django_db
FINAL = "/guidance/parks/final-2008/"


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_addresses_are_those_that_the_site_answers():
    assert reverse("guidance:index") == addresses.INDEX
    assert addresses.document_path("parks") == reverse("guidance:document", args=["parks"])
    assert addresses.edition_path("a", "b") == reverse("guidance:edition", args=["a", "b"])
    assert addresses.section_path("a", "b", "c") == reverse(
        "guidance:section", args=["a", "b", "c"]
    )
    assert addresses.status_path("a", "b") == reverse("guidance:status", args=["a", "b"])
    assert addresses.status_path("a", "b", 2).endswith("/status/#statement-3")
    day = date(2008, 7, 1)
    assert addresses.as_at_path("a", day) == reverse("guidance:as_at", args=["a", "2008-07-01"])
    assert addresses.paragraph_path("a", "2.13") == reverse(
        "guidance:paragraph", args=["a", "2.13"]
    )
    assert addresses.paragraph_path("a", "2.13", as_at=day).endswith("/para/2.13/?as_at=2008-07-01")


def test_the_document_shows_what_is_in_force_and_all_editions(client, parks):
    page = client.get("/guidance/parks/")
    words = text(page)
    assert page.status_code == 200
    assert "In force since 1 July 2008" in words
    assert "Parks &amp; how to keep them." in words
    assert words.index("Final edition, 2008") < words.index("Draft for consultation, 2007")
    assert f'href="{FINAL}governance/"' in page.content.decode()


def test_the_edition_says_what_it_declares(client, parks):
    words = text(client.get(FINAL))
    edition = parks.issued_editions.get(slug="final-2008")
    assert edition.digest in words
    assert "Final edition" in words
    assert "section 3A of the Local Government Act 1999" in words


def test_a_section_reads_with_numbers_boxes_terms_and_notes(client, parks):
    page = client.get(f"{FINAL}governance/")
    html = page.content.decode()
    assert page.status_code == 200
    assert 'id="2.13"' in html
    assert "Data sharing" in html
    assert "See the Act." in html
    assert "In force since 1 July 2008" in html
    assert "<title>2 Governance – Keeping parks open – Statutory guidance</title>" in html


def test_the_draft_says_that_it_is_one_and_where_what_applies_is(client, parks):
    html = client.get("/guidance/parks/draft-2007/governance/").content.decode()
    assert "Draft for consultation, published 1 November 2007" in html
    assert f'href="{FINAL}">see what is in force</a>' in html


def test_a_paragraph_gives_its_basis_with_the_statement_it_rests_on(client, parks):
    page = client.get("/guidance/parks/para/2.13/")
    html = page.content.decode()
    assert "An authority must consult." in html
    assert 'href="https://www.legislation.gov.uk/ukpga/1999/27/section/3A"' in html
    assert f'href="{FINAL}status/#statement-1"' in html
    assert 'id="statement-1"' in client.get(f"{FINAL}status/").content.decode()
    assert '<details class="notes" open>' in html


def test_a_paragraph_lists_its_versions_by_identity_whatever_their_number(client, parks):
    words = text(client.get("/guidance/parks/para/2.13/"))
    assert "Draft for consultation, 2007 1 November 2007 2.12 First edition here" in words
    assert IDENTITY.hex not in words


def test_a_paragraph_can_be_cited_with_edition_date_and_digest(client, parks):
    words = text(client.get("/guidance/parks/para/2.13/"))
    found = re.search(
        r"Keeping parks open, paragraph 2\.13 \(Final edition, 2008, published 1 June 2008; digest (\w+)\)",
        words,
    )
    assert found
    digest = (
        parks.issued_editions.get(slug="final-2008").entries.get(reference="2.13").version.digest
    )
    assert digest.startswith(found[1])


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "An authority must consult."),
        ("?as_at=2008-07-01", 200, "An authority must consult."),
        ("?as_at=2008-06-30", 404, "No edition was in force on 30 June 2008"),
        ("?as_at=1.7.2008", 400, "Write the date as year, month and day, like 2008-07-01."),
        ("?as_at=2008-02-30", 400, "That is not a date"),
        ("?edition=final-2008", 200, "An authority must consult."),
        ("?edition=nothing", 404, "has no edition at this address"),
    ],
)
def test_a_paragraph_on_a_date_or_in_an_edition(client, parks, query, status, words):
    page = client.get(f"/guidance/parks/para/2.13/{query}")
    assert (page.status_code, words in text(page)) == (status, True)


def test_the_document_on_a_date_and_none_in_force_said_plainly(client, parks):
    assert "As at 1 July 2008" in text(client.get("/guidance/parks/as-at/2008-07-01/"))
    before = client.get("/guidance/parks/as-at/2008-06-30/")
    assert before.status_code == 200
    assert "No edition was in force on 30 June 2008" in text(before)
    assert client.get("/guidance/parks/as-at/yesterday/").status_code == 400
    moved = client.get("/guidance/parks/?as_at=2008-07-01")
    assert moved["Location"] == "/guidance/parks/as-at/2008-07-01/"


def test_a_future_edition_is_never_shown_as_current(client, parks):
    factories.issued(
        parks, sections("An authority may consult."), slug="final-2011", published=date(2010, 6, 1),
        in_force_from=date(2011, 1, 1),
    )  # fmt: skip
    assert "An authority must consult." in text(client.get("/guidance/parks/para/2.13/"))
    assert "In force since 1 July 2008" in text(client.get("/guidance/parks/"))
    coming = text(client.get("/guidance/parks/final-2011/governance/"))
    assert "Not yet in force: applies from 1 January 2011" in coming
    assert "In force since" not in coming


def test_a_new_edition_is_seen_at_once_though_pages_are_kept(client, parks):
    assert "In force since" in text(client.get(f"{FINAL}governance/"))
    factories.issued(parks, sections(), slug="final-2010", published=date(2010, 5, 1))
    assert "Superseded on 1 May 2010" in text(client.get(f"{FINAL}governance/"))


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/guidance/parks/para/2/13/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/para/2.13", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/paragraph/2.13/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/paragraphs/2-13/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/para/para%202.13/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/para/2.13(a)/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/para/BOX-Data-Sharing/", "/guidance/parks/para/box-data-sharing/"),
        ("/guidance/parks/2.13/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/2-13/", "/guidance/parks/para/2.13/"),
        ("/guidance/PARKS/para/2.13/", "/guidance/parks/para/2.13/"),
        ("/guidance/parks/final-2008/2-13/", "/guidance/parks/para/2.13/?edition=final-2008"),
        ("/guidance/parks/para/2.13a/?as_at=2009-01-01", None),
        (
            "/guidance/parks/para/2/13/?as_at=2009-01-01",
            "/guidance/parks/para/2.13/?as_at=2009-01-01",
        ),
    ],
)
def test_addresses_that_people_make_up_lead_to_the_paragraph(client, parks, asked, to):
    page = client.get(asked)
    assert page.status_code == (302 if to else 404)
    assert page.headers.get("Location") == to


def test_an_unknown_paragraph_names_its_neighbours(client, parks):
    page = client.get("/guidance/parks/para/2.14/")
    assert page.status_code == 404
    assert 'href="/guidance/parks/para/2.13/"' in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/guidance/nothing/",
        "/guidance/nothing/para/2.13/",
        "/guidance/nothing/as-at/2008-07-01/",
        "/guidance/parks/nothing/",
        "/guidance/parks/nothing/status/",
        "/guidance/parks/final-2008/nothing/",
        "/guidance/parks/para/9.99/",
    ],
)
def test_what_is_not_there_is_404_with_a_way_on(client, parks, address):
    page = client.get(address)
    assert page.status_code == 404
    assert "All guidance" in text(page)


def test_a_draft_leaves_through_no_door(client, parks):
    secret = factories.document("secret", "Unpublished document")
    factories.draft(secret, sections("Hidden words."), slug="first")
    factories.draft(parks, sections("Hidden words."), slug="final-2012", title="Hidden edition")
    for address in (
        "/", "/guidance/", "/guidance/parks/", "/guidance/parks/final-2012/", "/guidance/secret/",
        "/guidance/parks/final-2012/governance/", "/guidance/parks/final-2012/status/",
        "/guidance/parks/para/2.13/?edition=final-2012", "/guidance/secret/first/governance/",
        "/guidance/secret/para/2.13/", "/guidance/parks/as-at/2030-01-01/", "/guidance/secret/first/",
    ):  # fmt: skip
        words = text(client.get(address))
        assert "Hidden" not in words, address
        assert "Unpublished document" not in words, address
    assert client.get("/guidance/secret/").status_code == 404
    assert client.get("/guidance/parks/final-2012/").status_code == 404


ALL = [
    "/guidance/", "/guidance/parks/", FINAL, f"{FINAL}status/", f"{FINAL}governance/",
    "/guidance/parks/para/2.13/", "/guidance/parks/as-at/2009-01-01/",
]  # fmt: skip


@pytest.mark.parametrize("address", ["/", *ALL, "/guidance/parks/para/9.99/", "/nothing/"])
def test_no_page_has_inline_scripts_or_styles_or_touches_the_session(client, parks, address):
    page = client.get(address)
    html = page.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    data = r'type="application/ld\+json"'  # facts for machines, which no browser runs
    assert not re.search(rf"<script(?![^>]*\ssrc=)(?![^>]*{data})", html)
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert not page.cookies
    if address != "/":  # which differs by the authority that is remembered on the device
        assert "Cookie" not in page.headers.get("Vary", "")


@pytest.mark.parametrize("address", ALL[1:])
def test_a_page_that_one_has_is_not_sent_again(client, parks, address):
    page = client.get(address)
    assert page.headers["Cache-Control"] == "public, max-age=10"
    for header, value in (
        ("If-None-Match", page["ETag"]),
        ("If-Modified-Since", page["Last-Modified"]),
    ):
        again = client.get(address, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_etag_changes_with_the_first_line(client, parks):
    before = client.get(f"{FINAL}governance/")["ETag"]
    factories.issued(
        parks,
        sections(),
        slug="final-2011",
        published=date(2010, 6, 1),
        in_force_from=date(2011, 1, 1),
    )
    page = client.get(f"{FINAL}governance/", headers={"If-None-Match": before})
    assert page.status_code == 200
    assert "replaced from 1 January 2011" in text(page)


def test_no_cache_keeps_a_page_past_midnight(client, parks, monkeypatch, today):
    from datetime import datetime

    from django.utils import timezone

    late = datetime(2010, 6, 15, 23, 59, 55, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "localtime", lambda *a, **k: late)
    assert client.get(f"{FINAL}governance/").headers["Cache-Control"] == "public, max-age=5"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_pages_only_answer_to_reading(client, parks, method):
    assert getattr(client, method)(f"{FINAL}governance/").status_code == 405


def test_the_index_and_the_front_door_list_what_applies_and_what_is_out_for_consultation(
    client, parks
):
    play = factories.document("play", "Letting children play")
    factories.issued(play, stage="consultation", published=date(2010, 1, 1), title="Draft")
    for address, drafts in (
        ("/", "Out for consultation"),
        ("/guidance/", "Drafts for consultation"),
    ):
        words = text(client.get(address))
        assert words.index("Keeping parks open") < words.index(drafts)
        assert words.index(drafts) < words.index("Letting children play")


def test_a_document_leads_to_the_feed_of_its_editions(client, parks):
    [address] = re.findall(r'href="([^"]*\.atom)"', client.get("/guidance/parks/").content.decode())
    feed = client.get(address)
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "Keeping parks open" in feed.content.decode()
