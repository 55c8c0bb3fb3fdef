"""The cluster engine: OpenSearch 2 and 3, Elasticsearch 8 and 9, through their own clients.

One part makes the bodies of requests, which both understand alike; a thin wire for each client sends
them. Nothing here is asked of a server before the first call.
"""

from __future__ import annotations

from typing import Any

from search.engines.cluster.address import Address
from search.engines.cluster.engine import Cluster, Options

__all__ = ["Cluster", "Options", "open_cluster"]


def open_cluster(url: str, **options: Any) -> Cluster:
    """The cluster at "opensearch+https://user:password@host:9200,other:9200/prefix" (or
    "elasticsearch+…"); `options` are those of `Options`. Raises ValueError where the address or an
    option cannot be used."""
    return Cluster(Address.of(url), Options(**options))
