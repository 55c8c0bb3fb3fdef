"""The questions that are asked of the ledger, in its own words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.utils import timezone

if TYPE_CHECKING:
    from guidance.models import Edition, Entry, Withdrawal  # noqa: F401

IN_FORCE_STAGES = ("final", "corrigendum")
CITABLE_KINDS = ("paragraph", "box", "table", "figure", "glossary")


def end_of(day: date) -> datetime:
    """The last instant of a day here: what the site knew on that day, for `known_on`."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())


class EditionQuerySet(models.QuerySet["Edition", "Edition"]):
    """Issued editions."""

    def newest_first(self) -> Self:
        return self.order_by(F("in_force_from").desc(nulls_last=True), "-published", "-pk")

    def known_on(self, instant: datetime) -> Self:
        """What the site had issued by that instant."""
        return self.filter(issued_at__lte=instant)

    def applicable_on(self, day: date) -> Self:
        """Editions published by that day that had begun to apply by it."""
        return self.filter(stage__in=IN_FORCE_STAGES, published__lte=day, in_force_from__lte=day)

    def in_force_on(self, day: date | None = None, known_on: datetime | None = None) -> Self:
        """At most one edition for each document: the one in force on `day` (default today).

        Of the editions published by then with in-force-from on or before it, the one with the
        latest (in-force-from, published), unless a withdrawal ranks above it. With `known_on`, as
        the site knew it at that instant.
        """
        day = day or timezone.localdate()
        rivals = self.model._default_manager.applicable_on(day).filter(
            document=OuterRef("document")
        )
        if known_on is not None:
            rivals = rivals.filter(issued_at__lte=known_on)
        latest = rivals.order_by("-in_force_from", "-published").values("pk")[:1]
        withdrawn = self._withdrawals(known_on).filter(withdrawn_from__lte=day)
        return self.filter(~Exists(withdrawn), pk=Subquery(latest))

    def withdrawn_from(self, known_on: datetime | None = None) -> Subquery:
        """To annotate editions with: the day from which each is withdrawn, or None."""
        by_document = self._withdrawals(known_on).order_by().values("document")
        return Subquery(by_document.annotate(first=Min("withdrawn_from")).values("first"))

    def _withdrawals(self, known_on: datetime | None) -> models.QuerySet[Withdrawal]:
        """Those that rank above the edition of the outer query (see `Withdrawal`)."""
        model: type[Withdrawal] = self.model._meta.apps.get_model("guidance", "Withdrawal")
        rows = model._default_manager.filter(document=OuterRef("document")).filter(
            Q(withdrawn_from__gt=OuterRef("in_force_from"))
            | Q(withdrawn_from=OuterRef("in_force_from"), made_on__gte=OuterRef("published"))
        )
        return rows if known_on is None else rows.filter(made_at__lte=known_on)

    def drafts(self) -> Self:
        return self.filter(stage="consultation")

    def not_yet_in_force_on(self, day: date) -> Self:
        return self.filter(stage__in=IN_FORCE_STAGES).filter(
            Q(in_force_from__gt=day) | Q(published__gt=day)
        )


class EntryQuerySet(models.QuerySet["Entry", "Entry"]):
    """Lines of editions' tables of contents."""

    def citable(self) -> Self:
        """Entries that a person can cite: numbered paragraphs, boxes, tables, figures, terms."""
        return self.filter(version__kind__in=CITABLE_KINDS)
