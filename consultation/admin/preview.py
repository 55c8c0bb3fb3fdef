"""A consultation as a respondent will see it, before it is published: every page, and no saving."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from consultation.admin.consultation_page import ConsultationAdminView
from consultation.models import ConsultationPage
from consultation.views.consultation import about
from consultation.views.desk import Desk

WITHOUT = frozenset({"return", "save", "done", "receipt", "file"})
"""Pages of a response that there is; a preview has none."""


class Preview(ConsultationAdminView):
    """The pages of a response at `rest`, made by the very views that the public gets.

    It shows the latest draft of the consultation. Only GET is answered, so nothing can be saved.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int, rest: str = "") -> HttpResponseBase:
        page = self.consultation.get_latest_revision_as_object()
        if not is_complete(page):
            return self._incomplete(request)
        base = reverse("consultation_preview", args=[pk])
        view, arguments = _view_of(f"{page.address}respond/{rest}")
        desk = Desk(page, preview=True, base=base)
        sent: HttpResponseBase = desk.seal(view(request, desk, **arguments))
        return sent

    def _incomplete(self, request: HttpRequest) -> HttpResponse:
        self.template_name = "consultation/admin/no_preview.html"
        self.page_title = "Preview as a respondent"
        return self.render_to_response(self.get_context_data())


def is_complete(page: ConsultationPage) -> bool:
    """Whether there is enough to show: a saved page with its edition and its time."""
    return bool(page.pk and page.edition_id and page.opens and page.closes)


def shown_as(page: ConsultationPage, request: HttpRequest) -> HttpResponse:
    """The page of the consultation itself, for Wagtail's preview beside the editor."""
    if not is_complete(page):
        return render(request, "consultation/admin/nothing_to_show.html")
    context = about(page, timezone.now()) | {"site": settings.WAGTAILADMIN_BASE_URL}
    return render(request, "consultation/consultation.html", context)


def _view_of(address: str) -> tuple[Any, dict[str, Any]]:
    """The bare view behind a page of a response, with its arguments; 404 for every other page."""
    try:
        found = resolve(address)
    except Resolver404 as error:
        raise Http404("There is no such page in a preview.") from error
    view = getattr(found.func, "at_desk", None)
    if view is None or found.url_name in WITHOUT:
        raise Http404("There is no such page in a preview.")
    return view, {name: value for name, value in found.kwargs.items() if name != "slug"}
