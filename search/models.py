"""What the search keeps in the database: what editors teach it, what was asked in vain, and which
documents have still to be indexed. The index itself is no part of it and can be made again."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from guidance.models import GuidancePage, Paragraph
from search.analysis import stems


class Synonym(models.Model):
    """Words and phrases that mean the same, for every search from the next one on."""

    words = models.CharField(
        max_length=500,
        help_text="Words or phrases that mean the same, with commas between them: bins, refuse, waste",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["words"]
        permissions = [
            ("teach_search", "Can teach the search, and see what was searched for"),
            ("rebuild_search", "Can have the index of the search made again"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[str]:
        return [phrase.strip() for phrase in self.words.split(",") if phrase.strip()]

    def clean(self) -> None:
        if len({stems(phrase) for phrase in self.phrases} - {()}) < 2:
            raise ValidationError(
                {"words": "Give at least two different words or phrases, with commas between them."}
            )


class Promotion(models.Model):
    """What is shown first for a search: a paragraph or a document that editors chose for it.

    `key` is the search as `search.promotions.key_of` writes it, so that "Duties to involve?" and
    "duty to involve" are the same.
    """

    search = models.CharField(max_length=200, help_text="What people type")
    key = models.CharField(max_length=400, editable=False, db_index=True)
    document = models.ForeignKey(GuidancePage, models.CASCADE, related_name="promotions")
    paragraph = models.ForeignKey(
        Paragraph, models.CASCADE, null=True, blank=True, related_name="promotions"
    )
    position = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "paragraph"],
                condition=Q(paragraph__isnull=False),
                name="paragraph_promoted_once_for_a_search",
            ),
            models.UniqueConstraint(
                fields=["key", "document"],
                condition=Q(paragraph__isnull=True),
                name="document_promoted_once_for_a_search",
            ),
        ]

    def __str__(self) -> str:
        return self.search


class SearchCount(models.Model):
    """How often something was searched for on one day, and how often in vain.

    Nobody's name, address or session is kept, and no query that looks as if it held one.
    """

    day = models.DateField()
    text = models.CharField(max_length=100)
    searches = models.PositiveIntegerField(default=0)
    in_vain = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "text"], name="one_count_per_day_and_search")
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.searches})"


class Pending(models.Model):
    """A document whose index is behind the ledger: written in the transaction that changed it, and
    taken away when the index has followed. What stays here is done by the next run."""

    document = models.SlugField(max_length=255, unique=True)
    since = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "pending"

    def __str__(self) -> str:
        return self.document
