"""Where "Check and publish" and "Import" are offered: explorer, editor, main menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from guidance.actions.import_jobs import may_import
from guidance.admin.imports import may_import_anything
from guidance.models import EditionPage, GuidancePage, SectionPage


def publication_address(page: EditionPage) -> str:
    return reverse("guidance_publication", args=[page.pk])


def page_buttons(page: Page, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """Buttons of a page in the explorer and in the header of its editor."""
    specific = page.specific
    if isinstance(specific, EditionPage) and not specific.issued and _may_check(specific, user):
        yield Button(
            "Check and publish", publication_address(specific), icon_name="check", priority=1
        )
    if isinstance(specific, GuidancePage) and may_import(user, specific):
        address = f"{reverse('guidance_imports:start')}?document={specific.pk}"
        yield Button("Import an edition", address, icon_name="upload", priority=1)


class CheckMenuItem(ActionMenuItem):
    """In the menu at the foot of the editor, for an edition and for its sections."""

    label = "Check and publish the edition"
    name = "action-check-edition"
    icon_name = "check"
    template_name = "guidance/admin/check_menu_item.html"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        edition = _edition_of(context.get("page"))
        return (
            context["view"] == "edit"
            and edition is not None
            and not edition.issued
            and _may_check(edition, context["request"].user)
        )

    def get_url(self, parent_context: Mapping[str, Any]) -> str | None:
        edition = _edition_of(parent_context.get("page"))
        return publication_address(edition) if edition else None


class ImportMenuItem(MenuItem):
    """In the main menu, for people who may import somewhere."""

    def is_shown(self, request: Any) -> bool:
        return may_import_anything(request.user)


def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        "Import a document",
        reverse("guidance_imports:start"),
        name="import-guidance",
        icon_name="upload",
        order=150,
    )


def _may_check(edition: EditionPage, user: Any) -> bool:
    permissions = edition.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.can_publish_edition())


def _edition_of(page: Page | None) -> EditionPage | None:
    if isinstance(page, SectionPage):
        page = page.get_parent().specific
    return page if isinstance(page, EditionPage) else None
