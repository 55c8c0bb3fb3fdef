"""Sentences of guidance that demand something: must, should or may. Pure: knows no Django."""

from guidance.obligations.binding import Bound, Names, is_general
from guidance.obligations.classes import Classes
from guidance.obligations.finding import Obligation, find_obligations, sentence_digest
from guidance.obligations.modals import Strength, marked

__all__ = [
    "Bound",
    "Classes",
    "Names",
    "Obligation",
    "Strength",
    "find_obligations",
    "is_general",
    "marked",
    "sentence_digest",
]
