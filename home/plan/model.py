"""What a plan says: bundles of planned guidance, and workstreams with their milestones."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class PlannedPart:
    """A piece that an item includes ("Byelaws"); its timings are empty where the item's hold."""

    title: str
    consult: str = ""
    final: str = ""


@dataclass(slots=True)
class PlannedItem:
    """A planned piece of guidance. `shared` says that its timings were printed once for several
    rows, in a cell that spans them."""

    title: str
    consult: str = ""
    final: str = ""
    parts: list[PlannedPart] = field(default_factory=list)
    shared: bool = False


@dataclass(slots=True)
class PlannedBundle:
    title: str
    items: list[PlannedItem] = field(default_factory=list)


@dataclass(slots=True)
class PlannedMilestone:
    """A row of a timetable: `when` in the plan's words, with the year under which it stands;
    `strand` is the part of the workstream that the timetable is of, where it has several."""

    when: str
    title: str
    strand: str = ""


@dataclass(slots=True)
class PlannedWorkstream:
    """`supported_by` are the people named beside the lead director, in the order of the text."""

    number: int
    title: str
    lead: str = ""
    supported_by: list[str] = field(default_factory=list)
    milestones: list[PlannedMilestone] = field(default_factory=list)


class NoPlan(ValueError):
    """The file holds no plan of the kind that was looked for; says in a sentence what was."""
