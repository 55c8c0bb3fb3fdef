"""One finding of the checks before an edition is issued."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, where in words, and what to do.

    `code` is stable. `blocking` says that the edition cannot be issued with it. `page` is the page
    on which it can be put right and `paragraph` the block there, where it is about one.
    """

    code: str
    message: str
    place: str
    remedy: str
    blocking: bool = False
    page: int | None = None
    paragraph: UUID | None = None
