"""The folder and the timetable in the admin: bundles, items, workstreams and milestones."""

from __future__ import annotations

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.admin.forms import TimedForm
from home.models import Bundle, FolderItem, Milestone, Workstream

TIMINGS_HELP = (
    "What was promised before is kept: a change here becomes an update of the plan, and readers see"
    " by how much a date slipped."
)


class BundleViewSet(SnippetViewSet):
    """Bundles: the sections of the folder."""

    model = Bundle
    icon = "folder-open-inverse"
    menu_label = "Bundles"
    list_display = ["title", "position"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("position"),
    ]


class FolderItemViewSet(SnippetViewSet):
    """Items: pieces of guidance from the day that they are planned."""

    model = FolderItem
    icon = "doc-full"
    menu_label = "Folder items"
    list_display = ["title", "bundle", Column("consult"), Column("final"), Column("lead")]
    list_filter = ["bundle"]
    search_fields = ["title", "summary", "lead"]
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("slug"),
                    FieldPanel("summary"),
                    FieldRowPanel([FieldPanel("bundle"), FieldPanel("position")]),
                    FieldPanel("lead"),
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("consult"), FieldPanel("final")])],
                        heading="Timings",
                        help_text=TIMINGS_HELP,
                    ),
                    InlinePanel(
                        "parts",
                        heading="Including",
                        label="Part",
                        panels=[
                            FieldPanel("title"),
                            FieldRowPanel([FieldPanel("consult"), FieldPanel("final")]),
                        ],
                    ),
                    FieldPanel("documents", widget=forms.CheckboxSelectMultiple),
                ],
                heading="The item",
            ),
            ObjectList(
                [
                    InlinePanel(
                        "makings",
                        label="Note",
                        help_text="Outcomes, specification, who is involved, commissioned parts,"
                        " progress, quality assurance. Each is public only where you say so.",
                        panels=[
                            FieldPanel("step"),
                            FieldPanel("text"),
                            FieldRowPanel([FieldPanel("who"), FieldPanel("on")]),
                            FieldPanel("public"),
                        ],
                    )
                ],
                heading="How it is made",
            ),
        ],
        base_form_class=TimedForm,
    )


class WorkstreamViewSet(SnippetViewSet):
    """Workstreams of the timetable."""

    model = Workstream
    icon = "list-ul"
    menu_label = "Workstreams"
    list_display = ["title", Column("number"), Column("lead")]
    search_fields = ["title", "lead"]
    panels = [
        FieldPanel("number"),
        FieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("supported_by"),
    ]


class MilestoneViewSet(SnippetViewSet):
    """Milestones of the timetable."""

    model = Milestone
    icon = "calendar-alt"
    menu_label = "Milestones"
    list_display = ["title", "workstream", Column("when", sort_key="earliest"), Column("done_on")]
    list_filter = ["workstream"]
    search_fields = ["title", "strand"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("when"), FieldPanel("done_on")], help_text=TIMINGS_HELP),
            FieldRowPanel([FieldPanel("workstream"), FieldPanel("strand")]),
            FieldPanel("position"),
            FieldPanel("items", widget=forms.CheckboxSelectMultiple),
            FieldPanel("documents", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=TimedForm,
    )


class FolderGroup(SnippetViewSetGroup):
    """Their place in the menu."""

    menu_label = "Folder and timetable"
    menu_icon = "folder-open-inverse"
    menu_order = 240
    items = (FolderItemViewSet, BundleViewSet, MilestoneViewSet, WorkstreamViewSet)
