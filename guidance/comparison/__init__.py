"""What two editions, or two wordings, have in common and where they differ. Pure: knows no Django.

Paragraphs are paired by identity, so only the words of those that changed are ever compared.
"""

from guidance.comparison.combining import combine, turned_round
from guidance.comparison.model import CHANGES, Comparison, LineageStep, Piece, Row, Side
from guidance.comparison.ordering import in_order
from guidance.comparison.pairing import compare
from guidance.comparison.redlining import redline

__all__ = [
    "CHANGES",
    "Comparison",
    "LineageStep",
    "Piece",
    "Row",
    "Side",
    "combine",
    "compare",
    "in_order",
    "redline",
    "turned_round",
]
