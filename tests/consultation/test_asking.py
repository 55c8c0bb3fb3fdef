"""Questions are asked, reworded, taken out and ordered; what was answered keeps its wording."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import PageLogEntry

from consultation.actions.anchors import anchor
from consultation.actions.asking import ask, ask_again, reorder, retire, reword
from consultation.actions.question_rules import Asking
from consultation.answers import Given
from consultation.models import Answer, Question, QuestionKind
from tests import factories as make
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make.user()


@pytest.fixture
def upcoming():
    now = timezone.now()
    return samples.consultation(opens=now + timedelta(days=3), closes=now + timedelta(weeks=14))


@pytest.fixture
def page():
    return samples.consultation()


def one_of(*options: str, number: str = "1", **fields) -> Asking:
    return Asking(number, "How often?", QuestionKind.ONE, options=options, **fields)


def acts(page) -> list[str]:
    return list(
        PageLogEntry.objects.filter(page=page.pk, action__startswith="consultation.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def test_a_question_is_asked_about_its_paragraphs(page, user):
    about = [anchor(page.edition_id, "1.1"), anchor(page.edition_id, "2.1")]
    made = ask(user=user, consultation=page, asking=Asking("1", "Why?", paragraphs=about))
    assert (made.position, made.wording.version, made.wording.made_by) == (1, 1, user)
    assert [row.number for row in made.paragraphs.all()] == ["1.1", "2.1"]
    assert ask(user=user, consultation=page, asking=Asking("2", "Who?")).position == 2
    assert acts(page) == ["consultation.ask"] * 2


@pytest.mark.parametrize(
    ("asking", "field"),
    [
        (Asking("", "Why?"), "number"),
        (Asking("A number that is too long", "Why?"), "number"),
        (Asking("1A", "Why?"), "number"),
        (Asking("2", "  "), "text"),
        (Asking("2", "Why?", "telepathy"), "kind"),
        (one_of("Yes", number="2"), "options"),
        (one_of("Yes", " yes ", number="2"), "options"),
        (one_of("Yes", "x" * 301, number="2"), "options"),
        (one_of(*map(str, range(51)), number="2"), "options"),
        (Asking("2", "Many?", QuestionKind.NUMBER, smallest=5, largest=4), "largest"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(page, user, asking, field):
    samples.question(page, "1a")
    with pytest.raises(ValidationError) as caught:
        ask(user=user, consultation=page, asking=asking)
    assert list(caught.value.message_dict) == [field]
    assert Question.objects.count() == 1


def test_before_it_opens_a_rewording_changes_the_wording_in_place(upcoming, user):
    question = ask(user=user, consultation=upcoming, asking=one_of("Yes", "No"))
    done = reword(user=user, question=question, asking=one_of("Yes", "No, never", "Perhaps"))
    assert not done.new_version
    assert question.wordings.count() == 1
    assert done.question.wording.options == [
        ["yes", "Yes"], ["no-never", "No, never"], ["perhaps", "Perhaps"]
    ]  # fmt: skip


def test_once_it_is_open_each_answer_keeps_the_wording_that_it_answers(page, user):
    question = ask(user=user, consultation=page, asking=one_of("Every year", "Never"))
    samples.submitted(page, {question: Given({"choice": "every-year"}, "Of course.")})
    samples.written(page, {question: Given({"choice": "never"})})
    done = reword(user=user, question=question, asking=one_of("Each year", "Never", "Every month"))
    assert (done.new_version, done.kept) == (True, 1)
    assert done.question.wording.version == 2
    assert [key for key, _ in done.question.wording.options] == [
        "every-year", "never", "every-month"
    ]  # fmt: skip
    answer = Answer.objects.filter(response__state="submitted").get()
    assert answer.wording.version == 1
    assert answer.wording.value_in_words(answer.value) == "Every year"


def test_nothing_is_versioned_or_logged_where_nothing_changed(page, user):
    asking = one_of("Yes", "No", paragraphs=[anchor(page.edition_id, "1.1")])
    question = ask(user=user, consultation=page, asking=asking)
    assert not reword(user=user, question=question, asking=asking).new_version
    assert acts(page) == ["consultation.ask"]
    other = one_of("Yes", "No", paragraphs=[anchor(page.edition_id, "1.2")])
    assert not reword(user=user, question=question, asking=other).new_version
    assert [row.number for row in question.paragraphs.all()] == ["1.2"]
    assert acts(page) == ["consultation.ask", "consultation.reword"]


@pytest.mark.parametrize("kind", [QuestionKind.ONE, QuestionKind.SEVERAL])
def test_an_option_that_was_chosen_stays_and_the_kind_of_an_answered_question_too(page, user, kind):
    question = ask(
        user=user,
        consultation=page,
        asking=Asking("1", "Which?", kind, options=["Oak", "Elm", "Yew"]),
    )
    value = {"choice": "elm"} if kind == QuestionKind.ONE else {"choices": ["oak", "elm"]}
    samples.written(page, {question: Given(value)})
    with pytest.raises(ValidationError) as caught:
        reword(
            user=user, question=question, asking=Asking("1", "Which?", kind, options=["Oak", "Yew"])
        )
    assert "Elm" in caught.value.message_dict["options"][0]
    with pytest.raises(ValidationError) as caught:
        reword(user=user, question=question, asking=Asking("1", "Which?"))
    assert list(caught.value.message_dict) == ["kind"]
    done = reword(
        user=user, question=question, asking=Asking("1", "Which?", kind, options=["Oak", "Elm"])
    )
    assert done.new_version


def test_one_that_can_have_been_answered_is_kept_when_it_is_taken_out(page, upcoming, user):
    answered = samples.question(page)
    samples.submitted(page, {answered: "Yes."})
    assert retire(user=user, question=answered)
    answered.refresh_from_db()
    assert answered.retired_at
    assert answered.answers.count() == 1
    assert not page.questions.asked().exists()
    assert not retire(user=user, question=samples.question(upcoming))
    assert not upcoming.questions.exists()


def test_one_that_was_taken_out_is_asked_again_unless_its_number_is_taken(page, user):
    question = samples.question(page, "1")
    retire(user=user, question=question)
    other = samples.question(page, "1")
    with pytest.raises(ValidationError):
        ask_again(user=user, question=question)
    retire(user=user, question=other)
    assert ask_again(user=user, question=question).retired_at is None


def test_questions_are_put_in_another_order(page, user):
    first, second, third = (samples.question(page) for _ in range(3))
    reorder(user=user, consultation=page, order=[third.pk, first.pk, 999])
    assert list(page.questions.asked()) == [third, first, second]
    reorder(user=user, consultation=page, order=[third.pk, first.pk])
    assert acts(page) == ["consultation.reorder"]


@pytest.mark.parametrize(
    ("role", "before", "live"),
    [
        ("Editors", True, False), ("Policy leads", True, False), ("Legal", False, False),
        ("Sounding Board", False, False), ("Publishers", True, True),
        ("Consultation team", True, True), ("Administrators", True, True),
    ],
)  # fmt: skip
def test_what_is_live_is_changed_by_those_who_may_publish_it(role, before, live):
    person = make.user(f"{role}@example.org".replace(" ", "-"), superuser=False)
    person.groups.add(Group.objects.get(name=role))
    for allowed, page in (
        (before, samples.consultation(live=False)),
        (live, samples.consultation()),
    ):
        question = samples.question(page)
        for act in (
            lambda page=page: ask(user=person, consultation=page, asking=Asking("9", "Why?")),
            lambda question=question: reword(
                user=person, question=question, asking=Asking("1", "?")
            ),
            lambda page=page: reorder(user=person, consultation=page, order=[]),
            lambda question=question: retire(user=person, question=question),
        ):
            if allowed:
                act()
            else:
                with pytest.raises(PermissionDenied):
                    act()
