"""Importing an outline: first a plan, in which every paragraph keeps its identity or gets one,
then, when the plan has been looked at, draft pages. Command, admin and demonstration call this.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import Truncator
from wagtail.log_actions import log

from guidance.actions.import_images import store_figures
from guidance.actions.import_plan import ImportPlan, PlannedSection
from guidance.actions.import_planning import TITLE_LENGTH, latest_edition, plan_import
from guidance.actions.import_registers import (
    definitions_stream,
    duties_stream,
    statements_stream,
)
from guidance.actions.import_target import ImportTarget
from guidance.models import EditionPage, GuidanceIndexPage, GuidancePage, SectionPage

__all__ = ["ImportPlan", "latest_edition", "plan_import", "save_import"]

logger = logging.getLogger(__name__)


@transaction.atomic
def save_import(
    *,
    user: Any,
    plan: ImportPlan,
    document_slug: str,
    edition_slug: str,
    stage: str,
    published: date,
    in_force_from: date | None = None,
    title: str = "",
    edition_title: str = "",
) -> EditionPage:
    """Write the plan as draft pages under the document, which is made when its slug is new.

    All or nothing. Raises ImportRefused where the edition cannot be written as asked, and
    PermissionDenied where the user may not add it.
    """
    index = GuidanceIndexPage.objects.select_for_update(of=("self",)).get()
    target = ImportTarget(document_slug, edition_slug, stage, published, in_force_from)
    target.check()
    document = target.document() or _add_document(index, user, target, title or plan.title)
    if not document.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied("You may not add an edition to this document.")
    edition = _add_edition(document, user, plan, target, edition_title)
    images = store_figures(plan.images, user)
    identities = plan.identities()
    for section in plan.sections:
        _add_section(edition, user, section, identities, images)
    logger.info("event=guidance_imported edition=%s user=%s", edition.pk, user.pk)
    return edition


def _add_document(
    index: GuidanceIndexPage, user: Any, target: ImportTarget, title: str
) -> GuidancePage:
    if not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied("You may not add a guidance document.")
    title = title or target.document_slug.replace("-", " ").capitalize()
    document = GuidancePage(
        title=Truncator(title).chars(TITLE_LENGTH),
        slug=target.document_slug,
        live=False,
        owner=user,
    )
    index.add_child(instance=document)
    _record(document, user)
    return document


def _add_edition(
    document: GuidancePage, user: Any, plan: ImportPlan, target: ImportTarget, title: str
) -> EditionPage:
    edition = EditionPage(
        title=Truncator(title or target.edition_title).chars(TITLE_LENGTH),
        slug=target.edition_slug,
        stage=target.stage,
        published=target.published,
        in_force_from=target.in_force_from,
        product_code=plan.product_code[:40],
        statements=statements_stream(plan.statements),
        duties=duties_stream(plan.duties),
        definitions=definitions_stream(plan.definitions),
        live=False,
        owner=user,
    )
    document.add_child(instance=edition)
    _record(edition, user)
    return edition


def _add_section(
    edition: EditionPage,
    user: Any,
    section: PlannedSection,
    identities: Mapping[str, str],
    images: Mapping[str, int],
) -> None:
    page = SectionPage(
        title=section.title,
        slug=section.slug,
        number=section.number,
        prefix=section.prefix,
        body=[_settled(block, identities, images) for block in section.body],
        live=False,
        owner=user,
    )
    edition.add_child(instance=page)
    _record(page, user)


def _settled(
    block: Mapping[str, Any], identities: Mapping[str, str], images: Mapping[str, int]
) -> dict[str, Any]:
    """The block under the identity that it keeps, with the picture that was stored for it."""
    settled = {**block, "id": identities[block["id"]]}
    if block["id"] in images:
        settled["value"] = {**block["value"], "image": images[block["id"]]}
    return settled


def _record(page: Any, user: Any) -> None:
    log(instance=page, action="wagtail.create", user=user)
    page.save_revision(user=user, log_action=False, clean=False)
