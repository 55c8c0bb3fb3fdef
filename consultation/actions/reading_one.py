"""One response, read whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from consultation.actions.masking import PERSONAL, Shown, Sight
from consultation.actions.reading_counts import questions_of
from consultation.actions.standing_anchors import Standing, where_now
from consultation.models import (
    Answer,
    Attachment,
    Confidential,
    ConsultationPage,
    ParagraphComment,
    Piece,
    PieceState,
    Question,
    Response,
)
from consultation.passages import has_confidential

LABELS = {
    "name": "Name", "organisation": "Organisation", "role": "Role",
    "on_behalf_of": "On behalf of", "email": "E-mail address", "phone": "Telephone",
    "postal_address": "Postal address",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer beside the question as it was asked then; `older` where it is asked otherwise now."""

    question: Question
    answer: Answer
    chosen: str
    words: list[Shown]

    @property
    def older(self) -> bool:
        return self.answer.wording_id != self.question.wording_id


@dataclass(frozen=True, slots=True)
class Commented:
    """A comment, and what became of its paragraph since."""

    comment: ParagraphComment
    words: list[Shown]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Filed:
    """A file: what it is called as far as that may be seen, and whether it is confidential."""

    file: Attachment
    name: str
    confidential: bool
    question: str = ""


class ReadResponse:
    """All of a response, as much of it as `sight` lets see; each part in few queries."""

    def __init__(self, sight: Sight, consultation: ConsultationPage) -> None:
        self.sight, self.response, self.consultation = sight, sight.response, consultation

    @cached_property
    def questions(self) -> Sequence[Question]:
        return questions_of(self.consultation)

    @cached_property
    def answers(self) -> list[Answered]:
        rows = {a.question_id: a for a in self.response.answers.select_related("wording")}
        return [
            answered(question, rows[question.pk], self.sight)
            for question in self.questions
            if question.pk in rows
        ]

    @property
    def unanswered(self) -> list[Question]:
        """Questions that are asked and that it says nothing on."""
        said = {found.question.pk for found in self.answers}
        return [q for q in self.questions if q.pk not in said and q.retired_at is None]

    @cached_property
    def comments(self) -> list[Commented]:
        rows = list(self.response.comments.order_by("pk"))
        edition = self.consultation.edition
        assert edition is not None
        stood = where_now(rows, edition=edition)
        return [
            Commented(comment, self.sight.pieces(comment.text), standing)
            for comment, standing in zip(rows, stood, strict=True)
        ]

    @cached_property
    def marked(self) -> bool:
        """Whether anything in it is confidential."""
        said = (*(a.answer for a in self.answers), *(c.comment for c in self.comments))
        fields = (getattr(self.response, name) for name in PERSONAL)
        return (
            self.response.confidential != Confidential.NOTHING
            or any(words.has_confidential for words in said)
            or any(map(has_confidential, fields))
            or any(has_confidential(piece.text) for piece in self._pieces)
        )

    @cached_property
    def files(self) -> list[Filed]:
        label = {question.pk: question.label for question in self.questions}
        return [
            Filed(
                file,
                self.sight.file_name(file, marked=self.marked),
                self.sight.hides(file, marked=self.marked),
                label.get(file.question_id or 0, ""),
            )
            for file in self.response.attachments.all()
        ]

    @property
    def unplaced(self) -> list[str]:
        """Words of an e-mail or a letter that nobody has placed yet."""
        shown = self.sight.each([piece.text for piece in self._pieces])
        waiting = PieceState.WAITING
        return [w for p, w in zip(self._pieces, shown, strict=True) if p.state == waiting]

    @cached_property
    def _pieces(self) -> list[Piece]:
        return list(self.response.pieces.all())

    @property
    def about(self) -> list[tuple[str, list[Shown]]]:
        """Who answers: what was given, by its label."""
        given = self.response
        found = [(LABELS[name], self.sight.pieces(getattr(given, name))) for name in PERSONAL]
        if given.authority is not None:
            found.insert(2, ("Authority", self.sight.pieces(given.authority.name)))
        return [(label, words) for label, words in found if words]

    @cached_property
    def versions(self) -> list[Response]:
        """Every version that was received under its reference, the newest first."""
        rows = Response.objects.filter(reference=self.response.reference).received()
        return list(rows.order_by("-version"))


def answered(question: Question, answer: Answer, sight: Sight) -> Answered:
    """`answer.wording` is looked at."""
    chosen = sight.value(answer.wording, answer.value)
    return Answered(question, answer, chosen, sight.pieces(answer.text))
