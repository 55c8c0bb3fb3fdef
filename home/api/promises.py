"""Promises as the API gives them."""

from __future__ import annotations

from guidance.api.objects import Json
from home.folder.promises import Series


def steps(series: Series) -> list[Json]:
    """Every version of a promised date, oldest first."""
    return [
        {
            "plan": step.plan,
            "published": step.published,
            "words": step.words,
            "change": str(step.slip.move),
            "days": step.slip.days,
        }
        for step in series.steps
    ]
