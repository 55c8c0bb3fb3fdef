"""What each address gives: the same words as the page, for the edition and the date asked for."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

import pytest
from lxml import etree

from guidance.actions.comparing import compare_issued
from guidance.models import AuthorityType, Duty, Edition, Lineage, Withdrawal
from guidance.richtext import to_text
from tests import factories
from tests.api.conftest import BOX, REMOVED, sections
from tests.guidance.views.conftest import IDENTITY

pytestmark = pytest.mark.django_db
GUIDANCE = "/api/v1/guidance/parks/"


def words(html: str) -> str:
    """What is read, without the marks of notes."""
    html = re.sub(r"<sup>.*?</sup>|</?(?:b|i|a|button|span)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("query", ["", "?edition=final-2008", "?as_at=2009-01-01"])
def test_page_and_api_show_the_same_words(client, parks, query):
    found = client.get(f"{GUIDANCE}paragraphs/2.13/{query}").json()
    page = client.get(f"/guidance/parks/para/2.13/{query}").content.decode()
    assert found["digest"] in page or found["digest"][:12] in page
    for line in found["text"].splitlines():
        assert line in words(page)
    listed = client.get(f"{GUIDANCE}paragraphs/{query}").json()["results"]
    assert {key: found[key] for key in listed[0]} in listed


def test_a_paragraph_says_all_there_is_to_it(client, parks):
    found = client.get(f"{GUIDANCE}paragraphs/2.13/").json()
    assert found["id"] == str(IDENTITY)
    assert (found["number"], found["kind"], found["status"]) == ("2.13", "paragraph", "statutory")
    assert [p["words"] for p in found["provisions"]] == [
        "section 3A of the Local Government Act 1999"
    ]
    [note] = found["footnotes"]
    assert (note["mark"], note["text"], words(note["html"])) == ("1", "See it.", "See it.")
    assert found["in_force"] == {"from": "2008-07-01", "until": None}
    assert found["statements"][0]["url"].endswith("/guidance/parks/final-2008/status/#statement-1")
    assert [step["change"] for step in found["lineage"]] == ["substantive", "renumbered"]
    assert found["lineage"][0]["before"]["reference"] == "2.12"


def test_what_a_paragraph_cites_and_what_cites_it_are_given(client, parks):
    from guidance.models import Citation, Entry

    edition = Edition.objects.get(slug="final-2008")
    entry = Entry.objects.get(edition=edition, reference="2.13")
    target = Entry.objects.get(edition=edition, reference="2.1")
    text = entry.version.text
    start = text.index("paragraph 2.1")
    Citation.objects.get_or_create(
        edition=edition, paragraph=entry.paragraph, to_paragraph=target.paragraph,
        defaults={"version": entry.version, "position": 99, "start": start, "end": start + 13,
                  "words": "paragraph 2.1"},
    )  # fmt: skip
    [cites] = client.get(f"{GUIDANCE}paragraphs/2.13/").json()["cites"]
    assert text[cites["start"] : cites["end"]] == cites["words"] == "paragraph 2.1"
    assert cites["paragraph"]["reference"] == "2.1"
    assert cites["provision"] is cites["section"] is None
    cited = client.get(f"{GUIDANCE}paragraphs/2.1/").json()["cited_by"]
    assert [paragraph["reference"] for paragraph in cited] == ["2.13"]


def test_a_paragraph_is_found_by_its_identity_in_any_edition(client, parks):
    found = client.get(f"/api/v1/paragraphs/{IDENTITY}/?edition=draft-2007").json()
    assert (found["number"], found["in_force"]) == ("2.12", None)
    assert client.get(f"/api/v1/paragraphs/{IDENTITY}/").json()["number"] == "2.13"
    assert client.get(f"/api/v1/paragraphs/{REMOVED}/").status_code == 404


def test_a_box_is_found_by_its_name(client, parks):
    found = client.get(f"{GUIDANCE}paragraphs/box-data-sharing/").json()
    assert (found["id"], found["kind"], found["after"]) == (str(BOX), "box", "2.13")


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("section=aims", ["1.1"]),
        ("kind=table", ["table-who-does-what"]),
        ("status=unstated", ["1.1"]),
        ("status=statutory&kind=paragraph", ["2.1", "2.13"]),
        ("provision=ukpga/1999/27&kind=paragraph", ["2.1", "2.13"]),
        ("provision=ukpga/1999/27/section/3A&kind=box", ["box-data-sharing"]),
        ("provision=ukpga/1999/27/section/3", []),
        ("edition=draft-2007&kind=paragraph", ["1.1", "2.1", "2.12", "2.14"]),
        ("page_size=2&page=2", ["2.13", "box-data-sharing"]),
    ],
)
def test_paragraphs_can_be_narrowed(client, parks, query, references):
    found = client.get(f"{GUIDANCE}paragraphs/?{query}").json()
    assert [paragraph["reference"] for paragraph in found["results"]] == references


def test_pages_of_a_list_lead_through_it(client, parks):
    address, seen = f"{GUIDANCE}paragraphs/?page_size=2&edition=final-2008", []
    while address:
        found = client.get(address).json()
        seen += [paragraph["reference"] for paragraph in found["results"]]
        address = found["next"]
    whole = client.get(f"{GUIDANCE}paragraphs/?edition=final-2008").json()
    assert seen == [paragraph["reference"] for paragraph in whole["results"]]
    assert found["count"] == whole["count"] == len(seen) == 6
    assert found["previous"].endswith("page=2")


def test_nothing_in_force_is_said_and_not_made_up(client, parks):
    answer = client.get(f"{GUIDANCE}paragraphs/?as_at=2008-06-30")
    assert answer.status_code == 404
    assert "No edition was in force on 30 June 2008" in answer.json()["detail"]
    assert "draft-2007" in answer.json()["detail"]


def test_a_coming_edition_is_not_shown_as_current(client, parks):
    factories.issued(
        parks, sections(final=True), slug="final-2011", published=date(2010, 6, 1),
        in_force_from=date(2011, 1, 1),
    )  # fmt: skip
    assert client.get(GUIDANCE).json()["in_force"]["slug"] == "final-2008"
    found = client.get(f"{GUIDANCE}paragraphs/2.13/").json()
    assert found["edition"]["slug"] == "final-2008"
    assert found["in_force"] == {"from": "2008-07-01", "until": "2011-01-01"}
    later = client.get(f"{GUIDANCE}paragraphs/2.13/?as_at=2011-01-01").json()
    assert later["edition"]["slug"] == "final-2011"


def test_the_api_answers_as_the_site_knew_it(client, parks):
    issued = Edition.objects.get(slug="final-2008").issued_at.date()
    known = client.get(f"{GUIDANCE}paragraphs/?as_at=2009-01-01&known_on={issued}")
    assert known.status_code == 200
    before = client.get(f"{GUIDANCE}paragraphs/?as_at=2009-01-01&known_on=2009-01-01")
    assert before.status_code == 404


def test_a_withdrawn_document_has_nothing_in_force_and_stays_readable(client, parks):
    issued = Edition.objects.get(slug="final-2008").issued_at
    Withdrawal.objects.create(
        document=parks, withdrawn_from=date(2010, 1, 1), made_on=date(2009, 12, 1),
        made_at=issued, reason="The duty was repealed.",
    )  # fmt: skip
    found = client.get(GUIDANCE).json()
    assert found["in_force"] is None
    assert found["editions"][0]["applies"] == "withdrawn"
    assert found["editions"][0]["in_force"] == {"from": "2008-07-01", "until": "2010-01-01"}
    assert client.get(f"{GUIDANCE}paragraphs/2.13/").status_code == 404
    assert client.get(f"{GUIDANCE}paragraphs/2.13/?edition=final-2008").status_code == 200
    last = client.get("/api/v1/changes/").json()["results"][-1]
    assert (last["kind"], last["reason"]) == ("withdrawal", "The duty was repealed.")


def test_history_is_told_oldest_first_with_the_words_that_changed(client, parks):
    found = client.get(f"{GUIDANCE}paragraphs/2.13/history/").json()
    assert [v["paragraph"]["number"] for v in found["results"]] == ["2.12", "2.13"]
    before, after = found["results"]
    assert (before["operations"], before["changes"]) == ([], [])
    assert after["changes"] == ["substantive", "renumbered"]
    assert rebuilt(after["operations"]) == (before["text"], after["text"])


def test_history_goes_on_to_the_end_of_a_paragraph(client, parks):
    found = client.get(f"{GUIDANCE}paragraphs/2.14/history/").json()
    last = found["results"][-1]
    assert (last["paragraph"], last["changes"]) == (None, ["removed"])
    assert last["edition"]["slug"] == "final-2008"


def test_an_edition_in_which_nothing_changed_adds_nothing_to_the_history(client, parks):
    same = [factories.statement("2.1 to 2.13", words="As printed.")]
    factories.issued(parks, sections(final=True), slug="final-2010", statements=same)
    found = client.get(f"{GUIDANCE}paragraphs/2.13/history/").json()["results"]
    assert [version["also_in"] for version in found] == [[], ["final-2010"]]


def rebuilt(operations) -> tuple[str, str]:
    before = "".join(o["text"] for o in operations if o["op"] != "insert")
    return before, "".join(o["text"] for o in operations if o["op"] != "delete")


@pytest.mark.parametrize(
    ("first", "second"), [("draft-2007", "final-2008"), ("final-2008", "draft-2007")]
)
def test_a_comparison_has_both_texts_and_the_way_from_one_to_the_other(
    client, parks, first, second
):
    found = client.get(f"{GUIDANCE}compare/?from={first}&to={second}&page_size=200").json()
    editions = [Edition.objects.get(slug=slug).pk for slug in (first, second)]
    assert found["counts"] == dict(compare_issued(*editions).counts)
    for row in found["results"]:
        texts = tuple(row[side]["text"] if row[side] else "" for side in ("before", "after"))
        assert rebuilt(row["operations"]) == texts
    numbers = {
        (row["before"] and row["before"]["number"], row["after"] and row["after"]["number"])
        for row in found["results"]
    }
    assert (("2.12", "2.13") if second == "final-2008" else ("2.13", "2.12")) in numbers


def test_a_comparison_of_changes_leaves_out_what_is_the_same(client, parks):
    both = f"{GUIDANCE}compare/?from=final-2008&to=final-2008"
    assert client.get(both).json()["count"] == 6
    assert client.get(f"{both}&changes_only=true").json()["count"] == 0


def test_origins_say_where_each_came_from_and_why(client, parks):
    lineage = Lineage.objects.filter(after__paragraph=IDENTITY).values_list("change", flat=True)
    rows = client.get(f"{GUIDANCE}origins/?from=draft-2007&to=final-2008").json()["results"]
    [row] = [r for r in rows if r["after"] and r["after"]["reference"] == "2.13"]
    assert row["before"]["reference"] == "2.12"
    assert sorted(row["changes"]) == sorted(lineage)
    assert any(r["before"] and not r["after"] and r["changes"] == ["removed"] for r in rows)


def test_an_edition_lists_what_it_says_of_itself(client, parks):
    found = client.get(f"{GUIDANCE}editions/final-2008/").json()
    assert [section["number"] for section in found["sections"]] == ["1", "2"]
    assert [p["reference"] for p in found["sections"][1]["paragraphs"]][:2] == ["2.1", "2.13"]
    assert found["statements"][0]["provisions"] == ["ukpga/1999/27/section/3A"]
    assert [term["term"] for term in found["glossary"]] == ["Partner"]


def test_instruments_are_counted_where_guidance_is_in_force(client, parks):
    [found] = client.get("/api/v1/instruments/").json()["results"]
    assert (found["path"], found["rests"]) == ("ukpga/1999/27", 5)
    earlier = client.get("/api/v1/instruments/?as_at=2008-01-01").json()["results"]
    assert [instrument["rests"] for instrument in earlier] == [0]
    one = client.get("/api/v1/instruments/ukpga/1999/27/").json()
    assert [(p["path"], p["rests"]) for p in one["provisions"]] == [("ukpga/1999/27/section/3A", 5)]


def test_duties_are_those_of_editions_in_force_and_bind_through_classes(client):
    park, beach, every = (
        AuthorityType.objects.create(name=name, slug=name.replace(" ", "-"))
        for name in ("park wardens", "beach wardens", "wardens of every kind")
    )
    every.includes.add(park, beach)
    duty = Duty.objects.create(title="Duty to involve", commences="1 April 2009")
    duty.binds.add(every)
    duty.excepts.add(beach)
    document = factories.document("duties", "Duties")
    value = {"duty": duty.pk, "explained_in": "1.1"}
    factories.issued(document, slug="one", duties=json.dumps([factories.block("duty", **value)]))
    [found] = client.get("/api/v1/duties/").json()["results"]
    assert (found["title"], found["commences_earliest"]) == ("Duty to involve", "2009-04-01")
    assert (found["binds"], found["explained_in"]) == (["wardens of every kind"], "1.1")
    asked = "/api/v1/duties/?authority_type="
    assert client.get(f"{asked}park-wardens").json()["count"] == 1
    assert client.get(f"{asked}Beach wardens").json()["count"] == 0
    assert client.get("/api/v1/duties/?as_at=2001-01-01").json()["count"] == 0


def test_the_feed_is_followed_to_its_end_and_taken_up_again(client, parks):
    seen, address = [], "/api/v1/changes/?page_size=1"
    while address:
        page = client.get(address).json()
        seen += [event["edition"]["slug"] for event in page["results"]]
        address = page["next"]
    assert seen == ["draft-2007", "final-2008"]
    assert client.get(page["resume"]).json()["results"] == []
    factories.issued(parks, sections(final=True), slug="final-2010")
    more = client.get(page["resume"]).json()["results"]
    assert [event["edition"]["slug"] for event in more] == ["final-2010"]


def test_the_feed_begins_where_it_is_asked_to(client, parks):
    first = client.get("/api/v1/changes/").json()["results"][0]["at"]
    found = client.get("/api/v1/changes/", {"since": first}).json()["results"]
    assert [event["edition"]["slug"] for event in found] == ["final-2008"]
    for wrong in ("since=tomorrow", "cursor=%00", "cursor=YWJj", "since=9999-12-31T23:59:59-23:00"):
        assert client.get(f"/api/v1/changes/?{wrong}").status_code == 422


def test_the_export_has_every_paragraph_in_force_and_no_other(client, parks, monkeypatch):
    monkeypatch.setattr("guidance.api.changes.CHUNK", 2)
    lines = client.get("/api/v1/export/paragraphs.jsonl").getvalue().decode().splitlines()
    listed = client.get(f"{GUIDANCE}paragraphs/?page_size=200").json()["results"]
    of = {"document": "parks", "edition": "final-2008"}
    assert [
        {k: v for k, v in json.loads(line).items() if k != "edition_digest"} for line in lines
    ] == [{**paragraph, **of} for paragraph in listed]
    assert client.get("/api/v1/export/paragraphs.jsonl?as_at=2008-01-01").getvalue() == b""


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/markdown", "text/markdown"),
        ("application/akn+xml, application/json;q=0.5", "application/akn+xml"),
        ("application/json;q=0, */*", "text/html"),
        ("text/csv", None),
        ("application/json;q=0", None),
    ],
)
def test_the_format_is_what_accept_likes_best(client, parks, accept, media_type):
    for address in ("editions/final-2008/", "paragraphs/2.13/"):
        response = client.get(f"{GUIDANCE}{address}", headers={"Accept": accept})
        assert response["Content-Type"].partition(";")[0] == (
            media_type or "application/problem+json"
        )
        assert response.status_code == (200 if media_type else 406)
        if media_type:
            assert response["Vary"].startswith("Accept")


def test_every_format_has_the_words_of_the_paragraph(client, parks):
    text = client.get(f"{GUIDANCE}paragraphs/2.13/").json()["text"]
    page = client.get(f"{GUIDANCE}paragraphs/2.13/?format=html").content.decode()
    markdown = client.get(f"{GUIDANCE}paragraphs/2.13/?format=md").content.decode()
    xml = etree.fromstring(client.get(f"{GUIDANCE}paragraphs/2.13/?format=akn").content)
    for line in text.splitlines():
        assert line in words(page)
        assert line in to_text(markdown.replace("**", "").replace("[^2.13-1]", "")).replace(
            "\n", " "
        )
    body = xml.find(".//{*}portionBody")
    assert "An authority must consult." in "".join(body.itertext())
    assert body.find(".//{*}authorialNote").get("marker") == "1"
