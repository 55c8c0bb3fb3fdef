"""Finds what the paragraphs of an edition cite, and writes it into the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from guidance.actions.earlier import Earlier, Key
from guidance.edition_text import EditionText
from guidance.models import Edition


def write_citations(
    edition: Edition,
    text: EditionText,
    sections: Mapping[int, int],
    versions: Mapping[Key, int],
    before: Earlier,
) -> None:
    """Write a row for each citation that can be resolved. `sections` are primary keys by position,
    `versions` by paragraph and digest."""
