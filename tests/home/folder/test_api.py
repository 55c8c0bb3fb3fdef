"""The folder and the timetable in the JSON API."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from guidance.api import kept
from guidance.api.schemas import Listing
from home.actions.folder_plan import take_in_bundles
from home.api.schemas import FolderBundle, Workstream
from tests.home.folder.conftest import bundles

pytestmark = pytest.mark.django_db
FOLDER, TIMETABLE = "/api/v1/folder/", "/api/v1/timetable/"


@pytest.mark.parametrize(("address", "shape"), [(FOLDER, FolderBundle), (TIMETABLE, Workstream)])
def test_an_answer_has_the_shape_that_was_agreed(client, planned, address, shape):
    body = client.get(address).content
    TypeAdapter(Listing[shape]).validate_json(body)


def test_the_folder_gives_stage_timings_and_editions(client, planned):
    take_in_bundles(
        user=planned.user,
        bundles=bundles(gates="By October 2090"),
        title="The second plan",
        published=date(2007, 7, 15),
    )
    parks, rivers = client.get(FOLDER).json()["results"]
    gates = parks["items"][0]
    final = gates["timings"][1]
    assert (final["words"], final["earliest"], final["latest"]) == (
        "By October 2090",
        "2090-10-01",
        "2090-10-31",
    )
    assert [(p["words"], p["change"], p["days"]) for p in final["promises"]] == [
        ("By April 2090", "new", 0), ("By October 2090", "later", 184),
    ]  # fmt: skip
    assert gates["including"] == [{"title": "Locks", "timings": gates["including"][0]["timings"]}]
    ponds = rivers["items"][0]
    assert ponds["stage"] == {"kind": "in-force", "words": "In force since 1 July 2008", "note": ""}
    assert [e["slug"] for e in ponds["documents"][0]["editions"]] == ["final", "draft"]
    assert ponds["url"].endswith("/folder/ponds/")


def test_the_timetable_gives_workstreams_with_their_milestones(client, planned):
    (stream,) = client.get(TIMETABLE).json()["results"]
    assert (stream["lead"], stream["supported_by"]) == ("Ann Lee", "Bo Ray")
    painted, opened = stream["milestones"]
    assert (painted["state"], opened["state"]) == ("late", "coming")
    assert opened["links"][0]["title"] == "Gates"


@pytest.mark.parametrize("address", [FOLDER, TIMETABLE])
def test_it_keeps_the_conventions(client, planned, address):
    response = client.get(address)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{address}?colour=red").status_code == 422
    assert client.get(f"{address}?page=9").status_code == 404
    kept.forget()
    item = planned.gates
    item.title = "Wide gates"
    item.save()
    assert client.get(address)["ETag"] != response["ETag"]
