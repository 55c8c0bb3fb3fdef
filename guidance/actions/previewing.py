"""A draft as its readers will see it: the section being edited, within its edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guidance.actions.citing import Citing
from guidance.actions.edition_source import drafted
from guidance.actions.ledger_html import Words, section_html
from guidance.content import content_of
from guidance.edition_text import (
    Block,
    SectionSource,
    compose,
    lines_by_section,
    placed,
)
from guidance.models import EditionPage, SectionPage
from guidance.rendering import render_version


def draft_section_html(page: SectionPage) -> str:
    """The reading column of a section as it is drafted, saved or not; statuses come from the
    edition's statements as saved, and are left out where those cannot be read."""
    edition = EditionPage.objects.get(pk=page.get_parent().pk)
    source = drafted(edition)
    section = _section_source(page)
    sections = [section if s.page == page.pk else s for s in source.sections]
    if section not in sections:
        sections.append(section)
    try:
        text = compose(source.facts, placed(sections))
    except ValueError:
        text = compose(replace(source.facts, statements=()), placed(sections))
    at = sections.index(section)
    section, lines = list(lines_by_section(text))[at]
    html = {(line.identity, line.digest): render_version(line.content) for line in lines}
    cited = [c for c in Citing(text).cited(lines) if c.resolved]
    return section_html(text, section, lines, Words.of(text, html, cited))


def block_html(kind: str, value: Mapping[str, Any]) -> str:
    """The words of one block given as raw StreamField data."""
    return render_version(content_of({"type": kind, "value": value}))


def _section_source(page: SectionPage) -> SectionSource:
    return SectionSource(
        page=page.pk or 0,
        number=page.number,
        prefix=page.prefix,
        title=page.title,
        slug=page.slug,
        blocks=[Block(raw) for raw in page.body.get_prep_value()],
    )
