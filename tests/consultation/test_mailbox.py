"""Reading the mailbox: each message once, whatever breaks, and nothing thrown away."""

import imaplib
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from consultation.actions.mailbox import Mailbox, receive_mail, receive_mail_if_set
from consultation.models import Response
from tests.consultation import samples
from tests.consultation.imap import Box, serving
from tests.consultation.letters import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def box():
    found = Box()
    found.deliver(mail("Q1: Yes.\n").as_bytes())
    found.deliver(mail("Away.", Auto_Submitted="auto-replied").as_bytes())
    found.deliver(mail("Q1: No.\n").as_bytes())
    return found


@pytest.fixture
def consultation():
    page = samples.consultation()
    samples.question(page, "1")
    return page


@pytest.mark.parametrize("moves", [True, False])
def test_what_came_is_taken_in_once_and_put_away(consultation, box, moves):
    box.moves = moves
    with serving(box) as address:
        visit = receive_mail(address)
        assert receive_mail(address).taken_in == 0
    assert (visit.taken_in, visit.not_taken_in) == (2, 1)
    assert box.counts == {"INBOX": 0, "Taken in": 2, "Not taken in": 1}
    assert Response.objects.filter(consultation=consultation, entered_by=None).count() == 2


@pytest.mark.parametrize("where", ["MOVE", "FETCH", "SEARCH"])
def test_a_connection_that_breaks_loses_and_doubles_nothing(consultation, box, where):
    box.breaks_at = where
    with serving(box) as address:
        with pytest.raises((OSError, imaplib.IMAP4.error)):
            receive_mail(address)
        receive_mail(address)
    assert Response.objects.count() == 2
    assert box.counts == {"INBOX": 0, "Taken in": 2, "Not taken in": 1}


def test_the_time_is_the_mailbox_s_own(consultation):
    box = Box(date="03-Jan-2026 23:30:00 +0000")
    box.deliver(mail(Date="Thu, 1 Jan 2015 10:00:00 +0000").as_bytes())
    with serving(box) as address:
        receive_mail(address)
    assert Response.objects.get().received_at.isoformat() == "2026-01-03T23:30:00+00:00"


def test_one_message_that_breaks_us_does_not_stop_those_behind_it(consultation, box, monkeypatch):
    from consultation.actions import receiving_mail

    read = receiving_mail.read_mail
    seen = []

    def breaks_first(data):
        seen.append(data)
        if len(seen) == 1:
            raise RecursionError
        return read(data)

    monkeypatch.setattr(receiving_mail, "read_mail", breaks_first)
    with serving(box) as address:
        visit = receive_mail(address)
    assert (visit.failed, visit.taken_in) == (1, 1)
    assert box.counts["INBOX"] == 1


def test_what_is_too_large_is_kept_for_somebody_to_look_at(consultation, settings):
    settings.CONSULTATION_FILES_MEGABYTES = 0
    box = Box()
    box.deliver(mail().as_bytes())
    with serving(box) as address:
        assert receive_mail(address).not_taken_in == 1
    assert box.counts["Not taken in"] == 1


def test_the_address_names_the_consultation(consultation):
    samples.consultation()
    box = Box()
    box.deliver(mail(To="nobody@example.org").as_bytes())
    with serving(box) as address:
        receive_mail(f"{address}?consultation={consultation.slug}")
        with pytest.raises(ImproperlyConfigured):
            receive_mail(f"{address}?consultation=nothing")
    assert Response.objects.get().consultation == consultation


def test_the_job_says_what_went_wrong_without_secrets(settings, caplog):
    settings.CONSULTATION_MAILBOX = "imap://team:secret@127.0.0.1:9/INBOX"
    with caplog.at_level(logging.ERROR):
        receive_mail_if_set()
    assert "event=mailbox_failed" in caplog.text
    assert "secret" not in caplog.text


def test_a_mailbox_is_read_as_any_address():
    box = Mailbox.of("imaps://a%40b:p%2Fw@mail.example/In%20box?consultation=parks")
    assert (box.host, box.port, box.secure) == ("mail.example", 993, True)
    assert (box.user, box.password, box.folder) == ("a@b", "p/w", "In box")
    assert box.consultation == "parks"
    for wrong in ("", "https://a:b@c", "imaps://host", "imaps://a:b@[c"):
        with pytest.raises(ImproperlyConfigured):
            Mailbox.of(wrong)


def test_the_command_takes_files_and_says_which_were_not_taken(consultation, tmp_path, capsys):
    good, away = tmp_path / "good.eml", tmp_path / "away.eml"
    good.write_bytes(mail().as_bytes())
    away.write_bytes(mail(Subject="Out of office").as_bytes())
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("receive_mail", str(good), str(away), "--consultation", consultation.slug)
    said = capsys.readouterr()
    assert Response.objects.get().reference in said.out
    assert "automatic reply" in said.err
    call_command("receive_mail", str(good))
    assert "taken in before" in capsys.readouterr().out
