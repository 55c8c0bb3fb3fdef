"""Steps of the review of an edition: Wagtail's group approval, with a day by which it is wanted.

A step may be for reading only: its people comment and approve, and nobody edits the draft while
it is with them, so that all of them read the same words.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, TaskState

from guidance.models.issued import ReviewLock


class ReviewTaskState(TaskState):
    """One go at a step: the day by which an answer is wanted, as it was said in the e-mail.

    Being a class of its own, it is announced by our e-mails and not also by Wagtail's.
    """

    wanted_by = models.DateField()

    class Meta:
        verbose_name = "step of a review"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.wanted_by is None:
            days = ReviewTask.objects.values_list("days", flat=True).get(pk=self.task_id)
            self.wanted_by = timezone.localdate() + timedelta(days=days)
        super().save(*args, **kwargs)


class ReviewTask(AbstractGroupApprovalTask):
    """A step of the review that members of a group carry out within a number of days."""

    days = models.PositiveSmallIntegerField(
        "wanted within (days)", default=10, help_text="Counted from the day on which it begins"
    )
    reading_only = models.BooleanField(
        default=False,
        help_text="Members comment and answer, and nobody edits the draft while they read it",
    )

    task_state_class = ReviewTaskState
    lock_class = ReviewLock
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "days", "reading_only"]

    class Meta:
        verbose_name = "review of an edition"
        verbose_name_plural = "reviews of an edition"
        permissions = [("review_edition", "Can read drafts under review and comment on them")]

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return not self.reading_only and bool(super().user_can_access_editor(obj, user))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        if self.reading_only:
            return not user.is_superuser
        return bool(super().locked_for_user(obj, user))

    def concerns(self, user: Any) -> bool:
        """Whether this step waits for the user's answer."""
        return bool(self.get_actions(None, user))

    @classmethod
    def get_description(cls) -> str:
        return "Members of the chosen groups read an edition, comment, and approve it or ask for changes"
