"""Submitting through the API: whole or not at all, once however often, and nothing of it elsewhere."""

from __future__ import annotations

import json
import logging
from contextlib import nullcontext
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry

from consultation.actions.counting import total
from consultation.models import Answer, Authority, Letter, ParagraphComment, Response, State
from tests.consultation import samples

pytestmark = pytest.mark.django_db
SECRET = "zebra-crossing"


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.clear()


def token(*, may: bool = True) -> str:
    user = get_user_model().objects.create_user(f"{uuid4().hex}@example.org", "secret")
    if may:
        user.user_permissions.add(Permission.objects.get(codename="submit_response"))
    return APIToken.create_token(user=user, name="a system")[1]


@pytest.fixture
def asked():
    """An open consultation with questions of several kinds."""
    page = samples.consultation()
    samples.question(page, "1", "Is asking enough?")
    samples.question(page, "2", "Do you agree?", kind="agree", required=True)
    samples.question(page, "3", "Which?", kind="several", options=[["a", "Swings"], ["b", "Paths"]])
    samples.question(page, "4", "How many?", kind="number", smallest=0, largest=10)
    return page


def whole(**more: Any) -> dict[str, Any]:
    return {
        "respondent": {"kind": "individual", "name": "Robin Example"},
        "contact": {"email": "robin@example.org"},
        "use": {"publish_name": True, "publish_answer": False},
        "answers": [
            {"question": "1", "text": "It is, [[as I know from work]]."},
            {"question": "2", "choice": "agree"},
            {"question": "3", "choices": ["b", "a"]},
            {"question": "4", "number": 3.5, "text": "About that."},
        ],
        "confidentiality": {"kind": "passages", "reason": "My employer reads this."},
        "comments": [{"paragraph": "1.2", "text": "Good."}],
        **more,
    }


def post(page, body, bearer: str, key: str | None = "first-key", client: Client | None = None):
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    if key is not None:
        headers["Idempotency-Key"] = key
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    address = f"/api/v1/consultations/{page.slug}/responses/"
    return (client or Client()).post(
        address, data, content_type="application/json", headers=headers
    )


def faults(response) -> dict[str, str]:
    assert response.status_code == 422, response.content
    return {fault["parameter"]: fault["detail"] for fault in response.json()["errors"]}


def test_a_whole_response_is_stored_counted_and_acknowledged(asked):
    sent = post(asked, whole(), token())
    assert sent.status_code == 201
    said = sent.json()
    response = Response.objects.get(reference=said["reference"])
    assert said["late"] is False
    assert said["url"].endswith(f"/consultations/{asked.slug}/")
    assert (response.state, response.channel) == (State.SUBMITTED, "api")
    assert response.name == "Robin Example"
    values = response.answers.order_by("question__position").values_list("value", flat=True)
    assert list(values) == [{}, {"choice": "agree"}, {"choices": ["a", "b"]}, {"number": "3.5"}]
    assert response.answers.get(question__position=1).has_confidential
    comment = response.comments.get()
    assert (comment.number, comment.text) == ("1.2", "Good.")
    assert total(asked.pk) == 1
    assert Letter.objects.get(response=response).to == "robin@example.org"
    assert ModelLogEntry.objects.filter(action="consultation.submit").count() == 1
    assert sent["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in sent


def test_the_same_again_gets_the_same_answer_and_is_stored_once(asked):
    bearer = token()
    first = post(asked, whole(), bearer)
    spelt_otherwise = json.dumps(whole(), indent=2, sort_keys=True)
    for body in (whole(), spelt_otherwise):
        again = post(asked, body, bearer)
        assert (again.status_code, again.content) == (201, first.content)
        assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Response.objects.count() == total(asked.pk) == 1


def test_a_key_in_quotation_marks_is_the_same_key(asked):
    bearer = token()
    first = post(asked, whole(), bearer, key='"first-key"')
    assert post(asked, whole(), bearer).json() == first.json()


def test_something_else_under_the_same_key_is_refused(asked):
    bearer = token()
    post(asked, whole(), bearer)
    found = faults(post(asked, whole(comments=[]), bearer))
    assert "new key" in found["Idempotency-Key"]
    assert Response.objects.count() == 1


def test_the_same_key_of_another_account_or_consultation_is_another(asked):
    bearer, other = token(), samples.consultation(asked.edition)
    assert post(asked, whole(), bearer).status_code == 201
    assert post(asked, whole(), token()).status_code == 201
    body = whole(answers=[])
    assert post(other, body, bearer).status_code == 201
    assert Response.objects.count() == 3


@pytest.mark.parametrize("key", [None, "", "short", "x" * 101, "with a space", 'quo"tation'])
def test_a_request_without_a_good_key_is_told_to_send_one(asked, key):
    sent = post(asked, whole(), token(), key=key)
    assert sent.status_code == 400
    assert "Idempotency-Key" in sent.json()["detail"]


def test_while_the_first_is_under_way_another_is_told_to_wait(asked, monkeypatch):
    bearer = token()
    seen = []

    def again_meanwhile(**asked_for):
        seen.append(post(asked, whole(), bearer))
        return submit(**asked_for)

    from consultation.api import submitting

    submit = submitting.submit_through_api
    monkeypatch.setattr(submitting, "submit_through_api", again_meanwhile)
    assert post(asked, whole(), bearer).status_code == 201
    assert (seen[0].status_code, seen[0]["Retry-After"]) == (409, "1")
    monkeypatch.undo()
    assert post(asked, whole(), bearer)["Idempotent-Replayed"] == "true"


def test_nobody_without_a_token_or_the_permission_may(asked, client):
    for bearer in ("", "nonsense", f"{token()}x"):
        refused = post(asked, whole(), bearer)
        assert refused.status_code == 401
        assert refused["WWW-Authenticate"].startswith("Bearer")
    assert post(asked, whole(), token(may=False)).status_code == 403
    user = get_user_model().objects.create_superuser("root@example.org", "secret")
    client.force_login(user)
    assert post(asked, whole(), "", client=client).status_code == 401
    assert not Response.objects.exists()


def test_a_token_that_was_revoked_or_whose_account_is_closed_holds_no_longer(asked):
    revoked, closed = token(), token()
    APIToken.objects.order_by("pk").first().revoke()
    get_user_model().objects.filter(api_tokens=APIToken.objects.last()).update(is_active=False)
    assert post(asked, whole(), revoked).status_code == 401
    assert post(asked, whole(), closed).status_code == 401


def test_every_fault_is_named_with_its_place_and_nothing_is_stored(asked):
    body = whole(
        contact={"email": "robin at example"},
        answers=[
            {"question": "9", "text": "x"},
            {"question": "2", "choice": SECRET},
            {"question": "1", "choice": "a"},
            {"question": "4", "number": "eleven"},
            {"question": "1", "text": "again"},
        ],
        comments=[
            {"paragraph": "7.7", "text": "x"},
            {"paragraph": "1.1", "text": "x"},
            {"paragraph": "1.1", "text": "y"},
        ],
    )
    sent = post(asked, body, token())
    assert set(faults(sent)) == {
        "#/contact/email", "#/answers/0/question", "#/answers/1/choice", "#/answers/2/choice",
        "#/answers/3/number", "#/answers/4/question", "#/comments/0/paragraph",
        "#/comments/2/paragraph",
    }  # fmt: skip
    assert SECRET not in sent.content.decode()
    for model in (Response, Answer, ParagraphComment, Letter):
        assert not model.objects.exists()
    assert total(asked.pk) == 0


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"respondent": {"kind": "individual"}}, "#/respondent/name"),
        ({"respondent": {"kind": "robot", "name": SECRET}}, "#/respondent/kind"),
        ({"respondent": {"kind": "organisation", "name": "R"}}, "#/respondent/organisation"),
        (
            {"respondent": {"kind": "individual", "name": "R", "organisation": "X"}},
            "#/respondent/organisation",
        ),
        (
            {"respondent": {"kind": "individual", "name": "R", "authority": SECRET}},
            "#/respondent/authority",
        ),
        ({"respondent": {"kind": "individual", "name": f"R\n{SECRET}"}}, "#/respondent/name"),
        ({"use": {"publish_name": True}}, "#/use/publish_answer"),
        ({"confidentiality": {"kind": "whole"}}, "#/confidentiality/reason"),
        ({"answers": []}, "#/answers"),
        ({"answers": [{"question": "2", "choice": "agree", SECRET: 1}]}, "#/answers/0"),
        ({"comments": [{"paragraph": "1.1", "text": SECRET + "\0"}]}, "#/comments/0/text"),
        ({"comments": [{"paragraph": "1.1", "text": "x" * 50_001}]}, "#/comments/0/text"),
        ({SECRET: "x"}, "#/"),
    ],
)
def test_what_is_missing_or_wrong_in_form_is_named(asked, change, place):
    sent = post(asked, whole(**change), token())
    assert place in faults(sent)
    assert SECRET not in sent.content.decode()
    assert not Response.objects.exists()


def test_questions_go_by_key_and_paragraphs_by_id_as_well(asked):
    question = asked.questions.get(position=2)
    Authority.objects.create(name="Swanbury City Council", code="E06000001")
    first = post(asked, whole(), token())
    comment = ParagraphComment.objects.get()
    body = whole(
        answers=[{"question": str(question.key).upper(), "choice": "disagree"}],
        comments=[{"paragraph": str(comment.paragraph_id), "text": "By its id."}],
        respondent={
            "kind": "organisation", "name": "R", "organisation": "Swanbury",
            "organisation_type": "local-authority", "authority": "e06000001",
        },
    )  # fmt: skip
    second = post(asked, body, token())
    assert (first.status_code, second.status_code) == (201, 201)
    response = Response.objects.get(reference=second.json()["reference"])
    assert response.authority.name == "Swanbury City Council"
    assert response.comments.get().number == "1.2"


def test_a_question_that_needs_a_file_says_where_to_answer_instead(asked):
    samples.question(asked, "5", "Your plan", kind="file", required=True)
    assert "takes no files" in faults(post(asked, whole(), token()))["#/answers"]


def test_nothing_is_taken_before_it_opens_or_after_it_has_closed(asked):
    now, bearer = timezone.now(), token()
    early = samples.consultation(asked.edition, opens=now + timedelta(days=1))
    late = samples.closed(asked.edition)
    for page, words in ((early, "opens at"), (late, "closed at")):
        sent = post(page, whole(answers=[]), bearer)
        assert sent.status_code == 409
        assert words in sent.json()["detail"]
    assert not Response.objects.exists()


def test_what_was_acknowledged_is_acknowledged_again_after_the_close(asked):
    bearer = token()
    first = post(asked, whole(), bearer)
    now = timezone.now()
    type(asked).objects.filter(pk=asked.pk).update(
        opens=now - timedelta(days=9), closes=now - timedelta(days=1)
    )
    again = post(asked, whole(), bearer)
    assert (again.status_code, again.content) == (201, first.content)


def test_only_json_of_a_bounded_length_is_read(asked, monkeypatch):
    bearer = token()
    address = f"/api/v1/consultations/{asked.slug}/responses/"
    form = Client().post(address, {"a": "b"}, headers={"Authorization": f"Bearer {bearer}"})
    assert form.status_code == 415
    for body in (" ", "{", "[]", "null", '"x"', b"\xff\xfe"):
        assert post(asked, body, bearer).status_code in (400, 422), body
    monkeypatch.setattr("guidance.api.writing.LONGEST_BODY", 100)
    assert post(asked, whole(), bearer).status_code == 413


def test_what_is_not_published_takes_nothing(asked):
    type(asked).objects.filter(pk=asked.pk).update(live=False)
    assert post(asked, whole(), token()).status_code == 404


def test_responses_cannot_be_read_and_pages_of_others_cannot_send_them(asked, client):
    address = f"/api/v1/consultations/{asked.slug}/responses/"
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE"):
        found = client.generic(method, address)
        assert (found.status_code, found["Allow"]) == (405, "POST, OPTIONS")
    assert "published" in client.get(address).json()["detail"]
    preflight = client.options(address, headers={"Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert not [name for name in preflight.headers if name.startswith("Access-Control")]


def test_an_error_of_ours_says_nothing_of_what_was_sent(asked, monkeypatch, caplog):
    def fail(**_):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("consultation.api.submitting.submit_through_api", fail)
    caplog.set_level(logging.DEBUG)
    sent = post(asked, whole(comments=[{"paragraph": "1.1", "text": SECRET}]), token())
    assert sent.status_code == 500
    assert SECRET not in sent.content.decode()
    assert SECRET not in caplog.text
    assert "event=api_error" in caplog.text


def test_no_word_of_a_response_is_logged(asked, caplog):
    caplog.set_level(logging.INFO)
    body = whole(comments=[{"paragraph": "1.1", "text": SECRET}])
    bearer = token()
    assert post(asked, body, bearer).status_code == 201
    assert (
        post(asked, whole(answers=[{"question": SECRET}]), bearer, "other-key").status_code == 422
    )
    assert SECRET not in caplog.text
    assert "first-key" not in caplog.text
    assert bearer not in caplog.text


@pytest.mark.skipif(
    "connection.vendor == 'sqlite'",
    reason="in memory, SQLite answers “locked” at once where a file would wait its turn",
)
@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_stores_one_response(asked, monkeypatch):
    """Where the processes share no cache the database alone decides."""
    monkeypatch.setattr("consultation.api.submitting._alone", lambda *_: nullcontext())
    bearer, at_once, answers = token(), Barrier(6), []

    def send() -> None:
        at_once.wait()
        try:
            answers.append(post(asked, whole(), bearer))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer for answer in answers) == 5
    assert Response.objects.count() == total(asked.pk) == 1
