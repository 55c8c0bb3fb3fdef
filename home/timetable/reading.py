"""Looks up the timetable: milestones by date and by workstream, each with where it stands today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from guidance.consultations import consultations
from guidance.fuzzy_dates import FuzzyDate
from guidance.models import GuidancePage
from guidance.rendering.addresses import document_path
from guidance.standing import day_words
from home.folder.addresses import item_path
from home.folder.promises import Series, series_of
from home.models import FolderItem, Milestone, Promise, Workstream
from home.plan.slippage import length_words

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone as it is shown. `state` is done, late, now, coming or dropped, `standing` the same
    in words; `links` lead to guidance and to consultations on it."""

    pk: int
    title: str
    when: FuzzyDate
    strand: str
    workstream: str
    number: int
    state: str
    standing: str
    done_on: date | None
    links: Sequence[Link]
    series: Series

    @property
    def anchor(self) -> str:
        return f"milestone-{self.pk}"


@dataclass(slots=True)
class Stream:
    """A workstream with its milestones by date."""

    number: int
    title: str
    slug: str
    lead: str
    supported_by: str
    points: list[Point] = field(default_factory=list)

    @property
    def strands(self) -> list[tuple[str, list[Point]]]:
        """Its milestones by the part of the workstream that they belong to."""
        found: dict[str, list[Point]] = {}
        for point in self.points:
            found.setdefault(point.strand, []).append(point)
        return list(found.items())


def points(day: date | None = None) -> list[Point]:
    """Every milestone, by date; in four queries, however many there are."""
    return _points(Milestone.objects.all(), day)


def streams(found: Iterable[Point]) -> list[Stream]:
    """The workstreams in order, each with its milestones; in one query more."""
    rows = {
        row.number: Stream(row.number, row.title, row.slug, row.lead, row.supported_by)
        for row in Workstream.objects.all()
    }
    for point in found:
        rows[point.number].points.append(point)
    return list(rows.values())


def by_year(found: Iterable[Point]) -> list[tuple[int, list[Point]]]:
    """Milestones under the year in which they begin."""
    years: dict[int, list[Point]] = defaultdict(list)
    for point in found:
        years[point.when.earliest.year].append(point)
    return sorted(years.items())


def milestones_of(item: FolderItem) -> list[Point]:
    """The milestones of an item and of its documents, by date."""
    rows = Milestone.objects.filter(items=item) | Milestone.objects.filter(
        documents__folder_items=item
    )
    return _points(rows.distinct())


def _points(rows: QuerySet[Milestone], day: date | None = None) -> list[Point]:
    day = day or timezone.localdate()
    issued = GuidancePage.objects.filter(issued_editions__isnull=False).distinct()
    rows = rows.select_related("workstream", "dropped_by").prefetch_related(
        "items", Prefetch("documents", issued)
    )
    found = list(rows)
    promises: dict[int, list[Promise]] = defaultdict(list)
    made = Promise.objects.filter(milestone__in=[row.pk for row in found])
    for promise in made.select_related("update_of_plan").order_by("update_of_plan_id"):
        promises[promise.milestone_id or 0].append(promise)
    asked: dict[str, list[Link]] = defaultdict(list)
    for consultation in consultations():
        asked[consultation.document].append((consultation.title, consultation.address))
    return [_point(row, promises[row.pk], asked, day) for row in found]


def _point(
    row: Milestone, promises: Sequence[Promise], asked: Mapping[str, Sequence[Link]], day: date
) -> Point:
    when = FuzzyDate(row.when, row.earliest, row.latest)
    state, standing = _standing(row, when, day)
    links = [(item.title, item_path(item.slug)) for item in row.items.all()]
    for page in row.documents.all():
        links += [(page.title, document_path(page.slug)), *asked.get(page.slug, ())]
    return Point(
        pk=row.pk,
        title=row.title,
        when=when,
        strand=row.strand,
        workstream=row.workstream.title,
        number=row.workstream.number,
        state=state,
        standing=standing,
        done_on=row.done_on,
        links=links,
        series=series_of(promises),
    )


def _standing(row: Milestone, when: FuzzyDate, day: date) -> tuple[str, str]:
    if row.done_on:
        late = (row.done_on - when.latest).days
        words = f"Done {day_words(row.done_on)}"
        return "done", f"{words}, {length_words(late)} late" if late > 0 else words
    if row.dropped_by:
        return "dropped", f"Left out of “{row.dropped_by.title}”"
    if when.latest < day:
        return (
            "late",
            f"Not marked as done, {length_words((day - when.latest).days)} after its date",
        )
    if when.earliest <= day:
        return "now", "Due now"
    return "coming", "To come"
