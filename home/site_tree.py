"""The pages that every site has: a home page at the root, and the guidance index under it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from guidance.models import GuidanceIndexPage
from home.models import HomePage


def ensure_site_tree(**_: Any) -> GuidanceIndexPage:
    """Makes what is missing of the root, the home page, the default site and the guidance index.

    Runs after every `migrate` (and so after a flush), which is why a new database can take an
    import at once. What is there is left as it is.
    """
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    home = HomePage.objects.first() or _add_home()
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(
            hostname="localhost",
            root_page=home,
            is_default_site=True,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
    index = GuidanceIndexPage.objects.first()
    return index or home.add_child(instance=GuidanceIndexPage(title="Guidance", slug="guidance"))


def _add_home() -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    # Wagtail's own first migration leaves a welcome page, and a site that opens on it.
    root.get_children().filter(slug="home").delete()
    root.refresh_from_db()
    return root.add_child(instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home"))
