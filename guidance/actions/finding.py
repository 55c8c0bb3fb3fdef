"""One finding of the checks before an edition is issued, and the places that findings are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from guidance.actions.edition_source import Source
from guidance.edition_text import Block, SectionSource
from guidance.references import Place


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, where in words, and what to do.

    `code` is stable (`guidance.editorial.codes`). `blocking` says that the edition cannot be issued
    with it; `examine` sets it from the code. `page` is the page on which it can be put right and
    `paragraph` the block there, where it is about one.
    """

    code: str
    message: str
    place: str
    remedy: str
    blocking: bool = False
    page: int | None = None
    paragraph: UUID | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A block in its section and place."""

    section: SectionSource
    block: Block
    place: Place

    @property
    def words(self) -> str:
        """The place in words, as "paragraph 2.13 in section 2 Governance"."""
        within = f"in section {self.section.number} {self.section.title}"
        within = within.replace("  ", " ").rstrip()
        if self.block.kind == "paragraph":
            return f"{self.section.prefix} paragraph {self.block.number} {within}".strip()
        title = self.block.title
        named = f"{self.block.kind} “{title}”" if title else self.block.kind
        after = f" after {self.place.after}" if self.place.after else ""
        return f"{named}{after} {within}"

    def found(self, code: str, message: str, remedy: str) -> Check:
        """A finding about this block."""
        return Check(
            code,
            message,
            self.words,
            remedy,
            page=self.section.page,
            paragraph=uuid_or_none(self.block.identity),
        )


def spots(source: Source) -> Iterator[Spot]:
    """Every block of an edition, in order."""
    for section in source.sections:
        for block, place in zip(section.blocks, section.places, strict=True):
            yield Spot(section, block, place)


def uuid_or_none(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
