"""Placing words, putting right what was read, checking it by another person; nothing lost."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from consultation.actions.anchors import anchor
from consultation.actions.checking import check
from consultation.actions.counting import counted, total
from consultation.actions.entering import ChangedMeanwhile, enter
from consultation.actions.placing import place, set_aside, undo
from consultation.actions.recording import NotEnterable, may_enter
from consultation.actions.taking_in import take_in
from consultation.answers import Given
from consultation.mentions import Place, To
from consultation.models import PieceState
from consultation.parting import Part
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    page = samples.consultation()
    samples.question(page, "1", kind="yes-no")
    samples.question(page, "2")
    return page


@pytest.fixture
def response(consultation):
    pieces = [
        Part("Dear all,\n"),
        Part("Q1: Yes.\n\n", place=Place(To.QUESTION, "1"), named="Q1"),
        Part("Question 1 is good.\n", place=Place(To.QUESTION, "1"), named="Question 1"),
        Part("1.2: Unclear.\n", place=Place(To.PARAGRAPH, "1.2"), named="1.2"),
    ]
    return take_in(
        user=factories.user("first@example.org"), consultation=consultation, channel="email",
        received_at=timezone.now(), pieces=pieces,
    ).response  # fmt: skip


@pytest.fixture
def user():
    return factories.user("second@example.org")


def test_words_are_added_to_the_answer_and_kept_as_they_came(response, user):
    _, first, second, third = response.pieces.all()
    for piece in (first, second, third):
        place(user=user, piece=piece)
    assert response.answers.get().text == "Yes.\n\nQuestion 1 is good."
    assert response.comments.get().text == "Unclear."
    first.refresh_from_db()
    assert (first.text, first.state, first.placed_by) == ("Q1: Yes.\n\n", PieceState.PLACED, user)


def test_placing_twice_adds_once(response, user):
    piece = response.pieces.all()[1]
    place(user=user, piece=piece)
    place(user=user, piece=piece)
    assert response.answers.get().text == "Yes."


def test_a_piece_goes_elsewhere_or_aside(consultation, response, user):
    dear, first, second, _ = response.pieces.all()
    other = consultation.questions.get(wording__number="2")
    place(user=user, piece=first, at=other)
    place(user=user, piece=second, at=anchor(consultation.edition_id, "2.1"))
    set_aside(user=user, piece=dear)
    assert response.answers.get().question == other
    assert response.comments.get().number == "2.1"
    dear.refresh_from_db()
    assert dear.state == PieceState.SET_ASIDE
    with pytest.raises(NotEnterable, match="placed elsewhere"):
        place(user=user, piece=first, at=consultation.questions.get(wording__number="1"))


def test_undoing_takes_the_words_out_again(response, user):
    _, first, second, third = response.pieces.all()
    for piece in (first, second, third):
        place(user=user, piece=piece)
    assert undo(user=user, piece=first).taken_out
    assert response.answers.get().text == "Question 1 is good."
    assert undo(user=user, piece=second).taken_out
    assert undo(user=user, piece=third).taken_out
    assert not response.answers.exists()
    assert not response.comments.exists()
    assert {piece.state for piece in response.pieces.all()} == {PieceState.WAITING}


def test_undoing_words_that_were_changed_since_says_so(consultation, response, user):
    piece = response.pieces.all()[1]
    place(user=user, piece=piece)
    asked = consultation.questions.get(wording__number="1")
    response.refresh_from_db()
    enter(user=user, response=response, seen=response.revision, answers={asked: Given({}, "Aye.")})
    assert not undo(user=user, piece=piece).taken_out
    assert response.answers.get().text == "Aye."


def test_a_piece_without_a_place_asks_for_one(response, user):
    with pytest.raises(NotEnterable, match="Say where it belongs"):
        place(user=user, piece=response.pieces.first())


def test_what_is_entered_moves_the_counts_and_the_log_holds_no_words(consultation, response, user):
    asked = consultation.questions.get(wording__number="1")
    enter(
        user=user, response=response, seen=0,
        fields={"organisation": "Secret Friends", "organisation_type": "charity"},
        answers={asked: Given({"choice": "yes"}, "Hidden words.")},
        comments={anchor(consultation.edition_id, "1.1"): "More hidden words."},
    )  # fmt: skip
    assert counted(consultation.pk, "respondent") == {"charity": 1}
    assert counted(consultation.pk, "value", asked.pk) == {"yes": 1}
    assert total(consultation.pk) == 1
    entry = ModelLogEntry.objects.for_instance(response).get(action="consultation.enter")
    assert entry.data["fields"] == ["organisation", "organisation_type", "Question 1", "1.1"]
    response.refresh_from_db()
    enter(user=user, response=response, seen=response.revision, answers={asked: Given()})
    assert counted(consultation.pk, "value", asked.pk) == {}


def test_two_officials_never_overwrite_each_other(response, user):
    enter(user=user, response=response, seen=0, fields={"name": "A"})
    with pytest.raises(ChangedMeanwhile):
        enter(user=user, response=response, seen=0, fields={"name": "B"})
    response.refresh_from_db()
    assert response.name == "A"


def test_somebody_else_checks_it_and_then_nothing_changes(response, user):
    first = factories.user("first@example.org")
    with pytest.raises(NotEnterable, match="somebody else"):
        check(user=first, response=response)
    with pytest.raises(NotEnterable, match="Place 4 pieces"):
        check(user=user, response=response)
    for piece in response.pieces.all():
        set_aside(user=first, piece=piece)
    checked = check(user=user, response=response)
    assert check(user=user, response=response) == checked
    assert (checked.checked_by, checked.checked_at is None) == (user, False)
    piece = response.pieces.first()
    for act in (
        lambda: enter(user=user, response=response, seen=4, fields={"name": "B"}),
        lambda: place(user=user, piece=piece),
        lambda: undo(user=user, piece=piece),
    ):
        with pytest.raises(NotEnterable, match="It is checked"):
            act()


def test_whoever_changed_it_does_not_check_it(response, user):
    for piece in response.pieces.all():
        set_aside(user=user, piece=piece)
    with pytest.raises(NotEnterable, match="somebody else"):
        check(user=user, response=response)


def test_what_a_respondent_submitted_is_not_entered(consultation, user):
    with pytest.raises(NotEnterable, match="respondent submitted it"):
        enter(user=user, response=samples.submitted(consultation), seen=0, fields={"name": "B"})


def test_a_wholly_confidential_one_is_open_to_who_entered_it_until_it_is_checked(consultation):

    def enters(name, *more):
        made = factories.user(f"{name}@example.org", superuser=False)
        made.user_permissions.set(Permission.objects.filter(codename__in=["enter_response", *more]))
        return User.objects.get(pk=made.pk)

    mine, other, trusted = enters("mine"), enters("other"), enters("trusted", "view_confidential")
    response = take_in(
        user=mine, consultation=consultation, channel="post", received_at=timezone.now(),
        use={"confidential": "whole"},
    ).response  # fmt: skip
    assert [may_enter(u, response) for u in (mine, other, trusted)] == [True, False, True]
    with pytest.raises(PermissionDenied):
        enter(user=other, response=response, seen=0, fields={"name": "B"})
    check(user=trusted, response=response)
    response.refresh_from_db()
    assert [may_enter(u, response) for u in (mine, other, trusted)] == [False, False, True]
