"""A folder with one item of each kind, and nothing kept between tests."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from guidance.api import kept as kept_answers
from guidance.views import kept as kept_pages
from home.actions.folder_plan import take_in_bundles
from home.actions.timetable_plan import take_in_timetables
from home.models import FolderItem, Making, Milestone, Step
from home.plan.model import (
    PlannedBundle,
    PlannedItem,
    PlannedMilestone,
    PlannedPart,
    PlannedWorkstream,
)
from tests import factories


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept_pages.forget()
    kept_answers.forget()


def bundles(*, gates="By April 2090", with_walls=True):
    items = [
        PlannedItem("Gates", "May 2089", gates, [PlannedPart("Locks", final="2091")]),
        *([PlannedItem("Walls", "Summer 2089", "Early 2090")] if with_walls else []),
    ]
    return [
        PlannedBundle("Parks", items),
        PlannedBundle("Rivers", [PlannedItem("Ponds", "May 2008", "June 2008")]),
    ]


def workstreams(*, opened="April 2090"):
    return [
        PlannedWorkstream(1, "Parks", "Ann Lee", ["Bo Ray"], [
            PlannedMilestone("1 May 2008", "The gates are painted"),
            PlannedMilestone(opened, "The gates are opened"),
        ]),
    ]  # fmt: skip


@pytest.fixture
def planned(db):
    """A plan of 2007 taken in; ponds have a draft and an edition in force, of July 2008."""
    user = factories.user()
    about = {"user": user, "title": "The first plan", "published": date(2007, 1, 15)}
    take_in_bundles(bundles=bundles(), **about)
    take_in_timetables(workstreams=workstreams(), **about)
    document = factories.document("ponds", "Keeping ponds")
    sections = [
        factories.section(
            "Water",
            [factories.paragraph("1.1"), factories.term("Pond", "Still water.")],
            number="1",
        )
    ]
    factories.issued(
        document, sections, slug="draft", stage="consultation", published=date(2008, 5, 20)
    )
    again = [
        factories.section(
            "Water",
            [factories.paragraph("1.1"), factories.term("Pond", "Still water.")],
            number="1",
        )
    ]
    factories.issued(
        document,
        again,
        slug="final",
        title="Final edition",
        published=date(2008, 7, 1),
        statements=[factories.statement("1.1")],
    )
    ponds = FolderItem.objects.get(title="Ponds")
    ponds.documents.add(document)
    ponds.save()
    gates = FolderItem.objects.get(title="Gates")
    gates.makings.add(
        Making(
            step=Step.PROGRESS,
            text="The zebra met.",
            who="Ann Lee",
            on=date(2007, 3, 1),
            public=True,
        )
    )
    gates.makings.add(Making(step=Step.OUTCOMES, text="A secret badger.", who="Mole", public=False))
    gates.save()
    Milestone.objects.get(title="The gates are opened").items.add(gates)
    return SimpleNamespace(user=user, document=document, ponds=ponds, gates=gates)
