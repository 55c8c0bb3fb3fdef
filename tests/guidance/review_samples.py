"""People of every role and a draft on its way through the review, for the tests of that."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from guidance.actions.review_steps import STEPS, answer_step, submit_edition
from guidance.models import EditionPage
from tests import factories as make

GROUPS = (
    "Editors",
    "Policy leads",
    "Legal",
    "Sounding Board",
    "Publishers",
    "Administrators",
)


def member(group: str, name: str = "") -> Any:
    """The person of a group, the same one each time for the same name."""
    slug = (name or group).lower().replace(" ", ".")
    users = get_user_model().objects
    user = users.filter(email=f"{slug}@example.org").first()
    if user is None:
        user = users.create_user(f"{slug}@example.org", "x", first_name=name or group)
        user.groups.add(Group.objects.get(name=group))
    return user


def fresh(page: EditionPage) -> EditionPage:
    return EditionPage.objects.get(pk=page.pk)


def draft(**fields: Any) -> EditionPage:
    """A draft edition that nothing blocks, owned by the editor."""
    page = make.draft(
        make.document(),
        [make.section(number="1", blocks=[make.paragraph("1.1"), make.paragraph("1.2")])],
        owner=member("Editors"),
        **fields,
    )
    return fresh(page)


def at_step(group: str, page: EditionPage | None = None) -> EditionPage:
    """A draft that has come to the step of a group."""
    page = page or draft()
    submit_edition(user=member("Editors"), page=page)
    for step in STEPS:
        if step.group == group:
            break
        answer(page, step.group)
    return fresh(page)


def answer(page: EditionPage, group: str, approve: bool = True, comment: str = "") -> None:
    """The group's answer to the step that is open."""
    state = fresh(page).current_workflow_task_state
    answer_step(
        user=member(group), page=fresh(page), step=state.pk, approve=approve, comment=comment
    )


def approved(page: EditionPage | None = None) -> EditionPage:
    """A draft that every step has approved."""
    page = at_step("Publishers", page)
    answer(page, "Publishers")
    return fresh(page)
