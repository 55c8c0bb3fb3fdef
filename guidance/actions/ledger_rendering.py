"""Renders the stored HTML of the ledger again, and finds its citations again, after the way of
rendering or the register of instruments has changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import issued
from guidance.actions.ledger_citations import (
    find_cited,
    stored_as,
    stored_citations,
    write_citations,
)
from guidance.actions.ledger_html import Words, section_html
from guidance.edition_text import compose, lines_by_section
from guidance.models import Edition, ParagraphVersion, Section
from guidance.rendering import render_version
from guidance.signals import ledger_changed

CHUNK = 200


@dataclass(slots=True)
class Rendered:
    """How many rows had HTML that was out of date."""

    versions: int = 0
    sections: int = 0


def render_ledger() -> Rendered:
    """Write the HTML of every version and section that a fresh rendering would give otherwise.

    It can be stopped and run again: each edition is a transaction of its own.
    """
    done = Rendered()
    last = 0
    while pks := _next(last):
        done.versions += _render_versions(pks)
        last = pks[-1]
    for edition in Edition.objects.select_related("page").order_by("pk").iterator(chunk_size=1):
        done.sections += _render_sections(edition)
    return done


def _next(last: int) -> list[int]:
    rows = ParagraphVersion.objects.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


def _render_versions(pks: list[int]) -> int:
    stale: list[ParagraphVersion] = []
    for version in ParagraphVersion.objects.filter(pk__in=pks).only("content", "html"):
        html = render_version(version.content)
        if html != version.html:
            version.html = html
            stale.append(version)
    ParagraphVersion.objects.bulk_update(stale, ["html"])
    return len(stale)


@transaction.atomic
def _render_sections(edition: Edition) -> int:
    source = issued(edition.page)
    text = compose(source.facts, source.sections)
    rows = edition.entries.values_list(
        "paragraph_id", "version__digest", "version__html", "version_id"
    )
    html = {(str(paragraph), digest): html for paragraph, digest, html, _ in rows}
    keys = {(str(paragraph), digest): pk for paragraph, digest, _, pk in rows}
    cited = find_cited(text, Earlier(), html)
    sections = list(Section.objects.filter(edition=edition).order_by("position"))
    if stored_citations(edition) != stored_as(cited):
        edition.citations.all().delete()
        write_citations(edition, cited, {s.position: s.pk for s in sections}, keys)
        ledger_changed.send(Edition, document=text.facts.document)
    words = Words.of(text, html, cited)
    stale: list[Section] = []
    for row, (section, lines) in zip(sections, lines_by_section(text), strict=True):
        fresh = section_html(text, section, lines, words)
        if fresh != row.html:
            row.html = fresh
            stale.append(row)
    Section.objects.bulk_update(stale, ["html"])
    return len(stale)
