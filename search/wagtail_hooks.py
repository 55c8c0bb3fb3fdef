"""Registers the editors' part of the search with Wagtail; all of it is in `search.admin`."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.admin import log_entries
from search.admin.menu import search_menu_item

hooks.register("register_log_actions", log_entries.register)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    from search.admin import urls

    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return search_menu_item()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Shown where the rights of a group are set."""
    return Permission.objects.filter(
        content_type__app_label="search", codename__in=("teach_search", "rebuild_search")
    )
