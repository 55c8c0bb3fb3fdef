"""What the admin's pages about one guidance document share: their heading and the way to them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guidance.models import GuidancePage


class DocumentHeading:
    """For a view of Wagtail's admin that has a `document`."""

    document: GuidancePage
    breadcrumbs_items: list[dict[str, Any]]
    page_title: str

    def get_page_subtitle(self) -> str:
        return str(self.document.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        pages = [*self.document.get_ancestors().filter(depth__gt=2), self.document]
        return [
            *self.breadcrumbs_items,
            *(
                {"url": reverse("wagtailadmin_explore", args=[p.pk]), "label": p.title}
                for p in pages
            ),
            {"url": "", "label": self.page_title},
        ]
