"""The life of a paragraph: every edition that has it, or did something to it, in two queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from guidance.models import Entry, Lineage


@dataclass(frozen=True, slots=True)
class Relative:
    """A paragraph that another was split from or went into, as `edition` (a primary key) has it."""

    identity: UUID
    edition: int
    reference: str
    kind: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The paragraph in one edition, by primary key, and how it came to stand there so.

    `present` is False where the edition took it out, that is, removed it or merged it into its
    `destinations`; its words are then those that it had last. `changes` are values of
    `guidance.models.Change`,
    none where it stands as in the edition before.
    """

    edition: int
    present: bool
    version: int
    reference: str
    kind: str
    number: str
    title: str
    text: str
    status: str
    changes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    origins: list[Relative] = field(default_factory=list)
    destinations: list[Relative] = field(default_factory=list)


def life_of(document: int, identity: UUID) -> list[Moment]:
    """The moments of a paragraph of a document (by primary key), in the order of issue; editions
    that lack it have none, but for the one that took it out. Empty where there is no such
    paragraph."""
    moments: dict[int, tuple[datetime, Moment]] = {}
    for at, moment in _entries(document, identity):
        moments[moment.edition] = (at, moment)
    for step in _steps(document, identity):
        if step.edition not in moments:
            last = moments[step.previous][1]
            moments[step.edition] = (step.at, _gone(last, step.edition))
        _note(moments[step.edition][1], step, identity)
    ordered = sorted(moments.values(), key=lambda found: (found[0], found[1].edition))
    return [moment for _, moment in ordered]


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    edition: int
    previous: int
    change: str
    reason: str
    before: Relative | None
    after: Relative | None


def _note(moment: Moment, step: _Step, identity: UUID) -> None:
    """What a step says of the paragraph; of one that was split off it, only where that went."""
    came = step.after is not None and step.after.identity == identity
    if came or not moment.present:
        _add(moment.changes, step.change)
        _add(moment.reasons, step.reason)
    if step.before and step.after and step.before.identity != step.after.identity:
        if came:
            moment.origins.append(step.before)
        else:
            moment.destinations.append(step.after)


def _add(found: list[str], words: str) -> None:
    if words and words not in found:
        found.append(words)


def _gone(last: Moment, edition: int) -> Moment:
    return replace(
        last,
        edition=edition,
        present=False,
        reference="",
        changes=[],
        reasons=[],
        origins=[],
        destinations=[],
    )


def _entries(document: int, identity: UUID) -> Iterator[tuple[datetime, Moment]]:
    rows: Any = Entry.objects.filter(edition__document=document, paragraph=identity).order_by()
    for at, edition, *rest in rows.values_list(
        "edition__issued_at",
        "edition_id",
        "version_id",
        "reference",
        "version__kind",
        "version__number",
        "version__title",
        "version__text",
        "version__status",
    ):
        yield at, Moment(edition, True, *rest)


def _steps(document: int, identity: UUID) -> Iterator[_Step]:
    """Every step from it or to it; references are those of the edition before and of the new."""
    entries = Entry.objects.order_by()
    was = entries.filter(
        edition=OuterRef("edition__previous"), paragraph=OuterRef("before__paragraph")
    )
    now = entries.filter(edition=OuterRef("edition"), paragraph=OuterRef("after__paragraph"))
    rows: Any = (
        Lineage.objects.filter(
            Q(before__paragraph=identity) | Q(after__paragraph=identity),
            edition__document=document,
        )
        .annotate(
            was=Subquery(was.values("reference")[:1]), now=Subquery(now.values("reference")[:1])
        )
        .order_by("pk")
        .values_list(
            "edition__issued_at", "edition_id", "edition__previous_id", "change", "reason",
            "before__paragraph_id", "was", "before__kind", "before__number", "before__title",
            "after__paragraph_id", "now", "after__kind", "after__number", "after__title",
        )
    )  # fmt: skip
    for at, edition, previous, change, reason, *sides in rows:
        before, after = sides[:5], sides[5:]
        yield _Step(
            at,
            edition,
            previous,
            change,
            reason,
            Relative(before[0], previous, *before[1:]) if before[0] else None,
            Relative(after[0], edition, *after[1:]) if after[0] else None,
        )
