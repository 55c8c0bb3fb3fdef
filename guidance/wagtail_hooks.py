"""Registers the admin of guidance with Wagtail; all that is registered is in `guidance.admin`."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from guidance.admin import audit, demands, log_entries, urls
from guidance.admin.buttons import (
    CheckMenuItem,
    ReviewMenuItem,
    arrange_actions,
    import_menu_item,
    page_buttons,
    refuse_to_send,
)
from guidance.admin.home import arrange_panels
from guidance.admin.registers import Registers
from guidance.models.duties import duty_chooser

modeladmin_register(Registers)
hooks.register("register_page_listing_more_buttons", page_buttons)
hooks.register("register_page_header_buttons", page_buttons)
hooks.register("register_log_actions", log_entries.register)
hooks.register("register_log_actions", audit.register_acts)
hooks.register("register_log_actions", demands.register_acts)
hooks.register("construct_homepage_panels", arrange_panels)
hooks.register("construct_page_action_menu", arrange_actions)
hooks.register("before_create_page", refuse_to_send)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    return urls.urlpatterns


@hooks.register("register_admin_viewset")
def choosers() -> Any:
    return duty_chooser


@hooks.register("register_admin_menu_item")
def menu_items() -> MenuItem:
    return import_menu_item()


@hooks.register("register_page_action_menu_item")
def action_menu_items() -> CheckMenuItem:
    return CheckMenuItem(order=5)


@hooks.register("register_page_action_menu_item")
def review_menu_item() -> ReviewMenuItem:
    return ReviewMenuItem(order=6)
