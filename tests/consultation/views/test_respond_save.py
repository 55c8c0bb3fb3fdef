"""Saving while somebody writes: lean, never over another text, and with an answer for every case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultation.actions.submitting import submit
from consultation.models import Answer, ConsultationPage, ParagraphComment, Response
from consultation.views.desk import cookie_of
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> ConsultationPage:
    return samples.consultation()


def holding(response: Response, key: str) -> Client:
    client = Client()
    client.cookies[cookie_of(response.consultation)] = key
    return client


def saved(client: Client, page: ConsultationPage, fields: dict[str, Any]) -> tuple[int, Any]:
    answer = client.post(f"{page.address}respond/save/", fields)
    return answer.status_code, answer.json()


def box(key: str, text: str, seen: int = 0, **more: Any) -> dict[str, Any]:
    return {f"seen.{key}": seen, f"was.{key}": "-", f"text.{key}": text} | more


def test_it_saves_with_few_queries(consultation, django_assert_max_num_queries):
    asked = samples.question(consultation)
    response, key = samples.written(consultation, {asked: "One."})
    client = holding(response, key)
    with django_assert_max_num_queries(8):  # the savepoint of the test's transaction counts as two
        status, said = saved(client, consultation, box(f"q-{asked.key}", "Two.", 1))
    assert status == 200
    assert said["saved"][f"q-{asked.key}"]["revision"] == 2
    assert Answer.objects.get().text == "Two."


def test_it_begins_a_response_and_goes_on_in_it(client, consultation):
    asked = samples.question(consultation)
    client.get(f"{consultation.address}respond/")
    saved(client, consultation, box(f"q-{asked.key}", "One."))
    saved(client, consultation, box(f"q-{asked.key}", "Two.", 1) | box("p-1.1", "Good."))
    assert Response.objects.count() == 1
    assert Answer.objects.get().text == "Two."
    assert ParagraphComment.objects.get().text == "Good."


def test_nothing_typed_begins_nothing(client, consultation):
    asked = samples.question(consultation)
    status, _ = saved(client, consultation, box(f"q-{asked.key}", " "))
    assert status == 200
    assert Response.objects.count() == 0


def test_what_somebody_else_saved_comes_back_and_is_not_overwritten(consultation):
    asked = samples.question(consultation, kind="agree")
    response, key = samples.written(consultation)
    client = holding(response, key)
    name = f"q-{asked.key}"
    saved(client, consultation, box(name, "From here.", **{f"choice.{name}": "agree"}))
    status, said = saved(client, consultation, box(name, "From there."))
    assert status == 200
    assert said["conflicts"][name]["text"] == "From here."
    assert said["conflicts"][name]["words"] == "Agree"
    assert Answer.objects.get().text == "From here."


def test_a_number_that_is_none_keeps_the_words_and_says_so(consultation):
    asked = samples.question(consultation, kind="number")
    response, key = samples.written(consultation)
    client = holding(response, key)
    name = f"q-{asked.key}"
    saved(client, consultation, box(name, "", **{f"choice.{name}": "12"}))
    _, said = saved(client, consultation, box(name, "About.", 1, **{f"choice.{name}": "x"}))
    assert "digits" in said["faults"][name]
    answer = Answer.objects.get()
    assert (answer.text, answer.value) == ("About.", {"number": "12"})


def test_after_it_was_sent_it_says_so(consultation):
    response, key = samples.written(consultation, comments={"1.1": "Good."})
    client = holding(response, key)
    submit(response=response)
    status, said = saved(client, consultation, box("p-1.1", "More."))
    assert status == 409
    assert "sent" in said["stopped"]
    assert ParagraphComment.objects.get().text == "Good."


def test_after_the_close_nothing_is_begun(client, consultation):
    ConsultationPage.objects.update(closes=timezone.now() - timedelta(hours=1))
    status, said = saved(client, consultation, box("p-1.1", "Late."))
    assert status == 409
    assert "closed at" in said["stopped"]
    assert Response.objects.count() == 0


@pytest.mark.parametrize("key", ["q-nonsense", "p-9.9", "x", "q-" + "0" * 400, "p-\x00"])
def test_boxes_that_are_not_there_are_said_to_be_gone(client, consultation, key):
    status, said = saved(client, consultation, box(key, "Words."))
    assert status == 200
    assert "no longer asked" in said["faults"][key]
    assert Response.objects.count() == 0


def test_the_forms_on_the_respondent_are_saved_too(client, consultation):
    sent = {"form": "you", "seen": "0", "was": "", "name": "Robin", "email": "robin@"}
    status, said = saved(client, consultation, sent)
    assert status == 200
    assert "e-mail address" in said["faults"]["email"]
    assert Response.objects.get().name == "Robin"


def test_it_says_what_is_stored_for_a_page_from_the_history(consultation):
    asked = samples.question(consultation)
    response, key = samples.written(consultation, {asked: "One."}, {"1.1": "Good."})
    client = holding(response, key)
    name = f"q-{asked.key}"
    answer = client.get(
        f"{consultation.address}respond/save/", {"box": [name, "p-1.1", "p-1.2", "use"]}
    )
    stored = answer.json()["stored"]
    assert stored[name]["values"] == [[f"text.{name}", "One."]]
    assert stored["p-1.1"]["values"] == [["text.p-1.1", "Good."]]
    assert "p-1.2" not in stored
    assert ["publish_name", "yes"] in stored["use"]["values"]


def test_nothing_of_a_response_is_told_to_another_device(client, consultation):
    asked = samples.question(consultation)
    samples.written(consultation, {asked: "One."})
    answer = client.get(f"{consultation.address}respond/save/", {"box": f"q-{asked.key}"})
    assert answer.json() == {"stored": {}}
