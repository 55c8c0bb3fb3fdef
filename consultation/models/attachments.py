"""Files that came with responses, and whether they may be opened."""

from __future__ import annotations

from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import TextChoices

from consultation.models.questions import Question
from consultation.models.responses import Response


class Scan(TextChoices):
    """Whether a file may be opened."""

    WAITING = "waiting", "Waiting to be scanned"
    CLEAN = "clean", "Nothing found"
    UNSCANNED = "unscanned", "Not scanned: no scanner is set up"
    INFECTED = "infected", "Something harmful was found"


OPENABLE = frozenset({Scan.CLEAN, Scan.UNSCANNED})


def private_files() -> Storage:
    """Where files of responses are kept, as the settings say."""
    return storages["private"]


class Attachment(models.Model):
    """A file that came with a response: an answer's, or (`original`) the very e-mail, Word form or
    scan that the response was taken from. Kept outside whatever a web server serves; downloaded
    through us alone, never shown in place."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="attachments")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    original = models.BooleanField(default=False)
    file = models.FileField(storage=private_files, upload_to="responses/%Y/%m/")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    confidential = models.BooleanField(default=False)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.WAITING)
    added_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["scan", "added_at"], name="files_to_scan")]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def openable(self) -> bool:
        return self.scan in OPENABLE
