"""The timetable: workstreams with their lead directors, and milestones with fuzzy dates."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from guidance.fuzzy_dates import FuzzyDate
from guidance.models import GuidancePage
from home.models.folder import FolderItem, check_timings
from home.plan.when import parse_when


class Workstream(models.Model):
    """A strand of the work, with the person who leads it."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True, editable=False)
    lead = models.CharField("lead director", max_length=200, blank=True)
    supported_by = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = f"{self.number}-{slugify(self.title)[:190]}"
        super().save(*args, **kwargs)


class Milestone(models.Model):
    """Something that is to happen. `when` keeps its words; two dates derived from them sort it."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="milestones")
    strand = models.CharField(
        max_length=200, blank=True, help_text="The part of the workstream, where it has several"
    )
    title = models.TextField()
    when = models.CharField(
        max_length=100, help_text="A date, or words such as By April 2008 or Summer 2007"
    )
    earliest = models.DateField(editable=False)
    latest = models.DateField(editable=False)
    position = models.PositiveIntegerField(default=0, help_text="Its place among those of one date")
    done_on = models.DateField("done on", null=True, blank=True)
    items = models.ManyToManyField(FolderItem, blank=True, related_name="milestones")
    documents = models.ManyToManyField(GuidancePage, blank=True, related_name="milestones")
    dropped_by = models.ForeignKey(
        "home.PlanUpdate", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["earliest", "latest", "workstream__number", "position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def timings(self) -> dict[str, FuzzyDate]:
        return {"milestone": parse_when(self.when)} if self.when else {}

    def clean(self) -> None:
        super().clean()
        check_timings(self, "when")
        if self.done_on and self.done_on > timezone.localdate():
            raise ValidationError({"done_on": "That day has not come. Give the day it was done."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        found = parse_when(self.when)
        self.earliest, self.latest = found.earliest, found.latest
        super().save(*args, **kwargs)
