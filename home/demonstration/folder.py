"""The demonstration's folder and timetable: two plans, half a year apart, taken in by the real acts.

All of its words were written for it. Its dates lie around those of the editions that are shown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from guidance.models import GuidancePage
from home.actions.folder_plan import take_in_bundles
from home.actions.timetable_plan import mark_done, take_in_timetables
from home.models import Bundle, FolderItem, Making, Milestone, PlanUpdate, Step
from home.plan.model import (
    PlannedBundle,
    PlannedItem,
    PlannedMilestone,
    PlannedPart,
    PlannedWorkstream,
)


def plan(year: int, *, later: bool) -> list[PlannedBundle]:
    """The bundles as the plan of January had them, or that of July."""
    return [
        PlannedBundle(
            "People and decisions",
            [
                PlannedItem("Local people, local priorities", "September 2008", "By January 2009"),
                PlannedItem(
                    "Hearing from young people",
                    f"Autumn {year}",
                    f"Early {year + 1}" if not later else f"By summer {year + 1}",
                    [
                        PlannedPart("Schools and colleges"),
                        PlannedPart("Young carers", final=f"Autumn {year + 1}"),
                    ],
                ),
            ],
        ),
        PlannedBundle(
            "Places and buildings",
            [
                PlannedItem(
                    "Community buildings in community hands",
                    f"By September {year}",
                    f"Spring {year + 1}",
                ),
                PlannedItem("Small parks and squares", f"Summer {year + 1}", f"Late {year + 1}"),
            ],
        ),
    ]


def timetable(year: int, *, later: bool) -> list[PlannedWorkstream]:
    """Two workstreams with their milestones."""
    return [
        PlannedWorkstream(
            1,
            "Involving people",
            "Priya Fielding",
            ["Owen Marsh"],
            [
                PlannedMilestone(f"February {year}", "First meeting of the young people’s panel"),
                PlannedMilestone(f"Summer {year}", "Report on what councils do now"),
                PlannedMilestone(
                    f"Autumn {year}", "Draft on hearing from young people out for consultation"
                ),
                PlannedMilestone(
                    f"Early {year + 1}" if not later else f"By summer {year + 1}",
                    "Guidance on hearing from young people",
                ),
            ],
        ),
        PlannedWorkstream(
            2,
            "Buildings and open space",
            "Martin Okafor",
            [],
            [
                PlannedMilestone(
                    f"By September {year}", "Draft on community buildings out for consultation"
                ),
                PlannedMilestone(f"December {year}", "Consultation on community buildings closes"),
                PlannedMilestone(f"Spring {year + 1}", "Final guidance on community buildings"),
                PlannedMilestone(f"Summer {year + 1}", "Draft on small parks and squares"),
            ],
        ),
    ]


YEAR = 2026


def ensure_folder(user: User, year: int = YEAR) -> bool:
    """The folder of that year, unless there is one; says whether it was made."""
    if Bundle.objects.exists() or PlanUpdate.objects.exists():
        return False
    for later, published in ((False, date(year, 1, 12)), (True, date(year, 7, 13))):
        title = f"The plan of {published:%B %Y}"
        about: dict[str, Any] = {"user": user, "title": title, "published": published}
        take_in_bundles(bundles=plan(year, later=later), **about)
        take_in_timetables(workstreams=timetable(year, later=later), **about)
    _link("Local people, local priorities", "local-priorities", "Involving people")
    _link("Community buildings in community hands", "community-buildings", "The buildings team")
    _tell_how_it_is_made(year)
    for title, month, day in (("First meeting", 2, 9), ("Draft on community", 10, 5)):
        if (done_on := date(year, month, day)) <= timezone.localdate():
            milestone = Milestone.objects.get(title__startswith=title)
            mark_done(user=user, milestone=milestone, done_on=done_on)
    return True


def _link(title: str, document: str, lead: str) -> None:
    item = FolderItem.objects.get(title=title)
    item.documents.set(GuidancePage.objects.filter(slug=document))
    item.lead = lead
    item.save()
    for milestone in Milestone.objects.filter(title__icontains=title.split()[1]):
        milestone.items.add(item)


def _tell_how_it_is_made(year: int) -> None:
    item = FolderItem.objects.get(title="Hearing from young people")
    item.lead = "Priya Fielding, with the youth councils’ network"
    item.summary = (
        "How councils can hear from people under 18 before they decide what affects them."
    )
    told = (
        (Step.OUTCOMES, "Young people say that they were asked, and can see what came of it.", "", None),
        (Step.SPECIFICATION, "No more than twenty paragraphs, each with an example.", "", None),
        (Step.INVOLVED, "Youth councils, children’s services, two county councils.", "", None),
        (Step.COMMISSION, "A section on schools and colleges.", "The heads’ association", None),
        (Step.PROGRESS, "The panel met and agreed its outcomes.", "", date(year, 2, 9)),
        (Step.PROGRESS, "Six councils sent what they do now.", "", date(year, 6, 22)),
    )  # fmt: skip
    for order, (step, text, who, on) in enumerate(told):
        item.makings.add(
            Making(step=step, text=text, who=who, on=on, public=True, sort_order=order)
        )
    item.makings.add(
        Making(
            step=Step.ASSURANCE,
            text="The Sounding Board will read the draft before it is final.",
            public=False,
            sort_order=len(told),
        )
    )
    item.save()
