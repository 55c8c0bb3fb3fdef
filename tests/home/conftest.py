"""What tests of the front door share: a day on which it is always the same day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from guidance.views import kept
from tests.home.front_door_samples import TODAY


@pytest.fixture
def june_2010(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is 15 June 2010."""
    from django.utils import timezone

    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "localtime", lambda *a, **k: noon)
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)
    kept.forget()
    return TODAY
