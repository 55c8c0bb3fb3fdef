"""Boxes: the answer to a question, or the comment on a paragraph, as a form shows and takes it.

Many boxes may stand on one page, and each is saved by itself: what is wrong in one keeps no other
from being saved. Each carries `seen`, the revision that the respondent had before them, and `was`,
which tells whether it was touched at all: a box that was left alone is never saved over what
somebody else wrote in it meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from consultation.actions.anchors import Anchor
from consultation.actions.answering import Conflict, Saved, save_answer, save_comment
from consultation.answers import (
    FILE,
    NUMBER,
    SEVERAL,
    TEXT,
    AnswerFault,
    Asked,
    Given,
    clean_text,
    keys_of,
    read_answer,
)
from consultation.forms.when import when_words
from consultation.models import Answer, ParagraphComment, Question, QuestionWording, Response

_TEXT, _CHOICE, _SEEN, _WAS, _ASKED = "text.", "choice.", "seen.", "was.", "asked."
WORDS_ONLY = Asked(TEXT)


class Sent(Protocol):
    """What a form sent."""

    def get(self, key: str, default: Any = ..., /) -> Any: ...
    def getlist(self, key: str, /) -> Sequence[str]: ...
    def __contains__(self, key: object, /) -> bool: ...


@dataclass
class Box:
    """One box. `text` and `chosen` are what it shows: what is stored, or what was typed; `value` is
    what is stored. After `save`, `fault` or `conflict` say why it is not stored as typed."""

    key: str
    label: str
    asked: Asked
    question: Question | None = None
    anchor: Anchor | None = None
    text: str = ""
    chosen: list[str] = field(default_factory=list)
    value: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""
    before: QuestionWording | None = None
    fault: str = ""
    fault_in: str = ""
    conflict: Conflict | None = None
    was: str = ""

    def __post_init__(self) -> None:
        self.was = self.was or self.mark

    @property
    def mark(self) -> str:
        """A short digest of what the box shows."""
        lines = self.text.replace("\r\n", "\n")
        return sha256("\0".join([lines, *self.chosen]).encode()).hexdigest()[:16]

    @property
    def said(self) -> bool:
        return bool(self.chosen or self.text.strip())

    @property
    def place(self) -> str:
        """ "paragraph 2.13", in a sentence."""
        return self.label.replace("Paragraph ", "paragraph ", 1) if self.anchor else self.label

    @property
    def takes_number(self) -> bool:
        return self.asked.kind == NUMBER

    @property
    def takes_several(self) -> bool:
        return self.asked.kind == SEVERAL

    @property
    def takes_file(self) -> bool:
        return self.asked.kind == FILE

    @property
    def has_options(self) -> bool:
        return self.asked.kind not in (TEXT, FILE, NUMBER)

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Key, words, and whether it is chosen."""
        return [(key, words, key in self.chosen) for key, words in self.asked.choices]

    @property
    def number(self) -> str:
        """As typed."""
        return self.chosen[0] if self.chosen else ""

    @property
    def text_id(self) -> str:
        return f"{self.key}-text"

    @property
    def first_id(self) -> str:
        """Of the field to which an error leads."""
        choice = self.has_options or self.takes_number
        return f"{self.key}-choice-1" if choice and self.fault_in != "text" else self.text_id

    @property
    def text_in_field(self) -> str:
        """Browsers drop a first line that is empty: this one, so that none of the words' own is."""
        return f"\n{self.text}"

    @property
    def text_label(self) -> str:
        """What the words are beside what was chosen."""
        if self.anchor is not None:
            return "Your comment"
        return "Your answer" if self.asked.kind == TEXT else "Your comment, if you have one"

    @property
    def guide(self) -> int | None:
        """About how many words are wanted."""
        return self.question.wording.word_guide if self.question and self.question.wording else None

    @property
    def range_words(self) -> str:
        """What numbers are taken."""
        low, high, unit = self.asked.smallest, self.asked.largest, self.asked.unit
        if low is None and high is None:
            return f"In {unit}." if unit else ""
        if low is None or high is None:
            return f"{low} or more." if high is None else f"{high} or less."
        return f"From {low} to {high} {unit}".strip() + "."

    @property
    def choice_described(self) -> str:
        """The ids of what explains the number."""
        parts = [("range", self.range_words), ("choice-error", self.fault_in == "choice")]
        return " ".join(f"{self.key}-{name}" for name, there in parts if there)

    @property
    def text_described(self) -> str:
        """The ids of what explains the words."""
        parts = (
            ("guide", self.guide),
            ("text-error", self.fault_in == "text"),
            ("conflict", self.conflict),
        )
        return " ".join(f"{self.key}-{name}" for name, there in parts if there)

    @property
    def saved_words(self) -> str:
        return when_words(self.saved_at) if self.saved_at else ""

    @property
    def conflict_at(self) -> str:
        return when_words(self.conflict.at) if self.conflict else ""

    @property
    def before_words(self) -> str:
        """What was chosen, in the words of the question as it was then."""
        return self.before.value_in_words(self.value) if self.before else ""

    @property
    def conflict_words(self) -> str:
        """What somebody else chose."""
        words = self.question.wording if self.question else None
        return words.value_in_words(self.conflict.value) if words and self.conflict else ""

    def take(self, sent: Sent) -> bool:
        """Show what was typed; whether it was touched."""
        if f"{_SEEN}{self.key}" not in sent:
            return False
        self.text = str(sent.get(f"{_TEXT}{self.key}", "")).replace("\r\n", "\n")
        self.chosen = [key for key in sent.getlist(f"{_CHOICE}{self.key}") if key.strip()]
        seen = str(sent.get(f"{_SEEN}{self.key}", ""))
        self.seen = whole_number(seen)
        self._ask_as_read(whole_number(str(sent.get(f"{_ASKED}{self.key}", ""))))
        self.was = str(sent.get(f"{_WAS}{self.key}", ""))
        return self.mark != self.was

    @property
    def readable(self) -> bool:
        """Whether the question takes what was typed."""
        try:
            read_answer(self.asked, self.chosen, self.text)
        except AnswerFault:
            return False
        return True

    def save(self, response: Response, by: str) -> Saved | Conflict | None:
        """Store what was typed; None where nothing of it could be. What can be stored is stored also
        where the rest cannot. Raises NotWritable."""
        given = self._given()
        if given is None:
            return None
        if self.question is not None:
            done = save_answer(
                response=response, question=self.question, given=given, seen=self.seen, by=by
            )
        else:
            assert self.anchor is not None
            done = save_comment(
                response=response, anchor=self.anchor, text=given.text, seen=self.seen, by=by
            )
        self.seen, self.saved_at = done.revision, done.at
        if isinstance(done, Conflict):
            self.conflict = done
            # Saving again as it stands here is a choice, so it counts as touched.
            self.was = "-"
        elif not self.fault:
            self.was, self.saved_by, self.before = self.mark, by, None
        return done

    def _ask_as_read(self, wording: int) -> None:
        """What was typed answers the wording that was on the page, also where the question has been
        reworded since; the next page then says so."""
        if self.question is None or not wording or wording == self.question.wording_id:
            return
        read = QuestionWording.objects.filter(pk=wording, question=self.question).first()
        if read is not None:
            self.question = copy(self.question)
            self.question.wording = read
            self.asked = read.asked

    def _given(self) -> Given | None:
        try:
            clean_text(self.text)
        except AnswerFault as fault:
            self.fault, self.fault_in = str(fault), "text"
            return None
        try:
            return read_answer(self.asked, self.chosen, self.text)
        except AnswerFault as fault:
            self.fault, self.fault_in = str(fault), "choice"
            return Given(self.value, clean_text(self.text))


def question_box(question: Question, answer: Answer | None) -> Box:
    """`question` with its wording; `answer` with its own, which may be an older one."""
    assert question.wording is not None
    box = Box(question_key(question), question.label, question.wording.asked, question)
    if answer is not None:
        box.text, box.value, box.chosen = answer.text, answer.value, _chosen(answer.value)
        box.seen, box.saved_at, box.saved_by = answer.revision, answer.saved_at, answer.saved_by
        if answer.wording_id != question.wording_id and box.said:
            box.before = answer.wording
        box.was = box.mark
    return box


def comment_box(anchor: Anchor, comment: ParagraphComment | None) -> Box:
    """A comment on a paragraph as it stands in the draft."""
    box = Box(comment_key(anchor.reference), place_words(anchor.number), WORDS_ONLY, anchor=anchor)
    if comment is not None:
        box.text, box.seen = comment.text, comment.revision
        box.saved_at, box.saved_by = comment.saved_at, comment.saved_by
        box.was = box.mark
    return box


def question_key(question: Question) -> str:
    return f"q-{question.key}"


def comment_key(reference: str) -> str:
    return f"p-{reference}"


def named_in(sent: Mapping[str, Any]) -> list[str]:
    """The keys of all boxes that a form sent, each once."""
    return list(dict.fromkeys(name.removeprefix(_SEEN) for name in sent if name.startswith(_SEEN)))


def whole_number(sent: str) -> int:
    """As a form sent it; 0 for what is none."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def place_words(number: str) -> str:
    """ "Paragraph 2.13"; what is known by a name stands alone."""
    return f"Paragraph {number}" if number[:1].isdigit() else number


def _chosen(value: Mapping[str, Any]) -> list[str]:
    return [str(value["number"])] if "number" in value else keys_of(value)
