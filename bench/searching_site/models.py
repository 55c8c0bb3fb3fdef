"""A paragraph as Wagtail's search (the package modelsearch) would have it: a model with two texts and three filters."""

from __future__ import annotations

from django.db import models
from modelsearch import index


class Passage(index.Indexed, models.Model):
    document = models.PositiveIntegerField(db_index=True)
    status = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=20, db_index=True)
    title = models.TextField()
    text = models.TextField()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("text"),
        index.FilterField("document"),
        index.FilterField("status"),
        index.FilterField("kind"),
    ]

    def __str__(self) -> str:
        return self.title
