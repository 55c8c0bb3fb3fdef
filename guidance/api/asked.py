"""Finds what is asked for: the document, the edition, and what an answer about them depends on."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guidance.api.kept import State
from guidance.api.parameters import When
from guidance.api.problems import Fault, not_found, refused
from guidance.api.titles import titles
from guidance.models import Edition, Withdrawal
from guidance.standing import day_words, in_force_on
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document


def document_of(slug: str, known_on: datetime | None = None) -> DocumentFacts:
    """The document with its issued editions, in one query; a problem where nothing was issued."""
    facts = find_document(slug, known_on) if len(slug) <= 255 else None
    if facts is None:
        raise not_found(
            "There is no guidance document of this name, or none of its editions has been"
            " published. /api/v1/guidance/ lists the documents."
        )
    return facts


def edition_named(facts: DocumentFacts, slug: str) -> EditionFacts:
    """The edition of that slug, or a problem that names those there are."""
    found = facts.edition(slug)
    if found is None:
        raise not_found(f"There is no such edition. There are: {_slugs(facts)}.")
    return found


def edition_asked(facts: DocumentFacts, when: When) -> EditionFacts:
    """The edition named, or in force on the day; a problem where there is none."""
    if when.edition is not None and when.as_at is not None:
        raise refused([Fault("as_at", "Give edition or as_at, not both.")])
    if when.edition is not None:
        return edition_named(facts, when.edition)
    day = when.as_at or timezone.localdate()
    found = in_force_on(facts.editions, day)
    if not isinstance(found, EditionFacts):
        raise not_found(
            f"No edition was in force on {day_words(day)}."
            f" Name one of these with ?edition=: {_slugs(facts)}."
        )
    return found


def state_of(facts: DocumentFacts, *, today: bool) -> State:
    """What an answer about this document depends on."""
    editions = [(e.pk, e.withdrawn_from) for e in facts.editions]
    modified = max(edition.issued_at for edition in facts.editions)
    if any(withdrawn for _, withdrawn in editions):
        made = Withdrawal.objects.filter(document=facts.pk).values_list("made_at", flat=True)
        modified = max(modified, *made)
    return State((facts.title, editions, titles().mark), modified, today)


def ledger_state(*, today: bool) -> State:
    """What an answer about all documents depends on, in two queries."""
    issued = Edition.objects.order_by("-issued_at", "-pk").values_list("issued_at", "pk").first()
    made = Withdrawal.objects.order_by("-made_at", "-pk").values_list("made_at", "pk").first()
    latest = max((row[0] for row in (issued, made) if row), default=timezone.localtime())
    return State((issued, made, titles().mark), latest, today)


def edition_state(edition: EditionFacts) -> State:
    """What an answer depends on that is made of what an edition's digest covers: on nothing else,
    for ever."""
    return State((edition.digest,), edition.issued_at, today=False, forever=True)


def pinned(when: When) -> bool:
    """Whether the answer is of a named edition or date, and so the same tomorrow."""
    return when.edition is not None or when.as_at is not None


def _slugs(facts: DocumentFacts) -> str:
    return ", ".join(edition.slug for edition in facts.editions)
