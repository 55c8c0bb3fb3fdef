"""Looks up the folder: bundles, items and what each stands for today, in as many queries for three
hundred items as for three."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from guidance.consultations import Consultation, consultations
from guidance.fuzzy_dates import FuzzyDate
from guidance.models import Edition
from guidance.rendering.addresses import document_path, edition_path
from guidance.standing import in_force_on, shown_on
from guidance.views.ledger import DocumentFacts, EditionFacts
from home.folder.addresses import item_path
from home.folder.promises import Kept, Series, outcome, series_of
from home.folder.stages import Stage, StageKind, item_stage
from home.models import Bundle, FolderItem, Making, Promise
from home.plan.when import parse_when

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Timing:
    """A promise as a list shows it: what is promised, when in its own words, how it stands today,
    and how it came to be."""

    what: str
    label: str
    words: str
    when: FuzzyDate
    kept: Kept
    series: Series


@dataclass(frozen=True, slots=True)
class Part:
    """A piece that an item includes, with timings of its own where it has any."""

    title: str
    timings: Sequence[Timing]


@dataclass(frozen=True, slots=True)
class Item:
    """An item as the folder shows it."""

    pk: int
    title: str
    slug: str
    address: str
    summary: str
    lead: str
    stage: Stage
    timings: Sequence[Timing]
    parts: Sequence[Part]
    read: Sequence[Link]
    earlier: Sequence[Link]
    consultations: Sequence[Consultation]
    documents: Sequence[DocumentFacts]

    @property
    def next_timing(self) -> Timing | None:
        """What is promised next: the first that has not come about."""
        return next((timing for timing in self.timings if timing.kept.on is None), None)


@dataclass(slots=True)
class BundleOfItems:
    """A bundle with its items, in an editor's order."""

    title: str
    slug: str
    summary: str
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What was looked up for a set of items."""

    documents: Mapping[int, Sequence[DocumentFacts]]
    linked: set[int]
    promises: Mapping[tuple[int, str, str], Sequence[Promise]]
    consultations: Mapping[str, Sequence[Consultation]]


LABELS = {"consult": "Consultation", "final": "Final guidance"}


def folder(now: datetime | None = None) -> list[BundleOfItems]:
    """Every bundle with its items, as they stand on a day (today unless said)."""
    now = now or timezone.localtime()
    bundles = {b.pk: BundleOfItems(b.title, b.slug, b.summary) for b in Bundle.objects.all()}
    rows = list(_items(FolderItem.objects.all()))
    found = _looked_up(rows)
    for row in rows:
        bundles[row.bundle_id].items.append(_item(row, found, now))
    return list(bundles.values())


def items_of(rows: QuerySet[FolderItem], now: datetime | None = None) -> list[Item]:
    """Some items, as they stand today."""
    now = now or timezone.localtime()
    chosen = list(_items(rows))
    found = _looked_up(chosen)
    return [_item(row, found, now) for row in chosen]


def _items(rows: QuerySet[FolderItem]) -> QuerySet[FolderItem]:
    told = Making.objects.filter(item=OuterRef("pk"), public=True)
    return rows.annotate(told=Exists(told)).select_related("dropped_by").prefetch_related("parts")


def _looked_up(rows: Sequence[FolderItem]) -> _Found:
    through = FolderItem.documents.through
    links = list(
        through.objects.filter(folderitem__in=[row.pk for row in rows])
        .order_by("guidancepage__path")
        .values_list("folderitem_id", "guidancepage_id")
    )
    issued = _issued({document for _, document in links})
    documents: dict[int, list[DocumentFacts]] = defaultdict(list)
    for item, document in links:
        if document in issued:
            documents[item].append(issued[document])
    promises: dict[tuple[int, str, str], list[Promise]] = defaultdict(list)
    made = Promise.objects.filter(item__in=[row.pk for row in rows]).select_related(
        "update_of_plan"
    )
    for promise in made.order_by("update_of_plan_id"):
        promises[(promise.item_id or 0, promise.part, promise.what)].append(promise)
    known: dict[str, list[Consultation]] = defaultdict(list)
    for consultation in consultations():
        known[consultation.document].append(consultation)
    return _Found(documents, {item for item, _ in links}, promises, known)


def _issued(documents: Iterable[int]) -> dict[int, DocumentFacts]:
    """The documents of which something was issued, with their editions, newest first; one query."""
    rows = (
        Edition.objects.filter(document__in=list(documents))
        .annotate(withdrawn_from=Edition.objects.all().withdrawn_from())
        .newest_first()
        .values_list(
            *("document__slug", "document_id", "document__title", "pk", "slug", "title", "stage"),
            *("published", "in_force_from", "digest", "issued_at", "withdrawn_from"),
        )
    )
    found: dict[int, DocumentFacts] = {}
    editions: dict[int, list[EditionFacts]] = defaultdict(list)
    for slug, pk, title, *columns in rows:
        editions[pk].append(EditionFacts(*columns))
        found[pk] = DocumentFacts(slug, pk, title, editions[pk])
    return found


def _item(row: FolderItem, found: _Found, now: datetime) -> Item:
    documents = found.documents.get(row.pk, [])
    asked = [c for document in documents for c in found.consultations.get(document.slug, ())]
    stage = item_stage(
        [(d.editions, found.consultations.get(d.slug, ())) for d in documents],
        now,
        being_written=row.pk in found.linked or bool(getattr(row, "told", False)),
        dropped=row.dropped_by.title if row.dropped_by else "",
    )
    read, earlier = _links(documents, now.date())
    firsts = _first_days(documents)
    return Item(
        pk=row.pk,
        title=row.title,
        slug=row.slug,
        address=item_path(row.slug),
        summary=row.summary,
        lead=row.lead,
        stage=stage,
        timings=_timings(row, "", row.timings, found, firsts, now.date()),
        parts=[
            Part(
                part.title,
                _timings(row, part.title, part.timings, found, {}, now.date()),
            )
            for part in row.parts.all()
        ],
        read=read,
        earlier=earlier,
        consultations=asked,
        documents=documents,
    )


def _timings(
    row: FolderItem,
    part: str,
    timings: Mapping[str, FuzzyDate],
    found: _Found,
    firsts: Mapping[str, date],
    day: date,
) -> list[Timing]:
    """The promises that hold, each with what came of it. What became of a piece of an item is not
    known, so nothing is said of it."""
    made: list[Timing] = []
    for what, when in timings.items():
        series = series_of(found.promises.get((row.pk, part, what), ()))
        kept = Kept(None, "") if part else outcome(when, firsts.get(what), day)
        made.append(Timing(what, LABELS[what], when.words, when, kept, series))
    return made


def _first_days(documents: Sequence[DocumentFacts]) -> dict[str, date]:
    """The days on which a draft and a final edition were first published."""
    editions = [edition for document in documents for edition in document.editions]
    drafts = [e.published for e in editions if e.stage == "consultation"]
    finals = [e.published for e in editions if e.stage != "consultation"]
    found = {"consult": drafts or finals, "final": finals}
    return {what: min(days) for what, days in found.items() if days}


def _links(documents: Sequence[DocumentFacts], day: date) -> tuple[list[Link], list[Link]]:
    """What can be read now, and the other editions."""
    read: list[Link] = []
    earlier: list[Link] = []
    for document in documents:
        shown = shown_on(document.editions, day)
        applies = in_force_on(document.editions, day)
        for edition in document.editions:
            words = f"{document.title}: {edition.title}"
            if edition is shown:
                address = document_path(document.slug)
                note = "" if applies else " (does not apply)"
                read.append((words + note, address))
            else:
                earlier.append((words, edition_path(document.slug, edition.slug)))
    return read, earlier


@dataclass(frozen=True, slots=True)
class Coming:
    """A piece of guidance that is yet to come, as a line: when it is promised, in whose words."""

    title: str
    address: str
    bundle: str
    stage: Stage
    when: str
    what: str
    lead: str


def coming(limit: int = 5, now: datetime | None = None) -> list[Coming]:
    """What is planned or being prepared, soonest first; what has no date comes last."""
    now = now or timezone.localtime()
    rows = [
        (bundle.title, item, item.next_timing)
        for bundle in folder(now)
        for item in bundle.items
        if item.stage.coming
    ]
    far = parse_when("9999-12-31")
    rows.sort(key=lambda row: ((row[2].when if row[2] else far).latest, row[1].title))
    return [
        Coming(
            title=item.title,
            address=item.address,
            bundle=bundle,
            stage=item.stage,
            when=timing.words if timing else "",
            what=timing.label if timing else "",
            lead=item.lead,
        )
        for bundle, item, timing in rows[:limit]
    ]


__all__ = ["BundleOfItems", "Coming", "Item", "Part", "StageKind", "Timing", "coming", "folder"]
