"""One measured figure, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: `value` in `unit`, and its `ratio` to the baseline of the same run.

    `target` says what the ratio should be, in words ("at most 0.25"); both may be missing where the
    figure stands for itself.
    """

    name: str
    value: float
    unit: str
    ratio: float | None = None
    target: str = ""


def print_rows(rows: Iterable[Row]) -> None:
    """A line for each figure; the ratio is what matters, since machines differ."""
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"{row.name:<88} {row.value:>10,.1f} {row.unit:<12} {ratio:>7}  {row.target}")
