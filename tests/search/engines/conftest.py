"""The engine that the shared suite is run on: the embedded one, or the cluster at SEARCH_TEST_URL."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from search.engines import Engine
from search.engines.opening import open_engine


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an engine that holds nothing yet and that nobody else uses."""
    cluster = os.environ.get("SEARCH_TEST_URL", "")
    if cluster:
        return f"{cluster.rstrip('/')}/test-{uuid4().hex[:12]}"
    return f"embedded:{tmp_path / 'index'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An empty engine that was built and answers."""
    opened = open_engine(url)
    opened.rebuild([])
    yield opened
    opened.close()
