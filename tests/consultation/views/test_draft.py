"""The draft with its questions beside the paragraphs that they concern."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lxml import html

from consultation.models import ConsultationPage, Question
from consultation.views.beside import draft_section, lay_out, place_id, section_with
from guidance.models import Entry
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db
BEGINNING = "1-beginning"


@pytest.fixture
def page() -> ConsultationPage:
    return samples.consultation()


def printed(page: ConsultationPage, question: Question, number: str) -> Question:
    """Say that the question is the one that the draft prints under this number."""
    rows = Entry.objects.filter(edition=page.edition, version__kind="question")
    question.printed_id = rows.get(version__number=number).paragraph_id
    question.save()
    return question


def order(client, page: ConsultationPage, section: str = BEGINNING) -> Sequence[str]:
    """Ids of what stands in the column, in order."""
    tree = html.fromstring(client.get(f"{page.address}draft/{section}/").content)
    found = tree.xpath("//article[contains(@class, 'column')]//div[@id]/@id")
    return [i for i in found if "note" not in i]


def test_a_question_stands_where_it_is_printed_in_its_present_words(client, page):
    asked = printed(page, samples.question(page, text="New words?", paragraphs=["1.1"]), "1")
    assert order(client, page) == ["1.1", "1.2", place_id(asked), "1.3", "box-who-uses-a-park"]
    words = client.get(f"{page.address}draft/{BEGINNING}/").content.decode()
    assert "New words?" in words
    assert "Is asking users enough?" not in words
    assert "Question 1 asks about paragraph 1.1" in words


def test_a_question_that_is_printed_nowhere_stands_after_the_last_paragraph_it_asks_about(
    client, page
):
    asked = samples.question(page, paragraphs=["1.3", "1.1"])
    assert order(client, page)[2:4] == ["1.3", place_id(asked)]


def test_a_printed_question_that_is_not_asked_stays_as_the_draft_has_it(client, page):
    samples.question(page, paragraphs=["1.1"])
    assert (
        "Is asking users enough?"
        in client.get(f"{page.address}draft/{BEGINNING}/").content.decode()
    )


def test_every_paragraph_and_box_can_be_commented_on(client, page):
    words = client.get(f"{page.address}draft/{BEGINNING}/").content.decode()
    for reference in ("1.1", "1.2", "1.3", "box-who-uses-a-park"):
        assert f'href="{page.address}respond/paragraph/{reference}/"' in words


def test_a_comment_on_a_term_stands_in_its_definition(client):
    blocks = [factories.paragraph("1.1"), factories.term("Park"), factories.term("Pond")]
    sections = [factories.section("Terms", blocks, number="1")]
    edition = factories.issued(factories.document(), sections, stage="consultation")
    page = samples.consultation(edition)
    tree = html.fromstring(client.get(f"{page.address}draft/1-terms/").content)
    assert len(tree.xpath("//dl[@class='glossary']//dd//p[contains(@class, 'beside')]")) == 2


def test_the_contents_say_where_the_questions_are_and_which_are_on_the_whole(client, page):
    second = samples.question(page, number="2", paragraphs=["2.1"])
    samples.question(page, number="3", text="Anything else?")
    words = client.get(f"{page.address}draft/").content.decode()
    assert f'href="{page.address}draft/2-money/#{place_id(second)}"' in words
    assert "Questions on the draft as a whole" in words
    assert "Anything else?" in words


def test_links_between_sections_stay_in_the_draft_and_the_statements_of_status_where_they_are(
    client, page
):
    words = client.get(f"{page.address}draft/{BEGINNING}/").content.decode()
    assert f'href="{page.address}draft/2-money/"' in words
    assert f"{page.address}draft/status" not in words


def test_a_section_that_is_not_there_is_a_404(client, page):
    assert client.get(f"{page.address}draft/nothing/").status_code == 404


def test_every_place_is_found_and_what_is_not_in_the_section_is_passed_over(page):
    asked = printed(page, samples.question(page), "1")
    found = draft_section(page, BEGINNING)
    assert found is not None
    assert found.paragraphs["box-who-uses-a-park"] == "Box “Who uses a park”"
    after, instead = {"1.1": "<hr>", "9.9": "<hr>"}, {asked.printed_id: "<b>here</b>"}
    made = section_with(found, after=after, instead=instead)
    before, _, behind = made.partition("<hr>")
    assert 'id="1.1"' in before
    assert behind.lstrip().startswith('<div class="para')
    assert 'id="1.2"' in behind.partition(">")[0]
    assert (made.count("<hr>"), made.count("<b>here</b>")) == (1, 1)
    assert "Is asking users enough?" not in made
    assert section_with(found, after={}, instead={}) == found.html


def test_two_questions_that_claim_one_printed_block_both_have_a_place(page):
    first = printed(page, samples.question(page, paragraphs=["1.1"]), "1")
    second = printed(page, samples.question(page, paragraphs=["1.3"]), "1")
    layout = lay_out(page, list(page.questions.asked().prefetch_related("paragraphs")))
    assert layout.home[first.pk].reference == ""
    assert layout.home[second.pk].reference == "1.3"
