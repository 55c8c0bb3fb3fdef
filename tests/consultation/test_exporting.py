"""Exports of responses: what is in them, what is not, and what is written down about them."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from consultation.actions import exporting
from consultation.actions.exporting import export
from consultation.actions.exports import (
    ANSWERS,
    COMMENTS,
    RESPONSES,
    as_csv,
    as_json,
    as_xlsx,
)
from consultation.actions.reading_responses import Wanted
from consultation.answers import Given
from consultation.models import Confidential, QuestionKind
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db
SECRET = "the swan pond"


def member(role: str = "Consultation team") -> Any:
    user = factories.user(superuser=False)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def page() -> Any:
    return samples.consultation()


def made(
    page: Any, *, user: Any = None, wanted: Wanted | None = None, confidential: bool = False
) -> Any:
    return export(
        user=user or member(),
        consultation=page,
        wanted=wanted or Wanted(),
        form="x",
        confidential=confidential,
    )


def rows(page: Any, what: str = RESPONSES, **asked: Any) -> list[dict[str, str]]:
    text = b"".join(as_csv(made(page, **asked), what)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def everything(page: Any, **asked: Any) -> str:
    """All forms of an export as one text."""
    ready = made(page, **asked)
    texts = [b"".join(as_csv(ready, what)).decode() for what in (RESPONSES, ANSWERS, COMMENTS)]
    book = load_workbook(BytesIO(b"".join(as_xlsx(ready))))
    cells = [
        str(c.value)
        for sheet in book
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None
    ]
    return "\n".join([*texts, b"".join(as_json(ready)).decode(), *cells])


def test_each_question_has_its_columns(page):
    agree = samples.question(page, kind=QuestionKind.AGREE)
    words = samples.question(page)
    number = samples.question(page, kind=QuestionKind.NUMBER)
    response = samples.submitted(
        page,
        {
            agree: Given({"choice": "agree"}, "Yes\nindeed"),
            words: "Ponds.",
            number: Given({"number": "-3.50"}),
        },
    )
    row = rows(page)[0]
    assert row["reference"] == response.reference
    assert (row["Question 1: answer"], row["Question 1: words"]) == ("Agree", "Yes\nindeed")
    assert row["Question 2"] == "Ponds."
    assert row["Question 3: answer"] == "-3.50"
    assert (row["name"], row["email"], row["publish_name"]) == (
        "Robin Example",
        "robin@example.org",
        "yes",
    )
    assert rows(page, ANSWERS)[0]["wording"] == "What do you think?"


def test_comments_are_a_table_of_their_own(page):
    response = samples.submitted(page, comments={"1.1": "Good.", "2.1": "Dear."})
    found = [(row["reference"], row["paragraph"], row["words"]) for row in rows(page, COMMENTS)]
    assert found == [(response.reference, "1.1", "Good."), (response.reference, "2.1", "Dear.")]


def test_a_workbook_has_three_sheets_in_which_nothing_is_a_formula(page):
    number = samples.question(page, kind=QuestionKind.NUMBER)
    words = samples.question(page)
    samples.submitted(
        page,
        {number: Given({"number": "12"}), words: '=HYPERLINK("http://x")'},
        {"1.1": "\x0b=1+1"},
        name="@evil",
    )
    samples.submitted(page, {words: "a" * 40_000})
    book = load_workbook(BytesIO(b"".join(as_xlsx(made(page)))))
    assert book.sheetnames == ["Responses", "Answers", "Comments"]
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    values = [c.value for c in cells]
    assert 12 in values
    assert "'@evil" in values
    assert "'=1+1" in values
    assert any(str(value).endswith("JSON exports]") for value in values)


def test_csv_holds_no_formula_and_json_holds_the_words_as_they_are(page):
    words = samples.question(page)
    samples.submitted(page, {words: "=1+1"}, {"1.1": "＝2"}, name="+44", organisation="\t=3")
    for what in (RESPONSES, ANSWERS, COMMENTS):
        for row in rows(page, what):
            assert not [v for v in row.values() if v.lstrip()[:1] in ("=", "+", "@", "＝")]
    found = json.loads(b"".join(as_json(made(page))))
    assert found["responses"][0]["answers"][0]["words"] == "=1+1"
    assert found["consultation"] == page.slug


def test_what_is_still_being_written_is_in_no_form(page):
    words = samples.question(page)
    samples.written(page, {words: SECRET}, {"1.1": SECRET}, name="Quillon")
    samples.submitted(page)
    text = everything(page, confidential=True)
    assert SECRET not in text
    assert "Quillon" not in text


def test_confidential_words_are_hidden_unless_asked_for(page):
    choice = samples.question(page, kind=QuestionKind.ONE, options=[["ponds", "The ponds"]])
    samples.submitted(page, {choice: Given({}, f"See [[{SECRET}]]")}, confidential_reason=SECRET)
    samples.submitted(
        page, {choice: Given({"choice": "ponds"}, SECRET)}, {"1.1": SECRET}, name="Quillon", email="quillon@example.org",
        confidential=Confidential.WHOLE, confidential_reason="Because.",
    )  # fmt: skip
    hidden = everything(page)
    for secret in (SECRET, "Quillon", "quillon", "Because.", '"choice": "ponds"'):
        assert secret not in hidden, secret
    shown = everything(page, confidential=True)
    for secret in (SECRET, "Quillon", "Because.", f"[[{SECRET}]]"):
        assert secret in shown, secret


def test_an_export_is_for_those_who_may_and_is_written_down(page):
    samples.submitted(page, comments={"1.1": f"[[{SECRET}]]"}, confidential_reason="x")
    samples.submitted(page)
    for role in ("Editors", "Legal"):
        with pytest.raises(PermissionDenied):
            made(page, user=member(role))
    with pytest.raises(PermissionDenied):
        made(page, user=member("Policy leads"), confidential=True)
    assert not PageLogEntry.objects.filter(action="consultation.export").exists()
    made(page, wanted=Wanted(who="Robin", channel="online"), confidential=True)
    act = PageLogEntry.objects.get(action="consultation.export")
    assert act.data["responses"] == 2
    assert act.data["confidential"] == 1
    assert act.data["wanted"] == {"who": "given", "channel": "online"}


def test_only_what_the_filters_let_through_is_exported(page):
    one = samples.submitted(page, name="Robin One")
    samples.submitted(page, name="Robin Two")
    assert [row["reference"] for row in rows(page, wanted=Wanted(who="robin one"))] == [
        one.reference
    ]


def test_many_are_read_in_parts_with_few_queries_and_each_comes_once(page, monkeypatch):
    words = samples.question(page)
    wanted = [samples.submitted(page, {words: str(n)}).reference for n in range(7)]
    ready = made(page)
    _ = ready.wordings
    monkeypatch.setattr(exporting, "AT_ONCE", 3)
    with CaptureQueriesContext(connection) as queries:
        text = b"".join(as_csv(ready, RESPONSES)).decode("utf-8-sig")
    assert [row["reference"] for row in csv.DictReader(StringIO(text))] == wanted
    assert len(queries) == 3 * 5 + 1


def test_an_answer_keeps_the_words_of_the_wording_that_it_answers(page):
    question = samples.question(page, kind=QuestionKind.ONE, options=[["a", "First words"]])
    samples.submitted(page, {question: Given({"choice": "a"})})
    old = question.wording
    new = type(old).objects.create(
        question=question, version=2, number="1", text="New?", kind="one", options=[["a", "New words"]],
        made_at=old.made_at,
    )  # fmt: skip
    question.wording = new
    question.save()
    assert rows(page)[0]["Question 1: answer"] == "First words"
    assert rows(page, ANSWERS)[0]["wording_version"] == "1"


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("xlsx", "spreadsheetml"),
        ("csv responses", "text/csv"),
        ("csv answers", "text/csv"),
        ("json", "json"),
    ],
)
def test_the_page_sends_each_form_as_a_download(page, form, kind):
    samples.submitted(page)
    client = Client()
    client.force_login(member("Policy leads"))
    sent = client.post(reverse("consultation_export", args=[page.pk]), {"form": form})
    assert sent.streaming
    assert kind in sent.headers["Content-Type"]
    assert sent.headers["Content-Disposition"].startswith(f'attachment; filename="{page.slug}-')
    assert "no-store" in sent.headers["Cache-Control"]
    assert b"".join(sent.streaming_content)


def test_the_page_says_what_to_do_where_it_cannot(page):
    client = Client()
    client.force_login(member("Policy leads"))
    address = reverse("consultation_export", args=[page.pk])
    assert "Choose a form" in client.post(address, {"form": "pdf"}).content.decode()
    assert "cannot be read" in client.get(address, {"channel": "pigeon"}).content.decode()
    assert client.post(address, {"form": "json", "confidential": "1"}).status_code == 302  # refused
