"""The routers of guidance, with the prefix that each is mounted at; what is asked most comes first."""

from ninja import Router

from guidance.api import (
    changes,
    comparisons,
    documents,
    duties,
    editions,
    history,
    instruments,
    paragraph,
    paragraphs,
)

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/guidance", paragraphs.router),
    ("/guidance", paragraph.router),
    ("/guidance", documents.router),
    ("/guidance", editions.router),
    ("/guidance", history.router),
    ("/guidance", comparisons.router),
    ("/paragraphs", paragraph.by_identity),
    ("/instruments", instruments.router),
    ("/duties", duties.router),
    ("/changes", changes.router),
    ("/export", changes.export),
)
