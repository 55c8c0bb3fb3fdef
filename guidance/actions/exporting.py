"""Reads an issued edition for the exporters, and writes it in the format asked for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.conf import settings

from guidance.models import Edition, Entry, Section, VersionProvision
from guidance.rendering.addresses import edition_path
from guidance.rendering.akoma_ntoso import akoma_ntoso
from guidance.rendering.exported import Exported, ExportedEntry, ExportedSection
from guidance.rendering.markdown import markdown
from guidance.rendering.standalone import standalone

WRITERS: dict[str, Callable[[Exported], str]] = {
    "html": standalone,
    "md": markdown,
    "akn": akoma_ntoso,
}

_COLUMNS = (
    "section_id", "paragraph_id", "reference", "after", "version__kind", "version__number",
    "version__title", "version__status", "version_id", "version__digest", "version__content",
    "version__html",
)  # fmt: skip


def export_edition(edition: int, *, position: int | None = None) -> Exported:
    """An issued edition in four queries: all of it, or the one entry at a position."""
    row = Edition.objects.select_related("document").get(pk=edition)
    entries = Entry.objects.filter(edition=edition)
    if position is not None:
        entries = entries.filter(position=position)
    found = list(entries.order_by("position").values_list(*_COLUMNS))
    provisions = _provisions(edition, position)
    by_section = {
        section: [_entry(entry, provisions.get(entry[8], ())) for entry in group]
        for section, group in groupby(found, key=lambda entry: entry[0])
    }
    sections = [
        ExportedSection(s.slug, s.number, s.prefix, s.title, by_section.get(s.pk, []))
        for s in Section.objects.filter(edition=edition).defer("html")
        if position is None or s.pk in by_section
    ]
    return Exported(
        document=row.document.slug,
        title=row.document.title,
        slug=row.slug,
        edition=row.title,
        stage=row.stage,
        published=row.published,
        in_force_from=row.in_force_from,
        digest=row.digest,
        address=f"{settings.WAGTAILADMIN_BASE_URL}{edition_path(row.document.slug, row.slug)}",
        site=settings.WAGTAILADMIN_BASE_URL,
        publisher=row.document.publisher,
        statements=row.statements,
        sections=sections,
        whole=position is None,
    )


def written(exported: Exported, form: str) -> bytes:
    """An export as "html", "md" or "akn", in UTF-8."""
    return WRITERS[form](exported).encode()


def _provisions(edition: int, position: int | None) -> dict[int, list[str]]:
    """What each version rests on, as paths, in the order stated."""
    bases = VersionProvision.objects.filter(version__entries__edition=edition)
    if position is not None:
        bases = bases.filter(version__entries__position=position)
    found: dict[int, list[str]] = {}
    for version, instrument, place in bases.order_by("version", "position").values_list(
        "version_id", "provision__instrument__path", "provision__place"
    ):
        found.setdefault(version, []).append(f"{instrument}/{place}".rstrip("/"))
    return found


def _entry(row: Any, provisions: Any) -> ExportedEntry:
    _, identity, reference, after, kind, number, title, status, _, digest, content, html = row
    return ExportedEntry(
        identity=str(identity),
        reference=reference,
        after=after,
        kind=kind,
        number=number,
        title=title,
        status=status,
        provisions=list(provisions),
        digest=digest,
        content=content,
        html=html,
    )
