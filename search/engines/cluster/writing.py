"""Putting items in and taking them out, in bounded bulks, as fast as the cluster can take them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Any

from search.engines.cluster.mapping import document_of
from search.engines.cluster.wires import Refused, refused
from search.units import Item

MOST_ACTIONS = 500
MOST_BYTES = 4 << 20
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds to wait before what the cluster was too busy for is sent again."""

Send = Callable[[bytes], Mapping[str, Any]]
"""Sends the lines of one bulk and gives the answer."""


@dataclass(frozen=True, slots=True)
class Action:
    """One item put into an index or taken out of it."""

    index: str
    id: str
    lines: bytes


def putting(index: str, item: Item) -> Action:
    """The item in an index, in place of the one with its id. The index has to be an alias: nothing
    is written to an index that was taken away meanwhile, which servers would make anew."""
    head = {"index": {"_index": index, "_id": item.id, "require_alias": True}}
    return Action(index, item.id, _line(head) + _line(document_of(item)))


def taking(index: str, identifier: str) -> Action:
    return Action(index, identifier, _line({"delete": {"_index": index, "_id": identifier}}))


def write(send: Send, actions: Iterable[Action]) -> None:
    """Does all the actions in order. Raises EngineDown with the first real reason where one of them
    cannot be done; those before it may have been done."""
    for bulk in bulks(actions):
        _written(send, bulk)


def bulks(actions: Iterable[Action]) -> Iterator[Sequence[Action]]:
    """The actions in bulks; of several on one id in one index the last counts."""
    bulk: dict[tuple[str, str], Action] = {}
    size = 0
    for action in actions:
        if bulk and (len(bulk) >= MOST_ACTIONS or size + len(action.lines) > MOST_BYTES):
            yield list(bulk.values())
            bulk, size = {}, 0
        bulk[action.index, action.id] = action
        size += len(action.lines)
    if bulk:
        yield list(bulk.values())


def _written(send: Send, bulk: Sequence[Action]) -> None:
    pauses = iter(PAUSES)
    while bulk:
        try:
            bulk, reason = _left(bulk, send(b"".join(action.lines for action in bulk))["items"])
        except Refused as problem:
            if not problem.passing:
                raise
            reason = problem
        if bulk and reason:
            pause = next(pauses, None)
            if pause is None:
                raise reason
            sleep(pause)


def _left(
    bulk: Sequence[Action], items: Sequence[Mapping[str, Any]]
) -> tuple[list[Action], Refused | None]:
    """The actions that the cluster had no time for, and why. Raises Refused for any other failure."""
    left: list[Action] = []
    reason: Refused | None = None
    for action, item in zip(bulk, items, strict=True):
        [(_, answer)] = item.items()
        error = answer.get("error")
        if not error or (answer["status"] == 404 and "delete" in item):
            continue
        problem = refused(answer["status"], {"error": error})
        if not problem.passing:
            raise problem
        left.append(action)
        reason = reason or problem
    return left, reason


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
