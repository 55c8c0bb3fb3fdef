"""The shapes of what the search answers, for the OpenAPI document and the tests that hold it to it."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from guidance.api.schemas import (
    DocumentRef,
    Listing,
    ProvisionRef,
    Shape,
    Span,
    StageName,
    StatusName,
)

Applies = Literal["draft", "not-yet", "in-force", "superseded", "withdrawn"]
WhenName = Literal["in-force", "drafts", "everything"]


class Run(Shape):
    """A run of words, marked where they are what was looked for."""

    text: str
    marked: bool


class FoundEdition(Shape):
    slug: str
    title: str
    url: str
    api_url: str


class FoundParagraph(Shape):
    """A paragraph as it stands in an edition, the newest of those in which it stands unchanged."""

    id: UUID = Field(description="The identity that the paragraph keeps for life.")
    like: str = Field(description="Give it as ?like= to find more like this one.")
    number: str
    kind: str
    heading: str = Field(description="What it is called: Paragraph 2.13.")
    title: str
    where: list[str] = Field(description="From outside in: document, section, headings.")
    extract: list[Run] = Field(description="The sentences that match best.")
    extract_html: str = Field(description="The same as HTML, with <mark>.")
    document: DocumentRef
    edition: FoundEdition
    stage: StageName
    status: StatusName
    basis: str = Field(description="Its status and the provisions that it rests on, in words.")
    provisions: list[ProvisionRef]
    applies: Applies
    standing: str = Field(description="Whether it applies today, in words.")
    in_force: Span | None = Field(description="When these words are in force; null for a draft.")
    promoted: bool = Field(description="Whether editors chose it for this search.")
    score: float
    url: str
    api_url: str


class Group(Shape):
    """A document, an edition or a consultation that is found by its title."""

    kind: str
    text: str
    note: str
    url: str
    api_url: str | None


class Elsewhere(Shape):
    """How many there are in other text."""

    when: WhenName
    label: str
    count: int
    url: str
    api_url: str


class FacetChoice(Shape):
    value: str
    label: str
    count: int = Field(description="How many results there would be with it.")
    chosen: bool


class FacetCounts(Shape):
    facet: str = Field(description="The parameter that narrows by it.")
    label: str
    values: list[FacetChoice]


class Answer(Listing[FoundParagraph]):
    """A page of results, best first. What was promoted stands first on the first page."""

    q: str
    as_at: date = Field(description="The day on which text in force was looked at.")
    corrected: str | None = Field(
        description="What was looked for instead, where a word was misspelt."
    )
    did_you_mean: str | None
    without_some: bool = Field(description="No paragraph has all the words; these have most.")
    problems: list[str] = Field(description="What of the search could not be read, in sentences.")
    groups: list[Group]
    elsewhere: list[Elsewhere] = Field(description="Where nothing was found: where there is some.")
    facets: list[FacetCounts]
    engine: str
    took_ms: float = Field(description="The engine's own time in milliseconds.")
    url: str
    api_url: str


class Suggestion(Shape):
    """A completion: `url` leads to what it names, or searches for it."""

    text: str
    kind: str
    note: str
    pieces: list[Run]
    url: str
    api_url: str = Field(description="Searches for it.")
