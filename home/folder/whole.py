"""The folder read as one thing: the contents of all guidance, one glossary, one index of law.

All are made of what each document shows today (`guidance.standing.shown_on`), and each line says of
which document it is and whether that applies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.utils import timezone

from guidance.models import Citation, Edition, Entry, Kind, Provision, Section, VersionProvision
from guidance.rendering.addresses import document_path, edition_path, provision_path, section_path
from guidance.statute import parse_provision
from guidance.views.legislation_facts import Shown, shown_editions
from home.folder.addresses import bundle_path, item_path
from home.models import FolderItem

Link = tuple[str, str]


@dataclass(slots=True)
class Contents:
    """A document with its sections, as (number, title, address); `applies` says whether it does."""

    title: str
    address: str
    applies: str
    items: list[Link] = field(default_factory=list)
    sections: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A bundle, or what is in none, with its documents."""

    title: str
    address: str
    documents: list[Contents] = field(default_factory=list)


def contents(day: date | None = None) -> list[Part]:
    """Every document under its bundle, each once: where it stands first. In three queries."""
    shown = shown_editions(day or timezone.localdate(), every=False)
    documents = {s.document: _contents(s) for s in shown}
    by_edition = {s.edition.pk: s for s in shown}
    rows = Section.objects.filter(edition__in=list(by_edition)).order_by("edition", "position")
    for edition, slug, number, title in rows.values_list("edition_id", "slug", "number", "title"):
        of = by_edition[edition]
        address = section_path(of.document, of.edition.slug, slug)
        documents[of.document].sections.append((number, title, address))
    parts: dict[str, Part] = {}
    placed: set[str] = set()
    for document, item, item_slug, bundle, bundle_slug in _placed():
        if document in documents:
            documents[document].items.append((item, item_path(item_slug)))
            if document not in placed:
                placed.add(document)
                part = parts.setdefault(bundle, Part(bundle, bundle_path(bundle_slug)))
                part.documents.append(documents[document])
    rest = [found for document, found in documents.items() if document not in placed]
    others = [Part("Other guidance" if parts else "Guidance", "", rest)] if rest else []
    return [*parts.values(), *others]


def _contents(shown: Shown) -> Contents:
    return Contents(shown.title, document_path(shown.document), shown.standing.words)


def _placed() -> Iterable[tuple[str, str, str, str, str]]:
    """Documents in the order of the folder, with the item and the bundle that each stands in."""
    return (
        FolderItem.objects.filter(documents__isnull=False)
        .order_by("bundle__position", "bundle_id", "position", "pk")
        .values_list("documents__slug", "title", "slug", "bundle__title", "bundle__slug")
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term means in one document."""

    words: str
    document: str
    address: str
    applies: bool


def glossary(day: date | None = None) -> list[tuple[str, list[tuple[str, list[Meaning]]]]]:
    """Terms under their first letters, each with its meanings; in three queries."""
    shown = {s.edition.pk: s for s in shown_editions(day or timezone.localdate(), every=False)}
    terms: dict[str, tuple[str, list[Meaning]]] = {}
    entries = Entry.objects.filter(edition__in=list(shown), version__kind=Kind.GLOSSARY)
    rows = entries.order_by("edition", "position").values_list(
        "edition_id", "version__title", "version__text", "reference"
    )
    for edition, term, words, reference in rows:
        of = shown[edition]
        _add(terms, term, _without(term, words), of, of.address(reference))
    for edition, definitions in Edition.objects.filter(pk__in=list(shown)).values_list(
        "pk", "definitions"
    ):
        of = shown[edition]
        for row in definitions:
            address = edition_path(of.document, of.edition.slug)
            _add(terms, row.get("term", ""), row.get("meaning", ""), of, address)
    ordered = sorted(terms.values(), key=lambda pair: pair[0].casefold())
    return [
        (letter, list(some)) for letter, some in groupby(ordered, key=lambda p: p[0][:1].upper())
    ]


def _add(
    terms: dict[str, tuple[str, list[Meaning]]], term: str, words: str, of: Shown, address: str
) -> None:
    if term:
        meaning = Meaning(words, of.title, address, of.current)
        terms.setdefault(term.casefold(), (term, []))[1].append(meaning)


def _without(term: str, words: str) -> str:
    """The words of a definition without the term that stands before them."""
    rest = words[len(term) :] if words.casefold().startswith(term.casefold()) else words
    return rest.strip(" \n\t:–—-") or words


@dataclass(slots=True)
class Resting:
    """A provision with the documents of which paragraphs rest on it or cite it, as (title, address,
    how many rest, how many cite)."""

    words: str
    address: str
    documents: list[tuple[str, str, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Explained:
    """A duty as an edition has it, with where it is explained."""

    title: str
    binds: str
    commences: str
    explained_in: str
    document: str
    address: str
    applies: bool


@dataclass(frozen=True, slots=True)
class Law:
    """`instruments` by title with their provisions in order; `duties` by title."""

    instruments: Sequence[tuple[str, str, Sequence[Resting]]]
    duties: Sequence[Explained]


def law(day: date | None = None) -> Law:
    """One index of provisions and duties; in five queries."""
    shown = {s.edition.pk: s for s in shown_editions(day or timezone.localdate(), every=False)}
    counts: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    resting = (
        VersionProvision.objects.filter(version__entries__edition__in=list(shown))
        .order_by()
        .values_list("provision_id", "version__entries__edition_id")
        .annotate(Count("version__paragraph", distinct=True))
    )
    citing = (
        Citation.objects.filter(edition__in=list(shown), provision__isnull=False)
        .order_by()
        .values_list("provision_id", "edition_id")
        .annotate(Count("paragraph", distinct=True))
    )
    for at, rows in enumerate((resting, citing)):
        for provision, edition, count in rows:
            counts[provision][edition][at] = count
    return Law(_instruments(counts, shown), _duties(shown))


def _instruments(
    counts: Mapping[int, Mapping[int, Sequence[int]]], shown: Mapping[int, Shown]
) -> list[tuple[str, str, list[Resting]]]:
    used = Provision.objects.filter(pk__in=list(counts)).select_related("instrument")
    rows = sorted(
        used,
        key=lambda p: (p.instrument.title.casefold(), p.instrument.path, parse_provision(p.path)),
    )
    found: list[tuple[str, str, list[Resting]]] = []
    for instrument, some in groupby(rows, key=lambda p: p.instrument):
        places = []
        for provision in some:
            words = parse_provision(provision.path).words
            resting = Resting(
                words[:1].upper() + words[1:] if words else "The instrument as a whole",
                provision_path(provision.path),
            )
            resting.documents = [
                (shown[e].title, document_path(shown[e].document), rest, cite)
                for e, (rest, cite) in counts[provision.pk].items()
            ]
            places.append(resting)
        found.append((instrument.title, provision_path(instrument.path), places))
    return found


def _duties(shown: Mapping[int, Shown]) -> list[Explained]:
    found = [
        _explained(row, shown[edition])
        for edition, duties in Edition.objects.filter(pk__in=list(shown)).values_list(
            "pk", "duties"
        )
        for row in duties
    ]
    return sorted(found, key=lambda duty: (duty.title.casefold(), duty.document))


def _explained(row: Mapping[str, Any], of: Shown) -> Explained:
    return Explained(
        title=row.get("title", ""),
        binds=row.get("binds_words") or ", ".join(row.get("binds", ())),
        commences=row.get("commences", ""),
        explained_in=row.get("explained_in", ""),
        document=of.title,
        address=edition_path(of.document, of.edition.slug),
        applies=of.current,
    )
