"""What search engines are told: what was issued and stays, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from guidance_site import sitemaps
from tests import factories

pytestmark = pytest.mark.django_db
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client, path="/sitemap.xml"):
    response = client.get(path)
    assert response.status_code == 200
    found = etree.fromstring(response.content).xpath("//s:loc/text()", namespaces=SPACE)
    return [address.removeprefix("http://testserver") for address in found]


def parks(count=1):
    document = factories.document("parks")
    for year in range(2008, 2008 + count):
        sections = [
            factories.section("Aims", [factories.paragraph("1.1"), factories.paragraph("1.2")], number="1", slug="aims")
        ]  # fmt: skip
        factories.issued(document, sections, slug=f"e{year}", published=date(year, 7, 1))


def test_documents_editions_and_what_is_in_force_are_listed(client):
    parks(2)
    factories.draft(factories.document("secret"), slug="hidden")
    found = addresses(client)
    assert {
        "/", "/guidance/", "/duties/", "/cookies/", "/guidance/parks/", "/guidance/parks/e2008/",
        "/guidance/parks/e2009/", "/guidance/parks/e2009/aims/", "/guidance/parks/para/1.1/",
    } <= set(found)  # fmt: skip
    assert "/guidance/parks/e2008/aims/" not in found
    assert not [address for address in found if "secret" in address]
    assert len(found) == len(set(found))


def test_every_address_that_is_listed_is_there(client):
    parks()
    for address in addresses(client):
        assert client.get(address).status_code == 200, address


def test_addresses_say_when_they_last_changed(client):
    parks()
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    [url] = tree.xpath("//s:url[s:loc='http://testserver/guidance/parks/']", namespaces=SPACE)
    assert url.findtext("s:lastmod", namespaces=SPACE)


def test_too_many_for_one_file_come_with_an_index(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ONE_FILE", 1)
    monkeypatch.setattr(sitemaps.Paragraphs, "limit", 1)
    parks()
    found = addresses(client)
    assert "/sitemap-documents.xml" in found
    assert "/sitemap-paragraphs.xml?p=2" in found
    assert addresses(client, "/sitemap-paragraphs.xml?p=2") == ["/guidance/parks/para/1.2/"]


def test_a_part_that_is_not_there_is_a_404(client):
    assert client.get("/sitemap-dragons.xml").status_code == 404


@pytest.mark.parametrize("editions", [1, 5])
def test_the_map_asks_no_more_as_guidance_grows(client, django_assert_num_queries, editions):
    parks(editions)
    with django_assert_num_queries(12):
        client.get("/sitemap.xml")


def test_robots_are_told_where_the_map_is_and_what_has_no_end(client):
    words = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in words
    assert "Disallow: /admin/" in words
    assert "Disallow: /*as_at=" in words
