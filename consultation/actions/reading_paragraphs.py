"""The paragraphs of a draft with what was said on each: comments, and questions that ask about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Subquery

from consultation.actions.anchors import Anchor, anchors
from consultation.models import ConsultationPage, Lateness, ParagraphComment, Question, State
from guidance.models import Entry

COUNTED = 50
"""Comments on a paragraph are counted up to here, so that the list costs the same at any number."""


@dataclass(frozen=True, slots=True)
class Commented:
    """A paragraph; `comments` is `COUNTED` + 1 where there are more."""

    anchor: Anchor
    comments: int
    questions: Sequence[Question]

    @property
    def shown(self) -> str:
        return f"more than {COUNTED}" if self.comments > COUNTED else str(self.comments)


class _CountedTo(Subquery):
    """How many rows there are, up to the limit of the query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


def commented(consultation: ConsultationPage) -> list[Commented]:
    """Those on which something was said or asked, in the order of the draft; in four queries."""
    edition = consultation.edition_id or 0
    asked = asked_about(consultation)
    comments = _comments(consultation)
    found = [
        Commented(anchor, comments.get(anchor.paragraph, 0), asked.get(anchor.paragraph, ()))
        for anchor in anchors(edition).values()
    ]
    return [one for one in found if one.comments or one.questions]


def asked_about(consultation: ConsultationPage) -> dict[UUID, list[Question]]:
    """The questions that are asked, by the paragraphs that they ask about; in two queries."""
    found: dict[UUID, list[Question]] = defaultdict(list)
    for question in consultation.questions.asked().prefetch_related("paragraphs"):
        for place in question.paragraphs.all():
            found[place.paragraph_id].append(question)
    return dict(found)


def _comments(consultation: ConsultationPage) -> dict[UUID, int]:
    mine = ParagraphComment.objects.filter(
        paragraph=OuterRef("paragraph"), response__consultation=consultation.pk,
        response__state=State.SUBMITTED,
    ).exclude(response__lateness=Lateness.REFUSED)  # fmt: skip
    rows = Entry.objects.filter(edition=consultation.edition_id or 0).exclude(reference="")
    counted = _CountedTo(mine.order_by().values("pk")[: COUNTED + 1], output_field=IntegerField())
    return dict(rows.order_by().annotate(n=counted).values_list("paragraph", "n"))
