"""Starts a new edition: a draft copy of the edition issued last, in which every paragraph keeps its
identity, so that what is then edited can be compared with it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.dates import MONTHS
from django.utils.text import slugify
from wagtail.log_actions import log

from guidance.models import Edition, EditionPage, GuidancePage, ObligationDecision, Stage

LOG_ACTION = "guidance.start_edition"

logger = logging.getLogger("guidance.starting")


class NothingToStartFrom(Exception):
    """No edition of the document has been issued; `drafts` are those that wait to be."""

    def __init__(self, document: GuidancePage, drafts: Sequence[EditionPage]) -> None:
        self.drafts = list(drafts)
        remedy = (
            f"publish its draft “{self.drafts[0].title}” first, or go on editing it"
            if self.drafts
            else "import one, or add it page by page"
        )
        super().__init__(f"“{document.title}” has no published edition to copy: {remedy}.")


def start_edition(
    *,
    user: Any,
    document: GuidancePage,
    stage: str,
    title: str = "",
    slug: str = "",
    published: date | None = None,
    in_force_from: date | None = None,
    corrects: Edition | None = None,
) -> EditionPage:
    """A draft with the words, statements and pictures of the edition issued last (of the edition
    that it `corrects`, where it is a corrigendum), and the same identity for every paragraph.

    Sentences confirmed as demands stay confirmed; product code and ISBN are not taken over, since a
    new edition has its own. A title or slug left empty is proposed. Raises PermissionDenied where
    the user may not add an edition, NothingToStartFrom where none was issued, and ValidationError
    by field for a title, slug, stage or date that cannot be.
    """
    if not document.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied("You may not add an edition to this document.")
    with transaction.atomic():
        document = GuidancePage.objects.select_for_update(of=("self",)).get(pk=document.pk)
        source = _source(document, corrects)
        proposed_title, proposed_slug = proposal(document, stage, published)
        wanted = {
            "title": title.strip() or proposed_title,
            "slug": slug or proposed_slug,
            "stage": stage,
            "published": published,
            "in_force_from": in_force_from,
        }
        _check(document, wanted)
        page = _copy(source.page, document, user, {**wanted, "corrects": corrects})
        _copy_obligations(source.page, page)
        log(
            instance=page,
            action=LOG_ACTION,
            user=user,
            data={
                "from": source.slug,
                "stage": stage,
                "corrects": corrects.slug if corrects else "",
            },
        )
    logger.info(
        "event=edition_started document=%s edition=%s from=%s user=%s",
        document.pk, page.pk, source.pk, user.pk,
    )  # fmt: skip
    return page


def last_issued(document: GuidancePage) -> Edition | None:
    """The edition of the document that was issued last, whatever its dates."""
    return Edition.objects.filter(document=document).order_by("-issued_at", "-pk").first()


def drafts_of(document: GuidancePage) -> list[EditionPage]:
    """The editions of the document that are not issued yet, the one touched last first."""
    pages = EditionPage.objects.child_of(document).filter(issued=False)
    return list(pages.order_by("-latest_revision_created_at", "-pk"))


def proposal(document: GuidancePage, stage: str, published: date | None) -> tuple[str, str]:
    """A title and a slug that no edition of the document has yet, as "Final edition, April 2009" and
    "final-april-2009"; without a date, as "Final edition" and "final"."""
    label = Stage(stage).label if stage in Stage.values else stage
    word = "draft" if stage == Stage.CONSULTATION else stage
    if published is not None:
        month, year = MONTHS[published.month], published.year
        label, word = f"{label}, {month} {year}", f"{word}-{month}-{year}"
    taken = EditionPage.objects.child_of(document).values_list("title", "slug")
    titles, slugs = {title for title, _ in taken}, {slug for _, slug in taken}
    return _free(label, titles, " "), _free(slugify(word) or "edition", slugs, "-")


def _free(wanted: str, taken: Iterable[str], joint: str) -> str:
    """What is wanted, or the first of "wanted 2", "wanted 3" … that is not taken."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}{joint}{n}") not in taken)


def _source(document: GuidancePage, corrects: Edition | None) -> Edition:
    if corrects is not None:
        if corrects.document_id != document.pk:
            raise ValidationError({"corrects": "Choose an edition of this document."})
        return corrects
    last = last_issued(document)
    if last is None:
        raise NothingToStartFrom(document, drafts_of(document))
    return last


def _check(document: GuidancePage, wanted: dict[str, Any]) -> None:
    """What a person typed; the rest is words that were published once already."""
    page = EditionPage(**wanted)
    page.clean_fields(exclude={field.name for field in page._meta.fields} - wanted.keys())
    page.clean()
    if EditionPage.objects.child_of(document).filter(slug=wanted["slug"]).exists():
        raise ValidationError(
            {"slug": f"This document already has an edition “{wanted['slug']}”; choose another."}
        )


def _copy(
    source: EditionPage, document: GuidancePage, user: Any, wanted: dict[str, Any]
) -> EditionPage:
    """Wagtail's own copy takes over every field there is, blocks with their ids; neither revisions
    nor comments, and the copy is a draft."""
    page: EditionPage = source.copy(
        recursive=True,
        to=document,
        update_attrs={**wanted, "correction": "", "product_code": "", "isbn": ""},
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    return page


def _copy_obligations(source: EditionPage, page: EditionPage) -> None:
    rows = list(ObligationDecision.objects.filter(page=source))
    for row in rows:
        row.pk, row.page = None, page
    ObligationDecision.objects.bulk_create(rows, batch_size=1000)
