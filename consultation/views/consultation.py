"""A consultation: what it is about, who should respond, until when, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.closing import LONDON, Phase, in_words
from consultation.models import ConsultationPage, Criterion, Extension
from consultation.retention import drafts_kept_until, kept_until
from consultation.views.desk import find_consultation
from consultation.views.public import INDEX, public_page
from consultation.views.questions import asked_about
from consultation.views.standing import standing
from guidance.rendering.addresses import compare_path, document_path, edition_path
from guidance.standing import day_words
from guidance.views.first_line import STAGES
from guidance.views.ledger import EditionFacts, find_document


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edition that was issued after the draft, and what changed from the one to the other."""

    title: str
    address: str
    published: str
    compare: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """An extension as it is published."""

    before: str
    until: str
    reason: str
    made: str


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponseBase:
    found, now = find_consultation(slug), timezone.now()
    return public_page(request, "consultation/consultation.html", about(found, now), now, [found])


def about(found: ConsultationPage, now: datetime) -> dict[str, object]:
    """What the page says; in six queries, and two for a closed one of which an edition came."""
    assert found.opens is not None
    assert found.closes is not None
    assert found.edition is not None
    phase = found.phase(now)
    outcome = _outcome(found) if phase == Phase.CLOSED else None
    questions = list(found.questions.asked().prefetch_related("paragraphs"))
    return {
        "consultation": found,
        "standing": standing(found, now),
        "is_open": phase == Phase.OPEN,
        "upcoming": phase == Phase.UPCOMING,
        "closed": phase == Phase.CLOSED,
        "opens": in_words(found.opens),
        "closes": in_words(found.closes),
        "calendar": "" if phase == Phase.CLOSED else f"{found.address}calendar.ics",
        "department": found.edition.document.publisher,
        "edition_address": edition_path(found.document_slug, found.edition.slug),
        "document_address": document_path(found.document_slug),
        "questions": questions,
        "related": list(found.related_documents.select_related("document")),
        "criteria": _criteria(found),
        "extensions": [_postponed(row) for row in found.extensions.all()],
        "weeks": _weeks(found.weeks),
        "erased_from": _day(kept_until(found.closes, found.retention_months)),
        "drafts_erased_from": _day(drafts_kept_until(found.closes, found.retention_months)),
        "outcome": outcome,
        "anchors": asked_about(found, questions) if outcome else [],
        "crumbs": [("Consultations", INDEX)],
    }


def _criteria(found: ConsultationPage) -> Sequence[tuple[str, bool, str]]:
    """The six criteria with what was said of each; none where nothing was."""
    said = {row.criterion: row for row in found.criteria.all()}
    return [
        (str(criterion.label), said[criterion].met, said[criterion].evidence)
        for criterion in Criterion
        if criterion in said
    ]


def _postponed(row: Extension) -> Postponed:
    before, until = in_words(row.closed_before), in_words(row.closes)
    return Postponed(before, until, row.reason, _day(row.made_at))


def _day(at: datetime) -> str:
    return day_words(at.astimezone(LONDON).date())


def _weeks(weeks: float) -> str:
    whole = int(weeks)
    days = round((weeks - whole) * 7)
    parts = [(whole, "week"), (days, "day")]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    return " and ".join(said) or "less than a day"


def _outcome(found: ConsultationPage) -> Outcome | None:
    """The edition that followed the draft, where one did: a final one before another draft."""
    assert found.edition is not None
    document = find_document(found.document_slug)
    issued = document.edition(found.edition.slug) if document else None
    if document is None or issued is None:
        return None
    later = [e for e in document.editions if e.issued_at > issued.issued_at]
    if not later:
        return None
    following = min(later, key=lambda e: (e.stage not in STAGES, e.issued_at))
    return _came(found, following)


def _came(found: ConsultationPage, following: EditionFacts) -> Outcome:
    assert found.edition is not None
    slug = found.document_slug
    return Outcome(
        following.title,
        edition_path(slug, following.slug),
        day_words(following.published),
        compare_path(slug, found.edition.slug, following.slug),
    )
