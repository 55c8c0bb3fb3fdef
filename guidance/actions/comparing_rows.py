"""What a comparison reads of the ledger: identities and digests of whole editions, words of a few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from guidance.actions.batches import batches
from guidance.comparison import LineageStep, Side
from guidance.models import Edition, Entry, Lineage, VersionProvision

Sides = dict[str, Side]
"""By identity, in the order of the edition."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry by what identifies it; `version` is a primary key, 0 in a draft."""

    version: int
    digest: str
    section: int
    cited: bool


def chain_of(*editions: int) -> list[int]:
    """The issued editions of the document of all these, in the order in which they were issued.

    ValueError where they are not issued editions of one document.
    """
    documents = Edition.objects.filter(pk__in=editions).order_by().values("document")
    rows = Edition.objects.filter(document__in=documents).order_by("issued_at", "pk")
    found = list(rows.values_list("pk", "document_id"))
    if len({document for _, document in found}) != 1 or not {*editions} <= {pk for pk, _ in found}:
        raise ValueError(f"{editions} are not issued editions of one document.")
    return [pk for pk, _ in found]


def stages_of(editions: Sequence[int]) -> list[list[LineageStep]]:
    """The stored lineage of these editions, a list for each; one empty list where there are none."""
    if not editions:
        return [[]]
    found: dict[int, list[LineageStep]] = {pk: [] for pk in editions}
    rows = Lineage.objects.filter(edition__in=editions).order_by("pk")
    for edition, before, after, change, reason in rows.values_list(
        "edition_id", "before__paragraph_id", "after__paragraph_id", "change", "reason"
    ):
        found[edition].append(LineageStep(_text(before), _text(after), change, reason))
    return list(found.values())


def entered(editions: Sequence[int]) -> dict[int, dict[str, Entered]]:
    """The entries of each edition in order, by identity, in one query."""
    found: dict[int, dict[str, Entered]] = {pk: {} for pk in editions}
    rows = Entry.objects.filter(edition__in=editions).order_by("edition_id", "position")
    for edition, paragraph, version, digest, section, reference in rows.values_list(
        "edition_id",
        "paragraph_id",
        "version_id",
        "version__digest",
        "section__position",
        "reference",
    ):
        found[edition][str(paragraph)] = Entered(version, digest, section, bool(reference))
    return found


_COLUMNS = (
    "edition_id",
    "paragraph_id",
    "version_id",
    "version__kind",
    "version__number",
    "version__title",
    "reference",
    "after",
    "section__position",
    "section__number",
    "section__title",
    "section__slug",
    "version__text",
    "version__status",
    "version__digest",
)


def sides_of(editions: Sequence[int], wanted: Collection[str] | None) -> dict[int, Sides]:
    """The blocks of each edition, all or those wanted, in two queries (more where many hundreds are
    wanted); all of them are in order."""
    rows: Any = Entry.objects.filter(edition__in=editions).order_by("edition_id", "position")
    bases = VersionProvision.objects.order_by("version_id", "position")
    if wanted is None:
        found = list(rows.values_list(*_COLUMNS))
        provisions = _paths(bases.filter(version__entries__edition__in=editions).distinct())
    else:
        found = [
            row
            for some in batches(sorted(wanted))
            for row in rows.filter(paragraph__in=some).values_list(*_COLUMNS)
        ]
        provisions = provisions_of({row[2] for row in found})
    sides: dict[int, Sides] = {pk: {} for pk in editions}
    for edition, paragraph, version, *row in found:
        identity = str(paragraph)
        sides[edition][identity] = _side(identity, row, provisions.get(version, ()))
    return sides


def provisions_of(versions: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The paths of the provisions that versions rest on, in the order stated."""
    found: dict[int, tuple[str, ...]] = {}
    for some in batches(sorted(versions)):
        rows = VersionProvision.objects.filter(version__in=some)
        found |= _paths(rows.order_by("version_id", "position"))
    return found


def _paths(rows: QuerySet[VersionProvision]) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for version, _, path, place in rows.values_list(
        "version_id", "position", "provision__instrument__path", "provision__place"
    ):
        found[version].append(f"{path}/{place}".rstrip("/"))
    return {version: tuple(paths) for version, paths in found.items()}


def _side(identity: str, row: Sequence[Any], provisions: tuple[str, ...]) -> Side:
    kind, number, title, reference, after, section, *rest = row
    section_number, section_title, slug, text, status, digest = rest
    return Side(
        identity=identity,
        kind=kind,
        number=number,
        title=title,
        reference=reference,
        after=after,
        section=section,
        section_words=f"{section_number} {section_title}".strip(),
        section_slug=slug,
        text=text,
        status=status,
        provisions=provisions,
        digest=digest,
    )


def _text(identity: UUID | None) -> str:
    return str(identity) if identity else ""
