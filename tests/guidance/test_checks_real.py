"""The checks on real documents: the six known faults of the draft of 2007, and few false ones."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from accounts.roles import command_user
from guidance.actions.checks import Check, check_edition
from guidance.actions.importing import plan_import, save_import
from guidance.outline.build import build
from guidance.readers import read_bytes

pytestmark = pytest.mark.django_db

DRAFT = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"


def findings(folder, name: str) -> list[Check]:
    """What the checks find in a document, imported as a draft."""
    outline = build(read_bytes((folder / name).read_bytes(), name))
    page = save_import(
        plan=plan_import(outline, None),
        user=command_user(),
        document_slug="document",
        edition_slug="draft",
        stage="consultation",
        published=date(2007, 11, 1),
    )
    return check_edition(page)


@pytest.fixture
def draft(shared_data) -> list[Check]:
    return findings(shared_data, DRAFT)


def of(checks: list[Check], code: str) -> Check:
    """The only finding of its kind."""
    (only,) = (check for check in checks if check.code == code)
    return only


def test_the_six_known_faults_are_found_each_once(draft, shared_data):
    facts = json.loads((shared_data / "facts.json").read_text())
    faults = facts[DRAFT]["known_faults_of_the_source_that_an_editorial_check_should_find"]
    assert len(faults) == 6
    missing = of(draft, "note-missing")
    assert "footnote marker 37 " in missing.message
    disagree = of(draft, "statements-disagree")
    assert disagree.message.endswith("paragraphs 3.27 to 3.30.")
    unlisted = of(draft, "question-unlisted")
    assert unlisted.place.startswith("question after 3.18 ")
    differs = of(draft, "question-differs")
    assert differs.message.startswith("Question 1 is worded differently")
    assert differs.place.startswith("question after 2.28 ")
    basis = of(draft, "provision-differs")
    assert basis.place.startswith("paragraph 3.4 ")
    assert "section 1(a)" in basis.message
    assert "section 4 of the same Act" in basis.message
    broken = of(draft, "note-incomplete")
    assert broken.message.startswith("Footnote 16 ")


def test_the_draft_has_few_findings_beside_them(draft):
    counts = Counter(c.code for c in draft if not c.code.startswith(("citation", "cross")))
    assert counts == {
        "note-missing": 1,
        "statements-disagree": 1,
        "question-unlisted": 1,
        "question-differs": 1,
        "provision-differs": 1,
        "note-incomplete": 1,
        "picture-missing": 1,
        "abbreviation-undefined": 3,
        "sentence-long": 16,
        "reading-hard": 6,
    }
    assert not any(check.blocking for check in draft)
    used = {c.message.split("”")[0].strip("“") for c in draft if c.code == "abbreviation-undefined"}
    assert used == {"PPS", "ODPM", "SA"}


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("white-paper-implementation-plan-2007.txt", 0),
        ("leicestershire-lsp-board-2007.txt", 1),
        ("real/inspectors-report.pdf", 0),
        ("real/rail-vision-command-paper.html", 0),
        ("real/stop-and-search-code-2017.docx", 1),
    ],
)
def test_other_documents_have_hardly_a_finding_of_structure(name, most, shared_data):
    """Numbers, notes, statements, questions and pictures; words are another matter."""
    words = ("abbreviation", "sentence", "reading", "citation", "cross")
    checks = [c for c in findings(shared_data, name) if not c.code.startswith(words)]
    assert len(checks) <= most, checks
