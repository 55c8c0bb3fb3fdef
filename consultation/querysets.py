"""The questions that are asked of consultations and responses, in their own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from wagtail.query import PageQuerySet

from consultation.closing import MINUTE

if TYPE_CHECKING:
    from consultation.models import Question, Response  # noqa: F401


class ConsultationQuerySet(PageQuerySet):
    """Consultations."""

    def published(self) -> Self:
        """Those that the public may know of: live, with an edition and both instants."""
        return self.live().filter(edition__isnull=False, opens__isnull=False, closes__isnull=False)

    def open_at(self, now: datetime) -> Self:
        """The minute that is named as the close still counts."""
        return self.published().filter(opens__lte=now, closes__gt=now - MINUTE)

    def closed_by(self, now: datetime) -> Self:
        return self.published().filter(closes__lte=now - MINUTE)


class QuestionQuerySet(models.QuerySet["Question", "Question"]):
    """Questions of consultations."""

    def asked(self) -> Self:
        """Those that are asked now, in order, with their wording."""
        return self.filter(retired_at=None, wording__isnull=False).select_related("wording")


class ResponseQuerySet(models.QuerySet["Response", "Response"]):
    """Responses."""

    def received(self) -> Self:
        """What the Department may read; never what is still being written online."""
        return self.exclude(state="draft")

    def standing(self) -> Self:
        """Those that count: received, neither replaced nor withdrawn, not refused as late."""
        return self.filter(state="submitted").exclude(lateness="refused")

    def unchecked(self) -> Self:
        """Taken in by an official and not checked yet."""
        return self.filter(
            state="submitted", channel__in=("word", "email", "post"), checked_at=None
        )

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")
