"""Files of a response: kept once, bounded, removed with their last row, never beside the record."""

import threading
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from consultation.actions.answering import NotWritable
from consultation.actions.attaching import AttachRefused, attach, detach, mark
from consultation.actions.submitting import amend, give_up_amending, submit, throw_away
from consultation.models import Attachment, Channel, Response, Scan
from consultation.models.attachments import private_files
from tests.consultation import samples

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


def file(name="plan.pdf", data=PDF):
    return ContentFile(data, name=name)


@pytest.fixture
def asked():
    return samples.question(samples.consultation(), kind="file", required=True)


@pytest.fixture
def response(asked):
    return samples.written(asked.consultation, comments={"1.1": "See the file."})[0]


def kept_bytes():
    """Every file that the storage holds."""
    folders, found = ["responses"], set()
    while folders:
        folder = folders.pop()
        try:
            inside, names = private_files().listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{each}" for each in inside]
        found |= {f"{folder}/{name}" for name in names}
    return found


@pytest.mark.django_db
def test_a_file_is_kept_with_its_hash_and_no_name_of_the_respondent_in_its_path(response, asked):
    made = attach(response=response, file=file("Jo Bloggs' plan.exe"), question=asked)
    assert (made.name, made.media_type, made.size) == (
        "Jo Bloggs' plan.pdf",
        "application/pdf",
        len(PDF),
    )
    assert made.sha256 == sha256(PDF).hexdigest()
    assert "Jo" not in made.file.name
    with made.file.open("rb") as kept:
        assert kept.read() == PDF


@pytest.mark.django_db
def test_the_same_bytes_at_the_same_place_are_kept_once(response, asked):
    first = attach(response=response, file=file(), question=asked)
    again = attach(response=response, file=file("copy of plan.pdf"), question=asked)
    elsewhere = attach(response=response, file=file())
    assert first == again != elsewhere
    assert Attachment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("page.pdf", b"<html><script>", "web page"),
        ("big.txt", b"words " * 200_000, "larger than 1 MB"),
        ("empty.txt", b"", "empty"),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(response, settings, name, data, sentence):
    settings.CONSULTATION_FILE_MEGABYTES = 1
    before = kept_bytes()
    with pytest.raises(AttachRefused, match=sentence):
        attach(response=response, file=file(name, data))
    assert (Attachment.objects.count(), kept_bytes()) == (0, before)


@pytest.mark.django_db
def test_a_file_that_says_it_is_small_is_read_no_further_than_the_bound(response, settings):
    settings.CONSULTATION_FILE_MEGABYTES = 1
    lying = file("big.txt", b"words " * 1_000_000)
    lying.size = 10
    with pytest.raises(AttachRefused, match="larger than 1 MB"):
        attach(response=response, file=lying)


@pytest.mark.django_db
def test_all_files_together_have_a_bound_and_the_sentence_says_what_is_left(response, settings):
    settings.CONSULTATION_FILES_MEGABYTES = 1
    attach(response=response, file=file("a.txt", b"a" * 700_000))
    with pytest.raises(AttachRefused, match=r"room for 0\.3 MB"):
        attach(response=response, file=file("b.txt", b"b" * 700_000))


@pytest.mark.django_db(transaction=True)
def test_removing_a_file_removes_its_bytes(response):
    made = attach(response=response, file=file())
    assert made.file.name in kept_bytes()
    detach(attachment=made)
    assert made.file.name not in kept_bytes()


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_undone_keeps_the_bytes(response):
    made = attach(response=response, file=file())
    with pytest.raises(RuntimeError), transaction.atomic():
        detach(attachment=made)
        raise RuntimeError
    assert made.file.name in kept_bytes()
    assert Attachment.objects.filter(pk=made.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_thrown_away_leaves_no_bytes(response):
    made = attach(response=response, file=file())
    throw_away(response=response)
    assert made.file.name not in kept_bytes()


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_is_amended_shares_the_bytes_until_the_last_row_goes(response, asked):
    made = attach(response=response, file=file(), question=asked)
    sent = submit(response=response).response
    copy = amend(response=sent)
    detach(attachment=copy.attachments.get())
    assert made.file.name in kept_bytes()
    give_up_amending(response=copy)
    made.delete()
    assert made.file.name not in kept_bytes()


@pytest.mark.django_db
def test_what_was_submitted_takes_no_file_and_gives_none_back(response, asked):
    made = attach(response=response, file=file(), question=asked)
    submit(response=response)
    response.refresh_from_db()
    for act in (
        lambda: attach(response=response, file=file("b.txt", b"more")),
        lambda: detach(attachment=made),
        lambda: mark(attachment=made, confidential=True),
    ):
        with pytest.raises(NotWritable):
            act()
    assert Attachment.objects.get().confidential is False


@pytest.mark.django_db
def test_an_official_attaches_the_original_e_mail_to_what_was_received(asked):
    response = samples.written(asked.consultation)[0]
    Response.objects.filter(pk=response.pk).update(channel=Channel.EMAIL)
    response.refresh_from_db()
    mail = b"From: a@example.org\nTo: b@example.org\nSubject: Q1\nMIME-Version: 1.0\nContent-Type: text/plain\n\nYes"
    made = attach(response=response, file=file("message", mail), original=True)
    assert (made.name, made.original) == ("message.eml", True)


@pytest.mark.django_db
def test_without_a_scanner_a_file_is_unscanned_and_openable_at_once(response, settings):
    settings.CLAMD = ""
    made = attach(response=response, file=file())
    assert (made.scan, made.openable) == (Scan.UNSCANNED, True)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_kept_once(response):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection")
    gate, made = threading.Barrier(2), []

    def run():
        gate.wait()
        try:
            made.append(
                attach(
                    response=Response.objects.get(pk=response.pk),
                    file=ContentFile(PDF, name="a.pdf"),
                ).pk
            )
        finally:
            connection.close()

    both = [threading.Thread(target=run) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(set(made)) == 1
