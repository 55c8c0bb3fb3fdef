"""A Word form that comes back: by its content controls, by its visible marks where these were lost,
and whatever people and programs did to it. No word is lost."""

import io
import zipfile
from copy import deepcopy

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.actions.reading_word import NotAForm, read_word
from consultation.actions.word_form import word_form
from consultation.answers import Given
from consultation.models import Authority, QuestionWording
from consultation.word_marks import (
    about_tag,
    choice_tag,
    comment_tag,
    number_tag,
    text_tag,
    use_tag,
)
from tests.consultation import samples
from tests.consultation.word_filling import (
    after,
    changed,
    copied_row,
    filled,
    saved,
    type_into,
    without_controls,
)

pytestmark = pytest.mark.django_db
WORDS = "Yes, mostly.\n\nBut “users” – all of them – [[not Jo Bloggs]]\tare more than visitors."


@pytest.fixture
def page():
    return samples.consultation(postal_address="1 High Street\nParkham")


@pytest.fixture
def asked(page):
    options = [
        ["early", "Early in the year"],
        ["late", "Late"],
        ["a-very-long-key-of-an-option-that-word-would-cut", "Never"],
    ]
    return {
        "text": samples.question(
            page, "1", "Is asking users enough?", paragraphs=["1.2"], help="Think of all."
        ),
        "agree": samples.question(page, "2", "Do you agree?", "agree"),
        "several": samples.question(page, "3", "When?", "several", options=options),
        "number": samples.question(page, "4", "How much?", "number", unit="pounds"),
        "yes": samples.question(page, "5", "Publish costs?", "yes-no"),
    }


@pytest.fixture
def answered(asked):
    """What is typed and ticked, by tag."""
    return {
        text_tag(asked["text"].key): WORDS,
        choice_tag(asked["agree"].key, "agree"): True,
        text_tag(asked["agree"].key): "On the whole.",
        choice_tag(asked["several"].key, "early"): True,
        choice_tag(asked["several"].key, "a-very-long-key-of-an-option-that-word-would-cut"): True,
        number_tag(asked["number"].key): "1,250.50",
        comment_tag(1): "para 1.1",
        1: "Say by when.\nAnd where.",
        about_tag("respondent", "organisation"): True,
        about_tag("organisation_type", "charity"): True,
        about_tag("name"): "Robin Example",
        about_tag("organisation"): "Friends of Parks",
        about_tag("email"): "robin@example.org",
        about_tag("postal_address"): "2 Low Street\nParkham",
        use_tag("publish_name", "no"): True,
        use_tag("publish_answer", "yes"): True,
        use_tag("confidential", "passages"): True,
        use_tag("confidential_reason"): "It names a person.",
    }


@pytest.fixture
def blank(page, asked):
    return word_form(page)


def by_number(form):
    return {q.wording.number: given for q, given in form.answers.items()}


def comments(form):
    return {anchor.number: text for anchor, text in form.comments.items()}


EXPECTED = {
    "1": Given({}, WORDS),
    "2": Given({"choice": "agree"}, "On the whole."),
    "3": Given({"choices": ["early", "a-very-long-key-of-an-option-that-word-would-cut"]}, ""),
    "4": Given({"number": "1250.50"}, ""),
}
ABOUT = {
    "respondent": "organisation",
    "organisation_type": "charity",
    "name": "Robin Example",
    "organisation": "Friends of Parks",
    "email": "robin@example.org",
    "postal_address": "2 Low Street\nParkham",
}
USE = {
    "publish_name": False,
    "publish_answer": True,
    "confidential": "passages",
    "confidential_reason": "It names a person.",
}


def whole(form):
    return (by_number(form), comments(form), form.about, form.use, form.rest, form.faults)


def test_an_empty_form_says_nothing(page, asked):
    form = read_word(page, word_form(page))
    assert whole(form) == ({}, {}, {}, {}, [], [])


def test_what_is_filled_in_comes_back(page, answered):
    form = read_word(page, filled(word_form(page), answered))
    assert whole(form) == (EXPECTED, {"1.1": "Say by when.\nAnd where."}, ABOUT, USE, [], [])


def test_a_form_that_lost_its_content_controls_is_read_by_its_marks(page, answered):
    form = read_word(page, changed(filled(word_form(page), answered), without_controls))
    assert whole(form) == (
        EXPECTED,
        {"1.1": "Say by when.\nAnd where."},
        ABOUT,
        USE,
        [],
        [],
    )


def test_an_empty_form_without_content_controls_says_nothing(page, asked):
    form = read_word(page, changed(word_form(page), without_controls))
    assert whole(form) == ({}, {}, {}, {}, [], [])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=["Cc", "Cs", "Zl", "Zp"],
            exclude_characters="\ufffe\uffff",
        )
        | st.sampled_from("\n\t[]“”’–"),
        max_size=200,
    )
)
def test_any_words_come_back_the_same(page, asked, blank, words):
    form = read_word(page, filled(blank, {text_tag(asked["text"].key): words}))
    assert by_number(form).get("1", Given()).text == words.strip()
    assert (form.rest, form.faults) == ([], [])


def test_tracked_changes_are_read_as_accepted(page, asked):
    def track(document):
        box = next(
            s
            for s in document.element.body.iter(qn("w:sdt"))
            if tag_of(s) == text_tag(asked["text"].key)
        )
        type_into(box, "x")
        content = box.find(qn("w:sdtContent"))
        content.remove(content[0])
        mark = '<w:pPr><w:rPr><w:del w:id="9" w:author="J"/></w:rPr></w:pPr>'
        content.append(
            parse_xml(
                f"<w:p {nsdecls('w')}>{mark}<w:r><w:t xml:space='preserve'>We </w:t></w:r>"
                "<w:del w:id='1' w:author='J'><w:r><w:delText>never</w:delText></w:r></w:del>"
                "<w:ins w:id='2' w:author='J'><w:r><w:t>always</w:t></w:r></w:ins></w:p>"
            )
        )
        content.append(
            parse_xml(
                f"<w:p {nsdecls('w')}><w:commentRangeStart w:id='0'/><w:r><w:t xml:space='preserve'> agree.</w:t></w:r>"
                "<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
                "<w:moveFrom w:id='3' w:author='J'><w:r><w:t>Gone.</w:t></w:r></w:moveFrom></w:p>"
            )
        )

    form = read_word(page, changed(word_form(page), track))
    assert by_number(form) == {"1": Given({}, "We always agree.")}


def test_paragraphs_tables_and_lists_in_an_answer_are_kept_as_text(page, asked):
    def write(document):
        box = next(
            s
            for s in document.element.body.iter(qn("w:sdt"))
            if tag_of(s) == text_tag(asked["text"].key)
        )
        type_into(box, "First.")
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("Park", "Cost", "Low Park", "12"), strict=True):
            cell.text = words
        listed = document.add_paragraph("a point")
        listed._p.get_or_add_pPr().append(
            parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
        )
        content = box.find(qn("w:sdtContent"))
        content.append(table._tbl)
        content.append(listed._p)

    form = read_word(page, changed(word_form(page), write))
    assert by_number(form)["1"].text == "First.\nPark\tCost\nLow Park\t12\n- a point"


def test_words_typed_below_a_box_and_over_a_placeholder_belong_to_its_answer(page, asked):
    data = filled(word_form(page), {text_tag(asked["text"].key): "In the box."})
    form = read_word(page, changed(data, lambda d: after(d, "Q2 answer", "Below the label.")))
    assert by_number(form)["2"].text == "Below the label."
    form = read_word(page, changed(data, lambda d: after(d, "Q1", "Above the box.")))
    assert by_number(form)["1"].text == "In the box.\n\nAbove the box."
    typed = filled(word_form(page), {text_tag(asked["text"].key): "Click here and write.We agree."})
    assert by_number(read_word(page, typed))["1"].text == "We agree."


def test_a_covering_letter_and_words_after_the_end_wait_to_be_placed(page, answered):
    def write(document):
        document.element.body.insert(0, document.add_paragraph("Dear Chris, here is ours.")._p)
        document.add_paragraph("PS: on 2.1, see our letter.")

    form = read_word(page, changed(filled(word_form(page), answered), write))
    assert form.rest == ["Dear Chris, here is ours.", "PS: on 2.1, see our letter."]
    assert by_number(form) == EXPECTED


def test_deleted_instructions_and_another_type_change_nothing(page, answered):
    def strip(document):
        for paragraph in list(document.paragraphs)[:9]:
            paragraph._p.getparent().remove(paragraph._p)
        for each in document.element.body.iter(qn("w:pPr"), qn("w:rPr")):
            for child in list(each):
                each.remove(child)

    form = read_word(page, changed(filled(word_form(page), answered), strip))
    assert whole(form) == (EXPECTED, {"1.1": "Say by when.\nAnd where."}, ABOUT, USE, [], [])


def test_rows_that_were_added_to_the_table_of_comments_are_read(page, asked):
    def add(document):
        for number, words in (
            ("Paragraph 2.1", "Too dear."),
            ("1.3 ", "Good."),
            ("9.9", "What?"),
            ("", "A thought."),
        ):
            cells = copied_row(document)
            type_into(next(cells[0]._tc.iter(qn("w:sdt"))), number)
            cells[1].text = words

    form = read_word(page, changed(word_form(page), add))
    assert comments(form) == {"2.1": "Too dear.", "1.3": "Good."}
    assert form.rest == ["9.9: What?", "A thought."]
    assert len(form.faults) == 2


def test_two_comments_on_one_paragraph_are_one(page, asked):
    words = {comment_tag(1): "1.1", 1: "First.",
             comment_tag(2): "§1.1", 2: "Second."}  # fmt: skip
    assert comments(read_word(page, filled(word_form(page), words))) == {"1.1": "First.\n\nSecond."}


def test_two_ticks_where_one_is_asked_are_said_and_the_words_are_kept(page, asked):
    key = asked["agree"].key
    data = filled(
        word_form(page),
        {choice_tag(key, "agree"): True, choice_tag(key, "disagree"): True, text_tag(key): "Both."},
    )
    form = read_word(page, data)
    assert by_number(form)["2"] == Given({}, "Both.")
    assert form.faults == ["Question 2: Choose one. The form says: Agree; Disagree."]
    assert form.rest == ["Question 2: Agree; Disagree"]


def test_a_number_in_words_is_said_and_kept(page, asked):
    form = read_word(page, filled(word_form(page), {number_tag(asked["number"].key): "about ten"}))
    assert form.rest == ["Question 4: about ten"]
    assert "Enter a number in digits" in form.faults[0]


def test_a_form_of_an_older_wording_answers_the_question_of_today(page, asked):
    data = filled(word_form(page), {choice_tag(asked["agree"].key, "agree"): True})
    question = asked["agree"]
    question.wording = QuestionWording.objects.create(
        question=question, version=2, number="7", text="Do you agree with 1.2?", kind="agree",
        made_at=question.wording.made_at,
    )  # fmt: skip
    question.save()
    form = read_word(page, data)
    assert by_number(form) == {"7": Given({"choice": "agree"}, "")}
    assert (form.rest, form.faults) == ([], [])


def test_an_answer_to_a_question_that_was_taken_out_waits(page, asked):
    data = filled(word_form(page), {text_tag(asked["text"].key): "Still here."})
    asked["text"].retired_at = asked["text"].wording.made_at
    asked["text"].save()
    form = read_word(page, data)
    assert form.answers == {}
    assert "Still here." in form.rest
    assert any("no longer asked" in fault for fault in form.faults)


def test_an_authority_is_found_by_its_name_and_another_is_said(page, asked):
    row = Authority.objects.create(name="Parkham District Council")
    tag = about_tag("authority")
    assert read_word(page, filled(word_form(page), {tag: "parkham district council "})).about == {
        "authority": row
    }
    form = read_word(
        page, filled(word_form(page), {tag: "Nowhere", about_tag("email"): "not an address"})
    )
    assert form.about == {}
    assert len(form.faults) == len(form.rest) == 2


def test_of_two_contradicting_wishes_the_more_careful_is_taken(page, asked):
    form = read_word(
        page,
        filled(
            word_form(page),
            {
                use_tag("confidential", "nothing"): True,
                use_tag("confidential", "whole"): True,
                use_tag("publish_name", "yes"): True,
                use_tag("publish_name", "no"): True,
            },
        ),
    )
    assert form.use == {"confidential": "whole", "publish_name": False}
    assert len(form.faults) == 2


def test_an_x_in_place_of_a_box_is_a_tick(page, asked):
    def cross(document):
        for sdt in document.element.body.iter(qn("w:sdt")):
            if tag_of(sdt) == choice_tag(asked["yes"].key, "no"):
                next(sdt.iter(qn("w:t"))).text = "X"

    assert by_number(read_word(page, changed(word_form(page), cross))) == {
        "5": Given({"choice": "no"}, "")
    }


def test_a_field_that_was_copied_is_read_once_each(page, asked):
    def copy(document):
        for sdt in list(document.element.body.iter(qn("w:sdt"))):
            if tag_of(sdt) == text_tag(asked["text"].key):
                type_into(sdt, "One.")
                again = deepcopy(sdt)
                type_into(again, "Two.")
                sdt.addnext(again)

    assert by_number(read_word(page, changed(word_form(page), copy)))["1"].text == "One.\n\nTwo."


def test_other_files_are_refused_with_a_sentence(page, asked):
    another = samples.consultation(page.edition)
    samples.question(another, "1")
    for data, sentence in (
        (b"no zip", "damaged"),
        (saved(docx.Document()), "not the form of this consultation"),
        (word_form(another), "form of another consultation"),
        (bomb(word_form(page)), "declarations"),
    ):
        with pytest.raises(NotAForm, match=sentence):
            read_word(page, data)


def bomb(data):
    """With an entity that would be expanded."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"?>", b'?><!DOCTYPE d [<!ENTITY a "aaaa">]>', 1)
            new.writestr(name, part)
    return made.getvalue()


def tag_of(sdt):
    return sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
