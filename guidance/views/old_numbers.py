"""The numbers of paragraphs through the editions of a document: who has one, who had it, and what
became of a paragraph that is gone. A number that is cited stays an answer, never another's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from guidance.models import Change, Entry, Lineage
from guidance.models.pages import CAN_BE_IN_FORCE
from guidance.views.ledger import DocumentFacts, EditionFacts

_GONE = (Change.REMOVED, Change.MERGED, Change.SPLIT)


@dataclass(slots=True)
class Holder:
    """A paragraph that has a number in some editions, newest first; `here` is its reference in the
    edition that was asked for, None where it is not in it."""

    identity: UUID
    here: str | None
    editions: list[EditionFacts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The references of one paragraph by edition, and the other paragraphs that have its present
    one elsewhere."""

    own: dict[int, str]
    others: Sequence[Holder]

    def editions_with(self, reference: str, document: DocumentFacts) -> list[EditionFacts]:
        return [e for e in document.editions if self.own.get(e.pk) == reference]


@dataclass(frozen=True, slots=True)
class Fate:
    """How a paragraph went: `edition` did it; `into` are the references there of what took it up."""

    change: str
    edition: EditionFacts
    reason: str
    into: Sequence[str] = ()


def holders(document: DocumentFacts, issued: EditionFacts, reference: str) -> list[Holder]:
    """Every paragraph that has the reference in an edition of the document, in one query."""
    return _grouped(document, _rows(document, issued, Q(reference=reference)))


def numbers(
    document: DocumentFacts, issued: EditionFacts, reference: str, identity: UUID
) -> Numbers:
    """Where a paragraph of `issued` has which reference, and who else has its own, in one query."""
    rows = _rows(document, issued, Q(reference=reference) | Q(paragraph=identity))
    own = {edition: ref for edition, paragraph, ref, _ in rows if paragraph == identity}
    return Numbers(own, _grouped(document, (row for row in rows if row[1] != identity)))


def fates(
    document: DocumentFacts, issued: EditionFacts, identities: Iterable[UUID]
) -> dict[UUID, Fate]:
    """What became of paragraphs that are not in `issued`, in one query: of those that a later
    edition than `issued` took out, or that it did not have yet, nothing."""
    before = {e.pk: e for e in document.editions if e.issued_at <= issued.issued_at}
    into = Entry.objects.filter(
        edition=OuterRef("edition"), paragraph=OuterRef("after__paragraph")
    ).values("reference")
    rows = (
        Lineage.objects.filter(
            edition__in=before, before__paragraph__in=list(identities), change__in=_GONE
        )
        .annotate(into=Subquery(into[:1]))
        .order_by("edition__issued_at", "edition_id", "pk")
        .values_list("before__paragraph_id", "edition_id", "change", "reason", "into")
    )
    last: dict[UUID, list[tuple[Any, ...]]] = {}
    for identity, *row in rows:
        known = last.setdefault(identity, [])
        if known and known[0][0] != row[0]:
            known.clear()
        known.append(tuple(row))
    return {identity: _fate(steps, before, issued) for identity, steps in last.items()}


def _fate(
    steps: Sequence[tuple[Any, ...]], editions: dict[int, EditionFacts], issued: EditionFacts
) -> Fate:
    """A split or a merger says more than the removal that goes with it."""
    telling = [s for s in steps if s[1] != Change.REMOVED] or steps
    by = _that_counts(editions[steps[0][0]], editions.values())
    reasons = dict.fromkeys(reason for _, _, reason, _ in telling if reason)
    into = [ref for *_, ref in telling if ref]
    return Fate(telling[0][1], by, " ".join(reasons), into)


def _that_counts(step: EditionFacts, editions: Iterable[EditionFacts]) -> EditionFacts:
    """What a draft leaves out goes with the next edition that can be in force."""
    following = (
        e for e in editions if e.stage in CAN_BE_IN_FORCE and e.issued_at >= step.issued_at
    )
    return min(following, key=lambda e: e.issued_at, default=step)


def _rows(document: DocumentFacts, issued: EditionFacts, which: Q) -> list[tuple[Any, ...]]:
    """Edition, identity, reference there, and reference in `issued`."""
    here = Entry.objects.filter(edition=issued.pk, paragraph=OuterRef("paragraph"))
    return list(
        Entry.objects.filter(which, edition__in=[e.pk for e in document.editions])
        .annotate(here=Subquery(here.values("reference")[:1]))
        .order_by()
        .values_list("edition_id", "paragraph_id", "reference", "here")
    )


def _grouped(document: DocumentFacts, rows: Iterable[tuple[Any, ...]]) -> list[Holder]:
    """By paragraph, the one that had the number last first."""
    order = {e.pk: (place, e) for place, e in enumerate(document.editions)}
    found: dict[UUID, Holder] = {}
    for edition, identity, _, here in sorted(rows, key=lambda row: order[row[0]][0]):
        holder = found.setdefault(identity, Holder(identity, here))
        holder.editions.append(order[edition][1])
    return list(found.values())
