"""Results as CSV, JSON and Atom: the same rows, safe to open, valid."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.utils.dateparse import parse_datetime
from lxml import etree

from guidance.models import Edition
from search.views import files
from tests.search.views.conftest import BESIDE, UNPUBLISHED

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = "http://testserver"


@pytest.fixture
def get(client, parks):
    def ask(query: str, form: str):
        response = client.get(f"/search/?{query}&format={form}")
        assert response.status_code == 200, response.content
        return response

    return ask


def read_csv(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_all_three_have_the_same_rows_beyond_the_first_page(get):
    rows = read_csv(get("q=playground", "csv"))
    said = get("q=playground", "json").json()
    feed = etree.fromstring(get("q=playground", "atom").content)
    assert said["count"] == said["shown"] == len(rows) == 20
    entries = feed.findall("a:entry", ATOM)
    addresses = [row["Address"] for row in rows]
    assert [r["address"] for r in said["results"]] == addresses
    assert [e.find("a:link", ATOM).get("href") for e in entries] == addresses
    assert [r["extract"] for r in said["results"]] == [
        e.findtext("a:summary", "", ATOM) for e in entries
    ]
    assert [
        {k.lower(): v for k, v in row.items()} for row in rows if not row["Extract"].startswith("'")
    ] == [
        {k: v for k, v in r.items() if k != "id"}
        for r in said["results"]
        if not r["extract"].startswith("=")
    ]
    (duty,) = [r for r in said["results"] if r["number"] == "2.1"]
    assert duty["address"] == f"{SITE}/guidance/parks/para/2.1/"
    assert duty["edition"] == "Second edition"
    assert duty["status"] == "statutory"
    assert "section 3A" in duty["basis"]
    assert duty["standing"] == "In force since 1 July 2008"


def test_no_cell_is_a_formula(get):
    rows = read_csv(get("q=playground", "csv"))
    assert any(row["Extract"].startswith("'=SUM(A1)") for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_the_feed_is_stable_and_says_when_editions_were_published(get):
    first, second = get("q=playground", "atom"), get("q=playground", "atom")
    assert first.content == second.content
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(first.content)
    issued = Edition.objects.get(slug="final-2010").issued_at.replace(microsecond=0)
    assert parse_datetime(feed.findtext("a:updated", "", ATOM)) == issued
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert feed.find(path, ATOM) is not None, path
    entries = feed.findall("a:entry", ATOM)
    assert len({e.findtext("a:id", "", ATOM) for e in entries}) == len(entries)
    for path in ("a:id", "a:title", "a:updated", "a:link", "a:summary"):
        assert all(e.find(path, ATOM) is not None for e in entries), path


def test_a_feed_of_nothing_is_still_a_feed(get):
    feed = etree.fromstring(get("q=qqqq%0B%00", "atom").content)
    assert feed.findall("a:entry", ATOM) == []
    assert parse_datetime(feed.findtext("a:updated", "", ATOM))


def test_a_file_has_so_many_rows_and_says_how_many_there_are(get, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 7)
    said = get("q=playground", "json").json()
    assert (said["count"], said["shown"], len(said["results"])) == (20, 7, 7)


@pytest.mark.parametrize("form", ["", "csv", "json", "atom"])
def test_no_query_reaches_what_was_not_published_by_any_way(client, parks, form):
    """Pages in Wagtail hold the two words; the ledger does not. A page repeats what was typed, so
    one word is asked for and the other must not come."""
    for typed, other in ((UNPUBLISHED, BESIDE), (BESIDE, UNPUBLISHED)):
        queries = (typed, f'"{typed}"', f"playground {typed}", f"-{typed}", "number:2.99", "2.99")
        for query in queries:
            for more in (
                "",
                "&when=everything",
                "&when=drafts",
                "&edition=parks/secret",
                "&document=hidden",
            ):
                response = client.get(f"/search/?q={query}{more}&format={form}")
                assert response.status_code in (200, 400)
                assert other not in response.content.decode().lower(), (query, more)
        for begun in (typed, typed[:3], "guidance", "2.9", "play"):
            assert other not in client.get(f"/search/suggest/?q={begun}").content.decode().lower()
