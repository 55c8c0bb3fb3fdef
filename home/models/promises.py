"""What was promised when: every version of the plan is kept, and nothing of it changes afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices

from guidance.fuzzy_dates import FuzzyDate
from home.models.folder import FolderItem
from home.models.timetable import Milestone


class About(TextChoices):
    """What an update of the plan is about; each is a series of its own."""

    FOLDER = "folder", "The folder"
    TIMETABLE = "timetable", "The timetable"


class Promised(TextChoices):
    """What is promised."""

    CONSULT = "consult", "Consultation"
    FINAL = "final", "Final guidance"
    MILESTONE = "milestone", "Milestone"


class KeptForGood(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not self._state.adding:
            raise TypeError("What was promised is kept as it was; make another update instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("What was promised is kept; it is never deleted.")


class KeptForGoodQuerySet(models.QuerySet[Any, Any]):
    """Rows that are written once, also many at a time."""

    def update(self, **_: Any) -> int:
        raise TypeError("What was promised is kept as it was; make another update instead.")

    def delete(self) -> Any:
        raise TypeError("What was promised is kept; it is never deleted.")


class PlanUpdate(KeptForGood):
    """One version of the plan: as it was published, or a change that an editor made later.

    `published` is the day from which its promises hold; `digest` tells the same file again.
    """

    about = models.CharField(max_length=10, choices=About.choices)
    title = models.CharField(max_length=200)
    published = models.DateField()
    whole = models.BooleanField(default=True)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = KeptForGoodQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "update of the plan"
        verbose_name_plural = "updates of the plan"
        constraints = [
            models.UniqueConstraint(
                fields=["about", "published"],
                condition=Q(whole=True),
                name="one_plan_published_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Promise(KeptForGood):
    """A date that an update of the plan gave. Without words it says that a date was taken back.

    `part` is the title of the piece of the item that it is about, or empty for the whole of it.
    """

    update_of_plan = models.ForeignKey(PlanUpdate, models.PROTECT, related_name="promises")
    item = models.ForeignKey(FolderItem, models.PROTECT, null=True, related_name="promises")
    part = models.CharField(max_length=200, blank=True)
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, related_name="promises")
    what = models.CharField(max_length=10, choices=Promised.choices)
    words = models.CharField(max_length=100, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)

    objects = KeptForGoodQuerySet.as_manager()

    class Meta:
        ordering = ["update_of_plan_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, milestone=None)
                | Q(item=None, part="", milestone__isnull=False),
                name="promise_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["update_of_plan", "item", "part", "what"], name="one_promise_for_an_item"
            ),
            models.UniqueConstraint(
                fields=["update_of_plan", "milestone", "what"], name="one_promise_for_a_milestone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.words or 'no longer given'}"

    @property
    def when(self) -> FuzzyDate | None:
        if not (self.words and self.earliest and self.latest):
            return None
        return FuzzyDate(self.words, self.earliest, self.latest)
