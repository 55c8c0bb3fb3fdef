"""Says that the folder has changed whenever one of its rows is written, so that kept pages are made
anew. Rows that are written many at a time are followed by the actions that write them."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from home.models import Bundle, FolderItem, FolderMark, ItemPart, Making, Milestone, Workstream

FOLLOWED = (Bundle, FolderItem, ItemPart, Making, Milestone, Workstream)
LINKS = (FolderItem.documents.through, Milestone.items.through, Milestone.documents.through)


def connect() -> None:
    """Once, when the site starts."""
    for model in FOLLOWED:
        for signal in (post_save, post_delete):
            signal.connect(
                _changed, sender=model, dispatch_uid=f"home.{model.__name__}.{id(signal)}"
            )
    for through in LINKS:
        m2m_changed.connect(_linked, sender=through, dispatch_uid=f"home.{through.__name__}")


def _changed(*, raw: bool = False, **_: Any) -> None:
    if not raw:  # fixtures bring their own mark
        FolderMark.grow()


def _linked(*, action: str, **_: Any) -> None:
    if action.startswith("post_"):
        FolderMark.grow()
