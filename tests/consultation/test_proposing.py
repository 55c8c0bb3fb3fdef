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
    printed = facts["consultation"]["questions_printed_in_the_text"]
    assert [row.anchor.number for row in rows] == [question["after"] for question in printed]
    page = samples.consultation(edition)
    asked = ask_proposed(user=make.user(), consultation=page, proposed=rows)
    assert [(q.wording.number, q.paragraphs.get().number) for q in asked] == [
        (row.number, row.anchor.number) for row in rows
    ]
    assert [q.wording.text for q in asked] == [row.printed_words for row in rows]
    assert set(printed_and_asked(page)) == {row.printed for row in rows}


def test_without_a_list_each_question_keeps_its_printed_number_and_differs_from_nothing():
    rows = proposed_questions(samples.draft_edition())
    assert [(row.number, row.anchor.number) for row in rows] == [("1", "1.2"), ("2", "2.1")]
    assert not any(row.differs or row.listed_words for row in rows)


def test_questions_without_a_number_or_with_the_same_one_get_numbers_of_their_own():
    blocks = [
        make.block("question", number=number, text=f"<p>What of {at}?</p>")
        for at, number in enumerate(("", "1", "1", "4", "4"))
    ]
    section = make.section("Beginning", [*blocks, make.paragraph("1.1")], number="1")
    edition = make.issued(make.document(), [section], stage="consultation")
    rows = proposed_questions(edition)
    assert [row.number for row in rows] == ["1", "1a", "1b", "4", "4a"]
    assert {row.anchor for row in rows} == {None}
    asked = ask_proposed(
        user=make.user(), consultation=samples.consultation(edition), proposed=rows
    )
    assert [q.paragraphs.count() for q in asked] == [0] * 5


def test_what_is_asked_already_is_not_asked_again():
    edition = samples.draft_edition()
    page, rows = samples.consultation(edition), proposed_questions(edition)
    ask_proposed(user=make.user(), consultation=page, proposed=rows[:1])
    asked = ask_proposed(user=make.user(), consultation=page, proposed=rows)
    assert [question.wording.number for question in asked] == ["2"]
    assert page.questions.count() == 2
