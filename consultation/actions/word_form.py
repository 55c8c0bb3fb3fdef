"""The form of a consultation as a Word document, to be filled in and sent back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import docx
from django.conf import settings
from django.utils import timezone
from docx.document import Document

from consultation.answers import FILE, NUMBER, SEVERAL
from consultation.closing import in_words
from consultation.models import (
    Confidential,
    ConsultationPage,
    OrganisationType,
    Question,
    QuestionParagraph,
    QuestionWording,
    Respondent,
)
from consultation.word_controls import (
    add_box,
    add_check_box,
    add_line,
    add_table,
    describe,
    dress,
    packed,
    quote,
)
from consultation.word_marks import (
    COMMENT_HEADS,
    COMMENT_ROWS,
    COMMENTS_MARK,
    END_MARK,
    about_tag,
    answer_mark,
    choice_tag,
    comment_tag,
    field_mark,
    number_mark,
    number_tag,
    question_marks,
    text_tag,
    use_tag,
)

YES_NO = (("yes", "Yes"), ("no", "No"))
ABOUT_CHOICES: dict[str, Sequence[tuple[str, str]]] = {
    "respondent": [(str(key), str(words)) for key, words in Respondent.choices],
    "organisation_type": [(str(key), str(words)) for key, words in OrganisationType.choices],
}
USE_CHOICES: dict[str, Sequence[tuple[str, str]]] = {
    "publish_name": YES_NO,
    "publish_answer": YES_NO,
    "confidential": [
        (Confidential.NOTHING.value, "Nothing"),
        (Confidential.PASSAGES.value, "The words that I have put between [[ and ]]"),
        (Confidential.WHOLE.value, "The whole response"),
    ],
}
ABOUT_LABELS: dict[str, str] = {
    "respondent": "Do you answer for yourself or for an organisation?",
    "name": "Your name",
    "organisation": "Name of the organisation",
    "organisation_type": "What kind of organisation is it?",
    "authority": "If it is a local authority, which one?",
    "role": "Your role in it",
    "on_behalf_of": "On whose behalf you answer, if it is somebody else",
    "email": "E-mail address",
    "phone": "Telephone number",
    "postal_address": "Postal address",
}
USE_LABELS: dict[str, str] = {
    "publish_name": "May we publish your name, and that of your organisation?",
    "publish_answer": "May we publish what you answer?",
    "confidential": "What do you ask us to keep confidential?",
    "confidential_reason": "If you ask for that, why?",
}
LONG_FIELDS = frozenset({"postal_address", "confidential_reason"})
_CONFIDENTIAL = (
    "If some of your words should be kept confidential, put [[ before them and ]] after them. We "
    "will do what we can. But we cannot guarantee it: under the Freedom of Information Act 2000 we "
    "may have to give out what we hold."
)


def word_form(consultation: ConsultationPage) -> bytes:
    """A .docx; the same consultation gives the same bytes."""
    document = docx.Document()
    dress(document)
    describe(
        document,
        title=f"Response form: {consultation.title}",
        author=_department(consultation),
        about=consultation.slug,
        made=(consultation.opens or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC),
    )
    document.add_paragraph(consultation.title, "Title")
    _opening(document, consultation)
    document.add_heading("About you", 1)
    _fields(document, ABOUT_LABELS, ABOUT_CHOICES, about_tag)
    document.add_heading("The questions", 1)
    asked = list(consultation.questions.asked().prefetch_related("paragraphs"))
    numbers = [question.wording.number for question in asked if question.wording]
    for question, mark in zip(asked, question_marks(numbers), strict=True):
        _question(document, question, mark)
    _comments(document)
    document.add_heading("How we may use your response", 1)
    document.add_paragraph(_CONFIDENTIAL)
    _fields(document, USE_LABELS, USE_CHOICES, use_tag)
    document.add_paragraph(f"[{END_MARK}] This is the end of the form. Thank you.")
    return packed(document)


def until_words(closes: datetime) -> tuple[str, str]:
    """Until when it is wanted, as it says before the close and after."""
    words = in_words(closes)
    return f"Send this form so that we have it by {words}.", f"This consultation closed at {words}."


def _department(consultation: ConsultationPage) -> str:
    edition = consultation.edition
    return edition.document.publisher if edition else ""


def _opening(document: Document, consultation: ConsultationPage) -> None:
    if consultation.summary:
        document.add_paragraph(consultation.summary)
    if consultation.closes:
        closed = consultation.ends <= timezone.now()
        document.add_paragraph().add_run(until_words(consultation.closes)[closed]).bold = True
    document.add_heading("How to use this form", 1)
    for line in _ways(consultation):
        document.add_paragraph(line, "List Bullet")


def _ways(consultation: ConsultationPage) -> Iterable[str]:
    yield "Write in the frames, as much as you like. You need not answer every question."
    yield (
        "Leave the marks in square brackets where they are: by them we know what belongs to which "
        "question."
    )
    if consultation.contact_email:
        yield f"Save it as a Word document and send it to {consultation.contact_email}."
    if consultation.postal_address:
        yield f"Or post it to {', '.join(consultation.postal_address.split(chr(10)))}."
    address = f"{settings.WAGTAILADMIN_BASE_URL}{consultation.address}"
    yield f"You can read the draft, and answer online instead, at {address}"


def _fields(
    document: Document,
    labels: dict[str, str],
    choices: dict[str, Sequence[tuple[str, str]]],
    tag: Callable[..., str],
) -> None:
    for field, label in labels.items():
        _label(document, label, field_mark(field))
        if field in choices:
            for key, words in choices[field]:
                add_check_box(document.add_paragraph(), tag(field, key), words)
        elif field in LONG_FIELDS:
            add_box(document, tag(field), label)
        else:
            add_line(document.add_paragraph(style="Field"), tag(field), label)


def _label(document: Document, words: str, mark: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{words} ").bold = True
    paragraph.add_run(f"[{mark}]")


def _question(document: Document, question: Question, mark: str) -> None:
    wording = question.wording
    assert wording is not None
    heading, label, number = own_labels(wording)
    document.add_heading(f"{heading} [{mark}]", 2)
    for line in _lines(wording.text, wording.help):
        document.add_paragraph(line)
    for paragraph in question.paragraphs.all():
        quote(document, quoted_words(paragraph))
    if wording.kind == NUMBER:
        _label(document, number, number_mark(mark))
        place = document.add_paragraph(style="Field")
        add_line(place, number_tag(question.key), f"{question.label}: your number")
    _choices(document, question, wording)
    _label(document, label, answer_mark(mark))
    add_box(document, text_tag(question.key), f"{question.label}: your words")


def quoted_words(paragraph: QuestionParagraph) -> str:
    """A paragraph that a question asks about, as the form quotes it."""
    return f"{paragraph.number}: {paragraph.quotation}"


def own_labels(wording: QuestionWording) -> tuple[str, str, str]:
    """What the form itself says of a question: its heading, and before the fields for words and for
    a number."""
    asked, number = wording.asked, wording.number
    heading = f"Question {number}" if number[:1].isdigit() else number or "Question"
    if wording.required:
        heading += " (needs an answer)"
    words_only = not asked.choices and wording.kind not in (NUMBER, FILE)
    label = "Your answer" if words_only else "Your comment"
    if wording.word_guide:
        label += f" (about {wording.word_guide} words)"
    return heading, label, f"Your number, in {asked.unit}" if asked.unit else "Your number"


def _choices(document: Document, question: Question, wording: QuestionWording) -> None:
    asked = wording.asked
    if wording.kind == FILE:
        document.add_paragraph("Send the file together with this form.")
    elif asked.choices:
        several = wording.kind == SEVERAL
        document.add_paragraph("Tick all that apply." if several else "Tick one.")
    for key, words in asked.choices:
        add_check_box(document.add_paragraph(), choice_tag(question.key, key), words)


def _comments(document: Document) -> None:
    document.add_heading(f"Comments on paragraphs [{COMMENTS_MARK}]", 1)
    document.add_paragraph(
        "Comment on any paragraph of the draft: its number on the left, what you say of it on the "
        "right. Add rows if you need more."
    )
    table = add_table(
        document,
        COMMENT_HEADS,
        COMMENT_ROWS,
        "Comments on paragraphs: the number of a paragraph, and what you say of it",
        (4.6, 12.0),
    )
    for at, row in enumerate(table.rows[1:], 1):
        # No field for the comment itself: a plain cell takes paragraphs in every program.
        add_line(row.cells[0].paragraphs[0], comment_tag(at), f"Row {at}: number of a paragraph")


def _lines(*texts: str) -> Iterable[str]:
    """Paragraphs of plain text."""
    for text in texts:
        yield from (line.strip() for line in text.splitlines() if line.strip())
