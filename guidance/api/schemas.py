"""The shapes of what the API gives, for its OpenAPI document and for the tests that hold it to it.

Answers are written straight from the ledger's rows, since checking each against its shape would
cost more than making it; a test checks every one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

T = TypeVar("T")
ChangeName = Literal[
    "unchanged", "editorial", "substantive", "renumbered", "moved", "inserted", "removed",
    "split", "merged",
]  # fmt: skip
StageName = Literal["consultation", "final", "corrigendum"]
StatusName = Literal["statutory", "non-statutory", "unstated"]
CitableKind = Literal["paragraph", "box", "table", "figure", "glossary"]


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Listing(Shape, Generic[T]):
    count: int
    next: str | None = Field(description="The address of the next page.")
    previous: str | None
    results: list[T]


class ParameterFault(Shape):
    parameter: str = Field(
        description="The parameter; or the place in the body, as a JSON Pointer: #/answers/0/text."
    )
    detail: str


class ProblemDetails(Shape):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What to do about it.")
    errors: list[ParameterFault] | None = None


class Span(Shape):
    """The days on which an edition is in force: `from` up to and without `until`."""

    from_: date = Field(alias="from")
    until: date | None


class EditionRef(Shape):
    slug: str
    title: str
    stage: StageName
    published: date
    in_force_from: date | None
    digest: str
    url: str
    api_url: str


class EditionSummary(EditionRef):
    applies: Literal["draft", "not-yet", "in-force", "superseded", "withdrawn"]
    standing: str = Field(description="Whether it applies today, in words.")
    in_force: Span | None
    issued_at: datetime


class Counts(Shape):
    editions: int
    paragraphs: int = Field(description="Numbered paragraphs of the edition shown.")
    statutory: int
    non_statutory: int
    unstated: int


class DocumentSummary(Shape):
    slug: str
    title: str
    summary: str
    publisher: str
    extent: str
    edition: EditionSummary = Field(description="In force today; else what comes or was last.")
    counts: Counts
    url: str
    api_url: str


class Document(Shape):
    slug: str
    title: str
    summary: str
    publisher: str
    extent: str
    in_force: EditionRef | None = Field(description="The edition in force today.")
    editions: list[EditionSummary]
    url: str
    api_url: str


class DocumentRef(Shape):
    slug: str
    title: str
    url: str
    api_url: str


class DocumentLink(Shape):
    """A document without its title, which may change; what links to it here never does."""

    slug: str
    url: str
    api_url: str


class ProvisionRef(Shape):
    path: str = Field(examples=["ukpga/2007/28/section/138"])
    words: str
    legislation_url: str
    url: str
    api_url: str


class SectionRef(Shape):
    slug: str
    number: str
    title: str
    url: str


class StatementRef(Shape):
    """The statement of status that a paragraph's status follows from."""

    number: int
    url: str


class ParagraphRef(Shape):
    id: UUID
    reference: str
    number: str
    kind: CitableKind
    title: str
    status: StatusName
    digest: str
    url: str
    api_url: str


class ListedParagraph(ParagraphRef):
    after: str = Field(description="The number of the numbered paragraph that it is or follows.")
    section: SectionRef
    provisions: list[ProvisionRef]
    html: str
    text: str


class Footnote(Shape):
    mark: str
    html: str
    text: str


class Cites(Shape):
    """Words that point elsewhere. One of `provision`, `paragraph` and `section` is given."""

    words: str
    start: int = Field(description="Where the words begin in `text`, in characters from 0.")
    end: int
    provision: ProvisionRef | None
    paragraph: ParagraphRef | None
    section: SectionRef | None


class LineageStep(Shape):
    change: ChangeName
    reason: str
    before: ParagraphRef | None = Field(description="What it was in the edition before.")


class Paragraph(ListedParagraph):
    document: DocumentRef
    edition: EditionRef
    in_force: Span | None = Field(description="When its edition is in force; null for a draft.")
    statements: list[StatementRef]
    conflict: bool = Field(description="Whether the statements of status disagree about it.")
    footnotes: list[Footnote]
    cites: list[Cites]
    cited_by: list[ParagraphRef]
    lineage: list[LineageStep] = Field(description="Empty where it stands unchanged.")


class ParagraphList(Listing[ListedParagraph]):
    edition: EditionRef


class Statement(Shape):
    number: int
    paragraphs: str
    status: StatusName
    provisions: list[str] = Field(description="Paths; words where they could not be resolved.")
    replaces: list[str]
    replaced_under: list[str]
    on: str
    words: str
    note: str
    url: str


class EditionDuty(Shape):
    title: str
    description: str
    binds: list[str]
    binds_words: str
    excepts: list[str]
    commences: str
    provisions: list[str]
    explained_in: str


class Definition(Shape):
    term: str
    meaning: str


class Term(Shape):
    term: str
    reference: str
    url: str
    api_url: str


class Obligation(Shape):
    paragraph: UUID
    sentence: str
    strength: Literal["must", "should", "may"]
    binds: list[str]
    excepts: list[str]


class EditionSection(SectionRef):
    prefix: str
    paragraphs: list[ParagraphRef]


class EditionText(EditionRef):
    document: DocumentLink
    product_code: str
    isbn: str
    issued_at: datetime
    corrects: str | None = Field(description="The slug of the edition that this one corrects.")
    correction: str
    sections: list[EditionSection]
    statements: list[Statement]
    duties: list[EditionDuty]
    definitions: list[Definition]
    glossary: list[Term]
    obligations: list[Obligation]
