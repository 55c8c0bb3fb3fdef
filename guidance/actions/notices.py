"""E-mails to the people of an edition: what happened, what is wanted of them, and by when.

They go out once the act is there for good, one to each person; one that cannot be sent is logged by
number, never by address, and undoes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.users.models import UserProfile

from guidance.models import EditionPage

logger = logging.getLogger("guidance.notices")

PREFERENCES = {
    "step_begun": "submitted",
    "changes_wanted": "rejected",
    "approved": "approved",
    "comments": "updated_comments",
}
"""Which of Wagtail's preferences of a person turns a kind of e-mail off; the others always go."""


def notify(kind: str, people: Iterable[Any], page: EditionPage, **more: Any) -> None:
    """Send the e-mail of a kind (`guidance/email/<kind>.txt`, whose first line is the subject) to
    each of the people, once the transaction is over. `more` is added to the template's context."""
    context = {"edition": page, "document": page.get_parent(), **addresses(page), **more}
    wanted = {p.pk: p for p in people if p is not None and p.is_active and p.email}
    wanted_by_kind = [p for p in wanted.values() if _wants(p, kind)]
    if wanted_by_kind:
        transaction.on_commit(lambda: _send(kind, wanted_by_kind, context))


def members(*groups: str) -> list[Any]:
    """The people of these groups."""
    found = Group.objects.filter(name__in=groups)
    return list(get_user_model().objects.filter(groups__in=found, is_active=True).distinct())


def people_of(page: EditionPage) -> list[Any]:
    """Whoever made the edition, sent it for review, answered a step of that, or planned it."""
    found = [page.owner]
    for state in page.workflow_states.select_related("requested_by"):
        found.append(state.requested_by)
        answered = state.task_states.select_related("finished_by")
        found += [step.finished_by for step in answered]
    plan = getattr(page, "planned_publication", None)
    if plan is not None:
        found.append(plan.planned_by)
    return [person for person in found if person is not None]


def addresses(page: EditionPage) -> dict[str, str]:
    """Where an e-mail leads to, in full."""
    return {
        "read_address": full(reverse("guidance_reading", args=[page.pk])),
        "publication_address": full(reverse("guidance_publication", args=[page.pk])),
        "edit_address": full(reverse("wagtailadmin_explore", args=[page.pk])),
    }


def full(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def _wants(person: Any, kind: str) -> bool:
    preference = PREFERENCES.get(kind)
    if preference is None:
        return True
    return bool(getattr(UserProfile.get_for_user(person), f"{preference}_notifications"))


def _send(kind: str, people: Iterable[Any], context: Mapping[str, Any]) -> None:
    sent = failed = 0
    connection = get_connection()
    for person in people:
        try:
            words = render_to_string(f"guidance/email/{kind}.txt", {**context, "person": person})
            subject, _, body = words.strip().partition("\n")
            message = EmailMessage(
                subject=subject.strip(),
                body=body.strip() + "\n",
                to=[person.email],
                headers={"Auto-Submitted": "auto-generated"},
                connection=connection,
            )
            sent += message.send()
        except Exception as error:  # the act is done; whatever ails the mail must not undo it
            failed += 1
            logger.error(
                "event=notice_failed kind=%s user=%s error=%s",
                kind,
                person.pk,
                type(error).__name__,
            )
    logger.info("event=notices_sent kind=%s sent=%s failed=%s", kind, sent, failed)
