"""The group "Consultations" in the menu of the admin; each entry is there for those who may use it.

Whatever has a page of its own there registers an entry with the hook of `ConsultationsGroup`.
"""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from consultation.models import Authority, ConsultationIndexPage, Department

HOOK = "register_consultations_menu_item"


class Entry(MenuItem):
    """A page of the admin, by the name of its address, for whoever has one of the permissions."""

    def __init__(self, label: str, address: str, *permissions: str, order: int, icon: str) -> None:
        super().__init__(label, "", icon_name=icon, order=order)
        self._address, self._permissions = address, permissions

    def is_shown(self, request: Any) -> bool:
        if not any(request.user.has_perm(permission) for permission in self._permissions):
            return False
        try:
            self.url = reverse(self._address)
        except NoReverseMatch:
            return False
        return True


class PagesEntry(MenuItem):
    """Where consultations are made: their page in the explorer."""

    def is_shown(self, request: Any) -> bool:
        index = ConsultationIndexPage.objects.first()
        if index is None or not index.permissions_for_user(request.user).can_edit():
            return False
        self.url = reverse("wagtailadmin_explore", args=[index.pk])
        return True


class DepartmentViewSet(SnippetViewSet):
    """Departments, with the shortest time that their consultations are open."""

    model = Department
    icon = "home"
    menu_label = "Departments"
    menu_order = 60
    list_display = ["name", Column("minimum_weeks", label="Minimum (weeks)")]
    search_fields = ["name"]


class AuthorityViewSet(SnippetViewSet):
    """Authorities that a respondent can choose by name."""

    model = Authority
    icon = "group"
    menu_label = "Authorities"
    menu_order = 50
    list_display = ["name", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    list_per_page = 50


class ConsultationsGroup(SnippetViewSetGroup):
    """Their place in the menu."""

    menu_label = "Consultations"
    menu_name = "consultations"
    menu_icon = "comment"
    menu_order = 230
    submenu_hook = HOOK
    items = (AuthorityViewSet, DepartmentViewSet)


def entries() -> list[MenuItem]:
    """What stands in the group beside departments and authorities."""
    read, enter = "consultation.view_response", "consultation.enter_response"
    late = "consultation.decide_late"
    return [
        PagesEntry("Set up", "", name="consultation-pages", icon_name="folder-open-1", order=10),
        Entry("Responses", "consultation_which", read, order=20, icon="mail"),
        Entry("Take in a response", "consultation_take_in_which", enter, order=25, icon="download"),
        Entry("Late", "consultation_late", late, order=30, icon="time"),
        Entry("To be placed", "consultation_pieces", enter, order=40, icon="tasks"),
        Entry("To be checked", "consultation_to_check", enter, order=45, icon="check"),
    ]
