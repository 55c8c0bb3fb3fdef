"""Takes the workstreams of a plan and their timetables in."""

from __future__ import annotations

from typing import Any

from guidance.outline.model import Outline
from home.actions.timetable_plan import take_in_timetables
from home.actions.updates import Taken
from home.management.commands._plan import PlanCommand
from home.plan.timetables import workstreams_of


class Command(PlanCommand):
    help = "Take the workstreams and timetables of a plan in."

    def describe(self, outline: Outline) -> None:
        for stream in workstreams_of(outline):
            self.stdout.write(f"{stream.number} {stream.title} ({stream.lead or 'no lead named'})")
            for milestone in stream.milestones:
                self.stdout.write(f"  {milestone.when}: {milestone.title}")

    def take_in(self, outline: Outline, **about: Any) -> Taken:
        return take_in_timetables(workstreams=workstreams_of(outline), **about)
