"""Where a test keeps its index: in a folder of its own, or on the cluster at SEARCH_TEST_URL under a
name of its own, which is taken away when the test is over."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

_made: list[str] = []


def fresh_url(folder: Path, *, kept: bool = False) -> str:
    """The address of an engine that holds nothing yet and that nobody else uses. What is `kept` for
    several tests is to be taken away with `remove`."""
    cluster = os.environ.get("SEARCH_TEST_URL", "")
    if not cluster:
        return f"embedded:{folder / 'index'}"
    url = f"{cluster.rstrip('/')}/test-{uuid4().hex[:12]}"
    if not kept:
        _made.append(url)
    return url


def remove(*urls: str) -> None:
    """Takes away what is on a cluster; with no address, all that this test made there."""
    from search.engines.cluster.address import Address
    from search.engines.cluster.engine import Cluster, Options

    for url in urls or tuple(_made):
        if not url.startswith("embedded:"):
            address = Address.of(url)
            cluster = Cluster(address, Options(timeout=60))
            cluster._send("DELETE", f"/{address.prefix}-*")
            cluster.close()
    if not urls:
        _made.clear()
