"""The shapes of a comparison: the two sides of a paragraph, its row, and all rows with counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.comparison.redlining import Piece, redline

__all__ = ["CHANGES", "Comparison", "LineageStep", "Piece", "Row", "Side"]

CHANGES = (
    *("substantive", "editorial", "inserted", "removed", "split", "merged"),
    *("renumbered", "moved"),
)
"""The kinds of change, values of `guidance.models.Change`, in the order in which they are named."""

UNCHANGED = "unchanged"
UNCITED = "uncited"


@dataclass(frozen=True, slots=True)
class Side:
    """A block as one edition has it.

    `identity` is its UUID as text, `kind`, `number` and `title` are its own, `reference` is how it
    is addressed (empty where it is not cited by itself: headings, unnumbered text), `after` the
    number that it is or follows. `section` is the position of its section from 1. `text` is
    `plain_text` of its content, `provisions` are paths, `digest` is that of the version.
    """

    identity: str
    kind: str
    number: str
    title: str
    reference: str
    after: str
    section: int
    section_words: str
    section_slug: str
    text: str
    status: str
    provisions: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class LineageStep:
    """One row of lineage by identities: `before` is empty for an insertion, `after` for a removal;
    they differ for what was split (`before` into `after`) or merged (likewise). `change` is one of
    `CHANGES`."""

    before: str
    after: str
    change: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A block in both editions, or in one.

    `changes` are in the order of `CHANGES`, none where it is unchanged; `reasons` are those given,
    in the order of the editions, each once. `origins` are the earlier sides that it was split from
    or that were merged into it; `destinations` the later sides that parts of it, or all of it, went
    into. Both leave out the block itself.
    """

    before: Side | None
    after: Side | None
    changes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    origins: tuple[Side, ...] = ()
    destinations: tuple[Side, ...] = ()

    @property
    def side(self) -> Side:
        """The later side, or the earlier one where it was removed."""
        side = self.after or self.before
        assert side is not None
        return side

    @property
    def pieces(self) -> list[Piece]:
        """The words of both sides, compared now. What one side alone has is inserted or deleted."""
        return redline(
            self.before.text if self.before else "", self.after.text if self.after else ""
        )

    @property
    def restated(self) -> bool:
        """Whether its status, or the provisions that it rests on, are others than before."""
        old, new = self.before, self.after
        if old is None or new is None:
            return False
        return (old.status, old.provisions) != (new.status, new.provisions)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows in the new edition's order, removed ones after the row that they used to follow.

    `counts` are about what can be cited: how many paragraphs have each of `CHANGES` (one that
    changed in two ways counts in both), how many are "unchanged", and under "uncited" how many
    headings, questions and other blocks between them changed in any way. A split counts the new
    parts, a merger the paragraphs that went into another.
    """

    rows: list[Row]
    counts: Mapping[str, int]
