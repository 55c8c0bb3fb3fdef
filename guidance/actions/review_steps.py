"""The review of an edition before it is published: its steps, where it stands, and each act in it.

It is Wagtail's workflow. The steps are put in place after the first migration and belong to the
administrators from then on; approval of the last one publishes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from guidance.models import EditionPage, GuidanceIndexPage, ReviewTask, ReviewTaskState

NAME = "Edition review"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step as a new site has it: its name, whose it is, and the days that it may take."""

    name: str
    group: str
    days: int
    reading_only: bool = False


STEPS = (
    Planned("Policy lead", "Policy leads", 10),
    Planned("Legal", "Legal", 10),
    Planned("Sounding Board", "Sounding Board", 15, reading_only=True),
    Planned("Publisher", "Publishers", 5),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a review. `status` is Wagtail's, or "" for one that has not begun."""

    name: str
    status: str
    words: str
    wanted_by: date | None = None
    who: Any = None
    when: datetime | None = None
    comment: str = ""

    @property
    def overdue(self) -> bool:
        return self.status == TaskState.STATUS_IN_PROGRESS and _past(self.wanted_by)


@dataclass(frozen=True, slots=True)
class Review:
    """Where the review of an edition stands. `current` is the step that is open, and `task` its
    task; `mine` says whether it waits for the person asked about."""

    state: WorkflowState
    steps: Sequence[Step]
    current: TaskState | None
    task: Any
    mine: bool
    changed_since: bool

    @property
    def in_progress(self) -> bool:
        return bool(self.state.status == WorkflowState.STATUS_IN_PROGRESS)

    @property
    def wants_changes(self) -> bool:
        return bool(self.state.status == WorkflowState.STATUS_NEEDS_CHANGES)

    @property
    def approved(self) -> bool:
        return bool(self.state.status == WorkflowState.STATUS_APPROVED)

    @property
    def wanted_by(self) -> date | None:
        return getattr(self.current, "wanted_by", None)

    @property
    def overdue(self) -> bool:
        return self.in_progress and _past(self.wanted_by)


def ensure_workflow(**_: Any) -> None:
    """Put the review on the guidance index of a site that has none; what is there stays as it is.

    Takes and ignores the arguments of the `post_migrate` signal.
    """
    index = GuidanceIndexPage.objects.first()
    if index is None or ReviewTask.objects.exists():
        return
    with transaction.atomic():
        workflow = Workflow.objects.create(name=NAME)
        for order, step in enumerate(STEPS):
            task = ReviewTask.objects.create(
                name=step.name, days=step.days, reading_only=step.reading_only
            )
            task.groups.add(Group.objects.get_or_create(name=step.group)[0])
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
        WorkflowPage.objects.get_or_create(
            page=Page.objects.get(pk=index.pk), defaults={"workflow": workflow}
        )


def review_of(page: EditionPage, user: Any = None) -> Review | None:
    """The review that is going on, or the one that ended last; None where there was none."""
    state = page.current_workflow_state or page.workflow_states.order_by("-created_at").first()
    if state is None or state.status == WorkflowState.STATUS_CANCELLED:
        return None
    current = state.current_task_state.specific if state.current_task_state else None
    open_now = current is not None and current.status == TaskState.STATUS_IN_PROGRESS
    task = current.task.specific if current and open_now else None
    return Review(
        state=state,
        steps=_steps(state),
        current=current if open_now else None,
        task=task,
        mine=bool(task and user and user.is_active and task.get_actions(page, user)),
        changed_since=_changed_since(page, state),
    )


def submit_edition(*, user: Any, page: EditionPage) -> WorkflowState:
    """Begin the review, or take it up again where changes were asked for.

    Raises PermissionDenied, or ValidationError where there is no review to begin.
    """
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied("You may not submit this edition for review.")
    with transaction.atomic():
        page = _locked(page)
        if page.issued:
            raise ValidationError("This edition is published; there is nothing left to review.")
        state = page.current_workflow_state
        if state is None:
            workflow = page.get_workflow()
            if workflow is None:
                raise ValidationError("No review is set up. Ask an administrator to make one.")
            if page.latest_revision is None:
                page.save_revision(user=user, log_action=False)
            return workflow.start(page, user)
        if state.status != WorkflowState.STATUS_NEEDS_CHANGES:
            raise ValidationError("This edition is being reviewed already.")
        state.resume(user)
    return state


def answer_step(
    *, user: Any, page: EditionPage, step: int, approve: bool, comment: str = ""
) -> WorkflowState:
    """Approve the open step, or ask for changes, which must be said.

    `step` is the primary key of the task state that the person saw. Raises PermissionDenied, or
    ValidationError where it is no longer the open one or the comment is missing.
    """
    comment = comment.strip()
    with transaction.atomic():
        page = _locked(page)
        current = page.current_workflow_task_state
        if current is None or current.pk != step:
            raise ValidationError("This step has been answered already; look at where it stands.")
        task = current.task.specific
        if not task.get_actions(page, user):
            raise PermissionDenied("This step of the review is not yours to answer.")
        if not approve and not comment:
            raise ValidationError("Say what should change.")
        task.on_action(current, user, "approve" if approve else "reject", comment=comment)
    return current.workflow_state


def stop_review(*, user: Any, page: EditionPage) -> None:
    """End the review without a result: by who asked for it, or whose step it is, or a publisher."""
    with transaction.atomic():
        page = _locked(page)
        state = page.current_workflow_state
        if state is None:
            raise ValidationError("This edition is not being reviewed.")
        permissions = page.permissions_for_user(user)
        if not (state.user_can_cancel(user) or permissions.can_publish_edition()):
            raise PermissionDenied("You may not stop this review.")
        state.cancel(user=user)


def may_read(page: EditionPage, user: Any) -> bool:
    """Whether a draft may be read on “Read and comment”: by those who may edit or publish it, and
    by those whose step of its review is open."""
    permissions = page.permissions_for_user(user)
    if permissions.can_edit() or permissions.can_publish_edition():
        return True
    if page.issued or not user.is_active or not user.has_perm("guidance.review_edition"):
        return False
    task = page.current_workflow_task
    return task is not None and bool(task.get_actions(page, user))


def is_external(user: Any) -> bool:
    """Whether the person may review what is put before them, and has no rights over pages."""
    return (
        not user.is_superuser
        and user.has_perm("guidance.review_edition")
        and not _has_page_rights(user)
    )


def _has_page_rights(user: Any) -> bool:
    return bool(user.groups.filter(page_permissions__isnull=False).exists())


def _locked(page: EditionPage) -> EditionPage:
    return EditionPage.objects.select_for_update(of=("self",)).get(pk=page.pk)


def _past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def _steps(state: WorkflowState) -> list[Step]:
    wanted = dict(
        ReviewTaskState.objects.filter(workflow_state=state).values_list("pk", "wanted_by")
    )
    return [_step(task, wanted) for task in state.all_tasks_with_state()]


def _step(task: Any, wanted: dict[int, date]) -> Step:
    state = task.task_state
    if state is None:
        return Step(task.name, "", "Not yet begun")
    words = {
        TaskState.STATUS_IN_PROGRESS: "Being read",
        TaskState.STATUS_APPROVED: "Approved",
        TaskState.STATUS_REJECTED: "Changes asked for",
    }.get(state.status, state.get_status_display())
    return Step(
        name=task.name,
        status=state.status,
        words=words,
        wanted_by=wanted.get(state.pk),
        who=state.finished_by,
        when=state.finished_at,
        comment=state.comment,
    )


def _changed_since(page: EditionPage, state: WorkflowState) -> bool:
    """Whether a page of the edition was saved after the last step was approved."""
    if state.status != WorkflowState.STATUS_APPROVED:
        return False
    pages = page.get_descendants(inclusive=True)
    newest = pages.aggregate(newest=Max("latest_revision_created_at"))["newest"]
    ended = state.task_states.aggregate(ended=Max("finished_at"))["ended"]
    return bool(newest and ended and newest > ended)
