"""The form in which an official types what a letter says: who, how it may be used, and every question
and comment by its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from consultation.actions.anchors import Anchor
from consultation.actions.places import Places
from consultation.answers import (
    FILE,
    NUMBER,
    SEVERAL,
    TEXT,
    AnswerFault,
    Given,
    clean_text,
    keys_of,
    read_answer,
)
from consultation.forms.about import AboutForm
from consultation.forms.use import UseForm
from consultation.models import Answer, ParagraphComment, Question, Response

LABELS = {
    "respondent": "Answers as",
    "name": "Name",
    "role": "Role",
    "on_behalf_of": "On whose behalf",
    "email": "E-mail address",
    "phone": "Telephone number",
    "postal_address": "Postal address",
    "publish_name": "May the name be published?",
    "publish_answer": "May the answers be published?",
    "confidential": "Asks to keep confidential",
    "confidential_reason": "The reason given for it",
}
CONFIDENTIAL = (
    ("nothing", "Nothing"),
    ("passages", "The words marked with [[ and ]]"),
    ("whole", "The whole response and the name"),
)


@dataclass
class EntryBox:
    """One question or paragraph: what is stored or was typed, and what is wrong with it. `stored` is
    what somebody else stored meanwhile, where it differs."""

    name: str
    label: str
    words: str
    at: Question | Anchor
    text: str = ""
    chosen: list[str] = field(default_factory=list)
    fault: str = ""
    stored: str = ""

    @property
    def kind(self) -> str:
        question = self.at if isinstance(self.at, Question) else None
        return question.wording.kind if question and question.wording else TEXT

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Key, words, and whether it is chosen; for a number and for words there are none."""
        if not isinstance(self.at, Question) or self.kind in (TEXT, FILE, NUMBER):
            return []
        assert self.at.wording is not None
        return [(key, words, key in self.chosen) for key, words in self.at.wording.asked.choices]

    @property
    def several(self) -> bool:
        return self.kind == SEVERAL

    @property
    def number(self) -> str | None:
        """As typed; None where it takes no number."""
        return (self.chosen[0] if self.chosen else "") if self.kind == NUMBER else None

    def take(self, sent: Any) -> Given | None:
        """Read what was typed; None, with `fault` set, where it is not taken."""
        self.text = sent.get(self.name, "").replace("\r\n", "\n")
        self.chosen = [key for key in sent.getlist(f"{self.name}-choice") if key.strip()]
        try:
            if isinstance(self.at, Question) and self.at.wording is not None:
                return read_answer(self.at.wording.asked, self.chosen, self.text)
            return Given({}, clean_text(self.text))
        except AnswerFault as fault:
            self.fault = str(fault)
            return None


class EntryForm:
    """All of it. After `take`, `fields`, `answers` and `comments` are what to store; where `valid` is
    False something is not right, and everything typed is still in the form."""

    def __init__(self, response: Response) -> None:
        self.response = response
        self.places = Places.of(response.consultation)
        self.about = _labelled(AboutForm(initial=_initial(response)))
        self.use = _labelled(UseForm(initial=_initial(response)))
        self.boxes = list(_boxes(response, self.places))
        self.where, self.new, self.where_fault = "", "", ""
        self.fields: dict[str, Any] = {}
        self.answers: dict[Question, Given] = {}
        self.comments: dict[Anchor, str] = {}

    @property
    def questions(self) -> list[EntryBox]:
        return [box for box in self.boxes if isinstance(box.at, Question)]

    @property
    def paragraphs(self) -> list[EntryBox]:
        return [box for box in self.boxes if isinstance(box.at, Anchor)]

    def take(self, sent: Any) -> bool:
        """Read what was typed; whether all of it can be stored."""
        self.about, self.use = _labelled(AboutForm(sent)), _labelled(UseForm(sent))
        right = [form.is_valid() for form in (self.about, self.use)]
        self.fields = {**self.about.right, **self.use.right}
        for box in self.boxes:
            given = box.take(sent)
            if given is None:
                continue
            if isinstance(box.at, Question):
                self.answers[box.at] = given
            else:
                self.comments[box.at] = given.text
        self._take_new(sent)
        return all(right) and not self.where_fault and not any(box.fault for box in self.boxes)

    def _take_new(self, sent: Any) -> None:
        """A comment on a paragraph that had none, by its number."""
        self.where, self.new = sent.get("where", "").strip(), sent.get("new", "")
        if not self.new.strip():
            return
        at = self.places.read(self.where)
        if not isinstance(at, Anchor):
            found = self.places.known.paragraph(self.where) if self.where else None
            at = self.places.find(found)
        if not isinstance(at, Anchor):
            self.where_fault = "Write the number of a paragraph of the draft, such as 2.13."
            return
        try:
            before = self.comments.get(at, "")
            self.comments[at] = clean_text(f"{before}\n\n{self.new}" if before else self.new)
        except AnswerFault as fault:
            self.where_fault = str(fault)

    def compare(self, stored: Iterable[EntryBox]) -> None:
        """Show beside what was typed what somebody else stored meanwhile."""
        there = {box.name: box for box in stored}
        for box in self.boxes:
            now = there.pop(box.name, None)
            if now is not None and (now.text, now.chosen) != (box.text, box.chosen):
                box.stored = "\n".join([*now.chosen, now.text]).strip() or "Nothing"


def _boxes(response: Response, places: Places) -> Iterator[EntryBox]:
    """Every question that is asked, those that were answered and are asked no more, and every
    paragraph with a comment, in the order of the draft."""
    answers = {
        answer.question_id: answer
        for answer in response.answers.select_related("question__wording")
    }
    asked = list(response.consultation.questions.asked())
    seen = {question.pk for question in asked}
    gone = [answer.question for pk, answer in answers.items() if pk not in seen]
    for question in [*asked, *gone]:
        yield _question_box(question, answers.get(question.pk))
    comments = {comment.paragraph_id: comment for comment in response.comments.all()}
    order = {paragraph: at for at, paragraph in enumerate(places.by_paragraph)}
    for comment in sorted(comments.values(), key=lambda c: order.get(c.paragraph_id, 0)):
        yield _comment_box(comment, places)


def _question_box(question: Question, answer: Answer | None) -> EntryBox:
    words = question.wording.text if question.wording else ""
    box = EntryBox(f"q{question.pk}", question.label, words, question)
    if answer is not None:
        box.text, box.chosen = answer.text, _chosen(answer.value)
    return box


def _comment_box(comment: ParagraphComment, places: Places) -> EntryBox:
    at = places.by_paragraph.get(comment.paragraph_id) or Anchor(
        comment.paragraph_id, comment.version_id, comment.number, comment.quotation, ""
    )
    number = comment.number
    label = f"Paragraph {number}" if number[:1].isdigit() else number
    return EntryBox(f"c{comment.paragraph_id}", label, comment.quotation, at, comment.text)


def _chosen(value: Mapping[str, Any]) -> list[str]:
    return [str(value["number"])] if "number" in value else keys_of(value)


def _initial(response: Response) -> dict[str, Any]:
    names = (*AboutForm.base_fields, *UseForm.base_fields)
    return {name: getattr(response, name) for name in names}


def _labelled(form: Any) -> Any:
    """In the words of whoever types it for somebody else; the browser offers nothing of theirs."""
    for name, shown in form.fields.items():
        shown.label = LABELS.get(name, shown.label)
        shown.help_text = ""
        shown.widget.attrs["autocomplete"] = "off"
    if "confidential" in form.fields:
        form.fields["confidential"].choices = CONFIDENTIAL
    return form
