"""The timetable by date or by workstream, and its calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from home.folder.addresses import CALENDAR, FOLDER, TIMETABLE
from home.folder.kept import kept, page
from home.timetable.calendar import calendar
from home.timetable.drawing import draw
from home.timetable.reading import by_year, points, streams

ICALENDAR = "text/calendar; charset=utf-8"


@require_safe
def timetable_page(request: HttpRequest) -> HttpResponseBase:
    """`?by=workstream`; by date unless asked."""
    by = "workstream" if request.GET.get("by") == "workstream" else "date"
    return kept(
        request, ("timetable", by), lambda: page("home/timetable/timetable.html", _page(by))
    )


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponseBase:
    """Milestones and closings of consultations, to subscribe to."""
    return kept(request, ("calendar",), calendar, ICALENDAR)


def _page(by: str) -> dict[str, Any]:
    found = points()
    rows = streams(found)
    return {
        "by": by,
        "points": found,
        "years": by_year(found),
        "streams": rows,
        "drawing": draw(rows),
        "by_date": TIMETABLE,
        "by_workstream": f"{TIMETABLE}?by=workstream",
        "calendar": CALENDAR,
        "crumbs": [("Folder", FOLDER)],
    }
