"""What closes a page once its edition is issued: the lock, the permissions, and what saving keeps."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.locks import BaseLock
from wagtail.models import PagePermissionTester


class IssuedLock(BaseLock):
    """Says why an issued edition cannot be edited; it holds for everybody."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return (
            "This edition has been published. Its words are part of the record and cannot be"
            " changed; to change the guidance, publish another edition."
        )

    def get_description(self, user: Any) -> str:
        return self.get_message(user)


class ReviewLock(BaseLock):
    """Holds for everybody but the people of the step that the edition's review has come to.

    `object` is the edition or one of its sections, `task` the step.
    """

    def __init__(self, object: Any, task: Any) -> None:
        super().__init__(object)
        self.task = task

    def for_user(self, user: Any) -> bool:
        return bool(self.task.locked_for_user(self.object, user))

    def get_message(self, user: Any) -> str | None:
        if not self.for_user(user):
            return None
        return (
            f"This edition is being read (“{self.task.name}”), so it cannot be edited now."
            " Comments can be made on the page “Read and comment”."
        )

    def get_locked_by(self, user: Any) -> str:
        return "Being read"

    def get_description(self, user: Any) -> str:
        return f"The edition is at the step “{self.task.name}” of its review."


class ClosedPagePermissionTester(PagePermissionTester):
    """Wagtail's page permissions, less what would take away what was issued at or below a page.

    The page has a property `has_issued`.
    """

    def can_unpublish(self) -> bool:
        return bool(super().can_unpublish()) and not self.page.has_issued

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk)) and not self.page.has_issued

    def can_move(self) -> bool:
        return bool(super().can_move()) and not self.page.has_issued

    def can_move_to(self, destination: Any) -> bool:
        """Wagtail lets a superuser move a page without asking whether it can be moved at all."""
        stays = not self.page.has_issued or self.page.is_child_of(destination)
        return stays and bool(super().can_move_to(destination))


class DocumentPermissionTester(ClosedPagePermissionTester):
    """Nothing below a guidance document is published page by page."""

    def can_publish_subpage(self) -> bool:
        return False


class IssuedPagePermissionTester(DocumentPermissionTester):
    """An edition or section: published as a whole edition and not otherwise."""

    def can_publish_edition(self) -> bool:
        """Whether the user may issue the edition (`guidance.actions.publishing`)."""
        return bool(super().can_publish())

    def can_publish(self) -> bool:
        return False

    def can_edit(self) -> bool:
        """Also while the edition is at a step of its review whose people may edit it."""
        if super().can_edit():
            return True
        task = self.page.step_of_review() if self.user.is_active else None
        return task is not None and bool(task.user_can_access_editor(self.page, self.user))

    def can_submit_for_moderation(self) -> bool:
        """It is the edition that is submitted, with all of its sections."""
        whole = self.page.submitted_whole and not self.page.has_issued
        return whole and bool(super().can_submit_for_moderation())

    def can_add_subpage(self) -> bool:
        may = bool(super().can_add_subpage()) and not self.page.has_issued
        return may and not self._being_read()

    def can_reorder_children(self) -> bool:
        """Nobody once it is issued; before that nothing is public, so editing is enough."""
        may = bool(self.can_edit()) and not self.page.has_issued
        return may and not self._being_read()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self._being_read()

    def _being_read(self) -> bool:
        """Whether others than the user are reading it, so that its sections stay as they are."""
        lock = self.page.get_lock()
        return isinstance(lock, ReviewLock) and lock.for_user(self.user)


class IssuedMixin(models.Model):
    """A page that is closed once its edition has been issued, and is live only then."""

    issued = models.BooleanField(default=False, editable=False)

    exclude_fields_in_copy = ["issued", "as_issued"]
    issued_whole = True
    submitted_whole = True
    """Whether this page stands for the whole edition in its review; a section does not."""

    class Meta:
        abstract = True

    @property
    def has_issued(self) -> bool:
        return self.issued

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A draft is never live, whatever copied or restored it: what is live was issued."""
        self.live = self.issued
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision restores words, never the fact that an edition was issued."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.issued = self.issued
        if hasattr(self, "as_issued"):
            page.as_issued = self.as_issued
        return page

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail publishes page by page; an edition is issued whole and by its own action."""
        raise PermissionDenied("Publish the edition as a whole, from “Check and publish”.")

    def get_lock(self) -> BaseLock | None:
        """A section is locked as its edition is, while that is being read."""
        if self.issued:
            return IssuedLock(self)
        if lock := super().get_lock():  # type: ignore[misc]
            return lock
        task = None if self.submitted_whole else self.step_of_review()
        return ReviewLock(self, task) if task else None

    def step_of_review(self) -> Any:
        """The task that the edition's review has come to, if it is being reviewed."""
        edition: Any = self if self.submitted_whole else self.get_parent()  # type: ignore[attr-defined]
        return edition.current_workflow_task if edition else None

    def permissions_for_user(self, user: Any) -> IssuedPagePermissionTester:
        return IssuedPagePermissionTester(user, self)
