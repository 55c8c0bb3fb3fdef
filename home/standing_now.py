"""What the front door tells of all guidance today: what applies, what is out for consultation, and
what was published last. From issued editions, withdrawals and open consultations alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guidance.consultations import Consultation, consultations
from guidance.models import Stage, Withdrawal
from guidance.rendering.addresses import compare_path, document_path, edition_path
from guidance.standing import Applies, day_words, in_force_on, shown_on, standing
from guidance.views.ledger import DocumentFacts, EditionFacts
from guidance.views.listing import issued_documents

LATEST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A document or an edition as one line: its title, where it is, and what is to be known of it."""

    title: str
    address: str
    note: str
    summary: str = ""
    more: str = ""
    more_words: str = ""


@dataclass(frozen=True, slots=True)
class StandingNow:
    """`in_force` and `to_come` by title, `drafts` and `latest` newest first, `consultations` by when
    they close; `drafts` are those on which no consultation is known."""

    in_force: Sequence[Line]
    to_come: Sequence[Line]
    consultations: Sequence[Line]
    drafts: Sequence[Line]
    latest: Sequence[Line]
    documents: int


def standing_now(now: datetime) -> StandingNow:
    """In two queries and those of the consultations, however much is published. `now` is aware."""
    day, known = now.date(), consultations()
    asked = {consultation.document for consultation in known}
    documents = list(issued_documents())
    drafts = [
        draft for facts, _ in documents if facts.slug not in asked for draft in _open_drafts(facts)
    ]
    newest = sorted(drafts, key=lambda pair: pair[1].published, reverse=True)
    return StandingNow(
        in_force=[line for facts, summary in documents for line in _in_force(facts, summary, day)],
        to_come=[line for facts, _ in documents for line in _to_come(facts, day)],
        consultations=[_open(c) for c in known if c.is_open(now)],
        drafts=[_draft(facts, edition) for facts, edition in newest],
        latest=_latest([facts for facts, _ in documents], day),
        documents=len(documents),
    )


def _in_force(facts: DocumentFacts, summary: str, day: date) -> list[Line]:
    edition = in_force_on(facts.editions, day)
    if not isinstance(edition, EditionFacts):
        return []
    found = standing(edition, facts.editions, day)
    note = f"{found.words}; {found.note}" if found.note else found.words
    return [Line(facts.title, document_path(facts.slug), note, summary)]


def _to_come(facts: DocumentFacts, day: date) -> list[Line]:
    """Editions that were published and do not apply yet."""
    return [
        Line(
            f"{facts.title}: {edition.title}",
            edition_path(facts.slug, edition.slug),
            standing(edition, facts.editions, day).words,
        )
        for edition in facts.editions
        if standing(edition, facts.editions, day).applies == Applies.NOT_YET
    ]


def _open_drafts(facts: DocumentFacts) -> list[tuple[DocumentFacts, EditionFacts]]:
    """The draft for consultation that nothing was published after: none where a final edition came
    of it, or another draft took its place."""
    newest = max(facts.editions, key=lambda e: (e.published, e.issued_at))
    return [(facts, newest)] if newest.stage == Stage.CONSULTATION else []


def _draft(facts: DocumentFacts, edition: EditionFacts) -> Line:
    note = f"Draft published {day_words(edition.published)}"
    return Line(facts.title, edition_path(facts.slug, edition.slug), note)


def _open(consultation: Consultation) -> Line:
    return Line(consultation.title, consultation.address, f"Open until {consultation.until}")


def _latest(documents: Sequence[DocumentFacts], day: date) -> list[Line]:
    """The newest editions and withdrawals, by when this site published them."""
    by_document = {facts.pk: facts for facts in documents}
    events: list[tuple[datetime, Line]] = [
        (edition.issued_at, _issued(facts, edition, day))
        for facts, edition in sorted(
            ((facts, edition) for facts in documents for edition in facts.editions),
            key=lambda pair: pair[1].issued_at,
            reverse=True,
        )[:LATEST]
    ]
    withdrawals = Withdrawal.objects.order_by("-made_at").values_list(
        "document_id", "withdrawn_from", "made_on", "made_at"
    )
    for document, since, made_on, at in withdrawals[:LATEST]:
        facts = by_document[document]
        note = f"Withdrawn from {day_words(since)}; announced {day_words(made_on)}"
        events.append((at, Line(facts.title, document_path(facts.slug), note)))
    newest = sorted(events, key=lambda event: event[0], reverse=True)
    return [line for _, line in newest[:LATEST]]


def _issued(facts: DocumentFacts, edition: EditionFacts, day: date) -> Line:
    before = [e for e in facts.editions if e.issued_at < edition.issued_at]
    last = max(before, key=lambda e: e.issued_at, default=None)
    found = standing(edition, facts.editions, day)
    note = f"Published {day_words(edition.published)}"
    return Line(
        f"{facts.title}: {edition.title}",
        edition_path(facts.slug, edition.slug),
        note if found.applies == Applies.DRAFT else f"{note}. {found.words}",
        more=compare_path(facts.slug, last.slug, edition.slug) if last else "",
        more_words=f"What changed since {last.title}" if last else "",
    )


def shown_documents(day: date) -> list[tuple[str, str]]:
    """Every document by title with its address, in one query; for a page that helps to find one."""
    return [
        (facts.title, document_path(facts.slug))
        for facts, _ in issued_documents()
        if shown_on(facts.editions, day)
    ]
