"""The pages of the folder: its bundles, an item and how it is made, and how the plan changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from home.folder.addresses import (
    CONSULTATIONS_FEED,
    CONTENTS,
    FEED,
    FOLDER,
    GLOSSARY,
    LAW,
    TIMETABLE,
    UPDATES,
    bundle_path,
    document_feed_path,
)
from home.folder.kept import kept, page
from home.folder.making import makings_of
from home.folder.reading import folder, items_of
from home.folder.updates import updates_of_the_plan
from home.models import FolderItem
from home.timetable.reading import milestones_of

WAYS = (
    ("Contents of all guidance", CONTENTS),
    ("One glossary", GLOSSARY),
    ("Index of provisions and duties", LAW),
    ("Timetable", TIMETABLE),
    ("How the plan has changed", UPDATES),
)
FEEDS = (("What is new in the folder", FEED), ("Open consultations", CONSULTATIONS_FEED))


@require_safe
def folder_page(request: HttpRequest) -> HttpResponseBase:
    return kept(
        request,
        ("bundles",),
        lambda: page(
            "home/folder/folder.html", {"bundles": folder(), "ways": WAYS, "feeds": FEEDS}
        ),
    )


@require_safe
def item_page(request: HttpRequest, item: str) -> HttpResponseBase:
    """An item: what can be read, what is promised, how it is made; the next and the previous."""
    return kept(request, ("item", item), lambda: page("home/folder/item.html", _item(item)))


@require_safe
def updates_page(request: HttpRequest) -> HttpResponseBase:
    """Every version of the plan, newest first, and what slipped in it."""
    return kept(
        request,
        ("updates",),
        lambda: page(
            "home/folder/updates.html",
            {"updates": updates_of_the_plan(), "crumbs": [("Folder", FOLDER)]},
        ),
    )


def _item(slug: str) -> dict[str, Any]:
    row = get_object_or_404(FolderItem.objects.select_related("bundle"), slug=slug)
    neighbours = FolderItem.objects.values_list("slug", "title", "bundle__title")
    return {
        "item": items_of(FolderItem.objects.filter(pk=row.pk))[0],
        "bundle": row.bundle,
        "makings": makings_of(row),
        "milestones": milestones_of(row),
        "feeds": _feeds(row),
        "crumbs": [("Folder", FOLDER), (row.bundle.title, bundle_path(row.bundle.slug))],
        **_beside(slug, list(neighbours)),
    }


def _beside(slug: str, rows: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """The items before and after it, through all bundles in order."""
    at = next(i for i, row in enumerate(rows) if row[0] == slug)
    before = rows[at - 1] if at else None
    after = rows[at + 1] if at + 1 < len(rows) else None
    return {"before": before, "after": after}


def _feeds(row: FolderItem) -> list[tuple[str, str]]:
    issued = row.documents.filter(issued_editions__isnull=False).distinct()
    return [
        (title, document_feed_path(slug)) for title, slug in issued.values_list("title", "slug")
    ]
