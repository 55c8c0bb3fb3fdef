"""Requests for access: everything that is held, for its owner alone."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from consultation.actions import subject_access
from consultation.actions.erasing import find_held
from consultation.actions.subject_access import give_access
from consultation.models import Access, Response, ReturnLink, Scan
from tests.consultation import samples
from tests.consultation.test_erasing import ADDRESS, SECRET, held, officer

pytestmark = pytest.mark.django_db


def read(path) -> tuple[dict, dict[str, bytes]]:
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name != "held.json"]
        files = {name: archive.read(name) for name in names}
        return json.loads(archive.read("held.json")), files


def test_everything_of_the_person_is_in_it_and_nothing_of_others(tmp_path):
    page = samples.consultation()
    mine = held(page)
    unsent = held(page, sent=False)
    samples.submitted(page, name="Kim Other", email="kim@example.org")
    to = tmp_path / "held.zip"
    assert give_access(user=officer(), held=find_held(email=ADDRESS), to=to) == 2
    content, files = read(to)
    assert [r["reference"] for r in content["responses"]] == [mine.reference, unsent.reference]
    first = content["responses"][0]
    assert (first["name"], first["email"], first["authority"]) == (SECRET, ADDRESS, "Swanbury")
    assert first["channel_in_words"] == "Online form"
    assert first["answers"][0]["text"] == f"[[{SECRET}]]"
    assert first["answers"][0]["chosen"] == "Agree"
    assert first["comments"][0]["text"] == SECRET
    assert first["pieces"][0]["text"] == SECRET
    assert first["letters"][0]["to"] == ADDRESS
    assert first["acts"][0]["act"] == "consultation.submit"
    assert first["files"][0]["in_this_file"] in files
    assert set(files.values()) == {SECRET.encode()}
    assert "Kim" not in json.dumps(content)


def test_no_key_and_no_official_is_in_it(tmp_path):
    user = officer()
    response = held(samples.consultation())
    Response.objects.filter(pk=response.pk).update(checked_by=user, checked_at=timezone.now())
    to = tmp_path / "held.zip"
    give_access(user=user, held=find_held(reference=response.reference), to=to)
    words = json.dumps(read(to)[0])
    for digest in Access.objects.values_list("digest", flat=True):
        assert digest not in words
    assert "checked_by" not in words
    assert user.email not in words


def test_only_its_owner_can_read_it_and_it_replaces_nothing(tmp_path):
    response = held(samples.consultation())
    found, user, to = find_held(reference=response.reference), officer(), tmp_path / "held.zip"
    give_access(user=user, held=found, to=to)
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    before = to.read_bytes()
    with pytest.raises(FileExistsError):
        give_access(user=user, held=found, to=to)
    assert to.read_bytes() == before
    assert ModelLogEntry.objects.filter(action="consultation.give_access", user=user).count() == 1


def test_what_fails_leaves_no_file_and_no_entry(tmp_path, monkeypatch):
    response = held(samples.consultation())
    to = tmp_path / "held.zip"

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(subject_access, "_copy", fail)
    with pytest.raises(OSError):
        give_access(user=officer(), held=find_held(reference=response.reference), to=to)
    assert not to.exists()
    assert not ModelLogEntry.objects.filter(action="consultation.give_access").exists()


def test_only_who_may_gets_it(tmp_path):
    response = held(samples.consultation())
    to = tmp_path / "held.zip"
    with pytest.raises(PermissionDenied):
        give_access(
            user=officer("view_confidential"), held=find_held(reference=response.reference), to=to
        )
    assert not to.exists()


def test_a_harmful_file_is_named_and_not_handed_out(tmp_path):
    response = held(samples.consultation())
    response.attachments.update(scan=Scan.INFECTED)
    to = tmp_path / "held.zip"
    assert give_access(user=officer(), held=find_held(email=ADDRESS), to=to) == 0
    content, files = read(to)
    assert files == {}
    assert content["responses"][0]["files"][0]["scan"] == "infected"


def test_a_name_of_a_file_leads_nowhere_else(tmp_path):
    response = held(samples.consultation())
    response.attachments.update(name="../../etc/words.txt")
    to = tmp_path / "held.zip"
    give_access(user=officer(), held=find_held(email=ADDRESS), to=to)
    (name,) = read(to)[1]
    assert name.startswith("files/")
    assert "/../" not in name


def test_whoever_was_only_invited_sees_what_went_to_them_and_no_answers(tmp_path):
    other = samples.submitted(samples.consultation(), name="Kim Other", email="kim@example.org")
    now = timezone.now()
    ReturnLink.objects.create(
        response=other, digest="x", email=ADDRESS, invited_by="Kim", made_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    to = tmp_path / "held.zip"
    give_access(user=officer(), held=find_held(email=ADDRESS), to=to)
    content = read(to)[0]
    assert content["responses"] == []
    assert [link["email"] for link in content["links_with_others"]] == [ADDRESS]


def test_the_command_writes_it_and_says_what_is_wrong(tmp_path, capsys):
    held(samples.consultation())
    to = tmp_path / "held.zip"
    words = ["--email", ADDRESS, "--to", str(to), "--user", officer().email]
    call_command("respondent_access", *words)
    assert "1 responses with 1 files" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is there already"):
        call_command("respondent_access", *words)
    with pytest.raises(CommandError, match="could not be written"):
        call_command("respondent_access", *words, "--to", str(tmp_path / "no" / "held.zip"))
