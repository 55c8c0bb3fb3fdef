"""The Word form: what it asks, in fields that a screen reader names, the same bytes each time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from docx.oxml.ns import qn

from consultation.actions.word_form import word_form
from consultation.models import ConsultationPage
from consultation.word_marks import (
    LONGEST_TAG,
    by_mark,
    choice_tag,
    comment_tag,
    folded,
    question_marks,
    stretches,
    text_tag,
    ticked,
)
from tests.consultation import samples
from tests.consultation.word_filling import opened


@pytest.fixture
def page(db):
    return samples.consultation()


@pytest.fixture
def asked(page):
    return [
        samples.question(page, "1", "Is asking users enough?", help="Think of everybody.", paragraphs=["1.2"], required=True),
        samples.question(page, "2", "Do you agree?", "agree", word_guide=200),
        samples.question(page, "3", "How much?", "number", unit="pounds"),
        samples.question(page, "4", "Your plan?", "file"),
    ]  # fmt: skip


def words(document):
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    )


def test_it_says_what_is_asked_until_when_and_where_to_send_it(page, asked):
    said = words(opened(word_form(page)))
    for part in (
        page.title,
        "Send this form so that we have it by",
        "send it to parks@department.example",
        "Question 1 (needs an answer) [Q1]",
        "Is asking users enough?",
        "Think of everybody.",
        "1.2: It should ask those who use a park before it closes.",
        "☐ Strongly agree",
        "Your comment (about 200 words) [Q2 answer]",
        "Your number, in pounds [Q3 number]",
        "Send the file together with this form.",
        "put [[ before them and ]] after them",
        "Freedom of Information Act 2000",
    ):
        assert part in said


def test_after_the_close_it_says_that_it_is_closed(db):
    page = samples.closed()
    assert "This consultation closed at" in words(opened(word_form(page)))


def test_it_is_the_same_bytes_each_time(page, asked):
    assert word_form(page) == word_form(page)


def test_every_field_has_a_tag_a_name_and_a_number_of_its_own(page, asked):
    body = opened(word_form(page)).element.body
    properties = [sdt.find(qn("w:sdtPr")) for sdt in body.iter(qn("w:sdt"))]
    for name in ("w:tag", "w:id", "w:alias"):
        values = [each.find(qn(name)).get(qn("w:val")) for each in properties]
        assert all(values)
        if name != "w:alias":
            assert len(set(values)) == len(values)
        assert max(map(len, values)) <= LONGEST_TAG


def test_it_can_be_read_aloud(page, asked):
    document = opened(word_form(page))
    assert document.core_properties.title == f"Response form: {page.title}"
    assert document.core_properties.language == "en-GB"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    headings = [
        p.style.name for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))
    ]
    assert headings[:3] == ["Title", "Heading 1", "Heading 1"]
    assert headings.count("Heading 2") == len(asked)
    [table] = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (
        table._tbl.tblPr.find(qn("w:tblDescription"))
        .get(qn("w:val"))
        .startswith("Comments on paragraphs")
    )


def test_it_is_downloaded_and_a_browser_that_has_it_is_told_so(client, page, asked):
    sent = client.get(f"{page.address}form.docx")
    assert sent["Content-Disposition"] == f'attachment; filename="{page.slug}-response-form.docx"'
    assert sent.content == word_form(page)
    again = client.get(f"{page.address}form.docx", headers={"If-None-Match": sent["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_one_that_is_not_published_has_no_form(client, page, asked):
    ConsultationPage.objects.filter(pk=page.pk).update(live=False)
    assert client.get(f"{page.address}form.docx").status_code == 404


def test_a_form_before_the_opening_can_be_read(client, db):
    page = samples.consultation(opens=timezone.now() + timedelta(days=3))
    assert client.get(f"{page.address}form.docx").status_code == 200


def test_no_two_questions_have_the_same_mark():
    assert question_marks(["1", "1", "2a", "Annex 1", "[x]", ""]) == [
        "Q1",
        "Q1 no. 2",
        "Q2a",
        "Annex 1",
        "x",
        "Q",
    ]


def test_marks_are_told_from_the_respondents_own_brackets():
    found = [(s.mark, s.words) for s in stretches("a [Q1] b [[Q1]] c [sic] [q1]d", ["Q1"])]
    assert found == [("", "a "), ("Q1", " b [[Q1]] c [sic] "), ("Q1", "d")]


@pytest.mark.parametrize(
    ("line", "box"),
    [
        ("☒ Yes", (True, "Yes")),
        ("☐ Yes", (False, "Yes")),
        ("[x] Yes", (True, "Yes")),
        ("[ ] Yes", (False, "Yes")),
        ("[[Yes]]", None),
        ("Yes", None),
    ],
)
def test_a_tick_is_seen_in_a_line(line, box):
    assert ticked(line) == box


def test_lines_are_sorted_by_the_mark_before_them_without_the_forms_own():
    lines = ["Top", "Your name [your name] Robin", "Own words", "- Own words", "More"]
    assert by_mark(lines, ["your name"], {"your name", "own words"}) == {
        "": ["Top"],
        "your name": ["Robin", "More"],
    }


def test_what_word_changes_by_itself_makes_no_difference():
    assert folded("“It’s”\u00a0here – now") == folded('"it\'s" HERE - now')


def test_tags_fit_and_differ(page, asked):
    key = asked[0].key
    tags = {
        text_tag(key),
        choice_tag(key, "a" * 40),
        choice_tag(key, "a" * 40 + "b"),
        comment_tag(1),
    }
    assert len(tags) == 4
    assert max(map(len, tags)) <= LONGEST_TAG
