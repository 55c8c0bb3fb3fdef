"""A number that grows whenever the folder, the plan or the timetable changes.

The pages that show them are kept until it does, so that asking it costs one small query.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F


class FolderMark(models.Model):
    """The one row that counts the changes; `changed` is when the last was made."""

    number = models.PositiveBigIntegerField(default=0)
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def grow(cls) -> None:
        row, _ = cls.objects.get_or_create(pk=1)
        row.number = F("number") + 1
        row.save()
