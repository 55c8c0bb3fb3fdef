"""Reads what came through the API against what is asked: which question, which paragraph, what was
chosen. Every fault is noted with its place, and none repeats what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from consultation.actions.anchors import Anchor, anchors
from consultation.answers import FILE, NUMBER, SEVERAL, TEXT, AnswerFault, Given, read_answer
from consultation.models import Question

Fault = tuple[str, str]
"""A place in what was sent ("answers/0/text"), and a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class AnswerSent:
    """An answer as it came: the question by its key or number, and what was chosen by what name."""

    question: str
    chosen: Mapping[str, Sequence[str]]
    text: str


@dataclass(frozen=True, slots=True)
class CommentSent:
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A response as it came, right in form. `fields` are those of `Response`; `authority` is the name
    or the code of one; `digest` stands for all of it."""

    fields: Mapping[str, object]
    digest: str
    authority: str = ""
    answers: Sequence[AnswerSent] = ()
    comments: Sequence[CommentSent] = ()


@dataclass
class Reader:
    """Reads what was sent against what is asked, and notes every fault with its place."""

    questions: Sequence[Question]
    anchors: Mapping[str, Anchor]
    faults: list[Fault] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    """Where each question is answered, by its primary key."""

    def answers(self, sent: Sequence[AnswerSent]) -> list[tuple[Question, Given]]:
        by_name = {_named(q.wording.number): q for q in self.questions if q.wording}
        by_name |= {str(q.key): q for q in self.questions}
        found: list[tuple[Question, Given]] = []
        for at, answer in enumerate(sent):
            question = by_name.get(_named(answer.question))
            if question is None:
                self.fault(f"answers/{at}/question", "No question here has this key or number.")
            elif question.pk in self.places:
                self.fault(f"answers/{at}/question", "This question is answered above already.")
            else:
                self.places[question.pk] = at
                given = self._given(at, question, answer)
                if given is not None and not given.empty:
                    found.append((question, given))
        return found

    def comments(self, sent: Sequence[CommentSent]) -> list[tuple[Anchor, str]]:
        found: dict[UUID, tuple[Anchor, str]] = {}
        for at, comment in enumerate(sent):
            anchor = self.anchors.get(_named(comment.paragraph))
            if anchor is None:
                words = "No paragraph of the draft has this id or number."
                self.fault(f"comments/{at}/paragraph", words)
            elif anchor.paragraph in found:
                self.fault(f"comments/{at}/paragraph", "This paragraph is commented on above.")
            elif comment.text.strip():
                found[anchor.paragraph] = anchor, comment.text
        return list(found.values())

    def fault(self, place: str, words: str) -> None:
        self.faults.append((place, words))

    def _given(self, at: int, question: Question, answer: AnswerSent) -> Given | None:
        """What was said, where the question takes it. No fault repeats what was sent."""
        assert question.wording is not None
        asked = question.wording.asked
        takes = _takes(asked.kind)
        chosen = {name: keys for name, keys in answer.chosen.items() if keys}
        for name in chosen.keys() - {takes}:
            instead = f"give “{takes}”" if takes else "it takes “text” alone"
            self.fault(f"answers/{at}/{name}", f"{question.label} takes no “{name}”: {instead}.")
        if chosen.keys() - {takes}:
            return None
        keys = chosen.get(takes, ())
        known = [key for key, _ in asked.choices]
        if takes in ("choice", "choices") and not set(keys) <= set(known):
            self.fault(f"answers/{at}/{takes}", f"Choose from these keys: {', '.join(known)}.")
            return None
        try:
            return read_answer(asked, keys, answer.text)
        except AnswerFault as fault:
            self.fault(f"answers/{at}/{takes if keys else 'text'}", str(fault))
            return None


def _takes(kind: str) -> str:
    """By what name an answer of this kind says what was chosen."""
    if kind in (TEXT, FILE):
        return ""
    if kind == NUMBER:
        return "number"
    return "choices" if kind == SEVERAL else "choice"


def _named(words: str) -> str:
    return words.strip().casefold()


def places(edition: int, sent: Sent) -> dict[str, Anchor]:
    """Paragraphs by reference, number and identity, where any is commented on."""
    if not sent.comments:
        return {}
    found = anchors(edition)
    by_number = {_named(anchor.number): anchor for anchor in reversed(found.values())}
    by_reference = {_named(reference): anchor for reference, anchor in found.items()}
    return by_number | by_reference | {str(a.paragraph): a for a in found.values()}
