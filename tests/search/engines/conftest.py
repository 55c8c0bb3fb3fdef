"""The engine that the shared suite is run on: the embedded one, or the cluster at SEARCH_TEST_URL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import Engine
from search.engines.opening import open_engine
from tests.search.places import fresh_url


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an engine that holds nothing yet and that nobody else uses."""
    return fresh_url(tmp_path)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An empty engine that was built and answers."""
    opened = open_engine(url)
    opened.rebuild([])
    yield opened
    opened.close()
