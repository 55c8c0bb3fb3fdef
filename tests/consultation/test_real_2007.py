"""The consultation of 2007 as its own draft has it: imported, published, asked, answered, closed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.roles import command_user
from consultation.actions.asking import ask_proposed
from consultation.actions.counting import total
from consultation.actions.places import Places
from consultation.actions.proposing import proposed_questions
from consultation.models import Criterion, Lateness
from consultation.parting import part_text
from guidance.actions.importing import plan_import, save_import
from guidance.actions.publishing import publish_edition
from guidance.outline.build import build
from guidance.readers import read_bytes
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
DRAFT = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"
ASKED = {
    "1": "2.28", "2": "3.15", "2a": "3.18", "3": "5.6", "4": "6.2", "5": "6.5", "6": "6.7",
    "7": "6.13",
}  # fmt: skip


@pytest.fixture
def facts(shared_data):
    return json.loads((shared_data / "facts.json").read_text())[DRAFT]


@pytest.fixture
def consultation(shared_data, facts):
    """Opened on the day that the draft was published, closed at the end of the day that it names."""
    outline = build(read_bytes((shared_data / DRAFT).read_bytes(), DRAFT))
    page = save_import(
        plan=plan_import(outline, None), user=command_user(), document_slug="communities",
        edition_slug="draft", stage="consultation", published=date(2007, 11, 20),
    )  # fmt: skip
    edition = publish_edition(user=factories.user(), page=page)
    closes = datetime.fromisoformat(f"{facts['consultation']['closes']}T23:59").replace(
        tzinfo=LONDON
    )
    found = samples.consultation(
        edition, opens=datetime(2007, 11, 20, 9, 30, tzinfo=LONDON), closes=closes
    )
    ask_proposed(user=factories.user(), consultation=found, proposed=proposed_questions(edition))
    return found


def test_every_printed_question_is_asked_of_the_paragraph_that_it_follows(consultation, facts):
    asked = list(consultation.questions.asked().prefetch_related("paragraphs"))
    found = {q.wording.number: [p.number for p in q.paragraphs.all()] for q in asked}
    assert found == {number: [after] for number, after in ASKED.items()}
    printed = facts["consultation"]["questions_printed_in_the_text"]
    assert list(ASKED.values()) == [row["after"] for row in printed]
    listed = [number for number in found if number.isdigit()]
    assert len(listed) == facts["consultation"]["listed_questions"]


def test_the_difference_between_list_and_text_is_shown(consultation):
    rows = {row.number: row for row in proposed_questions(consultation.edition)}
    assert rows["1"].differs
    assert len(rows["1"].pieces) > 1
    assert not rows["2a"].listed_words
    assert not rows["7"].differs


def test_it_is_open_for_the_minimum_and_keeps_the_six_criteria(consultation, facts):
    assert consultation.weeks == facts["consultation"]["minimum_weeks"]
    assert not consultation.too_short
    assert Criterion.values == facts["consultation"]["criteria"]


def test_a_response_in_the_last_minute_is_in_time_and_the_next_is_late(consultation):
    question = consultation.questions.asked()[2]
    in_time = samples.submitted(
        consultation, {question: "Yes."}, received_at=consultation.closes + timedelta(seconds=59)
    )
    late = samples.submitted(
        consultation, {question: "No."}, received_at=consultation.closes + timedelta(seconds=60)
    )
    assert (in_time.lateness, late.lateness) == (Lateness.IN_TIME, Lateness.WAITING)
    assert total(consultation.pk) == 2


def test_a_letter_that_names_questions_and_paragraphs_as_it_was_asked_to_finds_its_places(
    consultation,
):
    places = Places.of(consultation)
    letter = (
        "Dear sirs,\n\nQuestion 3: a fair balance.\n\nPara 4.10 - say who decides.\n\n"
        "Q2a. We have not.\n\nparagraph 9.99: there is none.\n"
    )
    parts = part_text(letter, places.known)
    assert "".join(part.text for part in parts) == letter
    found = [str(getattr(places.find(part.place), "label", None) or
                 getattr(places.find(part.place), "number", "")) for part in parts]  # fmt: skip
    assert [words for words in found if words] == ["Question 3", "4.10", "Question 2a"]
