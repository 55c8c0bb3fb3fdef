"""Registers the admin of consultations with Wagtail; all that is registered is in
`consultation.admin`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from consultation.admin import buttons, checks, home, log_entries, menu, urls

register_snippet(menu.ConsultationsGroup)
for entry in menu.entries():
    hooks.register(menu.HOOK, lambda entry=entry: entry)
hooks.register("register_log_actions", log_entries.register)
hooks.register("register_page_listing_more_buttons", buttons.page_buttons)
hooks.register("register_page_header_buttons", buttons.page_buttons)
hooks.register("construct_homepage_panels", home.add_panel)
hooks.register("after_create_page", checks.warn)
hooks.register("after_edit_page", checks.warn)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    return [path("consultations/", include(urls))]
