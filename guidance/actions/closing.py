"""Closes the pages of an edition at the moment of issue: live, issued and locked, all at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from wagtail.models import Page

from guidance.actions.edition_source import Source, frozen_facts
from guidance.models import EditionPage, SectionPage


def close_pages(source: Source, *, user: Any, at: datetime) -> None:
    """Make the latest drafts what the pages are from now on.

    A page whose draft differs from its row is saved as Wagtail saves it; the rest is a few updates
    whatever the number of sections, because saving a page costs more than all of its text.
    """
    pages: list[EditionPage | SectionPage] = [source.page, *source.section_pages]
    for page in pages:
        if page.pk in source.redrafted:
            page.save(clean=False)
        if page.latest_revision_id is None:
            page.save_revision(user=user, changed=False, log_action=False, clean=False)
    keys = [page.pk for page in pages]
    Page.objects.filter(pk__in=keys).update(
        live=True,
        expired=False,
        go_live_at=None,
        expire_at=None,
        has_unpublished_changes=False,
        first_published_at=at,
        last_published_at=at,
        live_revision_id=F("latest_revision_id"),
    )
    frozen = frozen_facts(source.facts)
    SectionPage.objects.filter(pk__in=keys).update(issued=True)
    EditionPage.objects.filter(pk=source.page.pk).update(issued=True, as_issued=frozen)
    source.page.as_issued = frozen
    for page in pages:
        page.issued = page.live = True
        page.has_unpublished_changes = page.expired = False
        page.go_live_at = page.expire_at = None
        page.first_published_at = page.last_published_at = at
        page.live_revision = page.latest_revision
