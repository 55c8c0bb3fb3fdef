"""One entry of an edition as the reading pages take it, and the names of the statuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STATUTORY, NON_STATUTORY, UNSTATED = "statutory", "non-statutory", "unstated"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a section, ready to be joined; `html` is its version's `render_version`.

    `provisions` are (words, address) pairs; `statements` the positions from 0 of the statements of
    status that cover it; `conflict` says that they disagree.
    """

    reference: str
    kind: str
    number: str
    title: str
    after: str
    status: str
    provisions: Sequence[tuple[str, str]]
    html: str
    id: str
    digest: str
    statements: Sequence[int] = ()
    conflict: bool = False
