"""Long lists in pieces, since databases limit the parameters of one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SIZE = 500


def batches(items: Sequence[T], size: int = SIZE) -> Iterator[Sequence[T]]:
    """Consecutive pieces of `items`, each of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
