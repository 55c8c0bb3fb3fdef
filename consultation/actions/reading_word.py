"""Reads a form that came back as a Word document (`consultation.actions.word_form` makes it).

What is in the content controls is taken by their tags, and what was written beside them, or where
they were lost, by the visible marks before it. Whatever is found in no place comes back as it is:
nothing that somebody wrote is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from consultation.actions.anchors import Anchor, anchors
from consultation.actions.word_fields import Outside, chosen, plain, read_about, read_use
from consultation.actions.word_form import (
    ABOUT_LABELS,
    USE_LABELS,
    own_labels,
    quoted_words,
    until_words,
    word_form,
)
from consultation.answers import NUMBER, AnswerFault, Given, clean_text, read_answer
from consultation.mentions import Known, read_place
from consultation.models import ConsultationPage, Question
from consultation.word_lines import FIELD, FormRead, read_lines
from consultation.word_marks import (
    COMMENT_HEADS,
    COMMENTS_MARK,
    END_MARK,
    PLACEHOLDER,
    answer_mark,
    by_mark,
    choice_tag,
    field_mark,
    folded,
    number_mark,
    number_tag,
    question_marks,
    stretches,
    text_tag,
)
from guidance.outline.source import UnreadableFile
from guidance.readers.packages import check_package
from guidance.readers.word.package import Package


class NotAForm(ValueError):
    """A file that is no form of this consultation, or cannot be read; says so in a sentence."""


@dataclass(slots=True)
class FilledForm:
    """What a form says. `about` and `use` have the fields of `answering.ABOUT_FIELDS` and
    `USE_FIELDS` that were filled in, as a response keeps them (`authority` is the row); `rest` are
    words that have no place, in their order; `faults` are sentences about what could not be taken
    as it is, for whoever checks."""

    about: dict[str, Any] = field(default_factory=dict)
    use: dict[str, Any] = field(default_factory=dict)
    answers: dict[Question, Given] = field(default_factory=dict)
    comments: dict[Anchor, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_word(consultation: ConsultationPage, data: bytes) -> FilledForm:
    """What the bytes of a .docx say as a form of this consultation. Raises NotAForm."""
    read = _opened(data)
    questions = list(
        consultation.questions.select_related("wording").prefetch_related("wordings", "paragraphs")
    )
    asked = [q for q in questions if q.retired_at is None and q.wording is not None]
    marks = _marks(read, questions, asked)
    _check(read, questions, marks)
    outside = by_mark(read.lines, _all_marks(marks), _own_words(consultation, questions, marks))
    form = FilledForm(rest=plain(outside.get("", ())))
    _about_and_use(form, read, outside)
    for question in questions:
        here = [mark for mark, each in marks.items() if each == question]
        take = _answer if question in asked else _no_longer_asked
        take(form, question, here, read, outside)
    _comments(form, consultation, read.rows)
    form.rest += plain([*outside.get(COMMENTS_MARK, ()), *outside.get(END_MARK, ())])
    return form


def _opened(data: bytes) -> FormRead:
    try:
        check_package(data)
        return read_lines(Package(data, ""))
    except UnreadableFile as error:
        raise NotAForm(str(error)) from None


def _marks(
    read: FormRead, questions: Sequence[Question], asked: Sequence[Question]
) -> dict[str, Question]:
    """What each mark means in this form. A form of an older wording may number its questions in
    another way: then the fields below a mark tell."""
    numbers = [question.wording.number for question in asked if question.wording]
    found = dict(zip(question_marks(numbers), asked, strict=True))
    for question in questions:
        for wording in question.wordings.all():
            found.setdefault(question_marks([wording.number])[0], question)
    by_key = {str(question.key): question for question in questions}
    tags, mark = iter(read.fields), ""
    wanted = list(_all_marks(found))
    root = {each: m for m in found for each in _three(m)}
    for line in read.lines:
        for piece in stretches(line, wanted):
            mark = piece.mark or mark
            for tag in islice(tags, piece.words.count(FIELD)):
                kind, _, rest = tag.partition(":")
                owner = by_key.get(rest.partition(":")[0]) if kind == "q" else None
                if owner is not None and mark in root:
                    found[root[mark]] = owner
    return found


def _check(read: FormRead, questions: Sequence[Question], marks: Mapping[str, Question]) -> None:
    """NotAForm where neither a field nor a mark is of this consultation."""
    tags = [tag for tag in (*read.words, *read.ticks) if tag.startswith("q:")]
    ours = {f"q:{question.key}:" for question in questions}
    if any(tag.startswith(tuple(ours)) for tag in tags):
        return
    if tags:
        raise NotAForm("This is the form of another consultation: choose that one to take it in.")
    wanted = [*map(answer_mark, marks), *map(field_mark, ABOUT_LABELS)]
    seen = {piece.mark for line in read.lines for piece in stretches(line, wanted)} - {""}
    if len(seen) < 2 and not (read.words and not marks):
        raise NotAForm("This Word document is not the form of this consultation.")


def _all_marks(marks: Iterable[str]) -> Iterator[str]:
    for mark in marks:
        yield from _three(mark)
    yield from map(field_mark, (*ABOUT_LABELS, *USE_LABELS))
    yield from (COMMENTS_MARK, END_MARK)


def _own_words(
    consultation: ConsultationPage, questions: Sequence[Question], marks: Iterable[str]
) -> set[str]:
    """What the form itself says, folded: as it is today, with the wordings and closes it had before."""
    known = tuple(_all_marks(marks))
    blank = read_lines(Package(word_form(consultation), ""))
    words = [piece.words for line in blank.lines for piece in stretches(line, known)]
    words += [*COMMENT_HEADS, " ".join(COMMENT_HEADS), PLACEHOLDER, FIELD]
    closes = [consultation.closes, *consultation.extensions.values_list("closed_before", flat=True)]
    for close in closes:
        words += until_words(close) if close else ()
    for question in questions:
        words += [quoted_words(paragraph) for paragraph in question.paragraphs.all()]
        for wording in question.wordings.all():
            words += [*wording.text.splitlines(), *wording.help.splitlines(), *own_labels(wording)]
            words += [f"{FIELD} {option}" for _, option in wording.asked.choices]
    return {folded(each) for each in words}


def _about_and_use(form: FilledForm, read: FormRead, outside: Outside) -> None:
    about, use = read_about(read, outside), read_use(read, outside)
    form.about, form.use = about.fields, use.fields
    form.rest += [*about.rest, *use.rest]
    form.faults += [*about.faults, *use.faults]


def _answer(
    form: FilledForm, question: Question, marks: Sequence[str], read: FormRead, outside: Outside
) -> None:
    wording = question.wording
    assert wording is not None
    options = _options(question)
    lines = _lines(outside, [each for mark in marks for each in (mark, answer_mark(mark))])
    tags = {key: choice_tag(question.key, key) for key in options}
    keys, others = chosen(read, tags, list(options.items()), lines)
    numbers = [read.said(number_tag(question.key))]
    numbers += plain(_lines(outside, [number_mark(mark) for mark in marks]))
    text = "\n\n".join(
        part for part in (read.said(text_tag(question.key)), "\n".join(others).strip()) if part
    )
    if wording.kind == NUMBER:
        number, *more = [each for each in numbers if each] or [""]
        keys, text = [number], "\n".join([*more, text]).strip()
    said = "; ".join(options.get(key, key) for key in keys if key)
    given = _given(form, question, keys, text, said)
    if not given.empty:
        form.answers[question] = given


def _given(
    form: FilledForm, question: Question, keys: Sequence[str], text: str, said: str
) -> Given:
    """The answer; what the question does not take is said, and waits with the rest."""
    assert question.wording is not None
    try:
        text = clean_text(text)
    except AnswerFault as fault:
        form.faults.append(f"{question.label}: {fault}")
        form.rest.append(text)
        text = ""
    try:
        return read_answer(question.wording.asked, keys, text)
    except AnswerFault as fault:
        form.faults.append(f"{question.label}: {fault} The form says: {said[:200]}.")
        form.rest.append(f"{question.label}: {said}")
        return Given({}, text)


def _options(question: Question) -> dict[str, str]:
    """Keys and words of every option that it ever had, as they are or were last."""
    found: dict[str, str] = {}
    for wording in question.wordings.all():
        found |= dict(wording.asked.choices)
    return found


def _no_longer_asked(
    form: FilledForm, question: Question, marks: Sequence[str], read: FormRead, outside: Outside
) -> None:
    options = _options(question)
    ticks = [
        words for key, words in options.items() if read.ticks.get(choice_tag(question.key, key))
    ]
    words = [*ticks, read.said(number_tag(question.key)), read.said(text_tag(question.key))]
    words += plain(_lines(outside, [each for mark in marks for each in _three(mark)]))
    if any(words):
        form.faults.append(f"{question} is no longer asked: what was answered has to be placed.")
        form.rest.append("\n".join(each for each in words if each))


def _three(mark: str) -> tuple[str, str, str]:
    """The marks of one question."""
    return mark, answer_mark(mark), number_mark(mark)


def _lines(outside: Outside, marks: Iterable[str]) -> list[str]:
    return [line for mark in marks for line in outside.get(mark, ())]


def _comments(
    form: FilledForm, consultation: ConsultationPage, rows: Sequence[Sequence[str]]
) -> None:
    if not rows:
        return
    known = anchors(consultation.edition_id or 0)
    displayed = {folded(anchor.number): anchor for anchor in known.values()}
    found: dict[Anchor, list[str]] = {}
    for number, *cells in rows:
        text = "\n".join(cell for cell in cells if cell)
        anchor = displayed.get(folded(number)) or _named(number, known)
        if anchor is not None and text:
            found.setdefault(anchor, []).append(text)
        elif text:
            form.rest.append(f"{number}: {text}" if number else text)
            form.faults.append(_no_paragraph(number))
    for anchor, texts in found.items():
        text = "\n\n".join(texts)
        try:
            form.comments[anchor] = clean_text(text)
        except AnswerFault as fault:
            form.faults.append(f"{anchor.number}: {fault}")
            form.rest.append(text)


def _named(number: str, known: Mapping[str, Anchor]) -> Anchor | None:
    place = read_place(number, Known((), known))
    return known.get(place.number) if place else None


def _no_paragraph(number: str) -> str:
    if not number:
        return "A comment names no paragraph: place it."
    return f"There is no paragraph “{number[:60]}” in the draft: place the comment on it."
