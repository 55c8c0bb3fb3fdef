"""Checks of what an edition says of itself: dates, addresses, sections, and what it corrects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.actions.batches import batches
from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot, spots
from guidance.edition_text import EditionText
from guidance.models import Edition, Paragraph
from guidance.models.pages import (
    CAN_BE_IN_FORCE,
    RESERVED_EDITION_SLUGS,
    RESERVED_SECTION_SLUGS,
    Stage,
)

_DIVISION = re.compile(r"(?:part|chapter|book|division)\b", re.IGNORECASE)
PLACE = "the edition’s page"


def check_dates(source: Source) -> Iterator[Check]:
    """The dates that the stage of the edition needs."""
    page = source.page
    if page.published is None:
        yield _found(source, "published-missing", "The edition has no published date.", "Enter it.")
    if page.stage in CAN_BE_IN_FORCE and page.in_force_from is None:
        yield _found(
            source,
            "in-force-missing",
            "A final edition needs the date from which it is in force.",
            "Enter the date, or set the stage to draft for consultation.",
        )
    if page.stage not in CAN_BE_IN_FORCE and page.in_force_from is not None:
        yield _found(
            source,
            "in-force-on-draft",
            "A draft for consultation is never in force.",
            "Take the in-force date away, or change the stage.",
        )
    if page.slug in RESERVED_EDITION_SLUGS:
        yield _found(
            source,
            "slug-reserved",
            f"“{page.slug}” is an address of the site.",
            "Choose another slug for the edition.",
        )


def check_rivals(source: Source) -> Iterator[Check]:
    """Editions of the document that already have these dates, or this address."""
    page = source.page
    issued = Edition.objects.filter(document_id=page.get_parent().pk).exclude(page=page)
    for rival in issued.values("slug", "title", "in_force_from", "published"):
        if rival["slug"] == page.slug:
            message = f"The published edition “{rival['title']}” has the slug “{page.slug}”."
            yield _found(source, "slug-taken", message, "Choose another slug.")
        same_dates = rival["published"] == page.published
        if page.in_force_from and same_dates and rival["in_force_from"] == page.in_force_from:
            yield _found(
                source,
                "dates-taken",
                f"“{rival['title']}” was published on the same day and is in force from the same"
                " day, so nobody could say which of the two applies.",
                "Change one of the two dates; a corrigendum has a published date of its own.",
            )


def check_correction(source: Source) -> Iterator[Check]:
    """A corrigendum names the edition of the same document that it corrects, and says how."""
    page = source.page
    if page.corrects is not None and page.corrects.document_id != page.get_parent().pk:
        yield _found(
            source,
            "corrects-elsewhere",
            f"“{page.corrects.title}” is an edition of another guidance document.",
            "Choose the edition of this document that has the mistake.",
        )
    if page.stage != Stage.CORRIGENDUM:
        if page.corrects is not None or page.correction.strip():
            yield _found(
                source,
                "corrects-unasked",
                "The edition says what it corrects, but it is no corrigendum.",
                "Set the stage to corrigendum, or empty “What it corrects”.",
            )
        return
    if page.corrects is None:
        yield _found(
            source,
            "corrects-missing",
            "A corrigendum must name the edition that it corrects.",
            "Choose it under “What it corrects”, or set another stage.",
        )
    if not page.correction.strip():
        yield _found(
            source,
            "correction-missing",
            "A corrigendum must say what was wrong and what it says now.",
            "Write it under “What it corrects”.",
        )


def check_sections(source: Source) -> Iterator[Check]:
    """Sections without a title or text, or with an address of the site."""
    for order, page in enumerate(source.section_pages, 1):
        place = f"section {page.number} {page.title}".strip()
        if not page.title.strip():
            place = f"the {order}. section of the edition"
            message, remedy = "A section has no title.", "Give it a title."
            yield Check("section-title-missing", message, place, remedy, page=page.pk)
        if page.slug in RESERVED_SECTION_SLUGS:
            message = f"“{page.slug}” is an address of the site."
            remedy = "Choose another slug for the section."
            yield Check("slug-reserved", message, place, remedy, page=page.pk)


def check_empty_sections(source: Source) -> Iterator[Check]:
    """Sections that hold nothing, but for a title over the sections behind it ("Part 2 …")."""
    last = len(source.sections)
    rows = zip(source.section_pages, source.sections, strict=True)
    for order, (page, section) in enumerate(rows, 1):
        divides = order < last and _DIVISION.match(f"{section.number} {section.title}".strip())
        if not section.blocks and not divides:
            place = f"section {page.number} {page.title}".strip()
            remedy = "Write its text, or delete the section."
            yield Check("section-empty", "The section is empty.", place, remedy, page=page.pk)


def check_strangers(source: Source, text: EditionText, before: Earlier) -> Iterator[Check]:
    """Identities that belong to another document: pages were copied from there. Those of the
    edition before need not be asked for."""
    document = source.page.get_parent().pk
    known = {stood.identity for stood in before.stood}
    unknown = {s.block.identity: s for s in spots(source) if s.block.identity not in known}
    strangers: list[Spot] = []
    for some in batches(list(unknown)):
        rows = Paragraph.objects.filter(pk__in=some).exclude(document_id=document)
        strangers += [unknown[str(pk)] for pk in rows.values_list("pk", flat=True)]
    if strangers:
        order = {id(spot): at for at, spot in enumerate(unknown.values())}
        first = min(strangers, key=lambda spot: order[id(spot)])
        yield first.found(
            "identity-elsewhere",
            f"{len(strangers)} paragraphs belong to another guidance document.",
            "Import the text into this document instead of copying its pages from the other one.",
        )


def _found(source: Source, code: str, message: str, remedy: str) -> Check:
    return Check(code, message, PLACE, remedy, page=source.page.pk)
