"""Reads an edition from its pages: as it is drafted now, or as it was issued."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from wagtail.fields import StreamField
from wagtail.images import get_image_model

from guidance.actions.obligations import confirmed_obligations
from guidance.content import items_of_list
from guidance.edition_text import Block, Facts, SectionSource, placed
from guidance.models import ChangeDecision, Duty, EditionPage, Instrument, SectionPage
from guidance.statute import Provision, Register, parse_provisions

Drafted = TypeVar("Drafted", EditionPage, SectionPage)


@dataclass(slots=True)
class Source:
    """An edition's page and those of its sections in order, with what they say.

    `unresolved` are the words of provisions that no instrument of the register answers to, each
    with the position (from 0) of its statement. `redrafted` are the primary keys of pages whose
    latest draft says something else than their row. `decided_on` says of each of the facts' changes
    which paragraph and which version of it, by digest, it was decided on.
    """

    page: EditionPage
    section_pages: list[SectionPage]
    facts: Facts
    sections: list[SectionSource]
    unresolved: list[tuple[int, str]] = field(default_factory=list)
    decided_on: list[tuple[str, str]] = field(default_factory=list)
    redrafted: set[int] = field(default_factory=set)


def drafted(page: EditionPage) -> Source:
    """The edition as its pages' latest drafts have it; provisions and duties are looked up now."""
    rows = list(_sections(page))
    edition, sections = _latest(page), [_latest(row) for row in rows]
    statements, unresolved = _statements(edition)
    decisions = list(page.change_decisions.order_by("pk"))
    frozen = {
        "statements": statements,
        "duties": _duties(edition),
        "definitions": _definitions(edition),
        "corrects": edition.corrects.slug if edition.corrects else "",
        "correction": edition.correction.strip(),
        "changes": [_change(row) for row in decisions],
    }
    source = _source(edition, sections, frozen)
    source.facts = replace(source.facts, obligations=confirmed_obligations(page, source.sections))
    source.unresolved = unresolved
    source.decided_on = [(row.subject, row.digest) for row in decisions]
    source.redrafted = {s.pk for s, row in zip(sections, rows, strict=True) if s is not row}
    if edition is not page:
        source.redrafted.add(edition.pk)
    return source


def issued(page: EditionPage) -> Source:
    """The edition from its issued pages alone; nothing is looked up in a register."""
    return _source(page, list(_sections(page)), page.as_issued or {})


def frozen_facts(facts: Facts) -> dict[str, Any]:
    """What an issued page keeps of registers that may change later (`EditionPage.as_issued`)."""
    return {
        "statements": list(facts.statements),
        "duties": list(facts.duties),
        "definitions": list(facts.definitions),
        "corrects": facts.corrects,
        "correction": facts.correction,
        "changes": list(facts.changes),
        "obligations": list(facts.obligations),
    }


def _sections(page: EditionPage) -> Iterable[SectionPage]:
    return SectionPage.objects.child_of(page).select_related("latest_revision").order_by("path")


_KEPT_BY_THE_ROW = frozenset(  # words read better here than a list of strings
    "id page_ptr path depth numchild url_path content_type translation_key locale owner alias_of"
    " locked locked_at locked_by draft_title expired live live_revision latest_revision issued"
    " latest_revision_created_at first_published_at last_published_at has_unpublished_changes"
    " as_issued".split()
)
"""Columns that say how a page stands on the site, not what it says."""


def _latest(page: Drafted) -> Drafted:
    """The page as its latest revision has it; the row itself where that says the same."""
    if not page.has_unpublished_changes or page.latest_revision is None:
        return page
    drafted = page.latest_revision.content
    fields = (f for f in page._meta.concrete_fields if f.name not in _KEPT_BY_THE_ROW)
    if all(_same(field, page, drafted.get(field.name)) for field in fields):
        return page
    latest = page.with_content_json(drafted)
    latest.latest_revision = page.latest_revision
    return latest


def _same(field: Any, page: EditionPage | SectionPage, drafted: Any) -> bool:
    """Whether a column says what the revision says, which is JSON."""
    value = field.value_from_object(page)
    if isinstance(field, StreamField):
        return json.loads(drafted or "[]") == list(value.raw_data)
    return (value.isoformat() if isinstance(value, date) else value) == drafted


def _source(page: EditionPage, sections: list[SectionPage], frozen: Mapping[str, Any]) -> Source:
    images = _images(sections)
    sources = [
        SectionSource(
            page=section.pk,
            number=section.number.strip(),
            prefix=section.prefix.strip(),
            title=section.title.strip(),
            slug=section.slug,
            blocks=[Block(block, images) for block in section.body.raw_data],
        )
        for section in sections
    ]
    facts = Facts(
        document=page.get_parent().slug,
        slug=page.slug,
        title=page.title,
        stage=page.stage,
        published=page.published,
        in_force_from=page.in_force_from,
        product_code=page.product_code,
        isbn=page.isbn,
        statements=frozen.get("statements", ()),
        duties=frozen.get("duties", ()),
        definitions=frozen.get("definitions", ()),
        corrects=frozen.get("corrects", ""),
        correction=frozen.get("correction", ""),
        changes=frozen.get("changes", ()),
        obligations=frozen.get("obligations", ()),
    )
    return Source(page, sections, facts, placed(sources))


def _images(sections: Iterable[SectionPage]) -> dict[int, dict[str, Any]]:
    used = {
        int(block["value"]["image"])
        for section in sections
        for block in section.body.raw_data
        if block["type"] == "figure" and block["value"].get("image")
    }
    if not used:
        return {}
    found = get_image_model().objects.filter(pk__in=used)
    return {
        image.pk: {"width": image.width, "height": image.height, "digest": image.get_file_hash()}
        for image in found
    }


def _statements(page: EditionPage) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    meanings = {row["term"]: row["meaning"] for row in _definitions(page)}
    titles = _titles()
    rows: list[dict[str, Any]] = []
    unresolved: list[tuple[int, str]] = []
    for index, block in enumerate(page.statements.raw_data):
        value = block["value"]
        row: dict[str, Any] = {
            key: str(value.get(key) or "")
            for key in ("paragraphs", "status", "on", "words", "note")
        }
        row["replaces"] = [str(words) for words in items_of_list(value.get("replaces"))]
        for key in ("provisions", "replaced_under"):
            named = [str(words) for words in items_of_list(value.get(key))]
            row[key] = _resolve(named, titles, meanings)
        unresolved += [(index, p) for p in row["provisions"] if not titles.known(p)]
        rows.append(row)
    return rows, unresolved


class _Titles:
    """The register of instruments: titles, and the paths that have a row."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        listed = list(rows)
        titles = {title: path for path, title, _ in listed}
        titles |= {short: path for path, _, short in listed if short}
        self.register = Register(titles)
        self._paths = {path for path, _, _ in listed}

    def known(self, provision: str) -> bool:
        return " " not in provision and "/".join(provision.split("/")[:3]) in self._paths


def _titles() -> _Titles:
    return _Titles(Instrument.objects.values_list("path", "title", "short_title"))


def _resolve(named: Iterable[str], titles: _Titles, meanings: Mapping[str, str]) -> list[str]:
    """Paths where the words can be resolved, else the words; each once, in order."""
    found: dict[str, None] = {}
    for words in filter(None, map(str.strip, named)):
        for provision in parse_provisions(words, titles.register, meanings):
            found[provision.path if isinstance(provision, Provision) else str(provision)] = None
    return list(found)


def _duties(page: EditionPage) -> list[dict[str, Any]]:
    rows = [block["value"] for block in page.duties.raw_data]
    register = Duty.objects.prefetch_related("binds", "excepts", "provisions__instrument").in_bulk(
        [int(row["duty"]) for row in rows if row.get("duty")]
    )
    return [
        _duty(register[int(row["duty"])], str(row.get("explained_in") or ""))
        for row in rows
        if row.get("duty") and int(row["duty"]) in register
    ]


def _duty(duty: Duty, explained_in: str) -> dict[str, Any]:
    return {
        "title": duty.title,
        "description": duty.description,
        "binds": [kind.name for kind in duty.binds.all()],
        "excepts": [kind.name for kind in duty.excepts.all()],
        "binds_words": duty.binds_words,
        "commences": duty.commences,
        "provisions": [provision.path for provision in duty.provisions.all()],
        "explained_in": explained_in,
    }


def _change(row: ChangeDecision) -> dict[str, str]:
    return {
        "before": str(row.before or ""),
        "after": str(row.after or ""),
        "change": row.change,
        "reason": row.reason.strip(),
    }


def _definitions(page: EditionPage) -> list[dict[str, str]]:
    rows = (block["value"] for block in page.definitions.raw_data)
    return [
        {"term": str(r.get("term") or ""), "meaning": str(r.get("meaning") or "")} for r in rows
    ]
