"""What programs that read pages are told: the lasting address, and facts that agree with the page."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests import factories
from tests.guidance.views.conftest import sections

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def head(client, address):
    """The canonical address and the data of a page."""
    words = client.get(address).content.decode()
    [link] = re.findall(r'<link rel="canonical" href="([^"]*)">', words)
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', words)
    return link.removeprefix(SITE), json.loads(data[0]) if data else None


def test_a_document_says_what_is_in_force_and_since_when(client, parks):
    link, data = head(client, "/guidance/parks/")
    assert link == "/guidance/parks/"
    assert data["@type"] == "Legislation"
    assert data["legislationLegalForce"] == "https://schema.org/InForce"
    assert (data["version"], data["temporalCoverage"]) == ("Final edition, 2008", "2008-07-01/..")
    assert data["description"] == "Parks & how to keep them."
    assert [e["name"] for e in data["workExample"]] == [
        "Final edition, 2008", "Draft for consultation, 2007",
    ]  # fmt: skip


def test_a_paragraph_in_force_is_based_on_its_provisions(client, parks):
    link, data = head(client, "/guidance/parks/para/2.13/")
    assert link == "/guidance/parks/para/2.13/"
    assert (data["legislationIdentifier"], data["legislationType"]) == (
        "2.13",
        "Statutory guidance",
    )
    [basis] = data["isBasedOn"]
    assert "Local Government Act 1999" in basis["name"]
    assert basis["url"].startswith("http")
    assert data["isPartOf"]["url"] == f"{SITE}/guidance/parks/final-2008/"


def test_the_lasting_address_of_words_that_are_not_in_force_names_their_edition(client, parks):
    address = "/guidance/parks/para/2.12/?edition=draft-2007"
    link, data = head(client, address)
    assert link == address
    assert data["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert "temporalCoverage" not in data


def test_an_edition_that_was_superseded_says_when_it_was_in_force(client, parks):
    factories.issued(parks, sections(), slug="next", published=date(2010, 1, 1))
    link, data = head(client, "/guidance/parks/final-2008/")
    assert link == "/guidance/parks/final-2008/"
    assert data["temporalCoverage"] == "2008-07-01/2010-01-01"


def test_a_section_on_a_date_has_the_same_lasting_address(client, parks):
    for query in ("", "?as_at=2009-01-01", "?as_at=2007-01-01"):
        link, _ = head(client, f"/guidance/parks/final-2008/governance/{query}")
        assert link == "/guidance/parks/final-2008/governance/"


def test_no_title_can_end_the_data_block(client):
    document = factories.document("odd", 'An "odd" </script><script>alert(1)</script> & title')
    factories.issued(document, sections(), title="</script>", published=date(2009, 1, 1))
    words = client.get("/guidance/odd/").content.decode()
    assert "<script>alert" not in words
    _, data = head(client, "/guidance/odd/")
    assert data["name"] == 'An "odd" </script><script>alert(1)</script> & title'
