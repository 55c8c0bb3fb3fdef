"""Registers the admin of guidance with Wagtail; all that is registered is in `guidance.admin`."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from guidance.admin import urls
from guidance.admin.buttons import CheckMenuItem, import_menu_item, page_buttons
from guidance.admin.home import WaitingPanel
from guidance.admin.registers import Registers
from guidance.models.duties import duty_chooser

modeladmin_register(Registers)
hooks.register("register_page_listing_more_buttons", page_buttons)
hooks.register("register_page_header_buttons", page_buttons)


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


@hooks.register("construct_homepage_panels")
def home_panels(request: Any, panels: list[Any]) -> None:
    panels.append(WaitingPanel(request.user))
