"""The front door, the electronic folder, the plan that promised it and its timetable."""

from home.models.folder import (
    RESERVED_ITEM_SLUGS,
    Bundle,
    FolderItem,
    ItemPart,
    Making,
    Step,
)
from home.models.home_page import HomePage
from home.models.mark import FolderMark
from home.models.promises import About, PlanUpdate, Promise, Promised
from home.models.timetable import Milestone, Workstream

__all__ = [
    "RESERVED_ITEM_SLUGS",
    "About",
    "Bundle",
    "FolderItem",
    "FolderMark",
    "HomePage",
    "ItemPart",
    "Making",
    "Milestone",
    "PlanUpdate",
    "Promise",
    "Promised",
    "Step",
    "Workstream",
]
