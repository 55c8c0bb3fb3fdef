"""Saving, submitting, amending and withdrawing: nothing lost, nothing twice, nothing overwritten."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from consultation.actions.access import find_access
from consultation.actions.anchors import anchor
from consultation.actions.answering import Conflict, NotWritable, Saved, save_answer, save_comment
from consultation.actions.attaching import attach
from consultation.actions.counting import counted, fold, total
from consultation.actions.submitting import (
    Incomplete,
    TooLate,
    amend,
    give_up_amending,
    submit,
    throw_away,
    withdraw,
)
from consultation.answers import Given
from consultation.models import Answer, Lateness, Letter, Response, State
from tests.consultation import samples

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def consultation():
    return samples.consultation()


def test_a_response_is_submitted_once_however_often_it_is_asked(consultation):
    response, _ = samples.written(consultation, comments={"1.1": "Yes."})
    first, second = submit(response=response), submit(response=response)
    assert first.reference == second.reference
    assert (first.again, second.again) == (False, True)
    assert total(consultation.pk) == 1
    assert Letter.objects.filter(kind="receipt").count() == 1


def test_what_is_missing_is_said_and_nothing_is_submitted(consultation):
    required = samples.question(consultation, "1", kind="agree", required=True)
    response, _ = samples.written(consultation, comments={"1.1": "Yes."}, publish_name=None)
    with pytest.raises(Incomplete) as refused:
        submit(response=response)
    assert [(t.step, t.field) for t in refused.value.todo] == [
        (str(required.key), "answer"),
        ("use", "publish_name"),
    ]
    response.refresh_from_db()
    assert response.state == State.DRAFT


def test_nothing_said_is_not_a_response(consultation):
    response, _ = samples.written(consultation)
    with pytest.raises(Incomplete, match="need an answer"):
        submit(response=response)


def test_a_marked_passage_asks_for_a_reason(consultation):
    response, _ = samples.written(consultation, comments={"1.1": "It is [[our land]]."})
    with pytest.raises(Incomplete) as refused:
        submit(response=response)
    assert [t.field for t in refused.value.todo] == ["confidential_reason"]


@pytest.mark.parametrize(("second", "late"), [(0, False), (59, False), (60, True), (3600, True)])
def test_the_closing_minute_counts(second, late):
    closes = datetime(2008, 2, 12, 23, 45, tzinfo=LONDON)
    page = samples.consultation(opens=closes - timedelta(weeks=12), closes=closes)
    response = samples.submitted(page, received_at=closes + timedelta(seconds=second))
    assert (response.lateness == Lateness.WAITING) is late


def test_two_people_never_overwrite_each_other_without_saying_so(consultation):
    asked = samples.question(consultation)
    response, _ = samples.written(consultation, {asked: "Ours."})
    mine = save_answer(response=response, question=asked, given=Given({}, "Mine."), seen=1, by="A")
    assert isinstance(mine, Saved)
    theirs = save_answer(response=response, question=asked, given=Given({}, "B’s"), seen=1, by="B")
    assert isinstance(theirs, Conflict)
    assert (theirs.text, theirs.by, theirs.revision) == ("Mine.", "A", 2)
    chosen = save_answer(response=response, question=asked, given=Given({}, "B’s"), seen=2, by="B")
    assert isinstance(chosen, Saved)
    assert Answer.objects.get().text == "B’s"


def test_saving_the_same_again_is_no_conflict(consultation):
    where = anchor(consultation.edition_id, "1.2")
    response, _ = samples.written(consultation, comments={"1.2": "Same."})
    saved = save_comment(response=response, anchor=where, text="Same.", seen=0)
    assert isinstance(saved, Saved)
    assert saved.revision == 1


def test_an_amendment_takes_its_place_under_the_same_reference(consultation):
    asked = samples.question(consultation, kind="yes-no")
    response, key = samples.written(consultation, {asked: Given({"choice": "yes"}, "Before.")})
    reference = submit(response=response).reference
    copy = amend(response=response)
    assert amend(response=response) == copy
    assert find_access(key, consultation=consultation.pk).response == copy
    assert Response.objects.get(pk=response.pk).state == State.SUBMITTED
    save_answer(response=copy, question=asked, given=Given({"choice": "no"}, "After."), seen=1)
    assert submit(response=copy).reference == reference
    states = Response.objects.order_by("version").values_list("version", "state")
    assert list(states) == [(1, "replaced"), (2, "submitted")]
    assert counted(consultation.pk, "value", asked.pk) == {"no": 1}
    assert total(consultation.pk) == 1


def test_giving_up_an_amendment_leaves_what_was_submitted(consultation):
    response, key = samples.written(consultation, comments={"1.1": "Before."})
    submit(response=response)
    copy = amend(response=response)
    assert give_up_amending(response=copy) == response
    assert find_access(key, consultation=consultation.pk).response == response
    assert Response.objects.get().state == State.SUBMITTED


def test_a_withdrawn_response_is_kept_and_counts_no_longer(consultation):
    response = samples.submitted(consultation)
    withdraw(response=response)
    withdraw(response=response)
    assert Response.objects.get().state == State.WITHDRAWN
    assert total(consultation.pk) == 0


def test_after_the_close_nothing_that_was_submitted_is_changed():
    closes = timezone.now() - timedelta(minutes=5)
    page = samples.consultation(opens=closes - timedelta(weeks=12), closes=closes)
    response = samples.submitted(page, received_at=closes)
    for act in (amend, withdraw):
        with pytest.raises(TooLate, match="closed at"):
            act(response=response)


def test_what_was_submitted_or_thrown_away_takes_no_more_saves(consultation):
    asked = samples.question(consultation)
    response = samples.submitted(consultation)
    with pytest.raises(NotWritable):
        save_answer(response=response, question=asked, given=Given({}, "Too late."), seen=0)
    throw_away(response=response)
    assert Response.objects.filter(pk=response.pk).exists()


def test_an_answer_keeps_the_wording_that_it_answers(consultation):
    from consultation.models import QuestionWording

    asked = samples.question(consultation, text="Before?")
    response, _ = samples.written(consultation, {asked: "Yes."})
    old = asked.wording
    asked.wording = QuestionWording.objects.create(
        question=asked, version=2, number="1", text="After?", made_at=timezone.now()
    )
    asked.save()
    assert Answer.objects.get(response=response).wording == old
    save_answer(response=response, question=asked, given=Given({}, "Still."), seen=1)
    assert Answer.objects.get(response=response).wording == asked.wording


def test_counts_stay_what_they_are_when_they_are_added_up(consultation, monkeypatch):
    monkeypatch.setattr("consultation.actions.counting.FOLDED_FROM", 2)
    asked = samples.question(consultation, kind="agree")
    for choice in ("agree", "agree", "neither"):
        samples.submitted(consultation, {asked: Given({"choice": choice})})
    before = counted(consultation.pk, "value", asked.pk)
    assert before == {"agree": 2, "neither": 1}
    assert fold() > 0
    assert counted(consultation.pk, "value", asked.pk) == before
    assert total(consultation.pk) == 3


def test_an_amendment_after_the_close_leaves_what_was_in_time(consultation):
    response, _ = samples.written(consultation, comments={"1.1": "In time."})
    submit(response=response)
    copy = amend(response=response)
    with pytest.raises(TooLate, match="stands as it was"):
        submit(response=copy, received_at=consultation.ends)
    states = Response.objects.order_by("version").values_list("state", "lateness")
    assert list(states) == [("submitted", "in-time"), ("draft", "in-time")]


def test_a_file_that_is_to_be_kept_confidential_asks_for_a_reason_too(consultation):
    response, _ = samples.written(consultation, comments={"1.1": "See the file."})
    file = ContentFile(b"What we pay.", name="costs.txt")
    attach(response=response, file=file, confidential=True)
    with pytest.raises(Incomplete) as refused:
        submit(response=response)
    assert [t.field for t in refused.value.todo] == ["confidential_reason"]
