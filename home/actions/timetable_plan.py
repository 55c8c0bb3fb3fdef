"""Takes the workstreams and timetables of a plan in, and records what is done."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from rapidfuzz import fuzz, process
from wagtail.log_actions import log

from home.actions.updates import Taken, begin, keep_promises, key_of, subjects_of
from home.models import About, Milestone, PlanUpdate, Workstream
from home.plan.model import PlannedMilestone, PlannedWorkstream

logger = logging.getLogger("home.plan")

ALIKE = 88
"""Of 100: how alike the words of a milestone must be to be known again in a later plan."""


def take_in_timetables(
    *,
    user: Any,
    workstreams: Sequence[PlannedWorkstream],
    title: str,
    published: date,
    digest: str = "",
) -> Taken:
    """The plan's workstreams and milestones, with its promises kept as one update.

    What is done stays done, and links stay. A milestone of an earlier plan that this one leaves out
    stays and says so. Raises PermissionDenied or PlanRefused.
    """
    with transaction.atomic():
        update, again = begin(
            user=user, about=About.TIMETABLE, title=title, published=published, digest=digest
        )
        taken = Taken(update, again)
        if again:
            return taken
        rows: list[Milestone] = []
        for planned in workstreams:
            rows += _take_in(planned, taken)
        _drop(update, rows, taken)
        promised = {s: when for row in rows for s, when in subjects_of(row).items()}
        taken.moved = keep_promises(update, promised, rows=rows)
        log(instance=update, action="home.take_in_plan", user=user)
    logger.info("event=plan_taken_in update=%s about=timetable user=%s", update.pk, user.pk)
    return taken


def mark_done(*, user: Any, milestone: Milestone, done_on: date | None) -> Milestone:
    """Record the day on which a milestone was reached; None takes that back.

    Raises PermissionDenied, or ValidationError for a day that has not come.
    """
    if not user.has_perm("home.change_milestone"):
        raise PermissionDenied("You may not change the timetable.")
    if milestone.done_on == done_on:
        return milestone
    milestone.done_on = done_on
    milestone.clean()
    with transaction.atomic():
        milestone.save()
        action = "home.mark_done" if done_on else "home.mark_not_done"
        log(instance=milestone, action=action, user=user)
    return milestone


def _take_in(planned: PlannedWorkstream, taken: Taken) -> list[Milestone]:
    stream = Workstream.objects.filter(number=planned.number).first()
    stream = stream or Workstream(number=planned.number)
    stream.title, stream.lead = planned.title, planned.lead or stream.lead
    stream.supported_by = ", ".join(planned.supported_by) or stream.supported_by
    stream.save()
    waiting = list(stream.milestones.all())
    rows: list[Milestone] = []
    for at, wanted in enumerate(planned.milestones):
        row = _known(wanted, waiting)
        if row is None:
            row = Milestone(workstream=stream)
            taken.added.append(wanted.title)
        else:
            waiting.remove(row)
            taken.found += 1
        row.strand, row.title, row.when = wanted.strand, wanted.title, wanted.when
        row.position, row.dropped_by = at, None
        row.save()
        rows.append(row)
    return rows


def _known(wanted: PlannedMilestone, rows: Sequence[Milestone]) -> Milestone | None:
    """The milestone of an earlier plan that this one is, by its words."""
    key = key_of(wanted.title)
    keys = [key_of(row.title) for row in rows]
    if key in keys:
        return rows[keys.index(key)]
    best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return rows[best[2]] if best else None


def _drop(update: PlanUpdate, rows: Sequence[Milestone], taken: Taken) -> None:
    gone = Milestone.objects.filter(
        dropped_by=None, done_on=None, promises__update_of_plan__whole=True
    ).exclude(pk__in=[row.pk for row in rows])
    for milestone in gone.distinct():
        milestone.dropped_by = update
        milestone.save()
        taken.dropped.append(milestone.title)
