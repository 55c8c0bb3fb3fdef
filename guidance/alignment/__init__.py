"""Aligns a further edition with the one before, so that a paragraph keeps its identity.

A paragraph is the same when its words are; when its number is and its words are close; or, among
what is left, when its words are closest: so it is followed through moving, renumbering, splitting
and merging. Exact words are looked up first, numbers next, and only leftovers are compared, each
with the few that share its rarest words; the work grows about in step with the text.
"""

from guidance.alignment.difference import Difference, difference
from guidance.alignment.model import Aligned, Alignment, Change, Item
from guidance.alignment.result import align

__all__ = [
    "Aligned",
    "Alignment",
    "Change",
    "Difference",
    "Item",
    "align",
    "difference",
]
