"""The electronic folder: bundles, and in each the pieces of guidance that are planned or exist.

What stage a piece has reached is never stored: it follows from the editions that were issued
(`home.folder.stages`). The timings here are the promise that holds today; what was promised before
is kept in `home.models.promises`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import TextChoices
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from guidance.fuzzy_dates import FuzzyDate
from guidance.models import GuidancePage
from home.plan.when import parse_when

RESERVED_ITEM_SLUGS = frozenset(("contents", "glossary", "law", "updates", "bundles", "feeds"))


class Bundle(models.Model):
    """A section of the folder, in an editor's order."""

    title = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    summary = models.TextField(blank=True, help_text="One or two sentences: what it is about")
    position = models.PositiveIntegerField(
        default=0, help_text="Bundles are shown in this order, the lowest first"
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Timed(models.Model):
    """When guidance is to be consulted on and final, in the words of whoever promised it."""

    consult = models.CharField(
        "to be consulted on",
        max_length=100,
        blank=True,
        help_text="A date, or words such as Summer/Autumn 2007 or By April 2008",
    )
    final = models.CharField(
        "to be final", max_length=100, blank=True, help_text="A date, or words such as Early 2008"
    )

    class Meta:
        abstract = True

    @property
    def timings(self) -> dict[str, FuzzyDate]:
        """The promises that hold today, by what is promised."""
        found = {"consult": self.consult, "final": self.final}
        return {what: parse_when(words) for what, words in found.items() if words}

    def clean(self) -> None:
        super().clean()
        check_timings(self, "consult", "final")


class FolderItem(Timed, ClusterableModel):
    """A piece of guidance in the folder, from the day that it is planned."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="items")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True, help_text="Its address in the folder")
    summary = models.TextField(blank=True, help_text="One or two sentences: what it is about")
    lead = models.CharField("who leads", max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0, help_text="Its place in the bundle")
    documents = ParentalManyToManyField(
        GuidancePage,
        blank=True,
        related_name="folder_items",
        help_text="The guidance itself, as soon as it is being written",
    )
    dropped_by = models.ForeignKey(
        "home.PlanUpdate", models.PROTECT, null=True, editable=False, related_name="dropped"
    )

    class Meta:
        ordering = ["bundle__position", "bundle_id", "position", "pk"]
        verbose_name = "folder item"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_ITEM_SLUGS:
            raise ValidationError(
                {"slug": f"“{self.slug}” is an address of the site; choose another."}
            )


class ItemPart(Timed, Orderable):
    """A piece that an item includes, which may have timings of its own."""

    item = ParentalKey(FolderItem, on_delete=models.CASCADE, related_name="parts")
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Step(TextChoices):
    """How a piece of guidance is made: what is agreed, and what is recorded on the way."""

    OUTCOMES = "outcomes", "Intended outcomes"
    SPECIFICATION = "specification", "Scope and specification"
    INVOLVED = "involved", "Who is involved"
    COMMISSION = "commission", "Commissioned part"
    PROGRESS = "progress", "Progress"
    ASSURANCE = "assurance", "Quality assurance by the Sounding Board"


class Making(models.Model):
    """One note of how an item is made; the public reads it only where an editor says so."""

    item = ParentalKey(FolderItem, on_delete=models.CASCADE, related_name="makings")
    step = models.CharField(max_length=20, choices=Step.choices)
    text = models.TextField()
    who = models.CharField(
        max_length=200, blank=True, help_text="Who does it, or who was there; public if this is"
    )
    on = models.DateField("date", null=True, blank=True)
    public = models.BooleanField("the public may read this", default=False)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"  # as of Wagtail's Orderable

    class Meta:
        ordering = ["sort_order"]
        verbose_name = "note of how it is made"
        verbose_name_plural = "notes of how it is made"

    def __str__(self) -> str:
        return str(self.get_step_display())


def check_timings(row: Any, *fields: str) -> None:
    """ValidationError at each field whose words are no date."""
    wrong: dict[str, str] = {}
    for field in fields:
        if words := getattr(row, field):
            try:
                parse_when(words)
            except ValueError as error:
                wrong[field] = str(error)
    if wrong:
        raise ValidationError(wrong)
