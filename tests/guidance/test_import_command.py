"""`manage.py import_guidance`: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from guidance.models import Edition, EditionPage, GuidancePage
from tests.guidance.sample_texts import FIRST, REPEATED, SECOND

KEYS = {
    "sections", "numbered_paragraphs", "boxes", "tables", "figures", "footnotes", "questions",
    "glossary", "statements", "duties", "problems",
}  # fmt: skip


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    file = tmp_path / "rivers.md"
    file.write_text(FIRST)
    return file


def run(file: Path, capsys, *options: str, edition: str = "draft", published: str = "2008-03-01",
        stage: str = "consultation") -> str:  # fmt: skip
    asked = [
        "--document",
        "rivers",
        "--edition",
        edition,
        "--stage",
        stage,
        "--published",
        published,
    ]
    call_command("import_guidance", str(file), *asked, *options)
    return capsys.readouterr().out


def test_a_dry_run_as_json_needs_no_database_and_prints_the_report_alone(rivers, capsys):
    # No django_db mark: any query would fail the test.
    report = json.loads(run(rivers, capsys, "--dry-run", "--json"))
    assert report.keys() >= KEYS
    assert report["numbered_paragraphs"] == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert [(s["number"], s["numbered"]) for s in report["sections"] if s["numbered"]] == [
        ("1", 3),
        ("2", 2),
    ]


@pytest.mark.django_db
def test_a_dry_run_says_what_it_understood_and_leaves_nothing(rivers, capsys):
    said = run(rivers, capsys, "--dry-run")
    assert "5 numbered paragraphs" in said
    assert "Keeping a river clean" in said
    assert not GuidancePage.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_import_is_a_draft_until_it_is_published(rivers, capsys):
    said = run(rivers, capsys, "--title", "Rivers", "--json")
    assert json.loads(said)["numbered_paragraphs"]
    edition = EditionPage.objects.get()
    assert (edition.get_parent().title, edition.slug, edition.live) == ("Rivers", "draft", False)
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_publish_issues_the_edition(rivers, capsys):
    said = run(rivers, capsys, "--publish")
    assert "Published: " in said
    assert Edition.objects.get().entries.filter(reference="1.3").exists()


@pytest.mark.django_db
def test_a_further_edition_is_compared_with_the_one_before(rivers, capsys):
    run(rivers, capsys, "--publish")
    rivers.write_text(SECOND)
    said = run(
        rivers, capsys, "--publish", "--in-force-from", "2009-04-01",
        edition="final", stage="final", published="2009-02",
    )  # fmt: skip
    assert "Compared with Draft for consultation, March 2008" in said
    assert "1  removed" in said
    final = Edition.objects.get(slug="final")
    assert (str(final.published), str(final.in_force_from)) == ("2009-02-01", "2009-04-01")
    kept = set(final.entries.values_list("paragraph", flat=True))
    assert kept & set(Edition.objects.get(slug="draft").entries.values_list("paragraph", flat=True))


@pytest.mark.django_db
def test_it_acts_in_the_name_of_the_person_given(rivers, capsys):
    user = User.objects.create_superuser("lawyer@example.org", "secret")
    run(rivers, capsys, "--publish", "--user", "Lawyer@example.org")
    assert Edition.objects.get().issued_by == user


REFUSED = [
    # (options, other arguments, words of the one sentence)
    ([], {"published": "Nov 2007"}, "--published: “Nov 2007” is not a date"),
    ([], {"published": "2007-13"}, "is not a date"),
    (["--in-force-from", "soon"], {"stage": "final"}, "--in-force-from: “soon” is not a date"),
    (["--in-force-from", "2009-04-01"], {}, "--in-force-from: A draft for consultation"),
    (["--publish"], {"stage": "final"}, "--in-force-from is missing"),
    ([], {"edition": "para"}, "--edition: “para” is an address"),
    ([], {"edition": "Draft One"}, "--edition: “Draft One” cannot stand in an address"),
    (["--user", "nobody@example.org"], {}, "--user: there is no active account"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("options", "others", "words"), REFUSED)
def test_what_is_asked_wrongly_is_answered_with_a_sentence(rivers, capsys, options, others, words):
    with pytest.raises(CommandError, match=words) as refused:
        run(rivers, capsys, *options, **others)
    assert "\n" not in str(refused.value)
    assert not GuidancePage.objects.exists()


@pytest.mark.django_db
def test_an_edition_that_is_there_is_not_written_again(rivers, capsys):
    run(rivers, capsys)
    with pytest.raises(CommandError, match="already has an edition “draft”"):
        run(rivers, capsys)
    assert EditionPage.objects.count() == 1


@pytest.mark.django_db
def test_an_edition_that_is_not_ready_is_neither_published_nor_saved(rivers, capsys):
    rivers.write_text(REPEATED)
    with pytest.raises(CommandError, match="nothing was saved"):
        run(rivers, capsys, "--publish")
    assert not GuidancePage.objects.exists()


@pytest.mark.django_db
def test_a_person_who_may_not_import_is_refused(rivers, capsys):
    User.objects.create_user("reader@example.org", "secret")
    with pytest.raises(CommandError, match="may not add"):
        run(rivers, capsys, "--user", "reader@example.org")
    assert not GuidancePage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 broken", b"PK\x03\x04no"])
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(tmp_path, capsys, data):
    file = tmp_path / "file"
    file.write_bytes(data)
    with pytest.raises(CommandError, match=r"^This file .*\.$"):
        run(file, capsys)
    assert not GuidancePage.objects.exists()


def test_a_file_that_is_not_there_is_answered_with_a_sentence(tmp_path, capsys):
    with pytest.raises(CommandError, match="There is no file"):
        run(tmp_path / "missing.docx", capsys, "--dry-run", "--json")
