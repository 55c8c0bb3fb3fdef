"""The list of consultations: what is open, what opens soon, what is closed."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.closing import Phase
from consultation.models import ConsultationIndexPage, ConsultationPage
from consultation.views.public import INDEX, public_page
from consultation.views.standing import Standing, standing

Listed = list[tuple[ConsultationPage, Standing]]


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """In two queries, however many there are."""
    now = timezone.now()
    rows = list(
        ConsultationPage.objects.published()
        .select_related("edition__document")
        .order_by("closes", "pk")
    )
    listed = [(row, standing(row, now)) for row in rows]
    context = {
        "introduction": ConsultationIndexPage.objects.values_list(
            "introduction", flat=True
        ).first(),
        "open": _in(listed, Phase.OPEN),
        "upcoming": sorted(_in(listed, Phase.UPCOMING), key=_opening),
        "closed": list(reversed(_in(listed, Phase.CLOSED))),
        "index": INDEX,
    }
    return public_page(request, "consultation/index.html", context, now, rows)


def _in(listed: Listed, phase: Phase) -> Listed:
    return [(row, found) for row, found in listed if found.phase == phase]


def _opening(pair: tuple[ConsultationPage, Standing]) -> datetime:
    assert pair[0].opens is not None
    return pair[0].opens
