"""The front door: the page at the root of the site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from guidance.views.listing import listed_groups


class HomePage(Page):
    """The landing page. It stands once, at the root, and guidance stands under it."""

    max_count = 1
    subpage_types = ["guidance.GuidanceIndexPage"]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The guidance that has been published, by whether it applies today."""
        groups = listed_groups(timezone.localdate())
        return {**super().get_context(request, *args, **kwargs), "groups": groups}
