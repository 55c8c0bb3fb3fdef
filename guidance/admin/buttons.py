"""Where "Check and publish" and "Import" are offered: explorer, editor, main menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from guidance.actions.import_jobs import may_import
from guidance.actions.withdrawing import may_withdraw
from guidance.admin.imports import may_import_anything
from guidance.models import EditionPage, GuidancePage, SectionPage

WHOLE = (GuidancePage, EditionPage)
"""Below these stand editions and sections."""


def publication_address(page: EditionPage) -> str:
    return reverse("guidance_publication", args=[page.pk])


def page_buttons(page: Page, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """Buttons of a page in the explorer and in the header of its editor."""
    specific = page.specific
    if isinstance(specific, EditionPage) and not specific.issued and _may_check(specific, user):
        yield Button(
            "Check and publish", publication_address(specific), icon_name="check", priority=1
        )
        changes = reverse("guidance_changes", args=[page.pk])
        yield Button("Review changes", changes, icon_name="view", priority=0)
        demands = reverse("guidance_demands", args=[page.pk])
        yield Button("What it demands", demands, icon_name="list-ol", priority=1)
        yield Button(
            "Read and comment",
            reverse("guidance_reading", args=[page.pk]),
            icon_name="comment",
            priority=2,
        )
    if isinstance(specific, EditionPage) and _may_check(specific, user):
        history = reverse("guidance_edition_history", args=[page.pk])
        yield Button("Every act on this edition", history, icon_name="history", priority=90)
    if isinstance(specific, GuidancePage):
        yield from _document_buttons(specific, user)
    if isinstance(specific, GuidancePage) and specific.permissions_for_user(user).can_add_subpage():
        address = reverse("guidance_start", args=[page.pk])
        yield Button("Start new edition", address, icon_name="plus", priority=0)
    if isinstance(specific, GuidancePage) and may_import(user, specific):
        address = f"{reverse('guidance_imports:start')}?document={specific.pk}"
        yield Button("Import an edition", address, icon_name="upload", priority=1)


def _document_buttons(document: GuidancePage, user: Any) -> Iterator[Button]:
    """What can be done once something is published."""
    if not document.has_issued:
        return
    if document.permissions_for_user(user).can_add_subpage():
        address = reverse("guidance_corrigendum", args=[document.pk])
        yield Button("Publish a corrigendum", address, icon_name="edit", priority=80)
    if may_withdraw(document, user):
        address = reverse("guidance_withdrawal", args=[document.pk])
        yield Button("Withdraw this guidance", address, icon_name="bin", priority=95)


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


class ReviewMenuItem(CheckMenuItem):
    """Beside it: what changed against the edition before."""

    label = "Review the edition’s changes"
    name = "action-review-changes"
    icon_name = "view"

    def get_url(self, parent_context: Mapping[str, Any]) -> str | None:
        edition = _edition_of(parent_context.get("page"))
        return reverse("guidance_changes", args=[edition.pk]) if edition else None


def arrange_actions(items: list[Any], request: Any, context: Mapping[str, Any]) -> None:
    """A new page is not sent for review as it is made: an edition is sent whole, once it is there."""
    if context["view"] == "create" and context["parent_page"].specific_class in WHOLE:
        items[:] = [item for item in items if item.name != "action-submit"]


def refuse_to_send(request: Any, parent_page: Page, page_class: type[Page]) -> None:
    """The same for whoever asks for it all the same."""
    if page_class in (EditionPage, SectionPage) and "action-submit" in request.POST:
        raise PermissionDenied("Send the whole edition for review, from “Check and publish”.")


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
