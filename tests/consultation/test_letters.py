"""Letters: owed with the act, sent once by any number of senders, put off when the mail fails."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from consultation.actions import letters
from consultation.actions.letters import WAITS, owe, send_due
from consultation.actions.links import invite, offer_link
from consultation.actions.submitting import amend, submit, withdraw
from consultation.models import Lateness, Letter, LetterKind, Response, ReturnLink
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def consultation():
    return samples.consultation(title="Parks & gardens <draft>")


class Broken(EmailBackend):
    """A mail server that refuses."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({m.to[0]: (550, b"no such user") for m in messages})


BROKEN = f"{__name__}.Broken"


def test_a_receipt_says_what_was_received_and_brings_the_copy(consultation, mailoutbox):
    sent = samples.submitted(consultation)
    assert send_due() == 1
    letter = mailoutbox[0]
    assert letter.to == ["robin@example.org"]
    assert letter.subject == f"We have your response {sent.reference}: Parks & gardens <draft>"
    assert "It came in time." in letter.body
    assert "you can change your response or withdraw it" in letter.body
    assert f"http://testserver{consultation.address}respond/" in letter.body
    name, content, media_type = letter.attachments[0]
    assert (name, media_type) == (f"response-{sent.reference}.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.reply_to == ["parks@department.example"]


def test_a_letter_is_sent_once(consultation, mailoutbox):
    samples.submitted(consultation)
    assert [send_due(), send_due()] == [1, 0]
    assert len(mailoutbox) == 1


def test_two_senders_that_saw_the_same_letter_send_it_once(consultation, mailoutbox):
    samples.submitted(consultation)
    seen = list(Letter.objects.values_list("pk", flat=True))
    assert [letters._send_all(seen), letters._send_all(seen)] == [1, 0]
    assert len(mailoutbox) == 1


def test_a_letter_whose_sender_died_is_sent_by_the_next_after_a_while(consultation, mailoutbox):
    samples.submitted(consultation)
    assert letters._claim(Letter.objects.get().pk)
    assert send_due() == 0
    Letter.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert send_due() == 1


def test_a_refused_letter_is_put_off_longer_each_time_and_at_last_given_up(
    consultation, settings, caplog
):
    settings.EMAIL_BACKEND = BROKEN
    samples.submitted(consultation)
    waits = []
    for _ in range(len(WAITS) + 3):
        before = timezone.now()
        send_due()
        letter = Letter.objects.get()
        waits.append(letter.next_attempt_at - before)
        Letter.objects.update(next_attempt_at=timezone.now())
    assert [round(w.total_seconds() / 60) for w in waits[:4]] == [1, 5, 15, 60]
    assert letter.attempts == len(WAITS) + 1
    assert letter.sent_at is None
    assert "event=letter_given_up" in caplog.text
    assert "example.org" not in caplog.text


def test_one_letter_that_fails_does_not_keep_the_others(consultation, monkeypatch, mailoutbox):
    first, _ = samples.submitted(consultation), samples.submitted(consultation, email="a@b.example")
    compose = letters.compose

    def broken_for_one(letter):
        if letter.response_id == first.pk:
            raise OSError
        return compose(letter)

    monkeypatch.setattr(letters, "compose", broken_for_one)
    assert send_due() == 1
    assert [m.to for m in mailoutbox] == [["a@b.example"]]


def test_a_letter_that_is_sent_again_is_the_same_letter_to_mail_servers(consultation, mailoutbox):
    samples.submitted(consultation)
    send_due()
    Letter.objects.update(sent_at=None, next_attempt_at=timezone.now())
    send_due()
    first, second = (m.extra_headers["Message-ID"] for m in mailoutbox)
    assert first == second
    assert re.fullmatch(r"<[0-9a-f-]{36}@testserver>", first)


def test_a_link_that_is_sent_again_is_another_letter(consultation, mailoutbox):
    response, _ = samples.written(consultation)
    offer_link(response=response, email="jo@example.org")
    send_due()
    Letter.objects.update(sent_at=None, next_attempt_at=timezone.now())
    send_due()
    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert first.body != second.body


def test_whoever_waits_gets_the_link_at_once(
    consultation, mailoutbox, django_capture_on_commit_callbacks
):
    response, _ = samples.written(consultation)
    with django_capture_on_commit_callbacks(execute=True):
        offer_link(response=response, email="jo@example.org", person="Jo")
    assert [m.to for m in mailoutbox] == [["jo@example.org"]]
    assert send_due() == 0


def test_a_mail_server_that_is_down_does_not_lose_the_link(
    consultation, settings, mailoutbox, django_capture_on_commit_callbacks
):
    response, _ = samples.written(consultation)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    with django_capture_on_commit_callbacks(execute=True):
        offer_link(response=response, email="jo@example.org")
    settings.EMAIL_BACKEND = working
    Letter.objects.update(next_attempt_at=timezone.now())
    assert send_due() == 1


def test_a_link_that_was_taken_back_is_not_sent(consultation, mailoutbox):
    response, _ = samples.written(consultation)
    offer_link(response=response, email="jo@example.org")
    ReturnLink.objects.update(revoked_at=timezone.now())
    assert send_due() == 0
    assert not Letter.objects.exists()
    assert mailoutbox == []


def test_an_invitation_names_both_and_is_one_line_in_its_subject(consultation, mailoutbox):
    response, _ = samples.written(consultation)
    invite(response=response, email="jo@example.org", person="Jo O’Neill", invited_by="R & B")
    send_due()
    assert mailoutbox[0].subject.startswith("R & B asks you to work on a response: Parks & gardens")
    assert "Dear Jo O’Neill" in mailoutbox[0].body


def test_a_late_response_is_told_so_and_then_what_was_decided(mailoutbox):
    page = samples.closed()
    response = samples.submitted(page, received_at=timezone.now())
    send_due()
    assert "It came after the close" in mailoutbox[0].body
    assert "you can change" not in mailoutbox[0].body
    Response.objects.filter(pk=response.pk).update(
        lateness=Lateness.REFUSED, late_reason="It came a month late."
    )
    owe(response, LetterKind.LATE)
    send_due()
    assert "It was not admitted" in mailoutbox[1].body
    assert "It came a month late." in mailoutbox[1].body


def test_a_withdrawal_is_confirmed(consultation, mailoutbox):
    withdraw(response=samples.submitted(consultation))
    assert send_due() == 2
    assert "was withdrawn at" in mailoutbox[1].body


def test_an_amended_response_is_said_to_replace_the_first(consultation, mailoutbox):
    first = samples.submitted(consultation)
    send_due()
    submit(response=amend(response=first))
    send_due()
    assert "takes the place of the one that you sent before" in mailoutbox[1].body


def test_without_an_address_nothing_is_owed(consultation):
    samples.submitted(consultation, email="")
    assert not Letter.objects.exists()


def test_a_receipt_without_its_copy_still_goes(consultation, mailoutbox, monkeypatch):
    from consultation.actions import letter_texts
    from guidance.rendering.typeset import NotTypeset

    def fails(response):
        raise NotTypeset

    monkeypatch.setattr(letter_texts, "receipt_pdf", fails)
    sent = samples.submitted(consultation)
    send_due()
    assert sent.reference in mailoutbox[0].body
    assert mailoutbox[0].attachments == []
    assert "is attached" not in mailoutbox[0].body


def test_every_kind_of_letter_has_its_text(consultation, mailoutbox):
    response = samples.submitted(consultation)
    draft, _ = samples.written(consultation)
    withdraw(response=response)
    offer_link(response=draft, email="jo@example.org", person="Jo")
    invite(response=draft, email="sam@example.org", person="Sam", invited_by="Jo")
    link = offer_link(response=draft, email="kim@example.org")
    owe(draft, LetterKind.REMINDER, link=link)
    owe(response, LetterKind.LATE)
    assert send_due() == Letter.objects.count()
    assert {letter.kind for letter in Letter.objects.all()} == set(LetterKind.values)
    for message in mail.outbox:
        assert "{{" not in message.body
        assert "&amp;" not in message.body + message.subject
        assert "\n\n\n" not in message.body
        assert "None" not in message.body


def test_the_command_sends_what_is_owed(consultation, mailoutbox, capsys):
    samples.submitted(consultation)
    call_command("send_letters")
    assert capsys.readouterr().out == "Sent 1.\n"
    assert len(mailoutbox) == 1
