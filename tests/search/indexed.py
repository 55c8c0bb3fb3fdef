"""An index of its own for a test that publishes: made from what is published when it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search.actions import knowledge, labels, using
from search.actions.indexing import rebuild
from search.models import Pending
from tests.search.places import fresh_url


def forget() -> None:
    for module in (knowledge, labels, using):
        module.forget()


def index(settings: Any, folder: Path) -> None:
    """Everything that is published now can be found; what is published later is not."""
    settings.SEARCH_URL = fresh_url(folder)
    forget()
    rebuild()
    Pending.objects.all().delete()
