"""What tests put on a real cluster is taken away after them."""

import os
from collections.abc import Iterator

import pytest

from search.engines.cluster.address import Address
from search.engines.cluster.engine import Cluster, Options


@pytest.fixture(autouse=True)
def _cluster_left_clean(request: pytest.FixtureRequest) -> Iterator[None]:
    """Takes away the indices of a test that asked for the fixture `url` on a cluster."""
    url = ""
    if os.environ.get("SEARCH_TEST_URL") and "url" in request.fixturenames:
        url = request.getfixturevalue("url")
    yield
    if url:
        address = Address.of(url)
        cluster = Cluster(address, Options(timeout=60))
        cluster._send("DELETE", f"/{address.prefix}-*")
        cluster.close()
