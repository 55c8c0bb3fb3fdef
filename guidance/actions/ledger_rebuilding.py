"""Rebuilds the ledger from the published pages alone, and proves that it came out the same.

Every edition is composed anew from its pages. Rows that are missing are put back; rows that are
there keep their primary keys, because other parts of the site refer to them. At the end everything
is verified, and the first difference undoes it all (docs/decisions/0008-ledger-rebuild.md).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import PageLogEntry

from guidance import guards
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.edition_source import issued
from guidance.actions.ledger_citations import find_cited, write_citations
from guidance.actions.ledger_entries import write_entries
from guidance.actions.ledger_lineage import lineage_rows
from guidance.actions.ledger_rows import (
    Issue,
    Versions,
    edition_row,
    write_bases,
    write_sections,
    write_versions,
)
from guidance.actions.ledger_verifying import Difference, verify_ledger
from guidance.edition_text import EditionText, compose
from guidance.models import (
    Citation,
    Edition,
    EditionPage,
    Entry,
    Lineage,
    ParagraphVersion,
    Section,
)
from guidance.signals import ledger_changed

COUNTED = (Edition, Section, ParagraphVersion, Entry, Lineage, Citation)


class LedgerDiffers(Exception):
    """The ledger does not come out as it is; `difference` is the first place. Nothing was changed."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        super().__init__(str(difference))


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many editions were composed anew, and how many rows of the ledger were put back."""

    editions: int
    put_back: int


def rebuild_ledger() -> Rebuilt:
    """Rebuild in one transaction; LedgerDiffers, and nothing done, where it comes out otherwise."""
    with transaction.atomic():
        before = _count()
        pages = EditionPage.objects.filter(issued=True).order_by("first_published_at", "pk")
        editions = 0
        with guards.lifted():
            for page in pages.iterator(chunk_size=1):
                _rebuild_edition(page)
                ledger_changed.send(Edition, document=page.get_parent().slug)
                editions += 1
        put_back = _count() - before
        for difference in verify_ledger(html=False):
            raise LedgerDiffers(difference)
    return Rebuilt(editions, put_back)


def _count() -> int:
    return sum(model._default_manager.count() for model in COUNTED)


def _rebuild_edition(page: EditionPage) -> None:
    source = issued(page)
    text = compose(source.facts, source.sections)
    document = page.get_parent().pk
    before = earlier(document, page.first_published_at)
    issue = Issue(
        document, page.pk, _issuer(page), page.first_published_at, Earlier(before.edition)
    )
    edition = Edition.objects.filter(page=page).first()
    if edition is None:
        edition = edition_row(text, issue)
        edition.digest = text.digest
        edition.save(force_insert=True)
    versions = write_versions(text.lines, issue)
    write_bases([(versions.keys[line.identity, line.digest], line) for line in text.lines])
    cited = find_cited(text, Earlier(), versions.html)
    sections = write_sections(edition, text, versions, cited)
    present = set(edition.entries.values_list("position", flat=True))
    lost = [line for line in text.lines if line.position not in present]
    write_entries(edition, lost, sections, versions.keys, Earlier())
    _put_back_lineage(edition, text, before, versions)
    if not edition.citations.exists():
        write_citations(edition, cited, sections, versions.keys)


def _put_back_lineage(
    edition: Edition, text: EditionText, before: Earlier, versions: Versions
) -> None:
    present: Counter[tuple[int | None, int | None, str, str]] = Counter(
        edition.lineage.values_list("before_id", "after_id", "change", "reason")
    )
    missing: list[Lineage] = []
    for row in lineage_rows(edition, text, before, before.versions | versions.keys):
        key = (row.before_id, row.after_id, row.change, row.reason)
        if present[key]:
            present[key] -= 1
        else:
            missing.append(row)
    Lineage.objects.bulk_create(missing)


def _issuer(page: EditionPage) -> int | None:
    """Who issued it: the page's own history says so, else its live revision."""
    entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    entry = entries.order_by("timestamp").exclude(user=None).first()
    if entry is not None:
        return int(entry.user_id)
    revision = page.live_revision
    return revision.user_id if revision else None
