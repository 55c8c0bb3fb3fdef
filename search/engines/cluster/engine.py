"""The engine that a cluster is: every question in one request, two where spelling is asked about."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from threading import Lock
from time import sleep
from typing import Any

from search.engines import EngineDown, Found, Health, Request
from search.engines.cluster import words
from search.engines.cluster.address import Address
from search.engines.cluster.asking import REBUILD, body_of, found_in, parts_of, unit_in, whole
from search.engines.cluster.mapping import LAYOUT, NOW, PARTS, PAST, PHRASES, index_of, part_of
from search.engines.cluster.queries import is_stem, writable
from search.engines.cluster.rebuilding import Generation, alias_of, older, taking_over
from search.engines.cluster.wires import Answer, Refused, Wire, refused
from search.engines.cluster.writing import Action, putting, taking, write
from search.units import Item, Phrase, Unit

WRITING_SECONDS = 60.0
_PAGE = 5_000
_READ_AGAIN_AFTER = 0.05


@dataclass(frozen=True, slots=True)
class Options:
    """How a cluster is used. `shards` and `replicas` count at the next rebuild; `ca_certs` is a file
    of certificates to trust instead of the usual ones; `timeout` is in seconds, for a search;
    `connections` are kept open to each node by a process."""

    shards: int = 1
    replicas: int = 0
    ca_certs: str = ""
    timeout: float = 5.0
    connections: int = 16

    def __post_init__(self) -> None:
        if self.shards < 1 or self.replicas < 0 or self.timeout <= 0:
            raise ValueError(
                "SEARCH_SHARDS is at least 1, SEARCH_REPLICAS at least 0, SEARCH_TIMEOUT above 0."
            )


class Cluster:
    """Units and phrases on OpenSearch or Elasticsearch (`search.engines.Engine`)."""

    def __init__(self, address: Address, options: Options) -> None:
        self._address = address
        self._options = options
        self._opened: tuple[int, Wire] | None = None
        self._opening = Lock()

    @property
    def name(self) -> str:
        return self._address.kind

    # What is asked.

    def search(self, request: Request) -> Found:
        today = date.today()
        answer = self._read(parts_of(request, today), body_of(request, today))
        return found_in(answer, request)

    def get(self, unit: str) -> Unit | None:
        if not writable(unit):
            return None
        answer = self._read((NOW, PAST), {"size": 1, "query": {"term": {"id": unit}}})
        hits = answer["hits"]["hits"]
        return unit_in(hits[0]) if hits else None

    def frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        counts = dict.fromkeys(stems, 0)
        known = [stem for stem in counts if is_stem(stem)]
        counts.update(self._counted((NOW,), known))
        counts.update(self._counted((NOW, PAST), [stem for stem in known if not counts[stem]]))
        return counts

    def similar(self, stem: str, limit: int = 10) -> list[tuple[str, int]]:
        if not is_stem(stem) or limit <= 0:
            return []
        near = words.alike_in(self._read((NOW, PAST), words.alike_of(stem)), stem)
        return words.nearest(near, self.frequencies(other for other, _ in near), limit)

    def complete(
        self, words_: Sequence[str], kinds: Iterable[str] = (), limit: int = 10
    ) -> list[Phrase]:
        body = words.completing_of(words_, kinds, limit)
        if body is None:
            return []
        hits = self._read((PHRASES,), body)["hits"]["hits"]
        return [Phrase.read(hit["_source"]["stored"]) for hit in hits]

    def documents(self) -> set[str]:
        body: dict[str, Any] = {
            "sources": [{"document": {"terms": {"field": "document"}}}],
            "size": _PAGE,
        }
        found: set[str] = set()
        while True:
            asked = {"size": 0, "aggs": {"all": {"composite": body}}}
            answer = self._read(PARTS, asked)["aggregations"]["all"]
            found.update(bucket["key"]["document"] for bucket in answer["buckets"])
            if len(answer["buckets"]) < _PAGE:
                return found
            body["after"] = answer["after_key"]

    def stored(self, document: str) -> dict[str, str]:
        body: dict[str, Any] = {
            "size": _PAGE,
            "query": {"term": {"document": document}},
            "sort": [{"id": "asc"}],
            "_source": False,
            "docvalue_fields": ["id", "digest"],
        }
        found: dict[str, str] = {}
        while True:
            hits = self._read(PARTS, body)["hits"]["hits"]
            found.update((hit["fields"]["id"][0], hit["fields"]["digest"][0]) for hit in hits)
            if len(hits) < _PAGE:
                return found
            body["search_after"] = hits[-1]["sort"]

    def health(self) -> Health:
        engine = self.name
        try:
            about = self._send("GET", "/", part="version")["version"]
            make = "OpenSearch" if about.get("distribution") == "opensearch" else "Elasticsearch"
            engine = f"{make} {about['number']}"
            counted = f"/{self._aliases((NOW, PAST))}/_count"
            units = self._send("GET", counted, part="count")["count"]
            mappings = self._send("GET", f"/{self._aliases(PARTS)}/_mapping").values()
            if {m["mappings"].get("_meta", {}).get("layout") for m in mappings} != {LAYOUT}:
                raise EngineDown(f"The search index is of another version. {REBUILD}")
            path = f"/_cluster/health/{self._aliases(PARTS)}"
            status = self._send("GET", path, {"timeout": "1s"}, part="status")["status"]
        except EngineDown as problem:
            return Health(ok=False, engine=engine, remedy=str(problem))
        remedy = "Part of the index is on no node that answers." if status == "red" else ""
        return Health(ok=not remedy, engine=f"{engine}, {status}", units=units, remedy=remedy)

    # What is changed.

    def apply(self, add: Iterable[Item] = (), remove: Iterable[str] = ()) -> None:
        changed = False

        def actions() -> Iterator[Action]:
            nonlocal changed
            for action in self._changes(add, remove):
                changed = True
                yield action

        write(self._bulk, actions())
        if changed:
            self._refresh(self._aliases(PARTS))

    def _changes(self, add: Iterable[Item], remove: Iterable[str]) -> Iterator[Action]:
        now, past, phrases = (alias_of(self._address.prefix, part) for part in PARTS)
        for identifier in remove:
            yield from (taking(index, identifier) for index in (now, past, phrases))
        today = date.today()
        for item in add:
            part = part_of(item, today)
            yield putting(alias_of(self._address.prefix, part), item)
            if part != PHRASES:
                yield taking(past if part == NOW else now, item.id)

    def rebuild(self, items: Iterable[Item]) -> int:
        new = Generation.begun_now(self._address.prefix)
        try:
            count = self._fill(new, items)
            standing = self._standing()
            actions = json.dumps({"actions": taking_over(new, standing)}).encode()
            self._send("POST", "/_aliases", body=actions, timeout=WRITING_SECONDS)
        except BaseException:
            with suppress(EngineDown):  # what stays is taken away by the next rebuild
                self._drop(new.indices)
            raise
        self._drop(older(new, standing))
        return count

    def _fill(self, new: Generation, items: Iterable[Item]) -> int:
        shards, similarity = self._options.shards, self._similarity()
        for part in PARTS:
            building = new.building(part)
            body = index_of(part, shards=shards, building=building, similarity=similarity)
            self._put(f"/{new.index(part)}", body)
        count = 0
        today = date.today()

        def actions() -> Iterator[Action]:
            nonlocal count
            for item in items:
                count += 1
                yield putting(new.building(part_of(item, today)), item)

        write(self._bulk, actions())
        if copies := self._options.replicas:
            settings = {"index": {"number_of_replicas": copies}}
            self._put(f"/{','.join(new.indices)}/_settings", settings)
        self._refresh(",".join(new.indices))
        return count

    def _similarity(self) -> str:
        """BM25 with the factor (k1 + 1), by the name that the server has for it: OpenSearch left it
        out of "BM25" in version 3, and a flat score would weigh more against words there."""
        about = self._send("GET", "/", part="version")["version"]
        major = int(str(about["number"]).partition(".")[0])
        newer = about.get("distribution") == "opensearch" and major >= 3
        return "LegacyBM25" if newer else "BM25"

    def _standing(self) -> Answer:
        """Our indices and their aliases, with those that only begin like ours."""
        return self._send("GET", f"/{self._address.prefix}-*/_alias")

    def _drop(self, indices: Iterable[str]) -> None:
        if listed := ",".join(indices):
            self._send(
                "DELETE", f"/{listed}", {"ignore_unavailable": "true"}, timeout=WRITING_SECONDS
            )

    def close(self) -> None:
        with self._opening:
            if self._opened:
                self._opened[1].close()
            self._opened = None

    # How it is sent.

    def _read(self, parts: Sequence[str], body: Mapping[str, Any]) -> Answer:
        """A search; once more where the index was changed for another in the middle of it."""
        path = f"/{self._aliases(parts)}/_search"
        several = len(parts) > 1 or self._options.shards > 1
        asked = json.dumps(
            {**body, "timeout": f"{int(self._options.timeout * 1000)}ms"}, ensure_ascii=False
        ).encode()
        params = {
            "allow_partial_search_results": "false",
            "search_type": "dfs_query_then_fetch" if several else "query_then_fetch",
        }
        if self._options.replicas:  # pages of one search come from the same copies
            query = json.dumps(body.get("query")).encode()
            params["preference"] = blake2b(query, digest_size=8).hexdigest()
        try:
            return whole(self._send("POST", path, params, asked, part="hits"))
        except Refused as problem:
            if problem.status not in (404, 500, 503):
                raise
        sleep(_READ_AGAIN_AFTER)
        return whole(self._send("POST", path, params, asked, part="hits"))

    def _counted(self, parts: Sequence[str], stems: Sequence[str]) -> dict[str, int]:
        if not stems:
            return {}
        head = json.dumps({"index": [alias_of(self._address.prefix, part) for part in parts]})
        lines = "".join(f"{head}\n{json.dumps(words.counting_of(stem))}\n" for stem in stems)
        answer = self._send("POST", "/_msearch", body=lines.encode(), lines=True, part="responses")
        for found in answer["responses"]:
            if "error" in found:
                raise refused(found.get("status", 500), found)
        totals = (whole(found)["hits"]["total"]["value"] for found in answer["responses"])
        return dict(zip(stems, totals, strict=True))

    def _bulk(self, lines: bytes) -> Answer:
        return self._send(
            "POST", "/_bulk", body=lines, lines=True, timeout=WRITING_SECONDS, part="items"
        )

    def _put(self, path: str, body: Mapping[str, Any]) -> None:
        self._send("PUT", path, body=json.dumps(body).encode(), timeout=WRITING_SECONDS)

    def _refresh(self, indices: str) -> None:
        whole(self._send("POST", f"/{indices}/_refresh", timeout=WRITING_SECONDS))

    def _send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        lines: bool = False,
        timeout: float = 0.0,
        part: str = "",
    ) -> Answer:
        """The answer, with the `part` that makes it one; raises EngineDown where there is none."""
        timeout = timeout or self._options.timeout
        answer = self._wire().send(method, path, params or {}, body, lines, timeout)
        if not isinstance(answer, Mapping) or part not in (*answer, ""):
            raise EngineDown(f"What answers at {self._address} is no search cluster.")
        return answer

    def _aliases(self, parts: Sequence[str]) -> str:
        return ",".join(alias_of(self._address.prefix, part) for part in parts)

    def _wire(self) -> Wire:
        """The client, opened at its first use and anew in a process that was forked."""
        opened = self._opened
        if opened and opened[0] == os.getpid():
            return opened[1]
        with self._opening:
            if not self._opened or self._opened[0] != os.getpid():
                self._opened = (os.getpid(), self._connected())
            return self._opened[1]

    def _connected(self) -> Wire:
        connections = self._options.connections
        if self._address.kind == "opensearch":
            from search.engines.cluster.opensearch_wire import OpenSearchWire

            return OpenSearchWire(self._address, self._options.ca_certs, connections)
        from search.engines.cluster.elasticsearch_wire import ElasticsearchWire

        return ElasticsearchWire(self._address, self._options.ca_certs, connections)
