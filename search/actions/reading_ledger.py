"""The units of a document: what the search finds, made from its issued rows alone.

Fifty editions that change two paragraphs in a hundred each are few units more than one edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from guidance.models import Kind
from guidance.standing import Span, span_in_force
from guidance.views.checklist_facts import register
from search.actions.reading_ledger_binding import Binding, InEdition
from search.actions.reading_ledger_rows import (
    EditionRow,
    EntryRow,
    LedgerRows,
    SectionRow,
    read_ledger,
)
from search.units import Unit, ordered


class Stood(NamedTuple):
    """A paragraph version in its place, with all that may differ from edition to edition."""

    version: int
    reference: str
    section: SectionRow
    trail: tuple[str, ...]
    after: str
    cites: tuple[str, ...]
    binds: tuple[str, ...]
    exempts: tuple[str, ...]

    @property
    def place(self) -> tuple[int, str, str, tuple[str, ...]]:
        """What the id of a unit says of it, beside the day on which it begins."""
        return self.version, self.reference, self.section.slug, self.trail


@dataclass(slots=True)
class _Run:
    """A unit in the making: `editions` are indexes, the last in-force one gives `order`."""

    stood: Stood
    since: date | None
    until: date | None
    editions: list[int]
    position: int
    newest: int = field(default=0)


def units_of(document: str) -> list[Unit]:
    """All units of a document by its slug, from its issued editions; none where nothing is issued.

    What stands unchanged in editions that follow each other without a day between them is one unit.
    An edition that never is in force (replaced or withdrawn before its day came) adds itself to a
    unit of the same words in the same place; what stands nowhere else is a unit that begins and
    ends on the day on which the edition was to begin. Drafts share units among themselves alone.
    In nine queries.
    """
    rows = read_ledger(document)
    return list(_units(rows)) if rows.editions else []


def _units(rows: LedgerRows) -> Iterator[Unit]:
    editions = sorted(rows.editions, key=_rank)
    spans = [span_in_force(edition, editions) for edition in editions]
    binding = Binding(register())
    merged = _Merged()
    never: list[tuple[int, Span, list[tuple[int, Stood]]]] = []
    for index, (edition, span) in enumerate(zip(editions, spans, strict=True)):
        said = binding.of_edition(edition.obligations, edition.duties)
        stood = list(_stood(rows, edition, said))
        if span is None:
            merged.add_draft(index, stood)
        elif span.end is not None and span.end <= span.start:
            never.append((index, span, stood))
        else:
            merged.add_in_force(index, span, stood)
    for index, span, stood in never:
        merged.add_never(index, span, stood)
    for run in merged.runs:
        yield _unit(rows, editions, run)


def _rank(edition: EditionRow) -> tuple[date, date, int]:
    """Drafts by publication; others as they rank in `guidance.standing`."""
    return (edition.in_force_from or edition.published, edition.published, edition.pk)


def _stood(rows: LedgerRows, edition: EditionRow, said: InEdition) -> Iterator[tuple[int, Stood]]:
    """Position and place of everything in an edition that can be found."""
    above: list[tuple[int, str]] = []
    trail: tuple[str, ...] = ()
    here = -1
    for entry in rows.entries[edition.pk]:
        version = rows.versions[entry.version]
        if entry.section != here:
            here, above, trail = entry.section, [], ()
        if version.kind == Kind.HEADING:
            above = [(level, title) for level, title in above if level < version.level]
            above.append((version.level, version.title))
            trail = tuple(title for _, title in above)
        else:
            yield entry.position, _place(rows, edition, said, entry, trail)


def _place(
    rows: LedgerRows,
    edition: EditionRow,
    said: InEdition,
    entry: EntryRow,
    trail: tuple[str, ...],
) -> Stood:
    version, section = rows.versions[entry.version], rows.sections[entry.section]
    number = f"{section.prefix} {entry.after}".strip() if entry.after else ""
    title = "" if version.kind == Kind.PARAGRAPH else version.title
    whom = said.whom(version.paragraph, number, title, section.number)
    cites = rows.cites.get((edition.pk, entry.version), ())
    return Stood(entry.version, entry.reference, section, trail, entry.after, cites, *whom)


class _Merged:
    """Runs of editions in which the same stands in the same place."""

    def __init__(self) -> None:
        self.runs: list[_Run] = []
        self._drafts: dict[Stood, _Run] = {}
        self._open: dict[Stood, _Run] = {}
        self._places: dict[tuple[int, str, str, tuple[str, ...]], _Run] = {}

    def add_draft(self, index: int, places: Sequence[tuple[int, Stood]]) -> None:
        for position, stood in places:
            run = self._drafts.get(stood)
            if run is None:
                run = self._drafts[stood] = self._begin(stood, None, None)
            _extend(run, index, position)

    def add_in_force(self, index: int, span: Span, places: Sequence[tuple[int, Stood]]) -> None:
        """Editions come in the order in which they are in force, which is that of their rank."""
        for position, stood in places:
            run = self._open.get(stood)
            if run is None or run.until != span.start:
                run = self._open[stood] = self._begin(stood, span.start, span.end)
                self._places[stood.place] = run
            run.until = span.end
            _extend(run, index, position)

    def add_never(self, index: int, span: Span, places: Sequence[tuple[int, Stood]]) -> None:
        """Comes last: it joins what is there and changes no days."""
        for position, stood in places:
            run = self._places.get(stood.place)
            if run is None:
                run = self._places[stood.place] = self._begin(stood, span.start, span.start)
                _extend(run, index, position)
            elif run.since == run.until:
                _extend(run, index, position)
            else:
                run.editions.append(index)

    def _begin(self, stood: Stood, since: date | None, until: date | None) -> _Run:
        run = _Run(stood, since, until, [], 0)
        self.runs.append(run)
        return run


def _extend(run: _Run, index: int, position: int) -> None:
    run.editions.append(index)
    run.newest, run.position = index, position


def _unit(rows: LedgerRows, editions: Sequence[EditionRow], run: _Run) -> Unit:
    edition, stood = editions[run.newest], run.stood
    version = rows.versions[stood.version]
    return Unit(
        document=rows.document,
        document_title=edition.document_title,
        edition=edition.slug,
        edition_title=edition.title,
        editions=tuple(editions[index].slug for index in sorted(run.editions)),
        stage=edition.stage,
        since=run.since,
        until=run.until,
        paragraph=version.paragraph,
        order=ordered(edition.document, run.position),
        kind=version.kind,
        number=version.number,
        reference=stood.reference,
        after=stood.after,
        title=version.title,
        text=version.text,
        section=stood.section.slug,
        section_number=stood.section.number,
        section_title=stood.section.title,
        trail=stood.trail,
        status=version.status,
        provisions=version.provisions,
        cites=stood.cites,
        binds=stood.binds,
        exempts=stood.exempts,
        version=version.digest,
    )
