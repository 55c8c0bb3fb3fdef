"""The shapes of instruments, duties and the feed of changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from guidance.api.schemas import (
    DocumentRef,
    EditionRef,
    ListedParagraph,
    Listing,
    ProvisionRef,
    Shape,
)


class _Instrument(Shape):
    path: str = Field(examples=["ukpga/2007/28"])
    title: str
    short_title: str
    legislation_url: str
    url: str
    api_url: str


class InstrumentSummary(_Instrument):
    rests: int = Field(description="Paragraphs in force that rest on it.")
    cites: int = Field(description="Paragraphs in force that cite it.")


class CountedProvision(ProvisionRef):
    rests: int
    cites: int


class Instrument(_Instrument):
    provisions: list[CountedProvision]


class Duty(Shape):
    """A duty as an edition in force has it."""

    title: str
    description: str
    binds: list[str]
    binds_words: str
    excepts: list[str]
    commences: str = Field(description="In the words of the edition, as Early 2008.")
    commences_earliest: date | None
    commences_latest: date | None
    provisions: list[ProvisionRef | str] = Field(description="Words where none was resolved.")
    explained_in: str = Field(description="Where the edition explains it, in its words.")
    document: DocumentRef
    edition: EditionRef
    url: str
    api_url: str


class ChangeEvent(Shape):
    """Something that was published: an edition, or a document's withdrawal."""

    kind: Literal["edition", "withdrawal"]
    at: datetime
    document: DocumentRef
    edition: EditionRef | None
    withdrawn_from: date | None
    reason: str
    url: str
    api_url: str


class ChangeFeed(Listing[ChangeEvent]):
    """The feed is followed forward, so `previous` is always null."""

    resume: str = Field(description="Ask here later for what comes after this page.")


class ExportedParagraph(ListedParagraph):
    """One line of the export."""

    document: str
    edition: str
    edition_digest: str
