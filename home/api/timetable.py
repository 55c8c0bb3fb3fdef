"""The timetable: /timetable/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from guidance.api.addresses import API, absolute
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import Json
from guidance.api.parameters import Paged
from guidance.api.schemas import Listing
from home.api.promises import steps
from home.api.schemas import Workstream
from home.api.state import folder_state
from home.folder.addresses import TIMETABLE, milestone_path
from home.timetable.reading import Point, Stream, points, streams

router = Router(tags=["Folder"], by_alias=True)
ADDRESS = f"{API}timetable/"


@router.get("/", response=Listing[Workstream], operation_id="timetable", summary="The timetable")
def workstreams(request: HttpRequest, wanted: Query[Paged]) -> HttpResponseBase:
    """The workstreams with their lead directors and milestones, each by date."""

    def make() -> bytes:
        found = streams(points())
        results = [_stream(stream) for stream in found[window(wanted)]]
        return json_bytes(envelope(request, wanted, len(found), results))

    return answered(request, folder_state(), make, JSON)


def _stream(stream: Stream) -> Json:
    return {
        "number": stream.number,
        "title": stream.title,
        "lead": stream.lead,
        "supported_by": stream.supported_by,
        "milestones": [_milestone(point) for point in stream.points],
        "url": absolute(f"{TIMETABLE}?by=workstream#workstream-{stream.number}"),
        "api_url": absolute(ADDRESS),
    }


def _milestone(point: Point) -> Json:
    return {
        "id": point.pk,
        "title": point.title,
        "strand": point.strand,
        "when": point.when.words,
        "earliest": point.when.earliest,
        "latest": point.when.latest,
        "state": point.state,
        "standing": point.standing,
        "done_on": point.done_on,
        "promises": steps(point.series),
        "links": [{"title": words, "url": absolute(address)} for words, address in point.links],
        "url": absolute(milestone_path(point.pk)),
        "api_url": absolute(ADDRESS),
    }
