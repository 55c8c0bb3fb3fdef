"""The issued rows of a document that its units are made of, in a fixed number of queries.

Whatever is heavy is read once for each distinct paragraph version, never once for each entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from guidance.models import Citation, Edition, Entry, Kind, ParagraphVersion, Section
from guidance.models.ledger import VersionProvision

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An issued edition with what it says of whom it binds; fit for `guidance.standing`."""

    pk: int
    slug: str
    title: str
    stage: str
    published: date
    in_force_from: date | None
    withdrawn_from: date | None
    obligations: Sequence[Json]
    duties: Sequence[Json]
    document: int
    document_title: str


class SectionRow(NamedTuple):
    slug: str
    number: str
    title: str
    prefix: str


class VersionRow(NamedTuple):
    """A paragraph version; `paragraph` is its identity, `level` that of a heading."""

    paragraph: str
    kind: str
    number: str
    title: str
    text: str
    status: str
    digest: str
    provisions: tuple[str, ...]
    level: int


class EntryRow(NamedTuple):
    section: int
    version: int
    position: int
    reference: str
    after: str


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """Everything issued of one document. `entries` are by edition, in order; `cites` the paths of
    provisions that a version cites in an edition."""

    document: str
    editions: Sequence[EditionRow]
    sections: Mapping[int, SectionRow]
    versions: Mapping[int, VersionRow]
    entries: Mapping[int, Sequence[EntryRow]]
    cites: Mapping[tuple[int, int], tuple[str, ...]]


def read_ledger(document: str) -> LedgerRows:
    """What is issued of a document, in seven queries; nothing where nothing is."""
    editions = _editions(document)
    if not editions:
        return LedgerRows(document, [], {}, {}, {}, {})
    pk = editions[0].document
    return LedgerRows(
        document, editions, _sections(pk), _versions(pk), _entries(pk, editions), _citations(pk)
    )


def _editions(document: str) -> list[EditionRow]:
    rows = (
        Edition.objects.filter(document__slug=document)
        .annotate(withdrawn_from=Edition.objects.all().withdrawn_from())
        .order_by("published", "pk")
    )
    columns = (
        *("pk", "slug", "title", "stage", "published", "in_force_from", "withdrawn_from"),
        *("obligations", "duties", "document_id", "document__title"),
    )
    return [EditionRow(*row) for row in rows.values_list(*columns)]


def _sections(document: int) -> dict[int, SectionRow]:
    rows = Section.objects.filter(edition__document=document).order_by()
    columns = ("pk", "slug", "number", "title", "prefix")
    return {pk: SectionRow(*row) for pk, *row in rows.values_list(*columns)}


def _versions(document: int) -> dict[int, VersionRow]:
    versions = ParagraphVersion.objects.filter(paragraph__document=document).order_by()
    headings = versions.filter(kind=Kind.HEADING).values_list("pk", "content__level")
    levels = {pk: int(level or 2) for pk, level in headings}
    provisions: defaultdict[int, list[str]] = defaultdict(list)
    bases = VersionProvision.objects.filter(version__paragraph__document=document)
    for pk, path, place in bases.order_by("position").values_list(
        "version_id", "provision__instrument__path", "provision__place"
    ):
        provisions[pk].append(_path(path, place))
    columns = ("pk", "paragraph_id", "kind", "number", "title", "text", "status", "digest")
    return {
        pk: VersionRow(
            str(identity), kind, number, title, text, status, digest,
            tuple(provisions.get(pk, ())), levels.get(pk, 0),
        )
        for pk, identity, kind, number, title, text, status, digest in versions.values_list(*columns)
    }  # fmt: skip


def _entries(document: int, editions: Sequence[EditionRow]) -> dict[int, list[EntryRow]]:
    found: dict[int, list[EntryRow]] = {edition.pk: [] for edition in editions}
    rows = Entry.objects.filter(edition__document=document).order_by("edition_id", "position")
    for edition, section, version, position, reference, after in rows.values_list(
        "edition_id", "section_id", "version_id", "position", "reference", "after"
    ):
        if edition in found:  # one that was issued since the editions were read is not
            found[edition].append(EntryRow(section, version, position, reference, after))
    return found


def _citations(document: int) -> dict[tuple[int, int], tuple[str, ...]]:
    found: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    rows = Citation.objects.filter(edition__document=document, provision__isnull=False)
    for edition, version, path, place in rows.order_by("position").values_list(
        "edition_id", "version_id", "provision__instrument__path", "provision__place"
    ):
        found[edition, version][_path(path, place)] = None
    return {key: tuple(paths) for key, paths in found.items()}


def _path(instrument: str, place: str) -> str:
    return f"{instrument}/{place}" if place else instrument
