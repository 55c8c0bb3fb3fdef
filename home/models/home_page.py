"""The page at the root of the site, under which the guidance stands in Wagtail's tree."""

from __future__ import annotations

from wagtail.models import Page


class HomePage(Page):
    """The root of the site. What is read there is `home.views.landing`, answered from the ledger
    before Wagtail is asked, so the page has no words of its own."""

    max_count = 1
    preview_modes: list[tuple[str, str]] = []
    subpage_types = ["guidance.GuidanceIndexPage"]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "home page"
