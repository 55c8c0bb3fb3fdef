"""Which engine an address names: "embedded:/folder", "opensearch+https://…", "elasticsearch+http://…"."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from search.engines import Engine

SCHEMES = ("embedded", "opensearch", "elasticsearch")


def open_engine(url: str, **options: object) -> Engine:
    """The engine at an address; nothing is asked of it yet. Raises ValueError where it is none.

    `options` are those of `search.engines.cluster.Cluster` ("shards", "replicas", "ca_certs", …).
    """
    kind = urlsplit(url).scheme.partition("+")[0]
    if kind == "embedded":
        from search.engines.embedded import Embedded  # neither needs the other's library

        folder = unquote(urlsplit(url).path)
        if not folder:
            raise ValueError(
                "Name a folder in SEARCH_URL, as in embedded:/var/lib/guidance/search."
            )
        return Embedded(folder)
    if kind in SCHEMES:
        from search.engines.cluster import open_cluster

        return open_cluster(url, **options)
    raise ValueError(
        f"SEARCH_URL cannot be read; write embedded:/folder, opensearch+https://host:9200 or"
        f" elasticsearch+https://host:9200 (it begins with “{kind or url[:20]}”)."
    )
