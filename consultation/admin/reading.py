"""One response: who, what, how it came and what was done with it. Confidential words are shown for
one look, by a button that is written in the audit log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.log_actions import registry

from consultation.actions.masking import Sight
from consultation.actions.reading_one import ReadResponse
from consultation.actions.reading_responses import Key, Wanted, neighbours
from consultation.actions.recording import may_enter
from consultation.actions.revealing import hand_out, is_confidential, reveal
from consultation.admin.console import ConsolePage
from consultation.admin.filters import Filters
from consultation.admin.responses import Line
from consultation.models import Attachment, ConsultationPage, Response
from consultation.views.sending import send_file

ACTS_SHOWN = 100


class ReadOne(ConsolePage):
    """A response that was received; what is still being written is not found."""

    template_name = "consultation/admin/console/response.html"
    tab = "consultation_responses"

    @cached_property
    def response(self) -> Response:
        rows = Response.objects.received().select_related(
            "consultation__edition__document", "authority",
            *("entered_by", "checked_by", "late_decided_by", "submitted_by"),
        )  # fmt: skip
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def consultation(self) -> ConsultationPage:
        return self.response.consultation

    @property
    def page_title(self) -> str:
        return f"Response {self.response.reference}"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(Sight(self.response))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the confidential words, in this answer only."""
        return self._show(reveal(user=request.user, response=self.response))

    def _show(self, sight: Sight) -> HttpResponse:
        read = ReadResponse(sight, self.consultation)
        filters = Filters(self.request.GET, read.questions)
        wanted = filters.wanted if filters.is_valid() else Wanted()
        query = filters.query if filters.is_valid() else ""
        newer, older = neighbours(self.consultation.pk, wanted, Key.of(self.response))
        line = Line(sight, read.marked, query)
        return self.render_to_response(
            self.get_context_data(
                read=read,
                response=self.response,
                line=line,
                sight=sight,
                back=_with(reverse("consultation_responses", args=[self.consultation.pk]), query),
                newer=_address(newer, query),
                older=_address(older, query),
                acts=self._acts(),
                here=self.request.get_full_path(),
                may_enter=may_enter(self.request.user, self.response),
            )
        )

    def _acts(self) -> list[Any]:
        rows = registry.get_logs_for_instance(self.response).select_related("user")
        return list(rows.order_by("-timestamp", "-pk")[:ACTS_SHOWN])


class ResponseFile(ConsolePage):
    """A file of a response, as a download. A confidential one is given only to a POST, so that
    no link can fetch it unasked."""

    def get(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        if is_confidential(self.file):
            return HttpResponse(status=405, headers={"Allow": "POST"})
        return self.post(request, key)

    def post(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        return send_file(hand_out(user=request.user, attachment=self.file))

    @cached_property
    def file(self) -> Attachment:
        rows = Attachment.objects.filter(response__in=Response.objects.received())
        return get_object_or_404(rows.select_related("response"), key=self.kwargs["key"])


def _address(pk: int | None, query: str) -> str:
    return _with(reverse("consultation_response", args=[pk]), query) if pk else ""


def _with(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
