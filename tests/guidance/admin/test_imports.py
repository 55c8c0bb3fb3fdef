"""Importing through the admin: who may, each step, bad files, doing things twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from guidance.actions.import_jobs import read_import
from guidance.admin.corrections import PREFIX
from guidance.models import EditionPage, GuidancePage, ImportJob, SectionPage
from guidance.models.imports import KEPT_FOR, SILENT_FOR, ImportState
from tests.guidance.admin.conftest import ROLES
from tests.guidance.sample_texts import FIRST, SECOND

pytestmark = pytest.mark.django_db
START = "/admin/import/"


def request(words: str | bytes = FIRST, **changes):
    data = words.encode() if isinstance(words, str) else words
    return {
        "file": SimpleUploadedFile("rivers.md", data),
        "document": "",
        "document_title": "Clean rivers",
        "stage": "consultation",
        "published": "2008-03-01",
        "in_force_from": "",
        "edition_title": "",
        "edition_slug": "",
        **changes,
    }


def send(client, django_capture_on_commit_callbacks, *args, **changes):
    """Send a file and let it be read; the address that the answer leads to."""
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(START, request(*args, **changes))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer.url


@pytest.fixture
def sent(as_role, django_capture_on_commit_callbacks):
    """An editor's client and the address of an import that was read."""
    client = as_role("Editors")
    return client, send(client, django_capture_on_commit_callbacks)


MAY_IMPORT = dict.fromkeys(ROLES, False) | dict.fromkeys(
    ("Editors", "Publishers", "Administrators", "superuser"), True
)


@pytest.mark.parametrize(("role", "allowed"), MAY_IMPORT.items())
def test_who_sees_and_sends_the_form(as_role, role, allowed):
    client = as_role(role)
    assert (client.get(START).status_code == 200) is allowed
    answer = client.post(START, request())
    assert answer.status_code == 302
    assert ImportJob.objects.exists() is allowed


@pytest.mark.parametrize(("role", "allowed"), MAY_IMPORT.items())
def test_who_finds_it_in_the_menu(as_role, role, allowed):
    client = as_role(role)
    home = client.get("/admin/")
    assert (b"Import a document" in home.content) is allowed


def test_a_file_is_read_shown_and_saved_as_a_draft(sent):
    client, address = sent
    page = client.get(address).content.decode()
    assert "<b>5</b> numbered paragraphs" in page
    assert "Keeping a river clean" in page
    assert "write down what it finds" in page
    assert not EditionPage.objects.exists()

    answer = client.post(address, {"save": "1"})

    edition = EditionPage.objects.get()
    assert answer.url == reverse("wagtailadmin_explore", args=[edition.pk])
    assert edition.get_parent().title == "Clean rivers"
    assert edition.slug == "draft-march-2008"
    assert not edition.live
    job = ImportJob.objects.get()
    assert (job.state, job.source, job.plan) == (ImportState.SAVED, None, None)


def test_saving_twice_saves_once(sent):
    client, address = sent
    first, second = (client.post(address, {"save": "1"}) for _ in range(2))
    assert first.url == second.url
    assert EditionPage.objects.count() == 1
    assert client.get(address).url == first.url, "the back button leads to the edition"


def test_two_imports_of_one_edition_are_told_apart_when_the_second_is_saved(
    as_role, django_capture_on_commit_callbacks
):
    client = as_role("Editors")
    one, two = (send(client, django_capture_on_commit_callbacks) for _ in range(2))
    client.post(one, {"save": "1"})
    answer = client.post(two, {"save": "1"}, follow=True)
    assert "already has an edition" in answer.content.decode()
    assert EditionPage.objects.count() == 1


def test_nobody_sees_the_import_of_another(sent, as_role):
    _, address = sent
    stranger = as_role("Publishers")
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}progress/").status_code == 404
    assert stranger.post(address, {"save": "1"}).status_code == 404
    assert stranger.post(address, {"discard": "1"}).status_code == 404
    assert b"rivers.md" not in stranger.get("/admin/").content
    assert ImportJob.objects.exists()


def test_who_loses_the_right_between_sending_and_saving_saves_nothing(sent, django_user_model):
    client, address = sent
    django_user_model.objects.get(email="editors@example.org").groups.clear()
    client.post(address, {"save": "1"})
    assert not EditionPage.objects.exists()
    assert not GuidancePage.objects.exists()


def test_an_import_can_be_thrown_away(sent):
    client, address = sent
    assert client.post(address, {"discard": "1"}).url == START
    assert not ImportJob.objects.exists()
    assert client.get(address).status_code == 404


def test_an_import_that_waits_is_found_again_on_the_home_page(sent):
    client, address = sent
    assert address in client.get("/admin/").content.decode()
    assert address in client.get(START).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty"),
        (b"\x89PNG\r\n\x1a\n1234", "This file is a picture"),
        (b"PK\x03\x04 broken", ""),
        (b"{\\rtf1 words}", "Rich Text Format"),
        (b"%PDF-1.7\nbroken", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence_and_leaves_nothing(
    as_role, django_capture_on_commit_callbacks, data, words
):
    client = as_role("Editors")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(START, request(data))
    if answer.status_code == 302:
        page = client.get(answer.url).content.decode()
        assert "could not be read" in page
        job = ImportJob.objects.get()
        assert job.error
        assert job.error.endswith(".")
        assert (job.source, job.plan) == (None, None)
    else:
        assert words in answer.content.decode()
        assert not ImportJob.objects.exists()
    assert not GuidancePage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document_title": ""}, "Give the new document a title"),
        ({"document_title": "!!!"}, "Give the new document a title"),
        ({"published": ""}, "This field is required"),
        ({"published": "November"}, "Enter a valid date"),
        ({"in_force_from": "2008-04-01"}, "never in force"),
        ({"edition_slug": "para"}, "is an address of the site"),
        ({"stage": "rumour"}, "Select a valid choice"),
        ({"document": "4711"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_at_its_field(as_role, changes, words):
    answer = as_role("Editors").post(START, request(**changes))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_a_further_edition_is_compared_and_corrected_before_it_is_saved(
    as_role, draft, django_capture_on_commit_callbacks
):
    client = as_role("Editors")
    document = GuidancePage.objects.get()
    address = send(
        client, django_capture_on_commit_callbacks, SECOND, document=document.pk, edition_slug="two"
    )
    plan = ImportJob.objects.get().plan
    inserted = next(m for m in plan["matches"] if m["label"] == "1.3")
    page = client.get(address).content.decode()
    assert "Compared with Draft for consultation, March 2008" in page
    assert f'name="{PREFIX}{inserted["id"]}"' in page

    wrong = client.post(address, {PREFIX + inserted["id"]: "7.7", "save": "1"}).content.decode()
    assert "no paragraph “7.7”" in wrong
    clash = client.post(address, {PREFIX + inserted["id"]: "1.1", "save": "1"}).content.decode()
    assert "cannot both continue 1.1" in clash
    assert EditionPage.objects.count() == 1

    client.post(address, {PREFIX + inserted["id"]: "para 2.2", "correct": "1"})
    client.post(address, {"save": "1"})
    (before,) = [
        block["id"]
        for section in SectionPage.objects.child_of(draft)
        for block in section.body.raw_data
        if block["value"].get("number") == "2.2"
    ]
    after = {
        block["value"].get("number"): block["id"]
        for section in SectionPage.objects.child_of(EditionPage.objects.get(slug="two"))
        for block in section.body.raw_data
    }
    assert after["1.3"] == before


def waiting_job(user) -> ImportJob:
    return ImportJob.objects.create(
        user=user, file_name="rivers.md", source=FIRST.encode(), document_slug="rivers",
        document_title="Rivers", edition_slug="draft", stage="consultation",
        published="2008-03-01",
    )  # fmt: skip


def test_progress_is_told_to_the_script_and_to_a_plain_reload(as_role, django_user_model):
    client = as_role("Editors")
    job = waiting_job(django_user_model.objects.get())
    address = reverse("guidance_imports:job", args=[job.pk])
    assert client.get(f"{address}progress/").json() == {
        "under_way": True,
        "progress": 0,
        "step": "Waiting to be read",
    }
    assert "Waiting to be read" in client.get(address).content.decode()
    ImportJob.objects.update(state=ImportState.READING, progress=50)
    assert "Telling paragraphs" in client.get(address).content.decode()
    client.post(address, {"save": "1"})
    assert not EditionPage.objects.exists()


def test_reading_a_second_time_does_nothing(as_role, django_user_model):
    as_role("Editors")
    job = waiting_job(django_user_model.objects.get())
    read_import.func(str(job.pk))
    job.refresh_from_db()
    plan = job.plan
    assert (job.state, job.source) == (ImportState.READY, None)
    read_import.func(str(job.pk))
    job.refresh_from_db()
    assert job.plan == plan


def test_an_import_that_fell_silent_is_shown_as_broken_off(as_role, django_user_model):
    client = as_role("Editors")
    job = waiting_job(django_user_model.objects.get())
    ImportJob.objects.update(
        state=ImportState.READING, moved=timezone.now() - SILENT_FOR - timedelta(seconds=1)
    )
    page = client.get(reverse("guidance_imports:job", args=[job.pk])).content.decode()
    assert "Reading was broken off" in page


def test_what_nobody_came_back_to_is_thrown_away_in_time(sent, django_capture_on_commit_callbacks):
    client, _ = sent
    old = ImportJob.objects.get()
    ImportJob.objects.update(created=timezone.now() - KEPT_FOR - timedelta(days=1))
    send(client, django_capture_on_commit_callbacks)
    assert not ImportJob.objects.filter(pk=old.pk).exists()


def test_a_fault_in_reading_is_told_without_its_details(
    as_role, django_user_model, monkeypatch, caplog
):
    client = as_role("Editors")
    job = waiting_job(django_user_model.objects.get())
    monkeypatch.setattr(
        "guidance.actions.import_jobs.plan_import",
        lambda *_: (_ for _ in ()).throw(RuntimeError("the secret words of the draft")),
    )
    read_import.func(str(job.pk))
    page = client.get(reverse("guidance_imports:job", args=[job.pk])).content.decode()
    assert "Something went wrong here" in page
    assert "secret words" not in page + caplog.text
    assert "event=import_failed" in caplog.text
