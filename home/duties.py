"""What binds a kind of authority: the duties that editions in force explain, where they explain
them, and the sentences of theirs that editors confirmed as demands.

Everything is read from issued editions; only which class includes which kind is of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.functions import Substr

from guidance.fuzzy_dates import FuzzyDate, parse_fuzzy
from guidance.models import Edition, Entry, Status
from guidance.numbering import Ranges, parse_ranges
from guidance.obligations import Classes
from guidance.rendering.addresses import checklist_path, edition_path, paragraph_path
from guidance.views.checklist_facts import Sentence, register
from guidance.views.checklist_filters import NOBODY
from guidance.views.provisions import Named, in_words

OPENING = 90
"""Characters of a paragraph that tell which one it is."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph of an edition in force; `opening` are its first words."""

    identity: str
    edition: int
    number: str
    cited: str
    section: str
    status: str
    opening: str
    address: str

    @property
    def status_words(self) -> str:
        return str(Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Demand(Sentence):
    """A confirmed sentence and the paragraph that it stands in."""

    paragraph: Paragraph


@dataclass(slots=True)
class Place:
    """Where an edition explains a duty: its own words for it, the paragraphs, and what they demand
    of the kind of authority."""

    source: Source
    words: str
    paragraphs: Sequence[Paragraph]
    demands: Sequence[Demand] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An edition in force; `checklist` is what it demands of the kind, `unnamed` of nobody named."""

    pk: int
    document: str
    document_title: str
    edition: str
    edition_title: str
    address: str
    checklist: str
    unnamed: str


@dataclass(slots=True)
class BoundDuty:
    """A duty as the editions in force tell it, for one kind of authority.

    `through` are the classes by which the kind is bound, `excepts` who is left out. `when` is None
    where the words are no date.
    """

    title: str
    description: str
    binds: str
    through: Sequence[str]
    excepts: Sequence[str]
    commences: str
    when: FuzzyDate | None
    provisions: Sequence[Named]
    places: list[Place] = field(default_factory=list)

    def timing(self, day: date) -> str:
        """Where the day that it commences lies, seen from `day`."""
        if self.when is None:
            return ""
        if self.when.latest <= day:
            return "past"
        return "to come" if self.when.earliest > day else "about now"


@dataclass(frozen=True, slots=True)
class OtherDemands:
    """What an edition demands of the kind outside the paragraphs that explain a duty, and how many
    of its sentences name no kind of authority at all."""

    source: Source
    demands: Sequence[Demand]
    unnamed: int


@dataclass(frozen=True, slots=True)
class WhatBinds:
    """Everything for one kind: its duties, those that except it, and what else is demanded."""

    name: str
    duties: Sequence[BoundDuty]
    excepted: Sequence[BoundDuty]
    others: Sequence[OtherDemands]


Row = Mapping[str, Any]


def what_binds(name: str, slug: str, day: date, as_at: date | None) -> WhatBinds:
    """For the kind of that name and slug on a day, in five queries at most; `as_at` is the day where
    addresses have to name it."""
    classes = register().classes
    above = classes.above(name)
    editions = _editions(slug, day)
    told = [(s, row) for s, duties, _ in editions for row in duties if _concerns(row, above)]
    wanted = {s.pk for s, _ in told} | {s.pk for s, _, rows in editions if rows}
    paragraphs = _paragraphs(wanted, {s.pk: s for s, _, _ in editions}, as_at)
    demands = {
        s.pk: _demands(rows, name, classes, paragraphs.get(s.pk, ())) for s, _, rows in editions
    }
    named = in_words(path for _, row in told for path in row.get("provisions", ()))
    bound: dict[tuple[Any, ...], BoundDuty] = {}
    excepted: dict[tuple[Any, ...], BoundDuty] = {}
    for source, row in told:
        duties = bound if above.isdisjoint(row.get("excepts", ())) else excepted
        duty = duties.setdefault(_same(row), _duty(row, above - {name}, named))
        duty.places.append(_place(source, row, paragraphs.get(source.pk, ()), demands[source.pk]))
    return WhatBinds(
        name,
        sorted(bound.values(), key=_order),
        sorted(excepted.values(), key=_order),
        _others(editions, bound.values(), demands),
    )


def _editions(slug: str, day: date) -> list[tuple[Source, Sequence[Row], Sequence[Row]]]:
    """The editions in force with their duties and confirmed sentences, in one query."""
    rows = Edition.objects.in_force_on(day).order_by("document__title", "document_id")
    columns = ("pk", "document__slug", "document__title", "slug", "title", "duties", "obligations")
    return [(_source(row[:5], slug), row[5], row[6]) for row in rows.values_list(*columns)]


def _source(row: Sequence[Any], slug: str) -> Source:
    pk, document, document_title, edition, edition_title = row
    checklist = checklist_path(document, edition)
    return Source(
        pk,
        document,
        document_title,
        edition,
        edition_title,
        address=edition_path(document, edition),
        checklist=f"{checklist}&authority={slug}",
        unnamed=f"{checklist}&authority={NOBODY}",
    )


_COLUMNS = (
    "edition_id", "paragraph_id", "reference", "version__number", "version__status",
    "section__number", "section__prefix", "opening",
)  # fmt: skip


def _paragraphs(
    editions: Iterable[int], sources: Mapping[int, Source], as_at: date | None
) -> dict[int, list[Paragraph]]:
    """The numbered paragraphs of these editions in order, by edition, in one query."""
    found: dict[int, list[Paragraph]] = {}
    entries = Entry.objects.filter(edition__in=editions, version__kind="paragraph")
    rows = entries.annotate(opening=Substr("version__text", 1, OPENING + 1))
    for edition, identity, reference, number, status, section, prefix, opening in rows.order_by(
        "edition_id", "position"
    ).values_list(*_COLUMNS):
        cited = f"{prefix} {number}".strip()
        address = paragraph_path(sources[edition].document, reference, as_at=as_at)
        told = (cited or reference, cited, section, status, _cut(opening), address)
        found.setdefault(edition, []).append(Paragraph(str(identity), edition, *told))
    return found


def _demands(
    rows: Sequence[Row], name: str, classes: Classes, paragraphs: Sequence[Paragraph]
) -> list[Demand]:
    by_identity = {paragraph.identity: paragraph for paragraph in paragraphs}
    return [
        Demand(row["sentence"], row["strength"], by_identity[row["paragraph"]])
        for row in rows
        if row["paragraph"] in by_identity and classes.binds(name, row["binds"], row["excepts"])
    ]


def _concerns(row: Row, above: frozenset[str]) -> bool:
    return not above.isdisjoint(row.get("binds", ()))


def _same(row: Row) -> tuple[Any, ...]:
    """Two editions that tell this of a duty tell the same duty."""
    names = (tuple(sorted(row.get(key, ()))) for key in ("binds", "excepts"))
    return (row.get("title", ""), row.get("commences", ""), *names)


def _duty(row: Row, classes: frozenset[str], named: Mapping[str, Named]) -> BoundDuty:
    binds, commences = row.get("binds", ()), row.get("commences", "")
    return BoundDuty(
        title=row.get("title", ""),
        description=row.get("description", ""),
        binds=row.get("binds_words") or ", ".join(binds),
        through=[kind for kind in binds if kind in classes],
        excepts=list(row.get("excepts", ())),
        commences=commences,
        when=_when(commences),
        provisions=[named[path] for path in row.get("provisions", ())],
    )


def _place(
    source: Source, row: Row, paragraphs: Sequence[Paragraph], demands: Sequence[Demand]
) -> Place:
    words = row.get("explained_in", "")
    ranges = _ranges(words)
    inside = [p for p in paragraphs if ranges and ranges.covers(p.cited, section=p.section)]
    identities = {paragraph.identity for paragraph in inside}
    told = [demand for demand in demands if demand.paragraph.identity in identities]
    return Place(source, words, inside, told)


def _others(
    editions: Iterable[tuple[Source, Sequence[Row], Sequence[Row]]],
    duties: Iterable[BoundDuty],
    demands: Mapping[int, Sequence[Demand]],
) -> list[OtherDemands]:
    """By edition, what was not already told beside a duty."""
    told = {
        (place.source.pk, demand.paragraph.identity)
        for duty in duties
        for place in duty.places
        for demand in place.demands
    }
    found = []
    for source, _, rows in editions:
        left = [d for d in demands[source.pk] if (source.pk, d.paragraph.identity) not in told]
        unnamed = sum(1 for row in rows if not row["binds"])
        if left or unnamed:
            found.append(OtherDemands(source, left, unnamed))
    return found


def _order(duty: BoundDuty) -> tuple[date, date, str]:
    """By when it commences; what has no date comes last."""
    when = duty.when
    return (when.earliest, when.latest, duty.title) if when else (date.max, date.max, duty.title)


def _when(words: str) -> FuzzyDate | None:
    try:
        return parse_fuzzy(words) if words else None
    except ValueError:
        return None


def _ranges(words: str) -> Ranges | None:
    """None for words that name no range ("throughout"); those are shown as they are."""
    try:
        return parse_ranges(words) if words else None
    except ValueError:
        return None


def _cut(text: str) -> str:
    """The first words, whole ones, with an ellipsis where more follows."""
    text = " ".join(text.split())
    return f"{text[:OPENING].rsplit(' ', 1)[0]}…" if len(text) > OPENING else text
