"""Proves the ledger: recomputes every digest, and compares every edition with its pages.

One edition is held at a time and versions are streamed, so memory is that of one edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from guidance import guards
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.edition_source import issued
from guidance.actions.ledger_citations import find_cited, stored_as, stored_citations
from guidance.actions.ledger_html import Words, section_html
from guidance.actions.ledger_lineage import lineage_rows
from guidance.content import plain_text
from guidance.edition_text import (
    EditionText,
    Facts,
    compose,
    edition_digest,
    lines_by_section,
    version_digest,
)
from guidance.models import Edition, EditionPage, Entry, ParagraphVersion, Section
from guidance.rendering import render_version

CHUNK = 500
REBUILD = "Run rebuild_ledger, which puts back what is missing and names what is not as published."
RENDER = "Run render_ledger; the words are as published, only the stored HTML is out of date."
RESTORE = "Issued rows were changed behind the site; restore them from a backup."


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the ledger that is not as it was published: where, what, and what to do."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}"


def verify_ledger(*, html: bool = True) -> Iterator[Difference]:
    """Every difference, as it is found; `html=False` leaves out what can be rendered again."""
    for guard in guards.missing():
        remedy = "Run migrate, which puts every guard in place."
        yield Difference(guard.table, f"The guard {guard.name} is missing.", remedy)
    yield from _verify_versions(html)
    for page in EditionPage.objects.filter(issued=True, edition=None).order_by("pk"):
        yield Difference(f"edition “{page.title}”", "It is not in the ledger.", REBUILD)
    editions = Edition.objects.select_related("page", "document").order_by("issued_at", "pk")
    for edition in editions.iterator(chunk_size=1):
        yield from _verify_edition(edition, html)


def _verify_versions(html: bool) -> Iterator[Difference]:
    rows = ParagraphVersion.objects.prefetch_related("bases__provision__instrument").order_by("pk")
    for version in rows.iterator(chunk_size=CHUNK):
        where = f"version {version.pk} of paragraph {version.number or version.paragraph_id}"
        paths = [basis.provision.path for basis in version.bases.all()]
        if version_digest(version.content, version.status, paths) != version.digest:
            yield Difference(where, "Its digest is not that of its words and basis.", RESTORE)
        elif _columns(version) != (version.kind, version.number, version.title, version.text):
            yield Difference(
                where, "Its number, title or text is not that of its content.", RESTORE
            )
        elif html and render_version(version.content) != version.html:
            yield Difference(where, "Its stored HTML is out of date.", RENDER)


def _columns(version: ParagraphVersion) -> tuple[str, str, str, str]:
    content = version.content
    return content["kind"], content["number"], content["title"], plain_text(content)


def _verify_edition(edition: Edition, html: bool) -> Iterator[Difference]:
    where = f"edition “{edition.title}” of {edition.document.slug}"
    if not edition.page.issued:
        yield Difference(where, "Its page does not say that it was issued.", RESTORE)
        return
    if stored_digest(edition) != edition.digest:
        yield Difference(where, "Its digest is not that of its entries.", REBUILD)
    source = issued(edition.page)
    text = compose(source.facts, source.sections)
    if text.digest != edition.digest:
        yield from _first_apart(where, edition, text)
        return
    yield from _verify_derived(where, edition, text)
    if html:
        yield from _verify_section_html(where, edition, text)


def stored_digest(edition: Edition) -> str:
    """The digest of an edition recomputed from its rows in the ledger alone."""
    sections = edition.sections.order_by("position").values(
        "position", "number", "prefix", "title", "slug"
    )
    entries = edition.entries.order_by("position").values_list(
        "position", "section__position", "paragraph_id", "reference", "version__digest"
    )
    rows = ((p, s, str(i), r, d) for p, s, i, r, d in entries)
    return edition_digest(_facts(edition), list(sections), rows)


def _facts(edition: Edition) -> Facts:
    return Facts(
        document=edition.document.slug,
        slug=edition.slug,
        title=edition.title,
        stage=edition.stage,
        published=edition.published,
        in_force_from=edition.in_force_from,
        product_code=edition.product_code,
        isbn=edition.isbn,
        statements=edition.statements,
        duties=edition.duties,
        definitions=edition.definitions,
        corrects=edition.corrects.slug if edition.corrects else "",
        correction=edition.correction,
        changes=edition.changes,
        obligations=edition.obligations,
    )


def _first_apart(where: str, edition: Edition, text: EditionText) -> Iterator[Difference]:
    """The first place where the pages say something else than the ledger."""
    if _facts(edition) != text.facts:
        yield Difference(where, "Its page gives other facts than the ledger.", RESTORE)
        return
    named = ((s.number, s.prefix, s.title, s.slug) for s in text.sections)
    stored = edition.sections.order_by("position")
    for theirs, ours in zip_longest(named, stored.values_list("number", "prefix", "title", "slug")):
        if theirs != ours:
            title = (theirs or ours or ("", "", "", ""))[2]
            yield Difference(f"{where}, section “{title}”", "Page and ledger differ.", REBUILD)
            return
    rows = edition.entries.order_by("position")
    digests = rows.values_list("paragraph_id", "reference", "version__digest", "position")
    for line, row in zip_longest(text.lines, digests):
        if (
            line is None
            or row is None
            or (line.identity, line.reference, line.digest) != (str(row[0]), *row[1:3])
        ):
            place = line.reference or f"entry {line.position}" if line else f"entry {row[3]}"
            yield Difference(f"{where}, {place}", "Page and ledger differ.", REBUILD)
            return
    yield Difference(where, "Its stored digest is not that of its pages.", RESTORE)


def _verify_derived(where: str, edition: Edition, text: EditionText) -> Iterator[Difference]:
    """What the digest does not cover but follows from what it covers."""
    rows = edition.entries.order_by("position").values_list("after", "statements", "conflict")
    for line, row in zip(text.lines, rows, strict=True):
        if (line.after, list(line.basis.statements), line.basis.conflict) != row:
            place = line.reference or f"entry {line.position}"
            yield Difference(f"{where}, {place}", "Its place or its statements differ.", RESTORE)
            return
    if edition.issued_at != edition.page.first_published_at:
        yield Difference(where, "Page and ledger differ in when it was issued.", RESTORE)
    before = earlier(edition.document_id, edition.issued_at)
    if before.edition != edition.previous:
        yield Difference(where, "It does not follow the edition issued before it.", RESTORE)
    elif _lineage(lineage_rows(edition, text, before, _versions(edition))) != _lineage(
        edition.lineage.all()
    ):
        yield Difference(where, "Its lineage is not what its entries show.", REBUILD)


def _lineage(rows: Any) -> Counter[tuple[int | None, int | None, str, str]]:
    return Counter((row.before_id, row.after_id, row.change, row.reason) for row in rows)


def _versions(edition: Edition) -> dict[tuple[Any, str], int]:
    """Primary keys of the versions of an edition and of the one before it."""
    wanted = [pk for pk in (edition.pk, edition.previous_id) if pk]
    rows = Entry.objects.filter(edition__in=wanted)
    return {
        (str(paragraph), digest): pk
        for paragraph, digest, pk in rows.values_list(
            "paragraph_id", "version__digest", "version_id"
        )
    }


def _verify_section_html(where: str, edition: Edition, text: EditionText) -> Iterator[Difference]:
    rows = edition.entries.values_list("paragraph_id", "version__digest", "version__html")
    rendered = {(str(paragraph), digest): html for paragraph, digest, html in rows}
    cited = find_cited(text, Earlier(), rendered)
    if stored_citations(edition) != stored_as(cited):
        yield Difference(where, "Its citations are not what its words show.", RENDER)
    words = Words.of(text, rendered, cited)
    stored = (
        Section.objects.filter(edition=edition).order_by("position").values_list("html", flat=True)
    )
    for (section, lines), html in zip(lines_by_section(text), stored, strict=True):
        if section_html(text, section, lines, words) != html:
            place = f"{where}, section “{section.title}”"
            yield Difference(place, "Its stored HTML is out of date.", RENDER)
