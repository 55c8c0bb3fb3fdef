"""What stands in the way of issuing an edition, and what an editor should look at before.

Each check says what it found, where, and what to do. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from guidance.actions.batches import batches
from guidance.actions.check_statements import check_agreement, check_statements
from guidance.actions.check_text import check_text
from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source, drafted
from guidance.actions.finding import Check
from guidance.edition_text import EditionText, Known, Line, compose
from guidance.models import Edition, EditionPage, Paragraph
from guidance.models.pages import CAN_BE_IN_FORCE, RESERVED_EDITION_SLUGS, RESERVED_SECTION_SLUGS

__all__ = ["Check", "Examined", "check_edition", "examine"]


@dataclass(slots=True)
class Examined:
    """An edition as drafted, composed where it can be, with what was found."""

    source: Source
    text: EditionText | None
    checks: list[Check]


def check_edition(page: EditionPage) -> list[Check]:
    """Every finding about the edition as it is drafted now, what blocks it first."""
    return examine(page).checks


def examine(
    page: EditionPage, before: Earlier | None = None, *, blocking_only: bool = False
) -> Examined:
    """The edition as drafted with its findings; `text` is None where they leave nothing to issue.

    `before` saves work on what has not changed; with `blocking_only` nothing advisory is looked for.
    """
    source = drafted(page)
    checks = [*_check_edition_facts(source), *_check_sections(source)]
    checks += check_text(source, blocking_only=blocking_only)
    statement_checks, readable = check_statements(source)
    checks += statement_checks
    text = None
    if readable and not any(c.code.startswith("identity-") for c in checks):
        known = before.known(source.facts.statements) if before else {}
        text = compose(source.facts, source.sections, known)
        checks += check_agreement(source, text.lines)
        checks += _check_identities(source, text, known)
    checks.sort(key=lambda check: not check.blocking)
    return Examined(source, text, checks)


def _check_edition_facts(source: Source) -> Iterator[Check]:
    page, edition = source.page, "the edition’s page"

    def found(code: str, message: str, remedy: str) -> Check:
        return Check(code, message, edition, remedy, blocking=True, page=page.pk)

    if page.published is None:
        yield found("published-missing", "The edition has no published date.", "Enter the date.")
    if page.stage in CAN_BE_IN_FORCE and page.in_force_from is None:
        yield found(
            "in-force-missing",
            "A final edition needs the date from which it is in force.",
            "Enter the date, or set the stage to draft for consultation.",
        )
    if page.stage not in CAN_BE_IN_FORCE and page.in_force_from is not None:
        yield found(
            "in-force-on-draft",
            "A draft for consultation is never in force.",
            "Take the in-force date away, or change the stage.",
        )
    if page.slug in RESERVED_EDITION_SLUGS:
        yield found(
            "slug-reserved",
            f"“{page.slug}” is an address of the site.",
            "Choose another slug for the edition.",
        )
    yield from _check_rivals(source)


def _check_rivals(source: Source) -> Iterator[Check]:
    """Editions of the document that already have these dates, or this address."""
    page = source.page
    issued = Edition.objects.filter(document_id=page.get_parent().pk)
    for rival in issued.values("slug", "title", "in_force_from", "published"):
        if rival["slug"] == page.slug:
            yield Check(
                "slug-taken",
                f"The published edition “{rival['title']}” has the slug “{page.slug}”.",
                "the edition’s page",
                "Choose another slug.",
                blocking=True,
                page=page.pk,
            )
        same_dates = rival["published"] == page.published
        if page.in_force_from and same_dates and rival["in_force_from"] == page.in_force_from:
            yield Check(
                "dates-taken",
                f"“{rival['title']}” was published on the same day and is in force from the same"
                " day, so nobody could say which of the two applies.",
                "the edition’s page",
                "Change one of the two dates; a corrigendum has a published date of its own.",
                blocking=True,
                page=page.pk,
            )


def _check_sections(source: Source) -> Iterator[Check]:
    for order, page in enumerate(source.section_pages, 1):
        place = f"section {page.number} {page.title}".strip()
        if not page.title.strip():
            yield Check(
                "section-title-missing",
                "A section has no title.",
                f"the {order}. section of the edition",
                "Give it a title.",
                blocking=True,
                page=page.pk,
            )
        if page.slug in RESERVED_SECTION_SLUGS:
            yield Check(
                "slug-reserved",
                f"“{page.slug}” is an address of the site.",
                place,
                "Choose another slug for the section.",
                blocking=True,
                page=page.pk,
            )
        if not source.sections[order - 1].blocks:
            remedy = "Write its text, or delete the section."
            yield Check("section-empty", "The section is empty.", place, remedy, page=page.pk)


def _check_identities(
    source: Source, text: EditionText, known: Mapping[str, Known]
) -> Iterator[Check]:
    """Identities that belong to another document: pages were copied from there."""
    document = source.page.get_parent().pk
    unknown = {line.identity: line for line in text.lines if line.identity not in known}
    strangers: list[Line] = []
    for some in batches(list(unknown)):
        rows = Paragraph.objects.filter(pk__in=some).exclude(document_id=document)
        strangers += [unknown[str(pk)] for pk in rows.values_list("pk", flat=True)]
    if strangers:
        first = min(strangers, key=lambda line: line.position)
        section = source.section_pages[first.section - 1]
        yield Check(
            "identity-elsewhere",
            f"{len(strangers)} paragraphs belong to another guidance document.",
            f"first in section {section.number} {section.title}".strip(),
            "Import the text into this document instead of copying its pages from the other one.",
            blocking=True,
            page=section.pk,
            paragraph=UUID(first.identity),
        )
