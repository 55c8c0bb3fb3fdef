"""The shapes of consultations and their questions, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from guidance.api.schemas import DocumentRef, EditionRef, Shape

PhaseName = Literal["upcoming", "open", "closed"]
KindName = Literal["text", "agree", "one", "several", "yes-no", "number", "file"]


class ConsultationSummary(Shape):
    slug: str
    title: str
    summary: str
    phase: PhaseName
    opens: datetime
    closes: datetime = Field(description="The minute that is named; it still counts.")
    closes_in_words: str = Field(description="London time.")
    ends: datetime = Field(description="The first instant at which it is closed.")
    document: DocumentRef
    edition: EditionRef
    url: str
    api_url: str


class Contact(Shape):
    coordinator: str
    email: str
    phone: str
    postal_address: str


class Way(Shape):
    """A way to respond: an address to open, or one to write to."""

    kind: Literal["online", "api", "word", "email", "post"]
    url: str | None
    address: str


class MetCriterion(Shape):
    """One of the six criteria of the Code of Practice on Consultation."""

    criterion: str
    words: str
    met: bool
    evidence: str


class ConsultationExtension(Shape):
    closed_before: datetime
    closes: datetime
    reason: str
    made_at: datetime


class RelatedReading(Shape):
    title: str
    url: str


class QuestionCounts(Shape):
    questions: int
    required: int


class Consultation(ConsultationSummary):
    about: str = Field(description="HTML, as are the other long texts.")
    audience: str
    ways_to_respond: str
    ways: list[Way] = Field(description="Those that are open now; none before and after.")
    contact: Contact
    related_documents: list[RelatedReading]
    impact_assessment: str
    privacy_notice: str
    alternative_formats: str
    criteria: list[MetCriterion]
    weeks: float = Field(description="How long it is open.")
    minimum_weeks: int = Field(
        description="How long its department has consultations open at least."
    )
    shorter_reason: str = Field(description="Why it is open for less, where it is.")
    extensions: list[ConsultationExtension] = Field(description="Oldest first.")
    retention_months: int = Field(
        description="Months after the close; then what is personal and unpublished is erased."
    )
    counts: QuestionCounts
    questions_url: str
    responses_url: str = Field(description="Where responses are submitted to, by POST.")


class Option(Shape):
    key: str
    words: str


class AskedAbout(Shape):
    """A paragraph that a question asks about, as the question was anchored to it."""

    id: UUID
    number: str
    quotation: str
    url: str
    api_url: str


class AskedQuestion(Shape):
    key: UUID = Field(description="How the question is named, for good.")
    number: str
    label: str
    text: str
    help: str
    kind: KindName
    options: list[Option] = Field(description="What can be chosen, by key.")
    required: bool
    word_guide: int | None = Field(description="About how many words are wanted.")
    longest: int = Field(description="Characters that the words of an answer may have.")
    smallest: str | None = Field(description="Of a number, as are `largest` and `unit`.")
    largest: str | None
    unit: str
    paragraphs: list[AskedAbout]
    url: str
    api_url: str
