"""What machines are told of the site's health."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from guidance.models import PlannedPublication
from guidance_site import health
from search.engines import EngineDown, Health
from search.models import Pending
from tests import factories

pytestmark = pytest.mark.django_db


class Searching:
    """An engine that gives this answer, or raises it."""

    def __init__(self, answer: Health | Exception) -> None:
        self.answer = answer

    def health(self) -> Health:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


WELL = Health(True, "tantivy 1", 12)
DOWN = EngineDown("https://user:password@search.internal does not answer")


@pytest.fixture(autouse=True)
def searching(monkeypatch):
    """Sets what the engine and its stand-in answer; both well unless told otherwise."""

    def answer(first, second=None):
        monkeypatch.setattr(health, "engine", lambda: Searching(first))
        monkeypatch.setattr(health, "fallback", lambda: Searching(second) if second else None)

    health.forget()
    answer(WELL)
    yield answer
    health.forget()


def test_all_is_well(client):
    response = client.get("/health/")
    body = response.json()
    assert (response.status_code, body["status"]) == (200, "ok")
    assert body["search"] == {"ok": True, "engine": "tantivy 1", "units": 12}
    assert response.headers["Cache-Control"] == "no-store"


def test_what_waits_is_counted(client):
    Pending.objects.create(document="parks")
    assert client.get("/health/").json()["waiting"]["search_documents"] == 1


@pytest.mark.parametrize(
    ("first", "second", "ok"),
    [(DOWN, None, False), (DOWN, WELL, True), (DOWN, DOWN, False), (WELL, DOWN, True)],
)
def test_a_search_that_is_down_is_told_and_takes_no_page_away(client, searching, first, second, ok):
    searching(first, second)
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json()["search"]["ok"] is ok
    assert response.json()["status"] == ("ok" if ok else "degraded")
    assert b"password" not in response.content


def test_an_engine_that_cannot_be_opened_is_down(client, monkeypatch):
    def fail():
        raise ValueError("SEARCH_URL cannot be read")

    monkeypatch.setattr(health, "engine", fail)
    assert client.get("/health/").json()["search"] == {"ok": False}


def test_a_database_that_does_not_answer_is_503(client, monkeypatch):
    def fail(*_, **__):
        raise OperationalError("host db.internal is gone")

    monkeypatch.setattr(connection, "cursor", fail)
    response = client.get("/health/")
    assert (response.status_code, response.json()["status"]) == (503, "down")
    assert b"internal" not in response.content


def test_an_edition_whose_hour_has_passed_is_overdue(client):
    page = factories.draft(factories.document("parks"))
    PlannedPublication.objects.create(
        page=page, at=timezone.now(), digest="0" * 64, planned_by=factories.user()
    )
    body = client.get("/health/").json()
    assert (body["status"], body["waiting"]["overdue_publications"]) == ("degraded", 1)


def test_asking_again_at_once_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/health/")
    with django_assert_num_queries(0):
        client.get("/health/")
