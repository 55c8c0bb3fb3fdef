"""The places of one consultation to which words can belong: its questions by number, and the
paragraphs of its draft by reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from consultation.actions.anchors import Anchor, anchors
from consultation.mentions import Known, Place, To, read_place
from consultation.models import ConsultationPage, Question


@dataclass
class Places:
    """Read in two queries, once; `questions` are those that are asked now."""

    questions: Mapping[str, Question]
    anchors: Mapping[str, Anchor]

    @classmethod
    def of(cls, consultation: ConsultationPage) -> Places:
        asked = list(consultation.questions.asked())
        numbers = [question.wording.number for question in asked]
        once = {n: q for n, q in zip(numbers, asked, strict=True) if numbers.count(n) == 1}
        return cls(once, anchors(consultation.edition_id or 0))

    @cached_property
    def known(self) -> Known:
        return Known(self.questions, self.anchors)

    @cached_property
    def by_paragraph(self) -> dict[UUID, Anchor]:
        return {anchor.paragraph: anchor for anchor in self.anchors.values()}

    def find(self, place: Place | None) -> Question | Anchor | None:
        """What a place is."""
        if place is None:
            return None
        if place.to == To.QUESTION:
            return self.questions.get(place.number)
        return self.anchors.get(place.number)

    def read(self, typed: str) -> Question | Anchor | None:
        """What somebody typed: "q3", "4.3"; None where there is no such place or it is not clear."""
        return self.find(read_place(typed, self.known))
