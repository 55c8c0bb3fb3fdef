"""Questions proposed from the text of a draft, beside those that it lists together."""

from __future__ import annotations

import json
from datetime import date

import pytest

from accounts.roles import command_user
from consultation.actions.asking import ask_proposed, printed_and_asked
from consultation.actions.proposing import proposed_questions
from guidance.actions.importing import plan_import, save_import
from guidance.actions.publishing import publish_edition
from guidance.outline.build import build
from guidance.readers import read_bytes
from tests import factories as make
from tests.consultation import samples

pytestmark = pytest.mark.django_db
DRAFT = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"


def issued_draft(folder):
    outline = build(read_bytes((folder / DRAFT).read_bytes(), DRAFT))
    page = save_import(
        plan=plan_import(outline, None), user=command_user(), document_slug="communities",
        edition_slug="draft", stage="consultation", published=date(2007, 11, 1),
    )  # fmt: skip
    return publish_edition(user=command_user(), page=page)


def test_the_real_draft_of_2007_gives_its_eight_questions(shared_data):
    facts = json.loads((shared_data / "facts.json").read_text())[DRAFT]
    edition = issued_draft(shared_data)
    rows = proposed_questions(edition)
    assert len(rows) == 8
    assert [row.anchor.number for row in rows if row.anchor] == [
        *("2.28", "3.15", "3.18", "5.6", "6.2", "6.5", "6.7", "6.13")
    ]
    assert [row.number for row in rows] == ["1", "2", "2a", "3", "4", "5", "6", "7"]
    assert sum(bool(row.listed_words) for row in rows) == 7
    assert [row.number for row in rows if row.differs] == ["1"]
    print(
        facts.get("consultation_questions") or [k for k in facts if "quest" in k or "consul" in k]
    )
    page = samples.consultation(edition)
    asked = ask_proposed(user=make.user(), consultation=page, proposed=rows)
    assert [(q.wording.number, q.paragraphs.get().number) for q in asked] == [
        (row.number, row.anchor.number) for row in rows
    ]
    assert [q.wording.text for q in asked] == [row.printed_words for row in rows]
    assert set(printed_and_asked(page)) == {row.printed for row in rows}
