"""What a paragraph cites, and which paragraphs cite it."""

from __future__ import annotations

from guidance.views.ledger import EditionFacts
from guidance.views.paragraph_facts import ParagraphFacts


def cites(issued: EditionFacts, found: ParagraphFacts) -> dict[str, object]:
    """The context of `guidance/parts/paragraph_citations.html`."""
    return {}
