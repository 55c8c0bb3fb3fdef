"""A folder of three hundred items in ten bundles, and a timetable of two hundred milestones."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model

from home.actions.folder_plan import take_in_bundles
from home.actions.timetable_plan import take_in_timetables
from home.plan.model import (
    PlannedBundle,
    PlannedItem,
    PlannedMilestone,
    PlannedPart,
    PlannedWorkstream,
)

BUNDLES, ITEMS, STREAMS, MILESTONES = 10, 30, 5, 40


def populate() -> None:
    """Takes two plans in; the database is migrated and empty."""
    user = get_user_model().objects.create_superuser(email="bench@example.com", password="bench")
    for year in (2026, 2027):
        bundles = [
            PlannedBundle(
                f"Bundle {b}",
                [
                    PlannedItem(
                        f"Guidance {b}.{i}",
                        f"Summer {year}",
                        f"Late {year}/Early {year + 1}",
                        [PlannedPart(f"Part {b}.{i}", final=f"By May {year + 1}")],
                    )
                    for i in range(ITEMS)
                ],
            )
            for b in range(BUNDLES)
        ]
        streams = [
            PlannedWorkstream(
                s,
                f"Workstream {s}",
                "A director",
                [],
                [
                    PlannedMilestone(f"By May {year + m % 4}", f"Milestone {s}.{m} of the plan")
                    for m in range(MILESTONES)
                ],
            )
            for s in range(1, STREAMS + 1)
        ]
        published = date(year, 1, 12)
        about = {"user": user, "title": f"Plan of {year}", "published": published}
        take_in_bundles(bundles=bundles, **about)
        take_in_timetables(workstreams=streams, **about)
