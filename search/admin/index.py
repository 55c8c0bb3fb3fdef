"""The state of the index: which engine, how much it holds, what is behind, and making it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from search.actions.indexing import Drift, check, engines
from search.actions.remaking import last_time, may_remake, remake_index
from search.admin.page import SearchAdminView, sentences
from search.engines import Engine, EngineDown, Health
from search.models import Pending

MOST_BEHIND = 100


class Index(SearchAdminView):
    """With `?check=1` the index is compared with the ledger, which takes as long as it takes."""

    template_name = "search/admin/index.html"
    page_title = "Index"
    tab = "search_index"

    def get(self, request: HttpRequest) -> HttpResponse:
        behind = Pending.objects.order_by("since")
        context: dict[str, Any] = {
            "engines": [_health(engine) for engine in engines()],
            "behind": behind[:MOST_BEHIND],
            "behind_count": behind.count(),
            "last": last_time(),
            "may_remake": may_remake(request.user),
        }
        if request.GET.get("check") == "1":
            context |= _compared()
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            remake_index(user=request.user)
        except ValidationError as error:
            messages.error(request, sentences(error))
        else:
            messages.success(
                request, "The index is being made again. Searches go on in the old one until then."
            )
        return redirect("search_index")


def _health(engine: Engine) -> Health:
    try:
        return engine.health()
    except EngineDown as error:
        return Health(False, engine.name, remedy=str(error))


def _compared() -> dict[str, Any]:
    try:
        drifts: Sequence[Drift] = list(check())
    except EngineDown as error:
        return {"uncompared": str(error)}
    return {"compared": True, "drifts": drifts}
