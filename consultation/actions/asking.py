"""Asks questions, rewords them, takes them out and orders them.

A wording that somebody may have answered stays: once the consultation has opened, or anybody has
saved an answer, another wording is a new version, and each answer keeps the one that it answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from consultation.actions.anchors import Anchor
from consultation.actions.proposing import Proposed
from consultation.actions.question_rules import Asking, check, check_answers_fit, columns_of
from consultation.models import (
    Answer,
    ConsultationPage,
    Question,
    QuestionParagraph,
    QuestionWording,
    State,
)


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question with the wording that it has now. `kept` counts the answers received that keep an
    earlier wording; it is 0 where the wording was changed in place."""

    question: Question
    new_version: bool
    kept: int


def may_ask(user: Any, consultation: ConsultationPage) -> bool:
    """Whether the user may change its questions."""
    return bool(consultation.permissions_for_user(user).can_ask())


def ask(
    *, user: Any, consultation: ConsultationPage, asking: Asking, printed: UUID | None = None
) -> Question:
    """Ask one more question, after those that are asked. `printed` is the block of the draft in
    which it is printed. Raises PermissionDenied, or ValidationError by the fields of `Asking`."""
    with transaction.atomic():
        _lock(user, consultation)
        check(asking, consultation)
        last = consultation.questions.aggregate(last=Max("position"))["last"] or 0
        question = Question.objects.create(
            consultation=consultation, position=last + 1, printed_id=printed
        )
        question.wording = QuestionWording.objects.create(
            question=question, made_at=timezone.now(), made_by=user, **columns_of(asking, ())
        )
        question.save(update_fields=["wording"])
        _place(question, asking.paragraphs)
        _log(user, consultation, "ask", question)
    return question


def ask_proposed(
    *, user: Any, consultation: ConsultationPage, proposed: Sequence[Proposed]
) -> list[Question]:
    """Ask all of these, or none; each about the paragraph after which it is printed. One whose
    printed question is asked already is left out. Raises as `ask`."""
    with transaction.atomic():
        _lock(user, consultation)
        done = printed_and_asked(consultation)
        return [
            _ask_one(user, consultation, row)
            for row in proposed
            if row.printed is None or row.printed not in done
        ]


def _ask_one(user: Any, consultation: ConsultationPage, row: Proposed) -> Question:
    asking = Asking(
        number=row.number,
        text=row.text,
        kind=row.kind,
        paragraphs=[row.anchor] if row.anchor else [],
    )
    try:
        return ask(user=user, consultation=consultation, asking=asking, printed=row.printed)
    except ValidationError as error:
        where = f"Question {row.number}" if row.number else "A question without a number"
        raise ValidationError([f"{where}: {words}" for words in error.messages]) from error


def printed_and_asked(consultation: ConsultationPage) -> dict[UUID, Question]:
    """The questions that are asked from the text, by the block in which they are printed."""
    asked = consultation.questions.asked().exclude(printed=None)
    return {question.printed_id: question for question in asked}


def reword(*, user: Any, question: Question, asking: Asking) -> Reworded:
    """Ask it in other words, or about other paragraphs. Raises as `ask`; refused where answers that
    were given would no longer fit."""
    consultation = question.consultation
    with transaction.atomic():
        _lock(user, consultation)
        question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        check(asking, consultation, question)
        before = question.wording
        assert before is not None
        columns = columns_of(asking, before.options)
        check_answers_fit(question, before, columns)
        changed = any(getattr(before, name) != value for name, value in columns.items())
        new = changed and is_answerable(question)
        if new:
            question.wording = QuestionWording.objects.create(
                question=question, version=_last_version(question) + 1, made_at=timezone.now(),
                made_by=user, **columns,
            )  # fmt: skip
            question.save(update_fields=["wording"])
        elif changed:
            for name, value in columns.items():
                setattr(before, name, value)
            before.save(update_fields=[*columns])
        moved = _place(question, asking.paragraphs)
        if changed or moved:
            _log(user, consultation, "reword", question)
    return Reworded(question, new, _received(question, other_wordings=True) if new else 0)


def retire(*, user: Any, question: Question) -> bool:
    """Ask it no more. Whether it is kept, with its answers: one that nobody can have answered is
    deleted. Raises PermissionDenied."""
    consultation = question.consultation
    with transaction.atomic():
        _lock(user, consultation)
        question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        kept = is_answerable(question)
        if kept and question.retired_at is None:
            question.retired_at = timezone.now()
            question.save(update_fields=["retired_at"])
        _log(user, consultation, "retire", question)
        if not kept:
            question.wording = None
            question.save(update_fields=["wording"])
            question.delete()
    return kept


def ask_again(*, user: Any, question: Question) -> Question:
    """Ask one that was taken out, in the words that it had. Raises PermissionDenied, or
    ValidationError where another has its number now."""
    consultation = question.consultation
    with transaction.atomic():
        _lock(user, consultation)
        question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        number = question.wording.number if question.wording else ""
        if consultation.questions.asked().filter(wording__number__iexact=number).exists():
            raise ValidationError(
                f"There is a question {number} already; give that another number."
            )
        question.retired_at = None
        question.save(update_fields=["retired_at"])
        _log(user, consultation, "ask", question)
    return question


def reorder(*, user: Any, consultation: ConsultationPage, order: Sequence[int]) -> None:
    """Put the questions that are asked in the order of these primary keys; any that are not named
    stand after them. Raises PermissionDenied."""
    with transaction.atomic():
        _lock(user, consultation)
        questions = {q.pk: q for q in consultation.questions.select_for_update()}
        named = [questions[pk] for pk in dict.fromkeys(order) if pk in questions]
        rest = [question for question in questions.values() if question not in named]
        changed = []
        for position, question in enumerate([*named, *rest], 1):
            if question.position != position:
                question.position = position
                changed.append(question)
        Question.objects.bulk_update(changed, ["position"])
        if changed:
            log(instance=consultation, action="consultation.reorder", user=user)


def is_answerable(question: Question) -> bool:
    """Whether somebody has answered it or can."""
    return question.consultation.has_opened or question.answers.exists()


def _received(question: Question, *, other_wordings: bool) -> int:
    """Answers that were received; what is still being written is not counted."""
    rows = Answer.objects.filter(question=question).exclude(response__state=State.DRAFT)
    return (rows.exclude(wording=question.wording_id) if other_wordings else rows).count()


def _lock(user: Any, consultation: ConsultationPage) -> None:
    """One change of its questions at a time."""
    if not may_ask(user, consultation):
        raise PermissionDenied("You may not change the questions of this consultation.")
    rows = ConsultationPage.objects.select_for_update().filter(pk=consultation.pk)
    list(rows.values_list("pk"))


def _place(question: Question, wanted: Sequence[Anchor]) -> bool:
    """Let it ask about these paragraphs; whether that changed anything."""
    before = list(question.paragraphs.values_list("paragraph", "version"))
    if before == [(anchor.paragraph, anchor.version) for anchor in wanted]:
        return False
    question.paragraphs.all().delete()
    QuestionParagraph.objects.bulk_create(
        QuestionParagraph(question=question, position=at, **anchor.fields)
        for at, anchor in enumerate(wanted)
    )
    return True


def _last_version(question: Question) -> int:
    return int(question.wordings.aggregate(last=Max("version"))["last"] or 0)


def _log(user: Any, consultation: ConsultationPage, act: str, question: Question) -> None:
    wording = question.wording
    data = {"question": question.pk, "number": wording.number if wording else ""}
    log(instance=consultation, action=f"consultation.{act}", user=user, data=data)
