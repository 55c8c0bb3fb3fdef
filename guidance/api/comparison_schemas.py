"""The shapes of comparisons and histories, for the OpenAPI document and the tests."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guidance.api.schemas import (
    ChangeName,
    EditionRef,
    Listing,
    ParagraphRef,
    ProvisionRef,
    Shape,
    Span,
)


class Operation(Shape):
    """A run of words. "equal" and "delete" make the first text, "equal" and "insert" the second."""

    op: Literal["equal", "insert", "delete"]
    text: str


class ComparedSection(Shape):
    slug: str
    words: str


class ComparedSide(ParagraphRef):
    section: ComparedSection
    provisions: list[ProvisionRef]
    text: str


class Traced(Shape):
    """A paragraph in both editions, or in one."""

    changes: list[ChangeName] = Field(description="Empty where it is unchanged.")
    reasons: list[str]
    before: ParagraphRef | None
    after: ParagraphRef | None
    origins: list[ParagraphRef] = Field(description="What it was split from, or merged from.")
    destinations: list[ParagraphRef] = Field(description="Where parts or all of it went.")


class ComparedParagraph(Traced):
    before: ComparedSide | None
    after: ComparedSide | None
    operations: list[Operation]


class _Both(Shape):
    from_: EditionRef = Field(alias="from")
    to: EditionRef
    counts: dict[str, int] = Field(
        description="Paragraphs by kind of change; one changed in two ways counts in both."
    )


class Compared(Listing[ComparedParagraph], _Both):
    pass


class Origins(Listing[Traced], _Both):
    pass


class HistoryVersion(Shape):
    """A paragraph from one edition on, until its words, number, place or status change."""

    edition: EditionRef = Field(description="The edition that it came with.")
    in_force: Span | None
    also_in: list[str] = Field(description="Slugs of later editions in which it stands unchanged.")
    changes: list[ChangeName]
    reasons: list[str]
    paragraph: ParagraphRef | None = Field(description="Null where this edition removed it.")
    text: str
    operations: list[Operation] = Field(description="Against the version before.")


class History(Listing[HistoryVersion]):
    id: str
