"""Where the paragraphs that a consultation asked about stand now.

An anchor is to a paragraph as the draft had it. What was issued of the document since says what
became of it, by lineage: it stands, was reworded, has another number, was split, merged or taken
out. Looked up in three queries for any number of anchors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from consultation.actions.anchors import displayed
from guidance.actions.batches import batches
from guidance.models import Change, Edition, Entry, Lineage
from guidance.rendering.addresses import paragraph_path


class Anchor(Protocol):
    """What is asked of an anchor; rows of `consultation.models.Anchored` have it."""

    @property
    def paragraph_id(self) -> UUID: ...
    @property
    def version_id(self) -> int: ...
    @property
    def number(self) -> str: ...


class Fate(StrEnum):
    """What became of a paragraph; the value is also its name in the style sheet and the API."""

    SAME_EDITION = "same-edition"
    UNCHANGED = "unchanged"
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of the newest edition: its number as displayed and its address."""

    number: str
    address: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of an anchor's paragraph, in words; `places` are where its words are now, none
    where it was taken out. `edition` is the title of the newest edition, or of the one that took it
    out. While nothing was issued since the draft there are no words."""

    fate: Fate
    words: str = ""
    edition: str = ""
    places: Sequence[Place] = ()

    @property
    def number(self) -> str:
        """Its number now; "" where it has none of its own any more."""
        own = self.fate not in (Fate.SPLIT, Fate.MERGED, Fate.REMOVED)
        return self.places[0].number if self.places and own else ""


@dataclass(frozen=True, slots=True)
class _Step:
    at: int
    change: str
    after: UUID | None


@dataclass(slots=True)
class _Course:
    """What happened to one paragraph: changes of itself, and the paragraphs that took up its words."""

    changes: set[str] = field(default_factory=set)
    into: dict[UUID, str] = field(default_factory=dict)
    removed_at: int | None = None


_ORDER = (Fate.SUBSTANTIVE, Fate.EDITORIAL, Fate.RENUMBERED, Fate.MOVED)
_SAID = {
    Fate.UNCHANGED: "Unchanged in {edition}",
    Fate.EDITORIAL: "Edited in {edition}",
    Fate.SUBSTANTIVE: "Changed in {edition}",
    Fate.RENUMBERED: "Unchanged but for its number in {edition}",
    Fate.MOVED: "Moved, with the same words, in {edition}",
}


def where_now(anchors: Iterable[Anchor], *, edition: Edition) -> list[Standing]:
    """What became of each, in their order. `edition` is the draft that the anchors are on."""
    asked = list(anchors)
    later = list(
        Edition.objects.filter(document=edition.document_id, issued_at__gt=edition.issued_at)
        .order_by("issued_at", "pk")
        .values_list("pk", "slug", "title")
    )
    if not (asked and later):
        return [Standing(Fate.SAME_EDITION) for _ in asked]
    steps = _steps([pk for pk, _, _ in later])
    courses = {a.paragraph_id: _course(a.paragraph_id, steps) for a in asked}
    wanted = {block for found, course in courses.items() for block in (found, *course.into)}
    newest = _Newest(edition.document.slug, later, wanted)
    return [newest.standing(anchor, courses[anchor.paragraph_id]) for anchor in asked]


def _steps(editions: Sequence[int]) -> Mapping[UUID, Sequence[_Step]]:
    """Every step of these editions that begins with a paragraph, by that paragraph."""
    order = {pk: at for at, pk in enumerate(editions)}
    rows = (
        Lineage.objects.filter(edition__in=editions, before__isnull=False)
        .order_by("edition__issued_at", "edition_id", "pk")
        .values_list("edition_id", "change", "before__paragraph_id", "after__paragraph_id")
    )
    found: defaultdict[UUID, list[_Step]] = defaultdict(list)
    for edition, change, before, after in rows:
        found[before].append(_Step(order[edition], change, after))
    return found


def _course(paragraph: UUID, steps: Mapping[UUID, Sequence[_Step]]) -> _Course:
    """Followed through every edition, and through those that its words went into."""
    course = _Course()
    for step in steps.get(paragraph, ()):
        if step.change == Change.REMOVED:
            course.removed_at = step.at
        elif step.after is not None and step.after != paragraph:
            _follow(step, steps, course)
        else:
            course.changes.add(step.change)
    return course


def _follow(first: _Step, steps: Mapping[UUID, Sequence[_Step]], course: _Course) -> None:
    """What took up its words, and what took up the words of that later on."""
    waiting = [(first, first.change)]
    while waiting:
        step, change = waiting.pop()
        if step.after is None or step.after in course.into:
            continue
        course.into[step.after] = change
        waiting += [
            (onward, change)
            for onward in steps.get(step.after, ())
            if onward.at > step.at and onward.after not in (None, step.after)
        ]


class _Newest:
    """The newest edition, with the paragraphs that are looked for."""

    def __init__(
        self, document: str, editions: Sequence[tuple[int, str, str]], wanted: Iterable[UUID]
    ) -> None:
        self._editions = editions
        newest, slug, self._title = editions[-1]
        self._there: dict[UUID, tuple[int, Place]] = {}
        for some in batches(list(wanted)):
            rows: Any = Entry.objects.filter(edition=newest, paragraph__in=some).order_by()
            for paragraph, version, reference, *shown in rows.values_list(
                *("paragraph_id", "version_id", "reference"),
                *("version__kind", "version__number", "version__title", "section__prefix"),
            ):
                address = paragraph_path(document, reference, edition=slug) if reference else ""
                self._there[paragraph] = version, Place(displayed(*shown), address)

    def standing(self, anchor: Anchor, course: _Course) -> Standing:
        parts = [self._there[block][1] for block in course.into if block in self._there]
        if anchor.paragraph_id not in self._there:
            return self._gone(course, parts)
        version, place = self._there[anchor.paragraph_id]
        fate = self._fate(anchor, version, place, course)
        said = [_SAID[fate].format(edition=self._title)]
        if place.number != anchor.number:
            said.append(f"now {_named(place.number)}")
        if parts:
            said.append(f"part of it is now {_listed(parts)}")
        return Standing(fate, "; ".join(said), self._title, [place, *parts])

    def _fate(self, anchor: Anchor, version: int, place: Place, course: _Course) -> Fate:
        changed = [fate for fate in _ORDER if fate in course.changes]
        if version == anchor.version_id:
            return Fate.MOVED if Fate.MOVED in changed else Fate.UNCHANGED
        if changed:
            return changed[0]
        return Fate.RENUMBERED if place.number != anchor.number else Fate.SUBSTANTIVE

    def _gone(self, course: _Course, parts: Sequence[Place]) -> Standing:
        if parts:
            merged = Change.MERGED in course.into.values()
            fate, verb = (Fate.MERGED, "Merged") if merged else (Fate.SPLIT, "Split")
            words = f"{verb} into {_listed(parts)} of {self._title}"
            return Standing(fate, words, self._title, parts)
        at = course.removed_at
        title = self._editions[at][2] if at is not None else self._title
        return Standing(Fate.REMOVED, f"Taken out in {title}", title)


def _named(number: str) -> str:
    return f"paragraph {number}" if number[:1].isdigit() else number


def _listed(places: Sequence[Place]) -> str:
    """ "paragraphs 2.13 and 2.14"."""
    numbers = [place.number for place in places]
    if len(numbers) == 1:
        return _named(numbers[0])
    plain = all(number[:1].isdigit() for number in numbers)
    words = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"paragraphs {words}" if plain else words
