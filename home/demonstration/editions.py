"""The editions that the demonstration publishes, in the order in which they were issued."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from guidance.actions.reviewing import Decision
from guidance.models import EditionPage
from home.demonstration.amended_2010 import amend
from home.demonstration.draft_2008 import FINAL, draft_html
from home.demonstration.drafting import Draft
from home.demonstration.reasons_2009 import decisions

LONDON = ZoneInfo("Europe/London")
Amend = Callable[[Draft], None]


class Document(NamedTuple):
    """A guidance document to show."""

    slug: str
    title: str
    summary: str


class Edition(NamedTuple):
    """An edition: a file to import (`source`), or the last edition amended (`amend`). `decisions`
    say of an imported one why it differs from the edition before."""

    document: Document
    slug: str
    title: str
    stage: str
    published: date
    in_force_from: date | None = None
    source: Callable[[], BinaryIO] | None = None
    amend: Amend | None = None
    decisions: Callable[[EditionPage], list[Decision]] | None = None

    @property
    def issued_at(self) -> datetime:
        """Half past nine on the day that it was published."""
        return datetime(
            self.published.year, self.published.month, self.published.day, 9, 30, tzinfo=LONDON
        )

    @property
    def page(self) -> EditionPage | None:
        pages = EditionPage.objects.filter(slug=self.slug)
        return pages.filter(url_path__contains=f"/{self.document.slug}/").first()


LOCAL_PRIORITIES = Document(
    "local-priorities",
    "Local people, local priorities",
    "How to involve local people, find out what an area needs, and agree priorities.",
)
COMMUNITY_BUILDINGS = Document(
    "community-buildings",
    "Community buildings in community hands",
    "How an authority can pass a building to a local group, and on what terms.",
)

EDITIONS = (
    Edition(
        LOCAL_PRIORITIES,
        "draft-2008",
        "Consultation draft 2008",
        "consultation",
        date(2008, 9, 15),
        source=lambda: BytesIO(draft_html().encode()),
    ),
    Edition(
        LOCAL_PRIORITIES,
        "final-2009",
        "Final edition 2009",
        "final",
        date(2009, 2, 16),
        date(2009, 4, 1),
        source=lambda: FINAL.open("rb"),
        decisions=decisions,
    ),
    Edition(
        LOCAL_PRIORITIES,
        "amended-2010",
        "Amended edition 2010",
        "final",
        date(2010, 2, 22),
        date(2010, 4, 1),
        amend=amend,
    ),
    Edition(
        COMMUNITY_BUILDINGS,
        "draft-2026",
        "Consultation draft 2026",
        "consultation",
        date(2026, 10, 5),
        source=lambda: (Path(__file__).parent / "community-buildings-draft-2026.html").open("rb"),
    ),
)
