"""What a person asked for, taken apart: plain facts, before any engine or vocabulary is consulted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """Words that should be found, in the order typed; a word of `exact` length one is still a word.

    `exact` says that they stood in quotation marks and must be found just so, next to each other.
    """

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the guidance or in an Act: what kind of thing was named, and its canonical form.

    `kind` is "number" ("2.13") or "provision"; a provision is a path ("ukpga/2007/28/section/138")
    or, where no instrument was named, a place alone ("section/138"). `words` are as typed.
    `required` says that a prefix asked for it and nothing else will do.
    """

    kind: str
    value: str
    words: str = ""
    required: bool = False


Item = Words | Reference


@dataclass(frozen=True, slots=True)
class Query:
    """`groups` are what is wanted: each holds alternatives (joined by OR), nearly always one.
    `without` is what must not be there."""

    text: str = ""
    groups: tuple[tuple[Item, ...], ...] = ()
    without: tuple[Item, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for; words to leave out alone ask for nothing."""
        return not self.groups
