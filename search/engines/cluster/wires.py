"""How requests reach a server: what both clients do for us, and the errors that both speak of."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Protocol

from search.engines import EngineDown
from search.engines.cluster.address import Address

Answer = Mapping[str, Any]

JSON = "application/json"
LINES = "application/x-ndjson"

PASSING = frozenset({429, 502, 503, 504})
"""A server that answers so may take the same a little later."""


class Refused(EngineDown):
    """A server's answer that it will not do it: its status, the kind of error, the first reason."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"The search cluster refuses: {reason or kind or status}.")
        self.status = status
        self.kind = kind

    @property
    def passing(self) -> bool:
        return self.status in PASSING


class Absent(Refused):
    """There is no index yet, or it was taken away."""

    def __init__(self) -> None:
        super().__init__(404, "index_not_found_exception", "")
        self.args = ("The search cluster has no index yet; run “manage.py rebuild_search”.",)


class Wire(Protocol):
    """A client of one make."""

    def send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str],
        body: bytes | None,
        lines: bool,
        timeout: float,
    ) -> Answer:
        """The answer as JSON says it. `lines` for a body of several documents, one a line; `timeout`
        in seconds. Raises Refused for an answer that is an error, EngineDown where there is none."""

    def close(self) -> None: ...


def hush(*loggers: str) -> None:
    """Keeps a client from logging requests: they hold what people search for."""
    for name in loggers:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def unreachable(address: Address, reason: str) -> EngineDown:
    return EngineDown(f"The search cluster at {address} cannot be reached: {reason}.")


def too_slow(address: Address, timeout: float) -> EngineDown:
    return EngineDown(f"The search cluster at {address} has not answered within {timeout:g} s.")


def refused(status: int, body: Any) -> Refused:
    """What a server's error says, in its first real reason. A wrong password is named as what it is."""
    if status in (401, 403):
        return Refused(status, "security", "user and password in SEARCH_URL are not let in")
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, str):
        return Refused(status, "", error)
    kind, reason = _cause(error) if isinstance(error, Mapping) else ("", "")
    if kind == "index_not_found_exception":
        return Absent()
    return Refused(status, kind, reason or f"status {status}")


def _cause(error: Mapping[str, Any]) -> tuple[str, str]:
    """The root cause: its kind and its words, never the request that it was the answer to."""
    first = next(iter(error.get("root_cause") or ()), None) or error
    failed = next(iter(error.get("failed_shards") or ()), None)
    if failed and isinstance(failed.get("reason"), Mapping):
        first = failed["reason"]
    deeper = first.get("caused_by")
    kind = str(first.get("type") or "")
    words = (deeper or first).get("reason") or first.get("reason") or kind
    return kind, " ".join(str(words).split())[:300].rstrip(".")
