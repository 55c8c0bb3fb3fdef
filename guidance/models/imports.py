"""Imports on their way: a file that was sent, what was understood of it, and what became of it.

The file itself is kept only until it has been read, the plan only until it has been saved.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils import timezone

from guidance.models.pages import EditionPage, GuidancePage, Stage

KEPT_FOR = timedelta(days=14)
"""After this an import is deleted, whether or not it was saved as a draft."""

SILENT_FOR = timedelta(minutes=5)
"""An import that has not moved for so long was broken off, as by a restart of the server."""


class ImportState(TextChoices):
    """Where an import stands."""

    WAITING = "waiting", "Waiting"
    READING = "reading", "Being read"
    READY = "ready", "Ready to check"
    FAILED = "failed", "Could not be read"
    SAVED = "saved", "Saved as a draft"


UNDER_WAY = (ImportState.WAITING, ImportState.READING)


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    """Imports, seen from their owner and from the clock."""

    def of(self, user: Any) -> Self:
        """A person's own imports; nobody else sees them, since drafts are confidential."""
        return self.filter(user=user)

    def wanting_attention(self) -> Self:
        return self.exclude(state=ImportState.SAVED)

    def expired(self) -> Self:
        return self.filter(created__lt=timezone.now() - KEPT_FOR)


class ImportJob(models.Model):
    """One file on its way to becoming a draft edition.

    `plan` is what `guidance.actions.importing.ImportPlan.to_json` gave; `error` is one sentence for
    the person who sent the file. `moved` is when the work last made progress.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="guidance_imports"
    )
    file_name = models.CharField(max_length=255)
    source = models.BinaryField(null=True)
    state = models.CharField(
        max_length=20, choices=ImportState.choices, default=ImportState.WAITING
    )
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    plan = models.JSONField(null=True)

    document = models.ForeignKey(
        GuidancePage, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    document_title = models.CharField(max_length=255, blank=True)
    document_slug = models.SlugField(max_length=255, blank=True)
    edition_title = models.CharField(max_length=255, blank=True)
    edition_slug = models.SlugField(max_length=255, blank=True)
    stage = models.CharField(max_length=20, choices=Stage.choices)
    published = models.DateField()
    in_force_from = models.DateField(null=True, blank=True)

    edition = models.ForeignKey(
        EditionPage, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    moved = models.DateTimeField(default=timezone.now)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = "import"

    def __str__(self) -> str:
        return self.file_name

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY and not self.broken_off

    @property
    def broken_off(self) -> bool:
        """Whether the work stopped without saying so."""
        return self.state in UNDER_WAY and self.moved < timezone.now() - SILENT_FOR

    @property
    def ready(self) -> bool:
        return self.state == ImportState.READY

    @property
    def failed(self) -> bool:
        return self.state == ImportState.FAILED or self.broken_off

    @property
    def sentence(self) -> str:
        """What to tell the person when it failed."""
        return self.error or "Reading was broken off before it ended. Send the file again."
