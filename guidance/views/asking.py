"""What a reader asks of a document: the document, the dates, and the form that asks for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from guidance.standing import in_force_on, shown_on
from guidance.views.dates import Asked, WrongDate, asked_dates
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.not_found import document_not_found, not_known_yet, wrong_date


@dataclass(frozen=True, slots=True)
class Question:
    """A document as the site knows it, or knew it at the end of a day, and the dates asked for."""

    document: DocumentFacts
    dates: Asked

    @property
    def today(self) -> date:
        """The day from which "now" is told: that on which the site is asked what it knew."""
        return self.dates.known_on or timezone.localdate()

    @property
    def current(self) -> EditionFacts:
        """The edition that the document shows by itself."""
        shown = shown_on(self.document.editions, self.today)
        assert isinstance(shown, EditionFacts)
        return shown

    def edition(self, slug: str = "") -> EditionFacts | None:
        """By slug; else in force on a day that was named; else what the document shows today."""
        if slug:
            return self.document.edition(slug)
        if not self.dates.named:
            return self.current
        found = in_force_on(self.document.editions, self.dates.day)
        return found if isinstance(found, EditionFacts) else None


def ask(request: HttpRequest, slug: str, day: str = "") -> Question | HttpResponseBase:
    """What is asked, or the page that says why it cannot be answered. `day` is from the path."""
    document = find_document(slug)
    if document is None:
        return document_not_found(request, slug)
    try:
        dates = asked_dates(request.GET, day)
    except WrongDate as wrong:
        return wrong_date(request, document, wrong)
    if dates.known_on is None:
        return Question(document, dates)
    known = find_document(slug, dates.instant)
    return Question(known, dates) if known else not_known_yet(request, document, dates.known_on)


def as_known_now(request: HttpRequest) -> str:
    """The address of the same page as the site knows it now."""
    query = request.GET.copy()
    query.pop("known_on", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
