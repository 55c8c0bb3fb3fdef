"""The plan of an import: the outline as pages, each paragraph aligned with the last edition."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.utils.text import Truncator, slugify

from guidance.actions.import_images import keepable
from guidance.actions.import_plan import ImportPlan, Match, OldParagraph, PlannedSection
from guidance.actions.import_registers import planned_duty, statement_value
from guidance.alignment import Aligned, Item, align
from guidance.models import CITABLE, EditionPage, GuidancePage, SectionPage
from guidance.models.pages import RESERVED_SECTION_SLUGS
from guidance.outline.model import Figure, Outline, Section
from guidance.outline.report import report
from guidance.outline.source import Place
from guidance.streams import items_of, to_stream

TITLE_LENGTH = 255
SECTION_SLUG_LENGTH = 80
_SAMPLE = 160


def plan_import(outline: Outline, document: GuidancePage | None) -> ImportPlan:
    """What importing `outline` would write, aligned with the latest edition of `document`."""
    outline = _without_title_section(outline)
    sections = list(_planned_sections(outline))
    previous = latest_edition(document) if document else None
    written = _sections_of(previous) if previous else []
    old = _items(written)
    alignment = align(old, _items(sections))
    held = {line.old for line in alignment.items}
    images, problems = _images(outline, sections)
    outcome = report(outline)
    return ImportPlan(
        title=outline.title or next((s.title for s in sections), ""),
        sections=sections,
        matches=list(_matches(alignment.items, sections, _places(outline, sections))),
        previous=previous.title if previous else "",
        old=_labelled(written),
        removed=[item.id for item in old if item.id not in held and item.kind in CITABLE],
        statements=[statement_value(statement) for statement in outline.statements],
        duties=[planned_duty(row) for row in outline.duties],
        definitions=dict(outline.definitions),
        product_code=outline.product_code,
        images=images,
        report={**outcome, "problems": [*outcome["problems"], *problems]},
    )


def latest_edition(document: GuidancePage) -> EditionPage | None:
    """What a further edition is aligned with: the one with the latest date, issued or not."""
    editions = EditionPage.objects.child_of(document)
    return editions.order_by(F("published").desc(nulls_last=True), "-pk").first()


def _without_title_section(outline: Outline) -> Outline:
    """Without a section that holds nothing but the document's own title."""
    kept = [s for s in outline.sections if s.blocks or s.title != outline.title]
    return replace(outline, sections=kept)


def _planned_sections(outline: Outline) -> Iterator[PlannedSection]:
    taken = set(RESERVED_SECTION_SLUGS)
    for section in outline.sections:
        title = _section_title(section)
        slug = _free_slug(title, taken)
        taken.add(slug)
        yield PlannedSection(
            title=title,
            number=section.number[:30],
            prefix=section.prefix[:60],
            slug=slug,
            body=[to_stream(block, uuid4()) for block in section.blocks],
        )


def _section_title(section: Section) -> str:
    title = section.title.strip() or f"Section {section.number}".strip()
    return Truncator(title).chars(TITLE_LENGTH)


def _free_slug(title: str, taken: Iterable[str]) -> str:
    base = slugify(title)
    if len(base) > SECTION_SLUG_LENGTH:
        base = base[: SECTION_SLUG_LENGTH + 1].rpartition("-")[0] or base[:SECTION_SLUG_LENGTH]
    base = base or "section"
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _sections_of(edition: EditionPage) -> list[PlannedSection]:
    pages = SectionPage.objects.child_of(edition).order_by("path")
    return [
        PlannedSection(page.title, page.number, page.prefix, page.slug, list(page.body.raw_data))
        for page in pages
    ]


def _items(sections: Iterable[PlannedSection]) -> list[Item]:
    return [item for section in sections for item in _items_in(section)]


def _items_in(section: PlannedSection) -> list[Item]:
    return items_of(section.body, f"{section.prefix} {section.number} {section.title}")


def _places(outline: Outline, sections: list[PlannedSection]) -> dict[str, str]:
    """Where each block stands in the file, by provisional identity; empty where unknown."""
    return {
        child["id"]: str(block.place) if block.place != Place() else ""
        for section, planned in zip(outline.sections, sections, strict=True)
        for block, child in zip(section.blocks, planned.body, strict=True)
    }


def _matches(
    lines: Iterable[Aligned], sections: list[PlannedSection], places: Mapping[str, str]
) -> Iterator[Match]:
    homes = {block["id"]: index for index, s in enumerate(sections) for block in s.body}
    for line in lines:
        home = homes[line.new.id]
        yield Match(
            id=line.new.id,
            kind=line.new.kind,
            label=_label(line.new, sections[home].prefix),
            section=home,
            words=Truncator(line.new.text).chars(_SAMPLE),
            old=line.old,
            change=line.change.value,
            confidence=line.confidence,
            origins=list(line.origins),
            place=places[line.new.id],
            citable=line.new.kind in CITABLE,
        )


def _label(item: Item, prefix: str = "") -> str:
    """How an editor names it: "2.13", "Annex 1", "Box: Data sharing"."""
    if item.number and item.kind == "paragraph":
        return f"{prefix} {item.number}".strip()
    words = item.title or item.number or Truncator(item.text).words(8)
    return f"{item.kind.capitalize()}: {words}"


def _labelled(sections: Iterable[PlannedSection]) -> list[OldParagraph]:
    """Every item of the last edition under a label that no other has."""
    seen: Counter[str] = Counter()
    labelled = []
    for section in sections:
        for item in _items_in(section):
            label = _label(item, section.prefix)
            seen[label] += 1
            if seen[label] > 1:
                label = f"{label} ({seen[label]})"
            labelled.append(OldParagraph(item.id, label, Truncator(item.text).chars(_SAMPLE)))
    return labelled


def _images(
    outline: Outline, sections: list[PlannedSection]
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The pictures to keep, by provisional identity, and a problem for each that cannot be kept."""
    kept: dict[str, str] = {}
    problems = []
    for section, planned in zip(outline.sections, sections, strict=True):
        for block, child in zip(section.blocks, planned.body, strict=True):
            if not isinstance(block, Figure) or not block.image:
                continue
            if keepable(block.image):
                kept[child["id"]] = base64.b64encode(block.image).decode("ascii")
                continue
            problems.append(
                {
                    "code": "picture-format",
                    "message": "A picture is in a format that browsers do not show.",
                    "line": block.place.line,
                    "page": block.place.page,
                    "remedy": "Save it as PNG or JPEG and add it to the figure.",
                }
            )
    return kept, problems
