"""The editor's home: what waits for this person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component

from guidance.actions.checks import check_edition
from guidance.admin.buttons import publication_address
from guidance.admin.publication import blocking_count
from guidance.models import EditionPage, GuidanceIndexPage, ImportJob

SHOWN = 10
"""Drafts checked on one visit; each costs the reading of its sections."""


@dataclass(frozen=True, slots=True)
class DraftEdition:
    """A draft edition, how many points stand in its way, and where to see them."""

    page: EditionPage
    document: str
    blocking: int
    address: str


class WaitingPanel(Component):
    """Drafts to check and publish, and imports that want an answer."""

    name = "guidance_waiting"
    template_name = "guidance/admin/waiting.html"
    order = 50

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        jobs = ImportJob.objects.of(self._user).wanting_attention().defer("plan", "source")
        return {"drafts": self._drafts(), "jobs": list(jobs[:SHOWN])}

    def _drafts(self) -> list[DraftEdition]:
        index = GuidanceIndexPage.objects.first()
        if index is None or not index.permissions_for_user(self._user).can_edit():
            return []
        pages = EditionPage.objects.filter(issued=False).order_by("-latest_revision_created_at")
        return [
            DraftEdition(
                page=page,
                document=page.get_parent().title,
                blocking=blocking_count(check_edition(page)),
                address=publication_address(page),
            )
            for page in pages[:SHOWN]
        ]
