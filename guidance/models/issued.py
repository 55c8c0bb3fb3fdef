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

    def can_add_subpage(self) -> bool:
        return bool(super().can_add_subpage()) and not self.page.has_issued

    def can_reorder_children(self) -> bool:
        """Nobody once it is issued; before that nothing is public, so editing is enough."""
        return bool(self.can_edit()) and not self.page.has_issued


class IssuedMixin(models.Model):
    """A page that is closed once its edition has been issued, and is live only then."""

    issued = models.BooleanField(default=False, editable=False)

    exclude_fields_in_copy = ["issued", "as_issued"]
    issued_whole = True

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
        return IssuedLock(self) if self.issued else super().get_lock()  # type: ignore[misc]

    def permissions_for_user(self, user: Any) -> IssuedPagePermissionTester:
        return IssuedPagePermissionTester(user, self)
