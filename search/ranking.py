"""Every signal that orders results, by name, with its weight. All weights of the search are here.

They were chosen on principle and checked on the judgements as a whole (`manage.py evaluate_search`);
halving or doubling any one of them moves the whole little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.plan import Text


def _fields() -> Mapping[Text, float]:
    return {Text.BODY: 1.0, Text.TITLE: 1.5, Text.TRAIL: 0.7, Text.SECTION: 0.25}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts. Weights multiply the BM25 of what matched; scores are added, in
    units of about one ordinary word found once."""

    fields: Mapping[Text, float] = field(default_factory=_fields)
    """Words of a paragraph, of its own title, of the headings above it, of its section's title."""
    other_fields: float = 0.3
    """The same word in a further field, of what it scores there."""

    synonym: float = 0.5
    """What means the same; a long form has many words, so together they would outweigh the rest."""
    spelling: float = 0.9
    """The same word in another spelling."""
    correction: float = 0.8
    """What a misspelt word was probably meant to be."""

    close: float = 0.45
    """Two words asked for side by side that stand close together, in that order, …"""
    close_slop: int = 3
    """… with at most so many moves between them."""
    together: float = 0.5
    """All words asked for, in that order, within about their own number of further words."""

    most: float = 30.0
    """Most of what was asked for, where what has only some of it is let in too."""

    number: float = 40.0
    """A paragraph that bears the number asked for, …"""
    number_after: float = 20.0
    """… a box, table or question that follows it, …"""
    number_named: float = 4.0
    """… and words that name it."""
    under: float = 12.0
    """A paragraph that stands under the provision asked for, …"""
    mentions: float = 9.0
    """… one that cites it, …"""
    wider: float = 0.5
    """… and each step outwards (the subsection's section): so much of it."""
    named: float = 0.6
    """The words of the reference themselves, where nothing was resolved."""

    statutory: float = 0.8
    """Statutory guidance, …"""
    in_force: float = 6.0
    """… and text in force, where other text is looked at too, before the rest."""


WEIGHTS = Weights()


def needed(concepts: int) -> int:
    """How many of the things asked for a paragraph must have at least: all of one or two, about
    two thirds of more. What has more still comes first."""
    return concepts if concepts < 3 else -(-concepts * 3 // 5)
