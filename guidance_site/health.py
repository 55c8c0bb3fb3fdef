"""Whether the site can do its work, for machines that watch it: /health/.

503 where pages cannot be answered, which is where the database cannot; a search that is down is said
and is no reason to take the site away. Nothing secret is told, and asking often costs nothing, since
an answer is good for two seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.models import ImportJob, PlannedPublication
from guidance.models.imports import UNDER_WAY
from guidance.models.review import PlanState
from search.actions.using import engine, fallback
from search.engines import Engine, EngineDown
from search.models import Pending

SECONDS = 2.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Report:
    body: dict[str, Any]
    made: float


_last: _Report | None = None


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """`status` is "ok", "degraded" (the search is down, or something is overdue) or "down" (503)."""
    global _last
    report = _last
    if report is None or monotonic() - report.made >= SECONDS:
        report = _last = _Report(_examined(), monotonic())
    down = report.body["status"] == "down"
    response = JsonResponse(report.body, status=503 if down else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def forget() -> None:
    """Examine anew at the next request."""
    global _last
    _last = None


def _examined() -> dict[str, Any]:
    database = _database()
    if not database["ok"]:
        return {"status": "down", "database": database}
    search, waiting = _search(), _waiting()
    well = search["ok"] and not waiting["overdue_publications"]
    return {
        "status": "ok" if well else "degraded",
        "database": database,
        "search": search,
        "waiting": waiting,
    }


def _database() -> dict[str, Any]:
    started = monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.error("event=health_database_down kind=%s", type(error).__name__)
        return {"ok": False}
    return {"ok": True, "ms": round((monotonic() - started) * 1000, 1)}


def _search() -> dict[str, Any]:
    """The engine's own answer, and that of the one that stands in for it."""
    found = _engine(engine)
    second = _engine(fallback)
    if second is None:
        return found or {"ok": False}
    return {
        **(found or {"ok": False}),
        "ok": bool((found or second)["ok"] or second["ok"]),
        "fallback": second,
    }


def _engine(opened: Callable[[], Engine | None]) -> dict[str, Any] | None:
    """None where there is no such engine. What an operator can do about one that is down stands in
    the log, since it may name a server."""
    try:
        found = opened()
        if found is None:
            return None
        told = found.health()
    except (EngineDown, ValueError, OSError, ImportError) as error:
        logger.error("event=health_search_down kind=%s", type(error).__name__)
        return {"ok": False}
    return {"ok": told.ok, "engine": told.engine, "units": told.units}


def _waiting() -> dict[str, int]:
    """What is still to be done: documents to be indexed, files being read, editions whose hour came."""
    due = PlannedPublication.objects.filter(state=PlanState.WAITING, at__lt=timezone.now())
    return {
        "search_documents": Pending.objects.count(),
        "imports": ImportJob.objects.filter(state__in=UNDER_WAY).count(),
        "overdue_publications": due.count(),
    }
