"""What the review of an edition says to whom, as Wagtail announces its steps.

Our receivers for the whole review are connected under the names of Wagtail's own and before them,
so that they take their place and nobody is written to twice; for other pages they pass on to them.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from guidance.actions.notices import members, notify
from guidance.models import EditionPage, ReviewTaskState


def connect() -> None:
    """Once, before Wagtail's admin connects its own: of two under one name the first stays."""
    task_submitted.connect(
        step_begun, sender=ReviewTaskState, dispatch_uid="guidance.notices.step_begun"
    )
    for signal, receiver, name in (
        (workflow_submitted, submitted, "submitted"),
        (workflow_rejected, changes_wanted, "rejected"),
        (workflow_approved, approved, "approved"),
    ):
        uid = f"workflow_state_{name}_email_notification"
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=uid)


def step_begun(instance: ReviewTaskState, user: Any = None, **_: Any) -> None:
    """To the people of the step: what is wanted of them, by when, and what happens then."""
    page = _edition(instance.workflow_state)
    if page is None:
        return
    task = instance.task.specific
    people = get_user_model().objects.filter(groups__in=task.groups.all()).distinct()
    steps = list(
        instance.workflow_state.workflow.tasks.filter(active=True).values_list("pk", "name")
    )
    keys = [pk for pk, _ in steps]
    later = [name for _, name in steps[keys.index(task.pk) + 1 :]] if task.pk in keys else []
    notify(
        "step_begun",
        people,
        page,
        step=task,
        wanted_by=instance.wanted_by,
        requested_by=instance.workflow_state.requested_by,
        next_step=later[0] if later else "",
    )


def submitted(instance: WorkflowState, **more: Any) -> None:
    """For an edition the people of its first step are told, and nobody else."""
    if _edition(instance) is None:
        wagtails.workflow_submission_email_notifier(instance=instance, **more)


def changes_wanted(instance: WorkflowState, user: Any = None, **more: Any) -> None:
    """To whoever sent the edition for review, and whoever made it."""
    page = _edition(instance)
    if page is None:
        wagtails.workflow_rejection_email_notifier(instance=instance, user=user, **more)
        return
    step = instance.current_task_state
    notify(
        "changes_wanted",
        [person for person in (instance.requested_by, page.owner) if person != user],
        page,
        step=step.task,
        comment=step.comment,
        by=user,
    )


def approved(instance: WorkflowState, user: Any = None, **more: Any) -> None:
    """To the publishers, who can publish it now, and to whoever sent it for review."""
    page = _edition(instance)
    if page is None:
        wagtails.workflow_approval_email_notifier(instance=instance, user=user, **more)
        return
    notify("approved", [*members("Publishers"), instance.requested_by], page)


def _edition(state: WorkflowState) -> EditionPage | None:
    page = state.content_object
    page = getattr(page, "specific", page)
    return page if isinstance(page, EditionPage) else None
