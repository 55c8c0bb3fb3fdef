"""A block as the Word reader sees it, with the facts that its kind is judged by at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guidance.outline.source import SourceBlock, SourceKind
from guidance.readers.word.numbering import Label, is_compound
from guidance.readers.word.styles import Properties

ITEM_FORMATS = frozenset({"bullet", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"})
TYPED_COMPOUND = re.compile(r"\s*[A-Z]?\d{1,3}(\.\d{1,3})+[A-Z]?\.?\s+\S")
ASIDE = frozenset({SourceKind.NOTE, SourceKind.FURNITURE, SourceKind.IMAGE})
"""Kinds that stand beside the text and do not interrupt it."""


@dataclass(slots=True)
class Seen:
    """`after_gap` says that an empty paragraph or a table stands before it."""

    block: SourceBlock
    properties: Properties = field(default_factory=Properties)
    label: Label | None = None
    after_gap: bool = False


def has_compound_number(seen: Seen) -> bool:
    """Whether a paragraph begins with a number like 2.13, automatic or typed."""
    label = seen.label
    if label is not None:
        return label.number_format not in ITEM_FORMATS and is_compound(label.text)
    return TYPED_COMPOUND.match(seen.block.text) is not None
