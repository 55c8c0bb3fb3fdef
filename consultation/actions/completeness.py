"""What is still to be done before a response can be submitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consultation.answers import FILE, Given, missing
from consultation.models import Answer, Confidential, Question, Respondent, Response

YOU, USE, ANYTHING = "you", "use", "anything"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that is missing: the step (`YOU`, `USE`, `ANYTHING` or the key of a question), the
    field in it, and a sentence."""

    step: str
    field: str
    words: str


def to_do(response: Response, questions: Sequence[Question]) -> list[ToDo]:
    """Everything, in the order of the form; in three queries. Empty: it can be submitted."""
    answers = {a.question_id: a for a in response.answers.select_related("wording")}
    came = list(response.attachments.values_list("question", "confidential"))
    files = Counter(question for question, _ in came)
    marked = any(a.has_confidential for a in answers.values()) or any(c for _, c in came)
    comments = list(response.comments.values_list("text", "has_confidential"))
    marked = marked or any(confidential for _, confidential in comments)
    said = any(a.value or a.text.strip() for a in answers.values())
    said = said or bool(files) or any(text.strip() for text, _ in comments)
    found = [*_you(response)]
    for question in questions:
        words = _question(question, answers.get(question.pk), files.get(question.pk, 0))
        if words:
            found.append(ToDo(str(question.key), "answer", f"{question.label}: {words}"))
    if not said:
        found.append(ToDo(ANYTHING, "", "Answer a question or comment on a paragraph."))
    return [*found, *_use(response, marked)]


def _question(question: Question, answer: Answer | None, files: int) -> str:
    assert question.wording is not None
    given = Given(answer.value, answer.text) if answer else Given()
    return missing(
        question.wording.asked, given, files=files if question.wording.kind == FILE else 0
    )


def _you(response: Response) -> list[ToDo]:
    if not response.respondent:
        return [ToDo(YOU, "respondent", "Say whether you answer for yourself or an organisation.")]
    found: list[ToDo] = []
    if not response.name.strip():
        found.append(ToDo(YOU, "name", "Enter your name."))
    if response.respondent == Respondent.ORGANISATION:
        if not response.organisation.strip():
            found.append(ToDo(YOU, "organisation", "Enter the name of the organisation."))
        if not response.organisation_type:
            found.append(ToDo(YOU, "organisation_type", "Choose what kind of organisation it is."))
    return found


def _use(response: Response, marked: bool) -> list[ToDo]:
    found: list[ToDo] = []
    if response.publish_name is None:
        found.append(ToDo(USE, "publish_name", "Say whether we may publish your name."))
    if response.publish_answer is None:
        found.append(ToDo(USE, "publish_answer", "Say whether we may publish what you answer."))
    asked = response.confidential != Confidential.NOTHING or marked
    if asked and not response.confidential_reason.strip():
        found.append(ToDo(USE, "confidential_reason", "Say why you ask for confidentiality."))
    return found
