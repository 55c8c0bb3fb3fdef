"""What the paragraph page looks up: a paragraph in one edition, and its versions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from guidance.models import Entry, Kind, Status

_FIELDS = (
    "paragraph_id",
    "version_id",
    "position",
    "reference",
    "after",
    "version__kind",
    "version__number",
    "version__title",
    "version__status",
    "version__html",
    "version__digest",
    "section__slug",
    "section__title",
    "section__number",
    "section__prefix",
    "before",
    "following",
)


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """A paragraph as it stands in one edition; `before` and `following` refer to its neighbours."""

    identity: UUID
    version: int
    position: int
    reference: str
    after: str
    kind: str
    number: str
    title: str
    status: str
    html: str
    digest: str
    section_slug: str
    section_title: str
    section_number: str
    section_prefix: str
    before: str | None
    following: str | None

    @property
    def section_words(self) -> str:
        return f"{self.section_number} {self.section_title}".strip()

    @property
    def heading(self) -> str:
        """How a page about it is headed."""
        if self.kind != Kind.PARAGRAPH:
            return self.title or f"{Kind(self.kind).label} after paragraph {self.after}"
        words = f"{self.section_prefix} paragraph {self.number}".strip()
        return words[:1].upper() + words[1:]

    @property
    def status_words(self) -> str:
        return str(Status(self.status).label)

    @property
    def kind_words(self) -> str:
        return str(Kind(self.kind).label)


def find_paragraph(edition: int, reference: str) -> ParagraphFacts | None:
    """The paragraph of an edition by its reference, in one query."""
    cited = Entry.objects.filter(edition=edition).exclude(reference="").values("reference")
    before = cited.filter(position__lt=OuterRef("position")).order_by("-position")
    following = cited.filter(position__gt=OuterRef("position")).order_by("position")
    row = (
        Entry.objects.citable()
        .filter(edition=edition, reference=reference)
        .annotate(before=Subquery(before[:1]), following=Subquery(following[:1]))
        .order_by()
        .values_list(*_FIELDS)
        .first()
    )
    return ParagraphFacts(*row) if row else None
