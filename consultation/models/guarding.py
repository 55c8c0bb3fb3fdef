"""What nobody may do to a consultation that people respond to, whatever their role."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester


class IndexPermissionTester(PagePermissionTester):
    """The list of consultations stays where it is."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class ConsultationPermissionTester(PagePermissionTester):
    """Wagtail's page permissions, less what would take a consultation from those who respond."""

    def can_unpublish(self) -> bool:
        return bool(super().can_unpublish()) and not self.page.is_open

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Never once it has opened, since responses are kept with it."""
        return bool(super().can_delete(ignore_bulk)) and not self._kept()

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Any) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        """What is consulted on is open to everybody."""
        return False

    def can_extend(self) -> bool:
        """Whoever may publish it may keep it open longer, until it has closed."""
        return bool(self.can_publish()) and self.page.can_be_extended

    def can_ask(self) -> bool:
        """Whether the user may change its questions: what is live changes for the public at once."""
        if not self.user.has_perm("consultation.change_question"):
            return False
        return bool(self.can_publish() if self.page.live else self.can_edit())

    def _kept(self) -> bool:
        page: Any = self.page
        return bool(page.has_opened or page.responses.exists())
