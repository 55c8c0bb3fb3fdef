"""The pages of the folder and the timetable: what they say, what they keep back, what they cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from guidance import consultations as registry
from guidance.actions.withdrawing import withdraw_document
from guidance.views import kept as kept_pages
from home.actions.folder_plan import take_in_bundles
from home.actions.timetable_plan import mark_done, take_in_timetables
from home.folder import addresses, coming
from home.models import Bundle, FolderItem, Milestone, Promise, Workstream
from tests import factories
from tests.home.folder.conftest import bundles, workstreams

pytestmark = pytest.mark.django_db
PAGES = ("/folder/", "/folder/gates/", "/folder/contents/", "/folder/glossary/", "/folder/law/",
         "/folder/updates/", "/timetable/", "/timetable/?by=workstream", "/timetable/calendar.ics",
         "/folder/feeds/folder.atom", "/folder/feeds/consultations.atom",
         "/folder/feeds/documents/ponds.atom")  # fmt: skip


@pytest.fixture
def consulting():
    """Registers consultations, and forgets them after the test."""
    yield lambda *known: registry.register_source("test", lambda: known)
    registry._sources.pop("test", None)


def consultation(opens, closes):
    now = timezone.now()
    return registry.Consultation(
        "ponds",
        "On ponds",
        "/consultations/ponds/",
        now + timedelta(days=opens),
        now + timedelta(days=closes),
    )


def text(client, address):
    kept_pages.forget()
    return client.get(address).content.decode()


def test_the_addresses_are_those_that_are_built(planned):
    names = {
        "folder": addresses.FOLDER, "folder_contents": addresses.CONTENTS,
        "folder_glossary": addresses.GLOSSARY, "folder_law": addresses.LAW,
        "folder_updates": addresses.UPDATES, "folder_feed": addresses.FEED,
        "consultations_feed": addresses.CONSULTATIONS_FEED, "timetable": addresses.TIMETABLE,
        "calendar": addresses.CALENDAR,
    }  # fmt: skip
    assert {name: reverse(name) for name in names} == names
    assert reverse("folder_item", args=["gates"]) == addresses.item_path("gates")
    assert reverse("document_feed", args=["ponds"]) == addresses.document_feed_path("ponds")


@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_and_says_304_to_who_has_it(client, planned, address):
    response = client.get(address)
    assert response.status_code == 200
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    kept_pages.forget()
    assert client.get(address)["ETag"] == response["ETag"]


@pytest.mark.parametrize("address", PAGES[:9])
def test_an_empty_site_has_the_pages_too(client, db, address):
    if "gates" not in address:
        assert client.get(address).status_code == 200


def test_nothing_that_is_not_public_leaves_by_any_page(client, planned):
    hidden = factories.document("wolf", "On the wolf")
    factories.draft(hidden, title="The wolf edition")
    planned.gates.documents.add(hidden)
    planned.gates.save()
    Milestone.objects.get(title="The gates are opened").documents.add(hidden)
    for address in (*PAGES, "/api/v1/folder/", "/api/v1/timetable/"):
        words = text(client, address)
        assert "badger" not in words
        assert "Mole" not in words
        assert "wolf" not in words
    assert "In preparation" in text(client, "/folder/gates/")


def test_an_item_says_what_is_promised_what_slipped_and_how_it_is_made(client, planned):
    take_in_bundles(
        user=planned.user,
        bundles=bundles(gates="By October 2090"),
        title="The second plan",
        published=date(2007, 7, 15),
    )
    words = text(client, "/folder/gates/")
    assert "By October 2090" in words
    assert "6 months later than first promised" in words
    assert "The zebra met." in words
    assert "The gates are opened" in words
    assert 'rel="next"' in words
    assert 'href="/folder/walls/"' in words


def test_the_folder_says_the_stage_and_what_came_of_the_promises(client, planned):
    words = text(client, "/folder/")
    assert "In force since 1 July 2008" in words
    assert "published 1 July 2008, 1 day late" in words
    assert 'href="/guidance/ponds/"' in words
    assert words.index("Parks") < words.index("Rivers")


def test_a_change_is_seen_at_once(client, planned, settings):
    settings.READING_UNASKED_SECONDS = 0
    client.get("/folder/")
    item = FolderItem.objects.get(title="Walls")
    item.title = "High walls"
    item.save()
    assert "High walls" in client.get("/folder/").content.decode()
    withdraw_document(
        user=planned.user,
        document=planned.document,
        withdrawn_from=timezone.localdate(),
        reason="Dry.",
    )
    assert "Withdrawn on" in client.get("/folder/").content.decode()


def test_bundles_stand_in_an_editors_order(client, planned):
    Bundle.objects.filter(title="Rivers").update(position=0)
    words = text(client, "/folder/")
    assert words.index(">Rivers<") < words.index(">Parks<")


def test_a_consultation_that_another_app_registers_shows_everywhere(client, planned, consulting):
    consulting(consultation(-1, 10))
    assert "a new draft is out for consultation until" in text(client, "/folder/ponds/")
    assert "/consultations/ponds/" in text(client, "/folder/feeds/consultations.atom")
    Milestone.objects.get(title="The gates are opened").documents.add(planned.document)
    assert 'href="/consultations/ponds/"' in text(client, "/timetable/")
    assert "Consultation closes: On ponds" in text(client, "/timetable/calendar.ics")
    consulting(consultation(-20, -10))
    assert "On ponds" not in text(client, "/folder/feeds/consultations.atom")


def test_all_documents_stand_in_one_table_of_contents_under_their_bundles(client, planned):
    other = factories.document("dogs", "Walking dogs")
    factories.issued(other)
    words = text(client, "/folder/contents/")
    assert (
        words.index("Rivers")
        < words.index("Keeping ponds")
        < words.index("Other guidance")
        < words.index("Walking dogs")
    )
    assert 'href="/guidance/ponds/final/1-water/"' in words


def test_the_glossary_and_the_index_of_law_are_of_what_is_in_force(client, planned):
    words = text(client, "/folder/glossary/")
    assert words.count("Still water.") == 1
    law = text(client, "/folder/law/")
    assert "Local Government Act 1999" in law
    assert "2 paragraphs rest on it" in law


def test_the_updates_of_the_plan_say_what_moved_and_what_was_left_out(client, planned):
    take_in_bundles(
        user=planned.user,
        bundles=bundles(gates="By October 2090", with_walls=False),
        title="The second plan",
        published=date(2007, 7, 15),
    )
    take_in_timetables(
        user=planned.user,
        workstreams=workstreams(opened="May 2090"),
        title="The second plan",
        published=date(2007, 7, 15),
    )
    words = text(client, "/folder/updates/")
    assert words.index("The second plan") < words.index("The first plan")
    assert "6 months later" in words
    assert "4 weeks later" in words or "1 month later" in words
    assert "Left out: <a" in words
    assert "Walls" in words
    assert "No longer planned" in text(client, "/folder/walls/")


def test_the_timetable_says_what_is_done_late_and_to_come(client, planned):
    words = text(client, "/timetable/")
    assert "Not marked as done" in words
    assert "To come" in words
    mark_done(
        user=planned.user,
        milestone=Milestone.objects.get(title="The gates are painted"),
        done_on=date(2008, 5, 3),
    )
    assert "Done 3 May 2008, 2 days late" in text(client, "/timetable/?by=workstream")


def test_the_calendar_is_read_by_a_calendar(client, planned):
    found = Calendar.from_ical(client.get("/timetable/calendar.ics").content)
    events = {str(e["summary"]): e for e in found.walk("VEVENT")}
    painted, opened = events["The gates are painted"], events["The gates are opened"]
    assert (painted["dtstart"].dt, painted["dtend"].dt) == (date(2008, 5, 1), date(2008, 5, 2))
    assert (opened["dtstart"].dt, opened["dtend"].dt) == (date(2090, 4, 1), date(2090, 5, 1))
    assert "April 2090" in opened["description"]
    assert isinstance(painted["dtstamp"].dt, datetime)
    assert painted["dtstamp"].dt.utcoffset() == timedelta(0)
    assert len({str(e["uid"]) for e in events.values()}) == 2


@pytest.mark.parametrize("address", [a for a in PAGES if a.endswith(".atom")])
def test_the_feeds_are_atom(client, planned, address):
    response = client.get(address)
    feed = ElementTree.fromstring(response.content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    ids = [entry.find(f"{atom}id").text for entry in feed.iter(f"{atom}entry")]
    assert len(ids) == len(set(ids))
    assert response["Content-Type"].startswith("application/atom+xml")


def test_what_is_coming_is_told_soonest_first(planned):
    assert [(c.title, c.when, c.what) for c in coming(5)] == [
        ("Gates", "May 2089", "Consultation"), ("Walls", "Summer 2089", "Consultation"),
    ]  # fmt: skip
    assert len(coming(1)) == 1


def test_an_unknown_item_is_not_found(client, planned):
    assert client.get("/folder/nothing/").status_code == 404
    assert client.get("/folder/feeds/documents/nothing.atom").status_code == 404


def fill(count):
    """Items with promises, documents and milestones."""
    bundle = Bundle.objects.first()
    stream = Workstream.objects.first()
    update = Promise.objects.first().update_of_plan
    for number in range(count):
        item = FolderItem.objects.create(
            bundle=bundle, title=f"Item {number}", slug=f"item-{number}", final="May 2090"
        )
        Promise.objects.create(
            update_of_plan=update,
            item=item,
            what="final",
            words="May 2090",
            earliest=date(2090, 5, 1),
            latest=date(2090, 5, 31),
        )
        milestone = Milestone.objects.create(
            workstream=stream, title=f"Milestone {number}", when="May 2090"
        )
        milestone.items.add(item)


MOST = {"/folder/": 11, "/folder/item-0/": 22, "/timetable/": 10, "/timetable/?by=workstream": 10,
        "/folder/contents/": 7, "/folder/updates/": 7, "/timetable/calendar.ics": 14,
        "/api/v1/folder/?page_size=200": 11, "/api/v1/timetable/": 10}  # fmt: skip
"""One more wherever the consultations are asked for, which a process otherwise keeps for a second."""


@pytest.mark.parametrize("count", [3, 300])
def test_the_folder_costs_as_many_queries_with_300_items_as_with_3(
    client, planned, django_assert_max_num_queries, count
):
    fill(count)
    for address, most in MOST.items():
        kept_pages.forget()
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_page_that_was_just_sent_costs_nothing(
    client, planned, django_assert_num_queries, settings
):
    settings.READING_UNASKED_SECONDS = 10
    client.get("/folder/")
    with django_assert_num_queries(0):
        client.get("/folder/")
