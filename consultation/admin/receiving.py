"""What the pages share on which responses are taken in, put in order, checked and, where they came
late, decided about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from consultation.actions.late import DECIDE
from consultation.actions.recording import ENTER
from consultation.models import Confidential, Lateness, Piece, PieceState, Response, State

SHOWN = 20
"""Rows of a queue that are shown at once."""


class ReceivingPage(WagtailAdminTemplateMixin, View):
    """A page for those who enter responses, kept by no cache; `tab` is the name of its address."""

    _show_breadcrumbs = True
    header_icon = "mail"
    tab = ""
    permission = ENTER

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=list(self._tabs()), **context)

    def _tabs(self) -> Iterator[tuple[str, str, int | None, bool]]:
        """Address, words, how many wait, and whether it is this page."""
        user: Any = self.request.user
        if user.has_perm(ENTER):
            yield self._tab("consultation_take_in_which", "Take in a response", None)
            yield self._tab("consultation_pieces", "To be placed", waiting_pieces().count())
            checks = Response.objects.unchecked().count()
            yield self._tab("consultation_to_check", "To be checked", checks)
        if user.has_perm(DECIDE):
            yield self._tab("consultation_late", "Late", waiting_late().count())

    def _tab(self, name: str, words: str, waiting: int | None) -> tuple[str, str, int | None, bool]:
        return reverse(name), words, waiting, name == self.tab


def waiting_pieces() -> QuerySet[Piece]:
    """What waits to be placed, the response that came first before the others."""
    return Piece.objects.filter(
        state=PieceState.WAITING,
        response__state=State.SUBMITTED,
        response__checked_at=None,
    ).order_by("response__received_at", "response", "position")


def waiting_late() -> QuerySet[Response]:
    """What came late and waits for a decision, the first before the others."""
    return Response.objects.filter(state=State.SUBMITTED, lateness=Lateness.WAITING).order_by(
        "received_at", "pk"
    )


def shown_name(response: Response) -> str:
    """Who it is from; the name of a respondent who asked for everything to be kept confidential is
    not shown in lists."""
    return "Confidential" if response.confidential == Confidential.WHOLE else response.who
