"""Asking for an export of responses, and sending it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property

from consultation.actions.exporting import EXPORT, Export, export
from consultation.actions.exports import (
    ANSWERS,
    COMMENTS,
    CSV,
    JSON,
    RESPONSES,
    XLSX,
    as_csv,
    as_json,
    as_xlsx,
)
from consultation.actions.reading_counts import questions_of
from consultation.admin.console import ConsolePage
from consultation.admin.filters import Filters
from consultation.closing import LONDON

FORMS = (
    (XLSX, "Workbook (XLSX) with responses, answers and comments"),
    (f"{CSV} {RESPONSES}", "CSV: one row for each response"),
    (f"{CSV} {ANSWERS}", "CSV: one row for each answer"),
    (f"{CSV} {COMMENTS}", "CSV: one row for each comment on a paragraph"),
    (JSON, "JSON: everything"),
)
MEDIA_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
    JSON: "application/json",
}


class ExportResponses(ConsolePage):
    """GET asks in which form; POST sends it, since each export is written in the audit log. The
    filters are those of the list, in the address."""

    template_name = "consultation/admin/console/export.html"
    page_title = "Export"
    header_icon = "download"
    tab = "consultation_export"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filters(self) -> Filters:
        return Filters(self.request.GET, questions_of(self.consultation))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request.GET)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        form = request.POST.get("form", "")
        if form not in dict(FORMS):
            return self._show(request.POST, error="Choose a form for the export.")
        if not self.filters.is_valid():
            return self._show(request.POST)
        made = export(
            user=request.user,
            consultation=self.consultation,
            wanted=self.filters.wanted,
            form=form,
            confidential="confidential" in request.POST,
        )
        kind, _, table = form.partition(" ")
        response = StreamingHttpResponse(_written(made, kind, table), MEDIA_TYPES[kind])
        name = _file_name(self.consultation.slug, table or RESPONSES, kind, timezone.now())
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _show(self, given: QueryDict, error: str = "") -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                filters=self.filters,
                narrowed=self.filters.narrowed,
                valid=self.filters.is_valid(),
                forms=FORMS,
                chosen=given.get("form", XLSX),
                error=error,
            ),
            status=400 if error else 200,
        )


def _written(made: Export, kind: str, table: str) -> Iterator[bytes]:
    if kind == CSV:
        return as_csv(made, table)
    return as_json(made) if kind == JSON else as_xlsx(made)


def _file_name(slug: str, what: str, kind: str, now: datetime) -> str:
    return f"{slug}-{what}-{now.astimezone(LONDON):%Y-%m-%d-%H%M}.{kind}"
