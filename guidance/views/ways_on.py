"""What can be done with an edition besides reading it: links that several pages share."""

from __future__ import annotations

from guidance.rendering.addresses import checklist_path, compare_path, origins_path
from guidance.views.ledger import DocumentFacts, EditionFacts


def ways_on(document: DocumentFacts, issued: EditionFacts) -> list[tuple[str, str]]:
    """Words and addresses. What compares needs another edition, issued before for origins."""
    before = max(
        (e for e in document.editions if e.issued_at < issued.issued_at),
        key=lambda e: e.issued_at,
        default=None,
    )
    found = [("What it demands, as a checklist", checklist_path(document.slug, issued.slug))]
    if before:
        found += [
            (
                f"What changed since {before.title}",
                compare_path(document.slug, before.slug, issued.slug),
            ),
            ("Where each paragraph came from", origins_path(document.slug, issued.slug)),
        ]
    elif len(document.editions) > 1:
        found.append(("Compare it with another edition", compare_path(document.slug)))
    return found
