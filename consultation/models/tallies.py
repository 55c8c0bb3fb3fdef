"""Counts of what was received, kept as it comes in so that showing them costs the same at any number.

Each act that changes a count adds a row of +1 or -1, so that nobody waits for anybody; from time to
time rows of the same thing are added up into one (`consultation.actions.counting`). Counts hold no
person and outlive the responses' erasure.
"""

from __future__ import annotations

from django.db import models

from consultation.models.pages import ConsultationPage
from consultation.models.questions import Question


class Tally(models.Model):
    """`count` responses received on `day` (London) through `channel` from a kind of respondent; with
    `question`, how many of them chose `value` there."""

    consultation = models.ForeignKey(
        ConsultationPage, models.CASCADE, related_name="tallies", db_index=False
    )
    question = models.ForeignKey(
        Question, models.CASCADE, null=True, related_name="+", db_index=False
    )
    value = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    channel = models.CharField(max_length=10)
    respondent = models.CharField(max_length=33, blank=True)
    lateness = models.CharField(max_length=10)
    count = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        indexes = [
            models.Index(fields=["consultation", "question", "value"], name="tallies_by_question")
        ]

    def __str__(self) -> str:
        return f"{self.value or self.channel}: {self.count}"
