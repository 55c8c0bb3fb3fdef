"""Where the editors' part of the search is offered: the main menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from search.actions.teaching import may_teach


class SearchMenuItem(MenuItem):
    """For those who may teach the search."""

    def is_shown(self, request: Any) -> bool:
        return may_teach(request.user)


def search_menu_item() -> MenuItem:
    return SearchMenuItem(
        "Searches",
        reverse("search_searches"),
        name="searches",
        icon_name="search",
        order=260,
    )
