"""The questions of a consultation in the admin: from the text, one by one, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation.answers import Given
from consultation.models import Question, QuestionKind
from tests import factories as make
from tests.consultation import samples

pytestmark = pytest.mark.django_db
PRINTED = ["Is asking users enough?", "Are costs worth publishing?"]


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make.user())
    return client


@pytest.fixture
def upcoming() -> Any:
    opens = timezone.now() + timedelta(days=3)
    return samples.consultation(opens=opens, closes=opens + timedelta(weeks=13))


def at(name: str, page: Any, *more: Any) -> str:
    return reverse(f"consultation_{name}", args=[page.pk, *more])


def question_form(**changes: str) -> dict[str, str]:
    return {
        "number": "1",
        "text": "Why?",
        "kind": "text",
        "options": "",
        "paragraphs": "",
    } | changes


def listed(page: Any) -> list[tuple[str, str]]:
    return [(q.wording.number, q.wording.text) for q in page.questions.asked()]


def draft_that_lists_its_questions() -> Any:
    """Prints three questions, of which it lists the first two, the first in other words."""
    items = "".join(
        f"<li>{words}</li>"
        for words in (
            "Is it enough to ask the users alone?", "Are costs worth publishing?",
            "Should parks close at night?",
        )
    )  # fmt: skip
    blocks = [
        make.paragraph("1.1"),
        make.block("question", number="", text="<p>Is it enough to ask the users?</p>"),
        make.paragraph("1.2"),
        make.block("question", number="", text="<p>Are costs worth publishing?</p>"),
        make.block("question", number="", text="<p>What have we left out of this?</p>"),
        make.paragraph("1.3", f"<p>We ask:</p><ol>{items}</ol>"),
    ]
    section = make.section("Beginning", blocks, number="1")
    return make.issued(make.document(), [section], stage="consultation")


def test_questions_of_the_text_are_shown_beside_the_list_and_added_with_one_button(editor):
    page = samples.consultation(draft_that_lists_its_questions(), live=False)
    shown = editor.get(at("from_text", page)).content.decode()
    assert "prints 3 questions in its text and lists 3 together" in shown
    assert "<del>" in shown
    assert "After paragraph 1.1" in shown
    assert shown.count("not in the list") == 1
    assert "Listed, not printed beside a paragraph" in shown
    editor.post(
        at("from_text", page),
        {
            "ask-1": "on", "number-1": "1", "words-1": "listed", "kind-1": "yes-no",
            "number-2": "2", "words-2": "printed",
            "ask-3": "on", "number-3": "2a", "words-3": "own", "own-3": "What else?",
            "ask-4": "on", "number-4": "3", "words-4": "listed",
        },
    )  # fmt: skip
    assert listed(page) == [
        ("1", "Is it enough to ask the users alone?"),
        ("2a", "What else?"),
        ("3", "Should parks close at night?"),
    ]
    first, second, third = page.questions.asked()
    assert first.wording.kind == QuestionKind.YES_NO
    assert [q.paragraphs.values_list("number", flat=True).first() for q in (first, second, third)] == [
        "1.1", "1.2", None
    ]  # fmt: skip
    again = editor.get(at("from_text", page)).content.decode()
    assert again.count("Asked as") == 3
    assert again.count('name="ask-') == 1


def test_what_is_wrong_in_one_question_adds_none_and_loses_nothing(editor, upcoming):
    samples.question(upcoming, "2")
    sent = {
        "ask-1": "on", "number-1": "1", "words-1": "own", "own-1": "Mine?",
        "ask-2": "on", "number-2": "2", "words-2": "printed",
    }  # fmt: skip
    refused = editor.post(at("from_text", upcoming), sent)
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "There is a question 2 already" in shown
    assert "Mine?" in shown
    assert upcoming.questions.count() == 1
    nothing = editor.post(at("from_text", upcoming), {"number-1": "1"})
    assert "Tick the questions to ask." in nothing.content.decode()


def test_pressing_twice_asks_each_question_once(editor, upcoming):
    sent = {
        "ask-1": "on", "number-1": "1", "words-1": "printed",
        "ask-2": "on", "number-2": "2", "words-2": "printed",
    }  # fmt: skip
    for _ in range(2):
        editor.post(at("from_text", upcoming), sent)
    assert listed(upcoming) == [("1", PRINTED[0]), ("2", PRINTED[1])]


def test_a_question_is_added_with_the_paragraphs_that_are_typed(editor, upcoming):
    shown = editor.get(at("add_question", upcoming)).content.decode()
    assert 'value="1"' in shown
    editor.post(
        at("add_question", upcoming),
        question_form(
            kind="one", options="Yes\r\n\r\nNo", paragraphs="1.1 to 1.3; box “Who uses a park”"
        ),
    )
    question = upcoming.questions.asked().get()
    assert question.wording.options == [["yes", "Yes"], ["no", "No"]]
    assert question.paragraphs.count() == 4
    form = editor.get(at("question", upcoming, question.pk)).context["form"]
    assert form.initial["paragraphs"] == "1.1 to 1.3; Box “Who uses a park”"
    assert form.initial["options"] == "Yes\nNo"
    assert 'value="2"' in editor.get(at("add_question", upcoming)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "", "Enter its number"),
        ("number", "7", "There is a question 7 already"),
        ("text", " ", "Enter the question."),
        ("paragraphs", "9.9", "“9.9” is no paragraph of this edition."),
        ("smallest", "many", "Enter a number."),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    editor, upcoming, field, value, words
):
    samples.question(upcoming, "7")
    sent = question_form(help="Kept as typed", kind="number", **{field: value})
    refused = editor.post(at("add_question", upcoming), sent)
    assert words in refused.context["form"].errors[field][0]
    assert "Kept as typed" in refused.content.decode()
    assert upcoming.questions.count() == 1


def test_the_editor_is_told_how_many_answers_keep_the_old_wording(editor):
    page = samples.consultation()
    question = samples.question(page, "1", "Which?")
    for _ in range(2):
        samples.submitted(page, {question: "That one."})
    samples.written(page, {question: "Not sent."})
    sent = question_form(text="Which of these?")
    told = editor.post(at("question", page, question.pk), sent, follow=True).content.decode()
    assert "2 answers received in an earlier wording" in told
    rows = editor.get(at("questions", page))
    assert rows.context["asked"][0].n == 2
    shown = editor.get(at("question", page, question.pk)).content.decode()
    assert "Which of these?" in shown
    assert "1. Which?" in shown


def test_changing_the_kind_of_an_answered_question_says_what_to_do_instead(editor):
    page = samples.consultation()
    question = samples.question(page, "1", kind=QuestionKind.YES_NO)
    samples.submitted(page, {question: Given({"choice": "yes"})})
    refused = editor.post(at("question", page, question.pk), question_form())
    assert "ask another instead" in refused.context["form"].errors["kind"][0]
    told = editor.post(at("question", page, question.pk), {"retire": "yes"}, follow=True)
    assert "Its answers are kept" in told.content.decode()
    assert [q.pk for q in told.context["retired"]] == [question.pk]
    editor.post(at("questions", page), {"again": question.pk})
    assert page.questions.asked().get() == question


def test_questions_move_up_and_down_and_the_button_keeps_its_place(editor, upcoming):
    first, second = samples.question(upcoming), samples.question(upcoming)
    moved = editor.post(at("questions", upcoming), {"up": second.pk})
    assert moved.headers["Location"].endswith(f"?moved=up-{second.pk}")
    assert editor.get(moved.headers["Location"]).context["focus"] == f"down-{second.pk}"
    assert editor.get(f"{moved.headers['Location']}x").context["focus"] == ""
    assert list(upcoming.questions.asked()) == [second, first]
    assert editor.get(at("questions", upcoming)).context["asked"] == [second, first]
    for wrong in ({"up": second.pk}, {"down": "x"}, {"up": "99999"}, {}):
        editor.post(at("questions", upcoming), wrong)
        assert list(upcoming.questions.asked()) == [second, first]
    editor.post(at("questions", upcoming), {"down": second.pk})
    assert list(upcoming.questions.asked()) == [first, second]


def test_a_question_of_another_consultation_is_not_found(editor, upcoming):
    other = samples.question(samples.consultation())
    assert editor.get(at("question", upcoming, other.pk)).status_code == 404
    assert Question.objects.count() == 1


def test_the_list_asks_the_database_as_often_for_ten_questions_as_for_one(
    editor, upcoming, django_assert_max_num_queries
):
    def counted() -> int:
        with django_assert_max_num_queries(60) as captured:
            editor.get(at("questions", upcoming))
        return len(captured)

    samples.question(upcoming, paragraphs=["1.1"])
    counted()
    one = counted()
    for _ in range(9):
        samples.question(upcoming, paragraphs=["1.1", "1.2"])
    assert counted() == one
