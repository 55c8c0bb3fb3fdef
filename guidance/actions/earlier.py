"""What the edition issued before holds, so that the next one works out only what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guidance.edition_text import Known
from guidance.lineage import Stood
from guidance.models import Edition, Entry, SectionPage, VersionProvision
from guidance.status import Basis

Key = tuple[str, str]
"""What identifies a version: its paragraph and its digest."""


@dataclass(slots=True)
class Earlier:
    """The edition issued before, or nothing. By paragraph and digest: each version's primary key,
    and its HTML. `stood` and `places` are its entries in order, places as (reference, after,
    statements, conflict)."""

    edition: Edition | None = None
    stood: list[Stood] = field(default_factory=list)
    places: list[tuple[str, str, tuple[int, ...], bool]] = field(default_factory=list)
    versions: dict[Key, int] = field(default_factory=dict)
    html: dict[Key, str] = field(default_factory=dict)
    entries: dict[str, Known] = field(default_factory=dict)

    def known(self, statements: Sequence[Mapping[str, Any]]) -> Mapping[str, Known]:
        """The entries that a new edition may take over, if it makes the same statements."""
        same = self.edition is not None and list(statements) == self.edition.statements
        return self.entries if same else {}


_COLUMNS = (
    "paragraph_id",
    "reference",
    "after",
    "statements",
    "conflict",
    "section__position",
    "section__number",
    "section__prefix",
    "version_id",
    "version__digest",
    "version__status",
    "version__html",
)


def earlier(document: int, than: datetime | None = None) -> Earlier:
    """The latest edition issued of a document (before `than`), in four queries; empty where there
    is none."""
    editions = Edition.objects.filter(document=document).order_by("-issued_at", "-pk")
    edition = (editions.filter(issued_at__lt=than) if than else editions).first()
    if edition is None:
        return Earlier()
    found = Earlier(edition)
    blocks = _blocks(edition)
    provisions = _provisions(edition)
    bases: dict[tuple[Any, ...], Basis] = {}
    rows = Entry.objects.filter(edition=edition).order_by("position").values_list(*_COLUMNS)
    for paragraph, reference, after, cover, conflict, *rest in rows:
        section, number, prefix, pk, digest, status, html = rest
        identity, statements = str(paragraph), tuple(cover)
        found.versions[identity, digest], found.html[identity, digest] = pk, html
        found.stood.append(Stood(identity, digest, section))
        found.places.append((reference, after, statements, conflict))
        said = (status, provisions.get(pk, ()), statements, conflict)
        basis = bases.get(said) or bases.setdefault(said, Basis(*said))
        if raw := blocks.get(identity):
            found.entries[identity] = Known(raw, after, number, prefix, basis, digest)
    return found


def _blocks(edition: Edition) -> dict[str, Mapping[str, Any]]:
    pages = SectionPage.objects.filter(section__edition=edition).only("body")
    return {block["id"]: block for page in pages for block in page.body.raw_data}


def _provisions(edition: Edition) -> dict[int, tuple[str, ...]]:
    rows = (
        VersionProvision.objects.filter(version__entries__edition=edition)
        .order_by("version_id", "position")
        .values_list("version_id", "provision__instrument__path", "provision__place")
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for version, path, place in rows:
        found[version].append(f"{path}/{place}".rstrip("/"))
    return {version: tuple(paths) for version, paths in found.items()}
