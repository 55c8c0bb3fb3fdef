"""The folder and the timetable of the demonstration."""

from __future__ import annotations

from datetime import date

import pytest

from home.demonstration.folder import ensure_folder
from home.folder.reading import folder
from home.models import Milestone, PlanUpdate
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_is_made_once_by_the_real_acts_and_shows_a_date_that_slipped():
    user = factories.user()
    factories.issued(
        factories.document("community-buildings", "Community buildings"),
        stage="consultation",
        published=date(2026, 10, 5),
    )
    assert ensure_folder(user)
    assert not ensure_folder(user)
    assert PlanUpdate.objects.count() == 4
    items = {item.title: item for bundle in folder() for item in bundle.items}
    assert len(items) == 4
    young = items["Hearing from young people"]
    assert young.timings[1].series.words == "4 months later than first promised"
    assert items["Community buildings in community hands"].stage.kind == "consultation"
    assert Milestone.objects.filter(items__title__startswith="Community").count() == 3
