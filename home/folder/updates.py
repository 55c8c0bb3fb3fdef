"""The versions of the plan: what each promised, and what slipped in it and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from guidance.fuzzy_dates import FuzzyDate
from home.folder.addresses import item_path, milestone_path
from home.models import About, PlanUpdate, Promise, Promised
from home.plan.slippage import Move, Slip, slip


@dataclass(frozen=True, slots=True)
class Line:
    """A date of an update: of what it is, what it was before, what it is now, and how far it moved."""

    title: str
    address: str
    what: str
    before: str
    after: str
    slip: Slip


@dataclass(slots=True)
class Update:
    """An update of the plan with the dates that are other than before; `promised` counts them all."""

    title: str
    published: date
    about: str
    whole: bool
    first: bool
    promised: int = 0
    lines: list[Line] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)

    def counted(self) -> str:
        """ "3 later, 1 earlier, 2 new" """
        moves = [line.slip.move for line in self.lines]
        words = {Move.LATER: "later", Move.EARLIER: "earlier", Move.NEW: "new",
                 Move.DROPPED: "no longer given", Move.SAME: "in other words"}  # fmt: skip
        counts = [(moves.count(move), said) for move, said in words.items()]
        return ", ".join(f"{count} {said}" for count, said in counts if count)


def updates_of_the_plan() -> Sequence[Update]:
    """Newest first; in four queries."""
    rows = PlanUpdate.objects.prefetch_related("dropped")
    updates: dict[int, Update] = {}
    seen: set[str] = set()
    for row in rows:
        about = str(About(row.about).label)
        updates[row.pk] = Update(row.title, row.published, about, row.whole, about not in seen)
        updates[row.pk].dropped = [(i.title, item_path(i.slug)) for i in row.dropped.all()]
        seen.add(about)
    before: dict[tuple[int | None, str, int | None, str], FuzzyDate | None] = {}
    promises = Promise.objects.select_related("item", "milestone")
    for promise in promises.order_by("update_of_plan_id", "pk"):
        update = updates[promise.update_of_plan_id]
        key = (promise.item_id, promise.part, promise.milestone_id, promise.what)
        was, now = before.get(key), promise.when
        before[key] = now
        update.promised += now is not None
        if not update.first and (was and was.words) != (now and now.words):
            update.lines.append(_line(promise, was, now))
    return list(reversed(updates.values()))


def _line(promise: Promise, was: FuzzyDate | None, now: FuzzyDate | None) -> Line:
    if promise.item:
        title, address = promise.item.title, item_path(promise.item.slug)
        title = f"{title}: {promise.part}" if promise.part else title
    else:
        assert promise.milestone is not None
        title, address = promise.milestone.title, milestone_path(promise.milestone.pk)
    what = str(Promised(promise.what).label) if promise.item else ""
    return Line(
        title, address, what, was.words if was else "", now.words if now else "", slip(was, now)
    )
