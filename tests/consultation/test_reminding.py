"""Reminders: once, before the close, to whoever wrote something and did not send it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultation.actions.answering import begin
from consultation.actions.letters import send_due
from consultation.actions.links import offer_link
from consultation.actions.reminding import send_reminders
from consultation.actions.submitting import amend, submit
from consultation.models import Letter, Response, ReturnLink
from tests.consultation import samples

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def consultation():
    """One that closes in two days."""
    return samples.consultation(closes=timezone.now() + 2 * A_DAY)


def rested(consultation, **fields):
    response, _ = samples.written(consultation, comments={"1.1": "Not sent."}, **fields)
    rest()
    return response


def rest():
    Response.objects.update(saved_at=timezone.now() - A_DAY)


def test_an_unsent_response_gets_one_reminder_with_a_link(consultation, mailoutbox):
    response = rested(consultation)
    assert [send_reminders(), send_reminders()] == [1, 0]
    assert send_due() == 1
    body = mailoutbox[0].body
    assert "has not" not in body
    assert "have not sent it" in body
    assert "/respond/return/" in body
    response.refresh_from_db()
    assert response.reminded_at
    assert response.saved_at < response.reminded_at


def test_nobody_is_reminded_long_before_the_close_or_after_it():
    rested(samples.consultation(closes=timezone.now() + 30 * A_DAY))
    rested(samples.closed())
    assert send_reminders() == 0


def test_whoever_is_writing_now_is_not_reminded_yet(consultation):
    samples.written(consultation, comments={"1.1": "Being written."})
    assert send_reminders() == 0


def test_an_empty_response_is_not_worth_a_reminder(consultation):
    samples.written(consultation)
    response, _ = begin(consultation=consultation)
    offer_link(response=response, email="jo@example.org")
    rest()
    assert send_reminders() == 0


def test_without_an_address_the_one_of_the_link_is_written_to(consultation):
    response = rested(consultation, email="")
    assert send_reminders() == 0
    assert Response.objects.get().reminded_at is None
    offer_link(response=response, email="jo@example.org", person="Jo")
    assert send_reminders() == 1
    assert Letter.objects.get(kind="reminder").to == "jo@example.org"


def test_whoever_sent_a_response_from_the_same_address_is_not_reminded(consultation):
    samples.submitted(consultation)
    rested(consultation, email="ROBIN@example.org")
    rested(consultation, email="other@example.org")
    assert send_reminders() == 1
    assert Letter.objects.get(kind="reminder").to == "other@example.org"


def test_unsent_changes_to_what_was_sent_are_reminded_of_in_their_own_words(
    consultation, mailoutbox
):
    amend(response=samples.submitted(consultation))
    rest()
    assert send_reminders() == 1
    send_due()
    assert "What you sent before still counts as it is." in mailoutbox[-1].body


def test_a_reminder_is_not_sent_to_whoever_sent_the_response_meanwhile(consultation, mailoutbox):
    response = rested(consultation)
    assert send_reminders() == 1
    submit(response=response)
    send_due()
    assert [m.subject.split()[0] for m in mailoutbox] == ["We"]
    assert not Letter.objects.filter(kind="reminder").exists()


def test_whose_access_was_taken_away_is_not_reminded(consultation):
    response = rested(consultation, email="")
    offer_link(response=response, email="jo@example.org")
    ReturnLink.objects.update(revoked_at=timezone.now())
    assert send_reminders() == 0
