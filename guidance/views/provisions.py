"""Provisions in words with their addresses: "section 3A of the Local Government Act 1999"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidance.actions.ledger_html import provision_words
from guidance.edition_text import is_path


@dataclass(frozen=True, slots=True)
class Named:
    """A provision as it is shown; `address` is empty where the words were never resolved."""

    words: str
    address: str


def in_words(provisions: Iterable[str]) -> dict[str, Named]:
    """Paths, or words that were never resolved, each with how it is shown, in one query."""
    wanted = list(dict.fromkeys(provisions))
    known = provision_words(p for p in wanted if is_path(p)) if wanted else {}
    return {p: Named(*known.get(p, (p, ""))) for p in wanted}
