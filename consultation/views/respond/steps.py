"""The steps of a response and their addresses, in the order in which they are gone through."""

from __future__ import annotations

from dataclasses import dataclass

from consultation.actions.completeness import ANYTHING, USE, YOU, ToDo
from consultation.forms.answer import question_key
from consultation.models import Question
from consultation.views.desk import Desk


def question_address(desk: Desk, question: Question) -> str:
    return f"{desk.base}question/{question.key}/"


def after_question(desk: Desk, question: Question) -> str:
    """The next question, or after the last who is answering."""
    at = desk.questions.index(question) + 1
    if at < len(desk.questions):
        return question_address(desk, desk.questions[at])
    return f"{desk.base}you/"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, and where it is put right."""

    words: str
    address: str


def missing_at(desk: Desk, todo: ToDo) -> Missing:
    """Where a thing that is missing can be put right."""
    if todo.step in (YOU, USE):
        return Missing(todo.words, f"{desk.base}{todo.step}/#{todo.field}")
    if todo.step == ANYTHING:
        return Missing(todo.words, desk.base)
    asked = next((q for q in desk.questions if str(q.key) == todo.step), None)
    if asked is None:
        return Missing(todo.words, desk.base)
    return Missing(
        todo.words, f"{desk.base}question/{todo.step}/#{question_key(asked)}-{_field(asked)}"
    )


def _field(asked: Question) -> str:
    kind = asked.wording.kind if asked.wording else "text"
    return "text" if kind in ("text", "file") else "choice-1"
