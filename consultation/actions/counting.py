"""Keeps the counts of what was received (`Tally`), and gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum

from consultation.answers import keys_of
from consultation.closing import LONDON
from consultation.models import ConsultationPage, Response, Tally

KEY = ("question_id", "value", "day", "channel", "respondent", "lateness")
FOLDED_FROM = 200
"""Rows of one consultation from which they are worth adding up."""


def count(response: Response, by: int) -> None:
    """Count a response that was received (`by` 1), or take it from the counts (-1), with what it
    chose. Call it in the transaction of the act, -1 before a change and 1 after it."""
    assert response.received_at is not None
    said: dict[str, Any] = {
        "consultation_id": response.consultation_id,
        "day": response.received_at.astimezone(LONDON).date(),
        "channel": response.channel,
        "respondent": response.organisation_type or response.respondent,
        "lateness": response.lateness,
        "count": by,
    }
    chosen = [
        (question, key)
        for question, value in response.answers.order_by().values_list("question_id", "value")
        for key in keys_of(value)
    ]
    Tally.objects.bulk_create(
        [
            Tally(**said),
            *(Tally(**said, question_id=question, value=key[:60]) for question, key in chosen),
        ]
    )


def fold() -> int:
    """Add up rows of the same thing; how many rows that saved. For the watch beside the site."""
    saved = 0
    grown = Tally.objects.values("consultation").annotate(n=Count("pk")).filter(n__gte=FOLDED_FROM)
    for row in grown.order_by():
        saved += _fold(row["consultation"])
    return saved


@transaction.atomic
def _fold(consultation: int) -> int:
    """Rows that come in meanwhile are left for the next time."""
    list(ConsultationPage.objects.select_for_update().filter(pk=consultation).values_list("pk"))
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    read: list[int] = []
    for pk, n, *key in Tally.objects.filter(consultation=consultation).values_list(
        "pk", "count", *KEY
    ):
        read.append(pk)
        sums[tuple(key)] += n
    whole = [
        Tally(consultation_id=consultation, count=n, **dict(zip(KEY, key, strict=True)))
        for key, n in sums.items()
        if n
    ]
    if len(whole) == len(read):
        return 0
    for start in range(0, len(read), 500):
        Tally.objects.filter(pk__in=read[start : start + 500]).delete()
    Tally.objects.bulk_create(whole)
    return len(read) - len(whole)


def counted(consultation: int, by: str, question: int | None = None) -> dict[Any, int]:
    """How many responses by one of `KEY`, the refused ones included; with `question`, of those that
    chose something there. In one query, however many were received."""
    rows = Tally.objects.filter(consultation=consultation, question=question)
    found = rows.values(by).annotate(n=Sum("count")).order_by(by)
    return {row[by]: row["n"] for row in found if row["n"]}


def total(consultation: int) -> int:
    """How many responses stand or were refused as late: all that were received and not withdrawn."""
    rows: Iterable[int] = counted(consultation, "lateness").values()
    return sum(rows)
