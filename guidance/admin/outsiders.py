"""Keeps people outside to what is theirs in the admin: the drafts before them and their account.

Wagtail shows titles of drafts, tags and registers to anybody who may enter its admin (as of 8.0, in
its choosers), so for them everything is closed that is not named here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guidance.actions.review_steps import is_external

OPEN = frozenset(
    (
        *("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_login"),
        *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles"),
        *("wagtailadmin_password_reset", "wagtailadmin_password_reset_done"),
        *("wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete"),
        *("guidance_reading", "guidance_reading_section"),
    )
)
"""Names of the admin's addresses that are open to people outside."""


class OutsidersMiddleware:
    """Refuses them every other address of the admin; what is public is not its business."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        if not request.path.startswith(self._admin) or not request.user.is_authenticated:
            return
        match = request.resolver_match
        if (match is None or match.url_name not in OPEN) and is_external(request.user):
            raise PermissionDenied
