"""What applied on any date, and as the site knew it on a day: no future edition is shown as current."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from guidance.models import Withdrawal
from tests import factories
from tests.guidance.views.conftest import IDENTITY, sections

pytestmark = pytest.mark.django_db
PARA = "/guidance/trees/para/2.13/"


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def issue(document, slug, words, published, in_force_from, at, stage="final", **more):
    iso = date.fromisoformat
    return factories.issued(
        document, sections(words), slug=slug, title=slug.capitalize(), stage=stage,
        published=iso(published), in_force_from=in_force_from and iso(in_force_from),
        now=datetime.fromisoformat(at).replace(tzinfo=UTC), **more,
    )  # fmt: skip


@pytest.fixture
def trees(db):
    """Today is 15 June 2010. First words since July 2008; a corrigendum that the site got late; second
    words since April 2009; third words to come; fourth, published but to be published in 2011."""
    document = factories.document("trees", "Keeping trees")
    issue(document, "draft", "Draft words.", "2007-11-01", None, "2007-11-01T09:00", "consultation")
    first = issue(document, "first", "First words.", "2008-06-01", "2008-07-01", "2008-06-02T09:00")
    issue(
        document, "corrigendum", "Corrected words.", "2008-08-01", "2008-07-01", "2008-09-01T09:00",
        "corrigendum", corrects=first, correction="A slip.",
    )  # fmt: skip
    issue(document, "second", "Second words.", "2009-03-01", "2009-04-01", "2009-03-01T09:00")
    issue(document, "third", "Third words.", "2010-06-01", "2011-01-01", "2010-06-01T09:00")
    issue(document, "fourth", "Fourth words.", "2011-06-01", "2010-01-01", "2010-06-10T22:30")
    return document


SAID = [
    # as at, known on, words, or None where nothing applied
    ("", "", "Second words."),
    ("2008-06-30", "", None),
    ("2008-07-01", "", "First words."),
    ("2008-07-31", "", "First words."),
    ("2008-08-01", "", "Corrected words."),
    ("2009-03-31", "", "Corrected words."),
    ("2009-04-01", "", "Second words."),
    ("2010-06-15", "", "Second words."),
    ("2010-12-31", "", "Second words."),
    ("2011-01-01", "", "Third words."),
    ("2011-06-01", "", "Third words."),
    ("9999-12-31", "", "Third words."),
    ("0001-01-01", "", None),
    ("2008-08-15", "2008-08-31", "First words."),
    ("2008-08-15", "2008-09-01", "Corrected words."),
    ("2011-01-01", "2010-05-31", "Second words."),
    ("2011-01-01", "2010-06-01", "Third words."),
    ("2009-04-01", "2008-12-31", "Corrected words."),
    ("2008-07-01", "2008-06-01", None),
    ("", "2008-07-15", "First words."),
    ("", "2009-03-31", "Corrected words."),
    ("", "2008-06-10", None),
]


ALL_WORDS = [
    f"{name} words." for name in ("First", "Second", "Third", "Fourth", "Corrected", "Draft")
]


def test_a_paragraph_on_any_date_as_known_on_any_day(client, trees):
    for as_at, known_on, words in SAID:
        page = client.get(PARA, {"as_at": as_at, "known_on": known_on})
        said = text(page).split("On another date")[0]
        assert page.status_code == (200 if words else 404), (as_at, known_on)
        assert [w for w in ALL_WORDS if w in said] == ([words] if words else []), (as_at, known_on)
        assert ("No edition was in force on" in said) == (words is None)


def test_the_document_on_any_date_leads_to_the_words_of_that_date(client, trees):
    for as_at, known_on, words in SAID:
        if not as_at:
            continue
        query = {"known_on": known_on} if known_on else {}
        page = client.get(f"/guidance/trees/as-at/{as_at}/", query)
        assert page.status_code == 200
        if words is None:
            assert "No edition was in force on" in text(page)
            continue
        pattern = r'href="(/guidance/trees/[\w-]+/governance/[^"#]*)"'
        section = re.search(pattern, page.content.decode())[1].replace("&amp;", "&")
        html = client.get(section).content.decode()
        assert words in html
        first_line = re.search(r'<p class="standing ([\w-]+)">(.*?)</p>', html, re.DOTALL)
        assert first_line[1] == "in-force"
        assert ("as this site knew it on" in first_line[2]) == bool(known_on)
        assert f"as_at={as_at}" in re.search(r'rel="prev" class="prev" href="([^"]+)"', html)[1]


def test_a_future_edition_is_nowhere_called_current(client, trees):
    for address in ("/guidance/trees/", PARA, "/guidance/trees/as-at/2010-06-15/", "/guidance/"):
        words = text(client.get(address))
        assert "In force since 1 April 2009" in words
        assert "In force since 1 January 2011" not in words
    for slug, words in (
        ("third", "Not yet in force: applies from 1 January 2011"),
        ("fourth", "Replaced before it came into force"),
    ):
        for address in (
            f"/guidance/trees/{slug}/",
            f"/guidance/trees/{slug}/governance/",
            f"{PARA}?edition={slug}",
        ):
            page = client.get(address)
            assert words in text(page), address
            assert "In force since" not in text(page), address


def test_a_day_to_come_is_told_as_far_as_it_is_known(client, trees):
    words = "In force since 1 January 2011 Final edition · as at 1 January 2011 ( change the date ) · as far as is known today"
    for address in (
        "as-at/2011-01-01/",
        "para/2.13/?as_at=2011-01-01",
        "third/governance/?as_at=2011-01-01",
    ):
        assert words in text(client.get(f"/guidance/trees/{address}"))
    assert "is known today" not in text(client.get("/guidance/trees/as-at/2010-06-15/"))


def test_the_first_line_says_whose_knowledge_it_is_with_the_way_back(client, trees):
    page = client.get(f"{PARA}?as_at=2008-08-15&known_on=2008-08-31")
    line = "as at 15 August 2008 ( change the date ) · as this site knew it on 31 August 2008"
    assert line in text(page)
    assert f'href="{PARA}?as_at=2008-08-15">what it knows now</a>' in page.content.decode()
    page = client.get("/guidance/trees/as-at/2008-08-15/?known_on=2008-08-31")
    assert "as this site knew it on 31 August 2008" in text(page)
    assert 'href="/guidance/trees/as-at/2008-08-15/">what it knows now</a>' in page.content.decode()


def test_as_known_then_no_later_edition_is_named(client, trees):
    for address in (
        f"{PARA}?as_at=2008-08-15&known_on=2008-08-31",
        "/guidance/trees/as-at/2008-08-15/?known_on=2008-08-31",
    ):
        words = text(client.get(address))
        for later in ("Corrigendum", "Second", "Third", "Fourth"):
            assert later not in words, (address, later)


def test_the_end_of_a_day_is_that_of_london(client, trees):
    """Half past eleven at night in British summer time is half past ten in UTC."""
    page = client.get("/guidance/trees/fourth/governance/?as_at=2010-06-15&known_on=2010-06-10")
    assert page.status_code == 200
    page = client.get("/guidance/trees/fourth/governance/?as_at=2010-06-15&known_on=2010-06-09")
    assert page.status_code == 404


def test_a_form_leads_from_every_page_to_another_date(client, trees):
    for address in (
        "/guidance/trees/",
        "/guidance/trees/first/",
        "/guidance/trees/as-at/2009-01-01/",
        PARA,
    ):
        html = client.get(address).content.decode()
        assert 'id="as-at"' in html, address
        assert 'name="as_at"' in html, address
        assert 'href="#as-at">change' in html, address
    section = client.get("/guidance/trees/first/governance/").content.decode()
    assert 'href="/guidance/trees/#as-at">change' in section
    moved = client.get("/guidance/trees/", {"as_at": "2008-08-15", "known_on": ""})
    assert moved["Location"] == "/guidance/trees/as-at/2008-08-15/"
    moved = client.get("/guidance/trees/", {"as_at": "2008-08-15", "known_on": "2008-08-31"})
    assert moved["Location"] == "/guidance/trees/as-at/2008-08-15/?known_on=2008-08-31"


WRITE_IT = "Write the date as year, month and day, like 2008-07-01."
WRONG = [
    ("as_at=1.7.2008", "as_at", WRITE_IT),
    ("as_at=2008-02-30", "as_at", WRITE_IT),
    ("as_at=20080701", "as_at", WRITE_IT),
    ("as_at=%3Cb%3E", "as_at", WRITE_IT),
    ("as_at=10000-01-01", "as_at", WRITE_IT),
    ("as_at=2008-07-01&known_on=never", "known_on", WRITE_IT),
    ("known_on=2010-06-16", "known_on", "16 June 2010 has not come yet"),
]


def test_a_wrong_date_is_told_at_its_field_with_what_was_given(client, trees):
    for address in (PARA, "/guidance/trees/", "/guidance/trees/first/governance/"):
        for query, field, words in WRONG:
            page = client.get(f"{address}?{query}")
            html = page.content.decode()
            assert page.status_code == 400, (address, query)
            assert f'id="{field}-error"' in html
            assert words in text(page)
            given = re.search(rf"{field}=([^&]*)", query)[1].replace("%3Cb%3E", "&lt;b&gt;")
            assert f'name="{field}" value="{given}"' in html


def test_a_wrong_date_in_the_path_is_told_too(client, trees):
    assert client.get("/guidance/trees/as-at/2010-13-01/").status_code == 400
    assert client.get("/guidance/trees/as-at/2010-01-01/?known_on=2030-01-01").status_code == 400


def test_before_the_site_knew_of_the_document_it_says_since_when_it_does(client, trees):
    for address in (PARA, "/guidance/trees/as-at/2008-01-01/", "/guidance/trees/first/governance/"):
        page = client.get(f"{address}?known_on=2007-10-31")
        assert page.status_code == 404
        assert "This site knew nothing of Keeping trees on 31 October 2007" in text(page)
        assert "Its first edition was published here on 1 November 2007" in text(page)


def test_what_the_site_knows_today_may_be_asked_for(client, trees):
    assert "as this site knew it on 15 June 2010" in text(client.get(f"{PARA}?known_on=2010-06-15"))


def test_a_withdrawal_in_the_future_and_as_known_before_it(client, trees):
    Withdrawal.objects.create(
        document=trees, withdrawn_from=date(2012, 1, 1), reason="Done.",
        made_on=date(2010, 6, 12), made_at=datetime(2010, 6, 12, 9, tzinfo=UTC),
    )  # fmt: skip
    assert "Third words." in text(client.get(f"{PARA}?as_at=2011-12-31"))
    assert client.get(f"{PARA}?as_at=2012-01-01").status_code == 404
    assert "Third words." in text(client.get(f"{PARA}?as_at=2012-01-01&known_on=2010-06-11"))
    assert "Second words." in text(client.get(PARA))


def test_a_section_on_a_date_is_kept_apart_from_the_one_of_today(client, trees, settings):
    settings.READING_UNASKED_SECONDS = 60.0
    address = "/guidance/trees/first/governance/"
    for query, words in (
        ("", "Superseded on 1 August 2008"),
        ("?as_at=2008-07-15", "In force since 1 July 2008"),
        ("?as_at=2008-06-15", "Not yet in force"),
        ("?as_at=2008-07-15&known_on=2008-07-15", "as this site knew it on 15 July 2008"),
    ):
        for _ in range(2):
            assert words in text(client.get(address + query)), query
    assert "Superseded on 1 August 2008" in text(client.get(f"{address}?utm_source=letter"))


def test_pages_on_a_date_cost_no_more_queries(client, trees, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get("/guidance/trees/as-at/2009-01-01/")
    with django_assert_max_num_queries(9):
        client.get(f"{PARA}?as_at=2009-06-01")
    with django_assert_max_num_queries(10):
        client.get(f"{PARA}?as_at=2008-07-15&known_on=2008-09-01")
    assert str(IDENTITY) not in text(client.get(PARA))
