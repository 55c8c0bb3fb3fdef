"""New indices beside the old ones, and the one moment in which they take their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import time_ns
from typing import Any

from search.engines.cluster.mapping import PARTS

_STAMP = r"[0-9a-f]{16}"


@dataclass(frozen=True, slots=True)
class Generation:
    """Indices that belong together: one for each part, named by the moment they were begun at."""

    prefix: str
    stamp: str

    @classmethod
    def begun_now(cls, prefix: str) -> Generation:
        return cls(prefix, f"{time_ns():016x}")

    def index(self, part: str) -> str:
        return f"{alias_of(self.prefix, part)}-{self.stamp}"

    def building(self, part: str) -> str:
        """The alias that this generation is written through until it is whole."""
        return f"{alias_of(self.prefix, part)}-building-{self.stamp}"

    @property
    def indices(self) -> list[str]:
        return [self.index(part) for part in PARTS]


def alias_of(prefix: str, part: str) -> str:
    """The name that searches and changes go to, whichever generation is behind it."""
    return f"{prefix}-{part}"


def taking_over(new: Generation, standing: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The actions, done at once or not at all, that put a generation in the place of what stands:
    `standing` are our indices with their aliases, as a server lists them."""
    actions: list[dict[str, Any]] = []
    for part in PARTS:
        alias = alias_of(new.prefix, part)
        if alias in standing:  # an index in the place of our alias, which somebody made by mistake
            actions.append({"remove_index": {"index": alias}})
        actions += (
            {"remove": {"index": index, "alias": alias}}
            for index, described in standing.items()
            if alias in described["aliases"]
        )
        actions.append({"add": {"index": new.index(part), "alias": alias}})
        actions.append({"remove": {"index": new.index(part), "alias": new.building(part)}})
    return actions


def older(new: Generation, standing: Mapping[str, Any]) -> Iterator[str]:
    """Indices of generations begun earlier: the last one, and what was left of killed rebuilds."""
    parts = "|".join(PARTS)
    ours = re.compile(rf"{re.escape(new.prefix)}-(?:{parts})-(?P<stamp>{_STAMP})")
    for index in standing:
        found = ours.fullmatch(index)
        if found and found["stamp"] < new.stamp:
            yield index
