"""The respondent's copy: everything, in the words in which it was asked, drawn as data alone."""

import json
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.actions.receipts import _TEMPLATE, _lines, receipt, receipt_pdf
from consultation.actions.submitting import withdraw
from consultation.answers import Given
from consultation.models import Answer, Attachment, QuestionWording, Response
from consultation.passages import without_marks
from guidance.rendering.typeset import typeset
from tests.consultation import samples

EMPTY = {
    "title": "Response", "consultation": "Parks", "whole": False, "facts": [["a", "b"]],
    "who": [["a", "b"]], "use": [["a", "b"]], "answers": [], "comments": [], "files": [],
}  # fmt: skip


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def attached(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return json.loads(bytes(document.get_attachment(0).get_data()))


@pytest.fixture
def response(db):
    page = samples.consultation(title="Keeping parks open")
    asked = samples.question(page, "3", "Should a park close?", "yes-no")
    sent = samples.submitted(
        page,
        {asked: Given({"choice": "no"}, "Not ours.\nNever [[while Jo lives there]].")},
        {"1.2": "Ask children too."},
        confidential="passages",
        confidential_reason="Jo is ill.",
        organisation="Friends of Parks",
    )
    Attachment.objects.create(
        response=sent, question=asked, file=ContentFile(b"plan", "plan.txt"), name="Our plan.txt",
        media_type="text/plain", size=4, sha256="ab" * 32, confidential=True, added_at=timezone.now(),
    )  # fmt: skip
    return sent


def test_it_says_everything_that_was_sent(response):
    words = words_of(receipt_pdf(response))
    for said in (
        *(response.reference, "Keeping parks open", "Robin Example", "robin@example.org"),
        *("Friends of Parks", "Question 3", "Should a park close?", "Not ours.", "1.2"),
        *("It should ask those who use a park", "Ask children too.", "Our plan.txt", "4 bytes"),
        *("Jo is ill.", "In time"),
    ):
        assert said in words


def test_what_was_asked_to_be_confidential_is_marked_as_such(response):
    words = words_of(receipt_pdf(response))
    assert "Never [confidential: while Jo lives there]." in words
    assert "[confidential: file]" in words
    Response.objects.filter(pk=response.pk).update(confidential="whole")
    response.refresh_from_db()
    assert "all of it to be kept confidential" in words_of(receipt_pdf(response))


def test_the_same_response_gives_the_same_bytes(response):
    assert receipt_pdf(response) == receipt_pdf(Response.objects.get(pk=response.pk))


def test_an_answer_stands_under_the_question_as_it_was_worded_then(response):
    answer = Answer.objects.get()
    answer.question.wording = QuestionWording.objects.create(
        question=answer.question, version=2, number="4", text="New words?", made_at=timezone.now()
    )
    answer.question.save()
    words = words_of(receipt_pdf(response))
    assert "Should a park close?" in words
    assert "New words?" not in words


def test_a_late_one_and_a_withdrawn_one_say_so(db):
    page = samples.closed()
    late = samples.submitted(page, received_at=timezone.now())
    assert ("In time", "No. It came after the close; whether it counts is still to be decided") in (
        receipt(late)["facts"]
    )
    page = samples.consultation(page.edition)
    withdrawn = withdraw(response=samples.submitted(page))
    assert "Withdrawn" in dict(receipt(withdrawn)["facts"])


def test_the_second_in_which_it_came_is_said(db):
    page = samples.consultation()
    at = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    sent = samples.submitted(page, received_at=at)
    assert f":{at:%M:%S})" in dict(receipt(sent)["facts"])["Received"]


def test_it_costs_the_same_number_of_queries_at_one_answer_and_at_ten(
    db, django_assert_max_num_queries
):
    page = samples.consultation()
    asked = [samples.question(page) for _ in range(10)]
    sent = samples.submitted(page, {each: "Words." for each in asked})
    with django_assert_max_num_queries(6):
        assert len(receipt(Response.objects.get(pk=sent.pk))["answers"]) == 10


HOSTILE = '#eval("1") #panic() $x$ *bold* _it_ \\ ] [ } { // <a> @ref `raw` #import "x" ~ = Heading'


def test_words_that_look_like_typst_stay_words(db):
    sent = samples.submitted(samples.consultation(), comments={"1.1": HOSTILE}, name=HOSTILE[:60])
    assert " ".join(HOSTILE.split()) in words_of(receipt_pdf(sent))


def test_what_the_fonts_lack_is_written_by_its_code_and_kept_in_the_file_attached(db):
    said = "Ja 中文 and \N{GRINNING FACE} and \N{DEVANAGARI LETTER A}."
    sent = samples.submitted(samples.consultation(), comments={"1.1": said})
    pdf = receipt_pdf(sent)
    assert "[U+4E2D]" in words_of(pdf)
    assert attached(pdf)["comments"][0]["lines"] == [[[said, False]]]


@settings(max_examples=25)
@given(st.text(max_size=200))
def test_any_text_can_be_drawn(text):
    text = text.replace("\0", "")
    shown = {**EMPTY, "comments": [{"number": "1.1", "quotation": text, "lines": _lines(text)}]}
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert typeset(_TEMPLATE, shown, b"{}").startswith(b"%PDF-")


@given(st.text(alphabet="ab[]\n ", max_size=60))
def test_no_word_is_lost_when_a_text_is_parted_into_lines(text):
    joined = "".join(words for line in _lines(text) for words, _ in line)
    assert "".join(joined.split()) == "".join(without_marks(text).split())
