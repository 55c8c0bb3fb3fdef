"""Keeps what the plan promises: every update of it is a set of promises that is never changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from guidance.fuzzy_dates import FuzzyDate
from guidance.standing import day_words
from home.models import About, FolderItem, FolderMark, Milestone, PlanUpdate, Promise
from home.plan.slippage import Move, Slip, slip


class PlanRefused(ValueError):
    """The plan cannot be taken in as it is; says in a sentence what to do."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a date is promised of: an item, a piece of it by its title, or a milestone."""

    what: str
    item: FolderItem | None = None
    part: str = ""
    milestone: Milestone | None = None

    @property
    def key(self) -> tuple[int | None, str, int | None, str]:
        """By what the promises of one date are known."""
        item = self.item.pk if self.item else None
        milestone = self.milestone.pk if self.milestone else None
        return (item, self.part, milestone, self.what)

    @property
    def title(self) -> str:
        return self.part or str(self.item or self.milestone)


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that is another than in the update before."""

    title: str
    what: str
    before: FuzzyDate | None
    after: FuzzyDate | None
    slip: Slip


@dataclass(slots=True)
class Taken:
    """What came of taking in a plan. `again` says that this very plan was there before, so that
    nothing was done."""

    update: PlanUpdate
    again: bool = False
    added: list[str] = field(default_factory=list)
    found: int = 0
    dropped: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)


def begin(
    *, user: Any, about: About, title: str, published: date, digest: str
) -> tuple[PlanUpdate, bool]:
    """A new update of the plan, or the same one where it was taken in before (then True).

    Raises PermissionDenied, or PlanRefused where it would come before or instead of another.
    """
    if not user.has_perm("home.add_planupdate"):
        raise PermissionDenied("You may not update the plan.")
    of_it = PlanUpdate.objects.filter(about=about, whole=True)
    same = of_it.filter(published=published).first()
    if same is not None and same.digest == digest:
        return same, True
    if same is not None:
        raise PlanRefused(
            f"Another plan of {day_words(published)} was taken in already. Each update has its own"
            " date; give the date on which this one was published."
        )
    later = of_it.filter(published__gt=published).last()
    if later is not None:
        raise PlanRefused(
            f"“{later.title}” of {day_words(later.published)} is later than this plan. Take plans in"
            " from the oldest to the newest."
        )
    made = PlanUpdate.objects.create(
        about=about, title=title, published=published, digest=digest, made_by=user
    )
    return made, False


def subjects_of(row: FolderItem | Milestone) -> dict[Subject, FuzzyDate]:
    """Every date that a row promises now."""
    if isinstance(row, Milestone):
        return {Subject(what, milestone=row): when for what, when in row.timings.items()}
    found = {Subject(what, item=row): when for what, when in row.timings.items()}
    for part in row.parts.all():
        for what, when in part.timings.items():
            found[Subject(what, item=row, part=part.title)] = when
    return found


def keep_promises(
    update: PlanUpdate,
    promised: Mapping[Subject, FuzzyDate],
    *,
    rows: Sequence[FolderItem | Milestone],
) -> list[Moved]:
    """Write what the update promises of `rows`: of a whole plan every date, else those that are
    other than before; and that a date was taken back. Gives what moved, without what is new."""
    before = last_promises(rows)
    moved: list[Moved] = []
    made: list[Promise] = []
    for subject, when in promised.items():
        was = before.pop(subject.key, None)
        earlier = was.when if was else None
        if update.whole or earlier is None or earlier.words != when.words:
            made.append(_promise(update, subject, when))
        found = slip(earlier, when)
        if found.move not in (Move.SAME, Move.NEW):
            moved.append(Moved(subject.title, subject.what, earlier, when, found))
    for was in before.values():
        if was.when is not None:
            subject = Subject(was.what, was.item, was.part, was.milestone)
            made.append(_promise(update, subject, None))
            moved.append(Moved(subject.title, was.what, was.when, None, slip(was.when, None)))
    Promise.objects.bulk_create(made)
    FolderMark.grow()
    return moved


def last_promises(rows: Iterable[FolderItem | Milestone]) -> dict[Any, Promise]:
    """The promise made last of each date of these rows, by `Subject.key`, in one query a kind."""
    rows = list(rows)
    items = [row.pk for row in rows if isinstance(row, FolderItem)]
    milestones = [row.pk for row in rows if isinstance(row, Milestone)]
    found: dict[Any, Promise] = {}
    for wanted in ({"item__in": items}, {"milestone__in": milestones}):
        if any(wanted.values()):
            promises = Promise.objects.filter(**wanted).select_related("item", "milestone")
            for row in promises.order_by("update_of_plan_id"):
                found[(row.item_id, row.part, row.milestone_id, row.what)] = row
    return found


def keep_change(*, user: Any, row: FolderItem | Milestone) -> PlanUpdate | None:
    """Keep what an editor changed of a row's dates as an update of the plan of today.

    None where no date is other than it was. PermissionDenied.
    """
    if not user.has_perm("home.add_planupdate"):
        raise PermissionDenied("You may not change what was promised.")
    promised = subjects_of(row)
    before = {key: was.words for key, was in last_promises([row]).items() if was.words}
    if before == {subject.key: when.words for subject, when in promised.items()}:
        return None
    about = About.TIMETABLE if isinstance(row, Milestone) else About.FOLDER
    with transaction.atomic():
        update = PlanUpdate.objects.create(
            about=about,
            title=f"Timings of {row}"[:200],
            published=timezone.localdate(),
            whole=False,
            made_by=user,
        )
        keep_promises(update, promised, rows=[row])
        log(instance=row, action="home.change_timings", user=user, data={"update": update.pk})
    return update


def key_of(title: str) -> str:
    """By what a row of one plan is known again in the next: its words, without signs."""
    return " ".join(re.findall(r"\w+", title.casefold().replace("&", " and ")))


def _promise(update: PlanUpdate, subject: Subject, when: FuzzyDate | None) -> Promise:
    return Promise(
        update_of_plan=update,
        item=subject.item,
        part=subject.part,
        milestone=subject.milestone,
        what=subject.what,
        words=when.words if when else "",
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
    )
