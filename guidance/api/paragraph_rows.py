"""Looks up paragraphs of an edition as the API lists them: entries with words, place and basis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from guidance.api.objects import HEAD, Head, Json, Place, section_ref
from guidance.api.titles import titles
from guidance.models import Entry, VersionProvision

COLUMNS = (
    *HEAD,
    "after",
    "version_id",
    "version__html",
    "version__text",
    "section__slug",
    "section__number",
    "section__title",
)

Row = tuple[Any, ...]


def rows_of(entries: QuerySet[Entry, Entry]) -> QuerySet[Entry, Row]:
    """The entries that can be cited, in order, as rows for `listed`."""
    return entries.citable().order_by("position").values_list(*COLUMNS)  # type: ignore[attr-defined]


def under(provision: str) -> Q:
    """Entries that rest on a provision or on a part of it; of an instrument, on any of it."""
    parts = provision.split("/", 3)
    bases = Q(version__bases__provision__instrument__path="/".join(parts[:3]))
    if len(parts) == 3:
        return bases
    place = parts[3]
    return bases & (
        Q(version__bases__provision__place=place)
        | Q(version__bases__provision__place__startswith=f"{place}/")
    )


def listed(rows: Sequence[Row], document: str, edition: str) -> list[Json]:
    """The rows of one edition as the API lists them; their provisions take one query."""
    place = Place.of(document, edition)
    provisions = provisions_of(row[8] for row in rows)
    sections: dict[str, Json] = {}
    found: list[Json] = []
    for row in rows:
        if row[11] not in sections:
            sections[row[11]] = section_ref(document, edition, row[11:14])
        paragraph = place.paragraph(Head(*row[:7]))
        paragraph["after"] = row[7]
        paragraph["section"] = sections[row[11]]
        paragraph["provisions"] = provisions.get(row[8], [])
        paragraph["html"] = row[9]
        paragraph["text"] = row[10]
        found.append(paragraph)
    return found


def provisions_of(versions: Iterable[int]) -> dict[int, list[Json]]:
    """What each version rests on, in the order stated, in one query."""
    rows = (
        VersionProvision.objects.filter(version__in=list(versions))
        .order_by("version", "position")
        .values_list("version_id", "provision__instrument__path", "provision__place")
    )
    register = titles()
    found: dict[int, list[Json]] = {}
    for version, instrument, place in rows:
        path = f"{instrument}/{place}".rstrip("/")
        found.setdefault(version, []).append(register.provision(path))
    return found
