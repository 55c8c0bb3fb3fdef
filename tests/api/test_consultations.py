"""Consultations and their questions in the API: what their pages say, and never what is not published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.roles import command_user
from consultation.models import (
    ConsultationPage,
    CriterionEvidence,
    Department,
    Extension,
    RelatedDocument,
)
from guidance.api import kept
from tests.consultation import samples

pytestmark = pytest.mark.django_db
LIST = "/api/v1/consultations/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


def one(page: ConsultationPage, part: str = "") -> str:
    return f"{LIST}{page.slug}/{part}"


def phases() -> dict[str, ConsultationPage]:
    """An open, a closed and an upcoming consultation, and two that nobody may know of."""
    now, edition = timezone.now(), samples.draft_edition()
    found = {
        "open": samples.consultation(edition),
        "closed": samples.closed(edition),
        "upcoming": samples.consultation(
            samples.draft_edition(slug="other"), opens=now + timedelta(days=2)
        ),
    }
    samples.consultation(edition, slug="secret-draft", live=False)
    unfinished = samples.consultation(edition, slug="secret-unfinished")
    ConsultationPage.objects.filter(pk=unfinished.pk).update(closes=None)
    return found


def test_the_list_has_what_is_published_by_opening(client):
    found = phases()
    body = client.get(LIST).json()
    assert body["count"] == 3
    assert [row["phase"] for row in body["results"]] == ["upcoming", "open", "closed"]
    assert [row["slug"] for row in body["results"]] == [
        found[phase].slug for phase in ("upcoming", "open", "closed")
    ]
    assert "secret" not in client.get(LIST).content.decode()
    for slug in ("secret-draft", "secret-unfinished"):
        for part in ("", "questions/"):
            assert client.get(f"{LIST}{slug}/{part}").status_code == 404


@pytest.mark.parametrize("phase", ["upcoming", "open", "closed"])
def test_the_list_can_be_asked_for_a_phase(client, phase):
    found = phases()
    body = client.get(f"{LIST}?phase={phase}").json()
    assert [row["slug"] for row in body["results"]] == [found[phase].slug]


def test_the_list_can_be_asked_for_a_document(client):
    found = phases()
    slug = found["upcoming"].document_slug
    body = client.get(f"{LIST}?document={slug}").json()
    assert [row["document"]["slug"] for row in body["results"]] == [slug]
    assert client.get(f"{LIST}?document=nothing").json()["count"] == 0


def test_what_cannot_be_honoured_is_named(client):
    for query, parameter in (("phase=ajar", "phase"), ("document=a b", "document"), ("x=1", "x")):
        found = client.get(f"{LIST}?{query}")
        assert found.status_code == 422
        assert found.json()["errors"][0]["parameter"] == parameter


def test_one_consultation_says_all_that_its_page_says(client):
    edition = samples.draft_edition()
    Department.objects.create(name="Department for Parks", minimum_weeks=13)
    page = samples.consultation(
        edition,
        opens=datetime(2026, 1, 5, 9, tzinfo=UTC),
        closes=datetime(2026, 7, 1, 22, 45, tzinfo=UTC),
        about="<p>It is about <b>parks</b>.</p>",
        shorter_reason="It must be in force by August.",
        postal_address="1 Park Row",
        retention_months=18,
    )
    samples.question(page, required=True)
    samples.question(page, kind="agree")
    now, user = timezone.now(), command_user()
    Extension.objects.create(
        consultation=page, closed_before=page.closes - timedelta(days=7), closes=page.closes,
        reason="The draft was printed late.", made_at=now, made_by=user,
    )  # fmt: skip
    CriterionEvidence.objects.create(page=page, criterion="a", met=True, evidence="26 weeks.")
    RelatedDocument.objects.create(page=page, title="Costs", link="https://example.org/costs")
    found = client.get(one(page)).json()
    assert (found["opens"], found["closes"], found["ends"]) == (
        "2026-01-05T09:00:00+00:00", "2026-07-01T23:45:00+01:00", "2026-07-01T23:46:00+01:00",
    )  # fmt: skip
    assert found["closes_in_words"] == "11:45pm on Wednesday 1 July 2026"
    assert found["edition"]["slug"] == edition.slug
    assert found["document"]["api_url"].endswith(f"/api/v1/guidance/{page.document_slug}/")
    assert found["url"].endswith(page.address)
    assert found["contact"]["coordinator"] == "Chris Co-ordinator"
    assert found["about"] == "<p>It is about <b>parks</b>.</p>"
    assert (found["minimum_weeks"], found["shorter_reason"]) == (
        13, "It must be in force by August.",
    )  # fmt: skip
    assert found["retention_months"] == 18
    assert found["extensions"][0]["reason"] == "The draft was printed late."
    assert found["criteria"] == [
        {
            "criterion": "a",
            "words": "Consult widely, in good time, with a minimum of 12 weeks for written comments",
            "met": True,
            "evidence": "26 weeks.",
        }
    ]
    assert found["related_documents"] == [{"title": "Costs", "url": "https://example.org/costs"}]
    assert found["counts"] == {"questions": 2, "required": 1}
    assert user.email not in client.get(one(page)).content.decode()


def test_the_ways_to_respond_are_those_of_now(client):
    found = phases()
    kinds = {
        phase: [way["kind"] for way in client.get(one(page)).json()["ways"]]
        for phase, page in found.items()
    }
    assert kinds == {"open": ["online", "api", "word", "email"], "closed": [], "upcoming": []}


def test_questions_come_in_order_with_what_they_take_and_ask_about(client):
    page = samples.consultation()
    samples.question(page, "1", "Enough?", help="Say why.", word_guide=200, paragraphs=["1.2"])
    samples.question(
        page, "2", "Which?", kind="one", options=[["a", "Swings"], ["b", "Paths"]], required=True
    )
    samples.question(page, "3", "How many?", kind="number", smallest=1, unit="parks")
    retired = samples.question(page, "4", "Gone?")
    retired.retired_at = timezone.now()
    retired.save()
    body = client.get(one(page, "questions/")).json()
    first, second, third = body["results"]
    assert body["count"] == 3
    assert (first["number"], first["help"], first["word_guide"]) == ("1", "Say why.", 200)
    assert first["paragraphs"][0]["number"] == "1.2"
    assert first["paragraphs"][0]["quotation"].startswith("It should ask")
    address = first["paragraphs"][0]["api_url"].split("//")[1].partition("/")[2]
    assert client.get(f"/{address}").json()["id"] == first["paragraphs"][0]["id"]
    page_of = first["paragraphs"][0]["url"].split("//")[1].partition("/")[2]
    assert client.get(f"/{page_of}").status_code == 200
    assert second["options"] == [{"key": "a", "words": "Swings"}, {"key": "b", "words": "Paths"}]
    assert (second["required"], third["smallest"], third["unit"]) == (True, "1", "parks")
    paged = client.get(one(page, "questions/?page_size=1&page=2")).json()
    assert [row["number"] for row in paged["results"]] == ["2"]


def test_an_answer_changes_with_everything_that_it_says(client):
    page = samples.consultation()
    question = samples.question(page)
    address, questions = one(page), one(page, "questions/")
    before = {way: client.get(way)["ETag"] for way in (LIST, address, questions)}
    question.wording.text = "Reworded?"
    question.wording.save()
    ConsultationPage.objects.filter(pk=page.pk).update(summary="Another summary")
    for way, etag in before.items():
        assert client.get(way, headers={"If-None-Match": etag}).status_code == 200, way


def test_an_answer_is_never_kept_past_the_opening_or_the_close(client, settings, monkeypatch):
    """Neither here nor by whoever asked."""
    settings.READING_UNASKED_SECONDS = 3600.0
    now = timezone.now().replace(second=57, microsecond=0)
    for clock in ("now", "localtime"):
        monkeypatch.setattr(timezone, clock, lambda *_: now)
    page = samples.consultation(closes=now)
    for address in (LIST, one(page)):
        kept.forget()
        assert client.get(address)["Cache-Control"] == "public, max-age=3"
    monkeypatch.setattr(kept, "monotonic", lambda: 10.0**9)
    kept.forget()
    assert client.get(one(page)).json()["phase"] == "open"
    monkeypatch.setattr(kept, "monotonic", lambda: 10.0**9 + 3)
    now += timedelta(seconds=3)
    assert client.get(one(page)).json()["phase"] == "closed"
    assert client.get(one(page))["Cache-Control"] == "public, max-age=10"


MOST = {LIST: 7, f"{LIST}?phase=open": 7, f"{LIST}size/": 10, f"{LIST}size/questions/": 8}


@pytest.mark.parametrize("size", [1, 10])
def test_no_answer_asks_more_often_as_there_is_more(client, django_assert_max_num_queries, size):
    edition = samples.draft_edition()
    pages = [samples.consultation(edition, slug=f"size-{n}") for n in range(1, size)]
    page = samples.consultation(edition, slug="size")
    for at in range(size):
        samples.question(page, str(at), paragraphs=["1.1", "1.2", "2.1"][: 1 + at % 3])
        RelatedDocument.objects.create(page=page, title=f"{at}", link="https://example.org/")
    assert len(pages) == size - 1
    client.get(LIST)  # content types are looked up once a process
    for address, most in MOST.items():
        kept.forget()
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
