"""The phrases that complete what somebody types: headings, terms, provisions, numbers and titles.

Of a document from the edition that it shows today; every issued edition by its title. What belongs
to no document are provisions and instruments, consultations by their titles, and what other apps add
(`register_source`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Exists, OuterRef
from django.utils import timezone

from guidance.consultations import LONDON, consultations
from guidance.models import Citation, Edition, Entry, Instrument, Kind, Provision, Stage
from guidance.models.ledger import VersionProvision
from guidance.rendering.addresses import (
    document_path,
    edition_path,
    paragraph_path,
    provision_path,
    section_path,
)
from guidance.rendering.section import heading_anchor
from guidance.standing import day_words, in_force_on, shown_on
from guidance.statute import parse_provision
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from search.units import Phrase

DOCUMENT, INSTRUMENT, CONSULTATION, EDITION, TERM, SECTION, PROVISION, HEADING, BOX, NUMBER = (
    *(100, 80, 70, 60, 50, 45, 40, 30, 25, 10),
)
"""Weights, where phrases fit equally well."""

LONGEST_NOTE = 160

Source = Callable[[], Iterable[Phrase]]

_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """Adds phrases that belong to no document, with kinds and addresses of their own.

    `source` is asked at each indexing for all of them. When they change, send
    `guidance.signals.ledger_changed` with `document=""` in the same transaction.
    """
    _sources[name] = source


def phrases_of(document: str) -> list[Phrase]:
    """The phrases of a document by its slug, or of no document (""), each once."""
    found = _everybodys() if not document else _documents_own(document)
    return list({phrase.id: phrase for phrase in found}.values())


def _everybodys() -> Iterator[Phrase]:
    yield from _provisions()
    yield from _consultations()
    for source in _sources.values():
        yield from source()


def _consultations() -> Iterator[Phrase]:
    """Those that the public may know of; the note says nothing that changes by itself."""
    for found in consultations():
        opens = day_words(found.opens.astimezone(LONDON).date())
        note = f"Consultation, {opens} to {day_words(found.last_day)}"
        yield Phrase("", "consultation", found.title, found.address, CONSULTATION, note)


def _provisions() -> Iterator[Phrase]:
    """What issued paragraphs rest on or cite, and the instruments that hold it; in two queries."""
    used = Provision.objects.filter(
        Exists(VersionProvision.objects.filter(provision=OuterRef("pk")))
        | Exists(Citation.objects.filter(provision=OuterRef("pk")))
    )
    paths = list(used.values_list("instrument__path", "place"))
    instruments = {path for path, _ in paths}
    rows = Instrument.objects.filter(path__in=instruments)
    titles: dict[str, str] = {}
    for path, title, short in rows.values_list("path", "title", "short_title"):
        titles[path] = title
        yield Phrase("", "provision", title, provision_path(path), INSTRUMENT, _kind(path))
        if short:
            yield Phrase("", "provision", short, provision_path(path), INSTRUMENT, title)
    for instrument, place in paths:
        if place:
            provision = parse_provision(f"{instrument}/{place}")
            words = f"{provision.words} {titles[instrument]}"
            yield Phrase("", "provision", words, provision_path(provision.path), PROVISION)


def _kind(path: str) -> str:
    return "Act" if path.partition("/")[0].endswith("a") else "Legislation"


def _documents_own(slug: str) -> Iterator[Phrase]:
    document = find_document(slug)
    if document is None:
        return
    yield Phrase(slug, "document", document.title, document_path(slug), DOCUMENT, "Guidance")
    for edition in document.editions:
        note = f"{Stage(edition.stage).label} published {day_words(edition.published)}"
        address = edition_path(slug, edition.slug)
        yield Phrase(slug, "edition", edition.title, address, EDITION, f"{document.title}: {note}")
    today = timezone.localdate()
    shown = shown_on(document.editions, today)
    if isinstance(shown, EditionFacts):
        applies = in_force_on(document.editions, today) is shown
        yield from _Shown(document, shown, applies).phrases()


class _Shown:
    """The phrases of the edition that a document shows."""

    def __init__(self, document: DocumentFacts, edition: EditionFacts, applies: bool) -> None:
        self._document, self._edition = document, edition
        self._named = "" if applies else edition.slug

    def phrases(self) -> Iterator[Phrase]:
        """In two queries."""
        rows = list(_entries(self._edition.pk))
        taken: dict[str, set[str]] = {}
        sections: dict[str, str] = {}
        for reference, _, _, _, _, slug, number, title in rows:
            taken.setdefault(slug, {""}).add(reference)
            if slug not in sections:
                sections[slug] = f"{number} {title}".strip()
                about = f"section {number}".strip()
                yield self._phrase("heading", title, self._section(slug), SECTION, about)
        for reference, kind, number, title, text, slug, *_ in rows:
            if kind == Kind.HEADING:
                address = f"{self._section(slug)}#{heading_anchor(title, taken[slug])}"
                yield self._phrase("heading", title, address, HEADING, sections[slug])
            elif reference:
                yield from self._citable(reference, kind, number, title, text, sections[slug])
        yield from self._definitions()

    def _citable(
        self, reference: str, kind: str, number: str, title: str, text: str, section: str
    ) -> Iterator[Phrase]:
        address = paragraph_path(self._document.slug, reference, edition=self._named)
        if kind == Kind.PARAGRAPH:
            yield self._phrase("number", number, address, NUMBER, section)
        elif kind == Kind.GLOSSARY:
            meaning = text.partition("\n")[2]
            yield self._phrase("term", title, address, TERM, meaning)
        elif title:
            yield self._phrase("heading", title, address, BOX, str(Kind(kind).label).lower())

    def _definitions(self) -> Iterator[Phrase]:
        rows = Edition.objects.values_list("definitions", flat=True).get(pk=self._edition.pk)
        for row in rows:
            yield self._phrase("term", row.get("term", ""), "", TERM, row.get("meaning", ""))

    def _section(self, slug: str) -> str:
        return section_path(self._document.slug, self._edition.slug, slug)

    def _phrase(self, kind: str, words: str, address: str, weight: int, about: str) -> Phrase:
        note = about if kind == "term" else f"{self._document.title}: {about}"
        return Phrase(
            self._document.slug, kind, " ".join(words.split()), address, weight, _cut(note)
        )


def _entries(edition: int) -> Iterator[tuple[str, str, str, str, str, str, str, str]]:
    """Reference, kind, number, title, text (of terms alone), and the section's slug, number, title;
    the number is told apart as its section has it."""
    entries = Entry.objects.filter(edition=edition)
    terms = dict(
        entries.filter(version__kind=Kind.GLOSSARY)
        .order_by()
        .values_list("version_id", "version__text")
    )
    rows = entries.order_by("position").values_list(
        *("reference", "version__kind", "version__number", "version__title", "version_id"),
        *("section__slug", "section__number", "section__title", "section__prefix"),
    )
    for reference, kind, number, title, version, slug, section, heading, prefix in rows:
        own = f"{prefix} {number}".strip()
        yield reference, kind, own, title, terms.get(version, ""), slug, section, heading


def _cut(note: str) -> str:
    said = " ".join(note.split())
    return said if len(said) <= LONGEST_NOTE else f"{said[:LONGEST_NOTE].rpartition(' ')[0]} …"
