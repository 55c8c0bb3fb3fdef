"""The shapes of the folder and the timetable, for the OpenAPI document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from guidance.api.schemas import EditionSummary, Shape

StageKindName = Literal[
    "planned", "in-preparation", "consultation", "being-finalised", "not-yet", "in-force",
    "revised", "withdrawn", "dropped",
]  # fmt: skip
StateName = Literal["done", "late", "now", "coming", "dropped"]


class FolderStage(Shape):
    """What stage a piece of guidance has reached; it follows from its editions."""

    kind: StageKindName
    words: str
    note: str


class PromiseStep(Shape):
    plan: str
    published: date
    words: str
    change: Literal["same", "later", "earlier", "new", "dropped"]
    days: int = Field(description="By how many days the last day moved; later is positive.")


class FolderTiming(Shape):
    """A promise, in the words of the plan and as the days that they leave open."""

    what: Literal["consult", "final"]
    words: str
    earliest: date
    latest: date
    done_on: date | None
    late: bool
    promises: list[PromiseStep] = Field(description="Every version of it, oldest first.")


class FolderPart(Shape):
    title: str
    timings: list[FolderTiming]


class FolderDocument(Shape):
    slug: str
    title: str
    editions: list[EditionSummary]
    url: str
    api_url: str


class FolderConsultation(Shape):
    title: str
    document: str
    opens: datetime
    closes: datetime
    url: str


class FolderItem(Shape):
    slug: str
    title: str
    summary: str
    lead: str
    stage: FolderStage
    timings: list[FolderTiming]
    including: list[FolderPart]
    documents: list[FolderDocument]
    consultations: list[FolderConsultation]
    url: str
    api_url: str


class FolderBundle(Shape):
    slug: str
    title: str
    summary: str
    items: list[FolderItem]
    url: str
    api_url: str


class MilestoneLink(Shape):
    title: str
    url: str


class Milestone(Shape):
    id: int
    title: str
    strand: str = Field(description="The part of the workstream, where it has several.")
    when: str = Field(description="In the words of the plan.")
    earliest: date
    latest: date
    state: StateName
    standing: str
    done_on: date | None
    promises: list[PromiseStep]
    links: list[MilestoneLink]
    url: str
    api_url: str


class Workstream(Shape):
    number: int
    title: str
    lead: str
    supported_by: str
    milestones: list[Milestone]
    url: str
    api_url: str
