"""On the admin's home: consultations that open or close soon, and responses that wait for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from consultation.closing import Phase, in_words
from consultation.models import (
    ConsultationIndexPage,
    ConsultationPage,
    Lateness,
    PieceState,
    Response,
    State,
)

SOON = timedelta(days=14)
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """Something to look at: its name and address, and how it stands."""

    title: str
    standing: str
    address: str


class ConsultationsPanel(Component):
    """Each line is there for those who may see to it."""

    name = "consultations"
    template_name = "consultation/admin/home.html"
    order = 60

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"lines": [*self._soon(), *self._waiting()]}

    def _soon(self) -> Iterator[Line]:
        index = ConsultationIndexPage.objects.first()
        if index is None or not index.permissions_for_user(self._user).can_edit():
            return
        now = timezone.now()
        until = now + SOON
        rows = ConsultationPage.objects.published().filter(closes__gte=now - timedelta(minutes=1))
        near = rows.filter(opens__range=(now, until)) | rows.filter(closes__lte=until)
        for page in near.order_by("closes")[:SHOWN]:
            assert page.opens is not None
            assert page.closes is not None
            words = (
                f"opens at {in_words(page.opens)}"
                if page.phase(now) == Phase.UPCOMING
                else f"open until {in_words(page.closes)}"
            )
            yield Line(page.title, words, reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def _waiting(self) -> Iterator[Line]:
        """Counts of what has been received; what is still being written is not among it."""
        received = Response.objects.filter(state=State.SUBMITTED)
        if self._user.has_perm("consultation.decide_late"):
            late = received.filter(lateness=Lateness.WAITING).count()
            yield from _line(
                late, "late response", "to be admitted or refused", "consultation_late"
            )
        if self._user.has_perm("consultation.enter_response"):
            placed = received.filter(pieces__state=PieceState.WAITING)
            waiting = placed.aggregate(n=Count("pk", distinct=True))["n"]
            yield from _line(waiting, "response", "with words to be placed", "consultation_pieces")


def _line(count: int, what: str, standing: str, address: str) -> Iterator[Line]:
    if not count:
        return
    try:
        where = reverse(address)
    except NoReverseMatch:
        where = ""
    yield Line(f"{count:,} {what}{'' if count == 1 else 's'}", standing, where)


def add_panel(request: Any, panels: list[Any]) -> None:
    """For the hook `construct_homepage_panels`."""
    panels.append(ConsultationsPanel(request.user))
