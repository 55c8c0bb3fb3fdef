"""Paragraph numbers and ranges of them, as people write them. Pure: knows no Django."""

from guidance.numbering.numbers import (
    PREFIXES,
    Number,
    Part,
    parse_number,
    reference_slug,
    roman_value,
    sort_key,
    successor,
)
from guidance.numbering.range_parser import parse_ranges, read_ranges
from guidance.numbering.ranges import Ranges, Span

__all__ = [
    "PREFIXES",
    "Number",
    "Part",
    "Ranges",
    "Span",
    "parse_number",
    "parse_ranges",
    "read_ranges",
    "reference_slug",
    "roman_value",
    "sort_key",
    "successor",
]
