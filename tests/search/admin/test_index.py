"""The state of the index in the admin, and having it made again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from search.actions import remaking
from search.actions.using import engine
from search.engines import EngineDown
from search.models import Pending

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> str:
    return reverse("search_index")


def page(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def acts() -> list[str]:
    rows = PageLogEntry.objects.filter(action__startswith="search.").order_by("pk")
    return [row.action for row in rows]


def test_it_says_which_engine_answers_and_that_nothing_is_behind(parks, as_role, address):
    shown = page(as_role().get(address))
    assert engine().health().engine in shown
    assert "It answers" in shown
    assert "None: what is published is found." in shown


def test_documents_that_are_behind_are_named(parks, as_role, address):
    Pending.objects.create(document="parks")
    Pending.objects.create(document="")
    shown = page(as_role().get(address))
    assert "<li>parks, since" in shown
    assert "provisions and what other pages add" in shown


def test_index_and_record_are_compared_when_asked(parks, as_role, address):
    client = as_role()
    assert "exactly what the record says" not in page(client.get(address))
    assert "exactly what the record says" in page(client.get(address, {"check": "1"}))
    engine().apply(remove=list(engine().stored("parks"))[:2])
    assert "parks: 2 missing" in page(client.get(address, {"check": "1"}))


def test_an_engine_that_does_not_answer_is_said_with_what_to_do(
    parks, as_role, address, settings, tmp_path
):
    settings.SEARCH_URL = f"embedded:{tmp_path / 'nothing'}"
    shown = page(as_role().get(address, {"check": "1"}))
    assert "It does not answer" in shown
    assert "rebuild_search" in shown


def test_administrators_have_it_made_again(
    parks, as_role, address, django_capture_on_commit_callbacks
):
    engine().apply(remove=list(engine().stored("parks")))
    client = as_role("Administrators")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert acts() == ["search.rebuild_asked", "search.rebuilt"]
    last = remaking.last_time()
    assert last is not None
    assert last.items == sum(len(engine().stored(document)) for document in ("parks", ""))
    shown = page(client.get(address, {"check": "1"}))
    assert "exactly what the record says" in shown
    assert "It was last made again on" in shown


def test_editors_are_not_offered_it_and_may_not_ask_for_it(parks, as_role, address):
    client = as_role("Editors")
    shown = page(client.get(address))
    assert "Administrators can have it made again." in shown
    assert "<button" not in shown.partition("Make the index again</h3>")[2].partition("</main>")[0]
    assert client.post(address, HTTP_ACCEPT="text/plain").status_code in (302, 403)
    assert acts() == []


def test_it_is_not_made_twice_at_once(parks, as_role, address):
    client = as_role("Administrators")
    client.post(address)  # the transaction of the test goes on, so nothing is made yet
    again = page(client.post(address, follow=True))
    assert "being made again already" in again
    assert "It has been under way since" in again
    assert acts() == ["search.rebuild_asked"]


def test_a_failure_is_told_and_can_be_tried_again(
    parks, as_role, address, monkeypatch, django_capture_on_commit_callbacks
):
    def fail():
        raise EngineDown("The cluster at search.example is away.")

    monkeypatch.setattr(remaking, "rebuild", fail)
    client = as_role("Administrators")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    shown = page(client.get(address))
    assert "The cluster at search.example is away." in shown
    assert "Make the index again</button>" in shown
