"""Takes the bundles of a plan into the folder: new items are added, known ones get its timings."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from home.actions.updates import Taken, begin, keep_promises, key_of, subjects_of
from home.models import RESERVED_ITEM_SLUGS, About, Bundle, FolderItem, ItemPart, PlanUpdate
from home.plan.model import PlannedBundle, PlannedItem

logger = logging.getLogger("home.plan")


def take_in_bundles(
    *, user: Any, bundles: Sequence[PlannedBundle], title: str, published: date, digest: str = ""
) -> Taken:
    """The plan's bundles in the folder, with its promises kept as one update.

    What editors wrote stays: titles, order, summaries, documents. An item of an earlier plan that
    this one leaves out stays in the folder and says so. Raises PermissionDenied or PlanRefused.
    """
    with transaction.atomic():
        update, again = begin(
            user=user, about=About.FOLDER, title=title, published=published, digest=digest
        )
        taken = Taken(update, again)
        if again:
            return taken
        rows = _take_in(bundles, taken)
        _drop(update, rows, taken)
        promised = {s: when for row in rows for s, when in subjects_of(row).items()}
        taken.moved = keep_promises(update, promised, rows=rows)
        log(instance=update, action="home.take_in_plan", user=user)
    logger.info("event=plan_taken_in update=%s about=folder user=%s", update.pk, user.pk)
    return taken


def _take_in(bundles: Sequence[PlannedBundle], taken: Taken) -> list[FolderItem]:
    known = {key_of(bundle.title): bundle for bundle in Bundle.objects.all()}
    items = {key_of(item.title): item for item in FolderItem.objects.all()}
    rows: list[FolderItem] = []
    for at, planned in enumerate(bundles, start=1):
        bundle = known.get(key_of(planned.title)) or Bundle.objects.create(
            title=planned.title, slug=_slug(planned.title, Bundle), position=at
        )
        for place, wanted in enumerate(planned.items, start=1):
            item = items.get(key_of(wanted.title))
            if item is None:
                item = FolderItem(title=wanted.title, slug=_slug(wanted.title, FolderItem))
                item.position = place
                taken.added.append(wanted.title)
            else:
                taken.found += 1
            rows.append(_timed(item, bundle, wanted))
    return rows


def _timed(item: FolderItem, bundle: Bundle, wanted: PlannedItem) -> FolderItem:
    item.bundle = bundle
    item.consult, item.final = wanted.consult, wanted.final
    item.dropped_by = None
    parts = list(item.parts.all()) if item.pk else []
    known = {key_of(part.title): part for part in parts}
    for planned in wanted.parts:
        part = known.get(key_of(planned.title))
        if part is None:
            part = ItemPart(title=planned.title, sort_order=len(parts))
            parts.append(part)
        part.consult, part.final = planned.consult, planned.final
    item.parts.set(parts)
    item.save()
    return item


def _drop(update: PlanUpdate, rows: Sequence[FolderItem], taken: Taken) -> None:
    """Items that an earlier plan had and this one has not."""
    gone = FolderItem.objects.filter(dropped_by=None, promises__update_of_plan__whole=True).exclude(
        pk__in=[row.pk for row in rows]
    )
    for item in gone.distinct():
        item.dropped_by = update
        item.save()
        taken.dropped.append(item.title)


def _slug(title: str, model: type[Bundle] | type[FolderItem]) -> str:
    """A slug that is free."""
    stem = slugify(title)[:190] or "item"
    slug, number = stem, 1
    while slug in RESERVED_ITEM_SLUGS or model._default_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
