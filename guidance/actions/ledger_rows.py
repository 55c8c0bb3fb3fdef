"""Writes an edition's rows into the ledger: a fixed number of queries, whatever the size.

The edition is written with an empty digest, then what belongs to it, then it is sealed with its
digest; from there the database takes no more (`guidance.guards`). Call it inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guidance.actions.batches import batches
from guidance.actions.citing import Cited
from guidance.actions.earlier import Earlier, Key
from guidance.actions.ledger_citations import find_cited, write_citations
from guidance.actions.ledger_entries import write_entries
from guidance.actions.ledger_html import Words, section_html
from guidance.actions.ledger_lineage import lineage_rows
from guidance.actions.ledger_provisions import provision_rows
from guidance.content import plain_text
from guidance.edition_text import EditionText, Line, lines_by_section
from guidance.models import (
    Edition,
    Lineage,
    Paragraph,
    ParagraphVersion,
    Section,
    VersionImage,
    VersionProvision,
)
from guidance.rendering import render_version

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Issue:
    """The act of issuing: which page of which document, by whom, when, after which edition."""

    document: int
    page: int
    user: int | None
    at: datetime
    before: Earlier


def write_edition(text: EditionText, issue: Issue) -> Edition:
    """The sealed edition. Paragraphs and versions that the ledger has are used again."""
    edition = edition_row(text, issue)
    edition.save(force_insert=True)
    versions = write_versions(text.lines, issue)
    cited = find_cited(text, issue.before, versions.html)
    sections = write_sections(edition, text, versions, cited)
    write_entries(edition, text.lines, sections, versions.keys, issue.before)
    lineage = lineage_rows(edition, text, issue.before, versions.keys)
    Lineage.objects.bulk_create(lineage, batch_size=BATCH)
    write_citations(edition, cited, sections, versions.keys)
    return _seal(edition, text.digest)


def edition_row(text: EditionText, issue: Issue) -> Edition:
    """The edition's own row, unsaved and not yet sealed."""
    facts = text.facts
    assert facts.published is not None  # the checks saw to it
    return Edition(
        document_id=issue.document,
        page_id=issue.page,
        previous=issue.before.edition,
        slug=facts.slug,
        title=facts.title,
        stage=facts.stage,
        published=facts.published,
        in_force_from=facts.in_force_from,
        product_code=facts.product_code,
        isbn=facts.isbn,
        statements=list(facts.statements),
        duties=list(facts.duties),
        definitions=list(facts.definitions),
        obligations=list(facts.obligations),
        changes=list(facts.changes),
        corrects=_corrected(facts.corrects, issue.document),
        correction=facts.correction,
        digest="",
        issued_at=issue.at,
        issued_by_id=issue.user,
    )


def _corrected(slug: str, document: int) -> Edition | None:
    return Edition.objects.get(document=document, slug=slug) if slug else None


def _seal(edition: Edition, digest: str) -> Edition:
    Edition.objects.filter(pk=edition.pk).update(digest=digest)
    edition.digest = digest
    return edition


@dataclass(slots=True)
class Versions:
    """Primary keys and HTML of versions, by paragraph and digest."""

    keys: dict[Key, int]
    html: dict[Key, str]


def write_versions(lines: Sequence[Line], issue: Issue) -> Versions:
    """The versions of these lines; those that the ledger lacks are written now."""
    found = Versions(dict(issue.before.versions), dict(issue.before.html))
    _find(found, [line for line in lines if (line.identity, line.digest) not in found.keys])
    new = {(n.identity, n.digest): n for n in lines if (n.identity, n.digest) not in found.keys}
    if not new:
        return found
    _write_paragraphs(new, issue.document)
    rows = [_version(line) for line in new.values()]
    ParagraphVersion.objects.bulk_create(rows, batch_size=BATCH)
    for key, row in zip(new, rows, strict=True):
        found.keys[key], found.html[key] = row.pk, row.html
    write_bases([(found.keys[key], line) for key, line in new.items()])
    return found


def _find(found: Versions, lines: Sequence[Line]) -> None:
    """Versions of older editions, where a paragraph goes back to words that it had before."""
    for some in batches([line.identity for line in lines]):
        rows = ParagraphVersion.objects.filter(paragraph__in=[UUID(pk) for pk in some])
        for paragraph, digest, pk, html in rows.values_list("paragraph_id", "digest", "pk", "html"):
            key = (str(paragraph), digest)
            found.keys[key], found.html[key] = pk, html


def _version(line: Line) -> ParagraphVersion:
    return ParagraphVersion(
        paragraph_id=line.identity,
        kind=line.block.kind,
        number=line.block.number,
        title=line.block.title,
        content=line.content,
        text=plain_text(line.content),
        status=line.basis.status,
        digest=line.digest,
        html=render_version(line.content),
    )


def _write_paragraphs(keys: Iterable[Key], document: int) -> None:
    wanted = sorted({identity for identity, _ in keys})
    for some in batches(wanted):
        known = {
            str(pk) for pk in Paragraph.objects.filter(pk__in=some).values_list("pk", flat=True)
        }
        Paragraph.objects.bulk_create(
            [
                Paragraph(pk=identity, document_id=document)
                for identity in some
                if identity not in known
            ]
        )


def write_bases(versions: Sequence[tuple[int, Line]]) -> None:
    """The provisions that each version rests on, and the pictures that it shows; those that are
    there already stay."""
    provisions = provision_rows({path for _, line in versions for path in line.provisions})
    VersionProvision.objects.bulk_create(
        [
            VersionProvision(version_id=pk, provision_id=provisions[path], position=position)
            for pk, line in versions
            for position, path in enumerate(line.provisions)
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    VersionImage.objects.bulk_create(
        [
            VersionImage(version_id=pk, image_id=line.content["image"]["id"])
            for pk, line in versions
            if line.block.kind == "figure" and line.content.get("image")
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def write_sections(
    edition: Edition, text: EditionText, versions: Versions, cited: Sequence[Cited]
) -> dict[int, int]:
    """The primary keys of the edition's sections by position; those that are missing are written."""
    present = dict(Section.objects.filter(edition=edition).values_list("position", "pk"))
    words = Words.of(text, versions.html, cited)
    rows = [
        Section(
            edition=edition,
            page_id=section.page,
            position=position,
            number=section.number,
            prefix=section.prefix,
            title=section.title,
            slug=section.slug,
            html=section_html(text, section, lines, words),
        )
        for position, (section, lines) in enumerate(lines_by_section(text), 1)
        if position not in present
    ]
    Section.objects.bulk_create(rows)
    return present | {row.position: row.pk for row in rows}
