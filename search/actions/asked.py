"""What was searched for, as editors may see it: texts that were asked several times, never who asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from search.models import SearchCount

ORDERS = ("text", "searches", "in_vain", "last")


def asked(
    days: int, *, in_vain: bool = False, order: str = "-searches"
) -> QuerySet[SearchCount, Any]:
    """Rows of `text`, `searches`, `in_vain` and `last` (a day) over the last `days` days, today
    among them. `in_vain` leaves only those that found nothing at least once; `order` is one of
    `ORDERS`, with "-" the other way round.

    A text that was asked fewer than `settings.SEARCH_COUNTS_SHOWN_FROM` times in those days may be
    the words of one person, and is not shown.
    """
    if order.removeprefix("-") not in ORDERS:
        order = "-searches"
    first = timezone.localdate() - timedelta(days=days - 1)
    rows = (
        SearchCount.objects.filter(day__gte=first)
        .values("text")
        .annotate(all_searches=Sum("searches"), all_in_vain=Sum("in_vain"), last=Max("day"))
        .filter(all_searches__gte=settings.SEARCH_COUNTS_SHOWN_FROM)
    )
    if in_vain:
        rows = rows.filter(all_in_vain__gt=0)
    field = {"searches": "all_searches", "in_vain": "all_in_vain"}
    name = order.removeprefix("-")
    return rows.order_by(order.replace(name, field.get(name, name)), "text")
