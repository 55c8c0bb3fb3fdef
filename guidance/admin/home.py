"""The editor's home: what waits for this person, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import TaskState

from guidance.actions.checks import examine
from guidance.actions.planning_publication import in_words
from guidance.actions.review_steps import is_external
from guidance.admin.buttons import publication_address
from guidance.models import (
    EditionPage,
    GuidanceIndexPage,
    ImportJob,
    PlannedPublication,
    PlanState,
)

SHOWN = 10
"""Drafts shown on one visit."""

CHECKED_FOR = 300
"""Seconds that a count of what blocks a draft is kept, unless a page of the draft is saved."""


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A step of a review that waits for this person's answer."""

    page: EditionPage
    document: str
    step: str
    wanted_by: date | None
    address: str

    @property
    def overdue(self) -> bool:
        return self.wanted_by is not None and self.wanted_by < timezone.localdate()


@dataclass(frozen=True, slots=True)
class DraftEdition:
    """A draft edition, how it stands, how many points stand in its way, and where to see them."""

    page: EditionPage
    document: str
    standing: str
    blocking: int
    address: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition that is to be published at a set time, or was refused then."""

    page: EditionPage
    at: str
    refused: bool
    address: str


class WaitingPanel(Component):
    """Reviews to answer, drafts to check and publish, plans, and imports that want an answer."""

    name = "guidance_waiting"
    template_name = "guidance/admin/waiting.html"
    order = 50

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        jobs = ImportJob.objects.of(self._user).wanting_attention().defer("plan", "source")
        may_edit = self._may("can_edit")
        return {
            "reviews": list(_reviews(self._user)),
            "drafts": _drafts() if may_edit else [],
            "plans": _plans() if may_edit else [],
            "jobs": list(jobs[:SHOWN]),
        }

    def _may(self, right: str) -> bool:
        index = GuidanceIndexPage.objects.first()
        return index is not None and bool(getattr(index.permissions_for_user(self._user), right)())


def arrange_panels(request: Any, panels: list[Any]) -> None:
    """Our panel for everybody; Wagtail's list of reviews, which leads to the editor and to the
    moderation of other pages, not for people outside."""
    if is_external(request.user):
        panels[:] = [p for p in panels if not isinstance(p, WorkflowObjectsToModeratePanel)]
    panels.append(WaitingPanel(request.user))


def _reviews(user: Any) -> Iterable[WaitingReview]:
    states = TaskState.objects.reviewable_by(user).select_related("workflow_state", "task")
    for state in states.specific().order_by("started_at"):
        page = state.workflow_state.content_object
        page = getattr(page, "specific", page)
        if isinstance(page, EditionPage):
            yield WaitingReview(
                page=page,
                document=page.get_parent().title,
                step=state.task.name,
                wanted_by=getattr(state, "wanted_by", None),
                address=reverse("guidance_reading", args=[page.pk]),
            )


def _drafts() -> list[DraftEdition]:
    pages = EditionPage.objects.filter(issued=False).order_by("-latest_revision_created_at")
    return [
        DraftEdition(
            page=page,
            document=page.get_parent().title,
            standing=_standing(page),
            blocking=_blocking(page),
            address=publication_address(page),
        )
        for page in pages[:SHOWN]
    ]


def _standing(page: EditionPage) -> str:
    """Where its review has come to, in a few words; empty for one that was not sent for review."""
    state = page.current_workflow_state
    if state is None or state.current_task_state is None:
        return ""
    step = state.current_task_state.task.name
    if state.status == state.STATUS_NEEDS_CHANGES:
        return f"changes asked for at “{step}”"
    return f"being read at “{step}”"


def _blocking(page: EditionPage) -> int:
    """How many points stand in its way; looked for again when one of its pages was saved."""
    newest: datetime | None = page.get_descendants(inclusive=True).aggregate(
        newest=Max("latest_revision_created_at")
    )["newest"]
    key = f"guidance:blocking:{page.pk}:{newest.isoformat() if newest else ''}"
    count = cache.get(key)
    if count is None:
        checks = examine(page, blocking_only=True).checks
        count = sum(check.blocking for check in checks)
        cache.set(key, count, CHECKED_FOR)
    return int(count)


def _plans() -> list[Plan]:
    open_plans = PlannedPublication.objects.filter(
        Q(state=PlanState.WAITING) | Q(state=PlanState.REFUSED), page__issued=False
    )
    return [
        Plan(
            page=plan.page,
            at=in_words(plan.at),
            refused=plan.state == PlanState.REFUSED,
            address=publication_address(plan.page),
        )
        for plan in open_plans.select_related("page")[:SHOWN]
    ]
