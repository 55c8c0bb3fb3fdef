"""The routers of guidance, with the prefix that each is mounted at."""

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
    ("/guidance", documents.router),
    ("/guidance", editions.router),
    ("/guidance", paragraphs.router),
    ("/guidance", paragraph.router),
    ("/guidance", history.router),
    ("/guidance", comparisons.router),
    ("/paragraphs", paragraph.by_identity),
    ("/instruments", instruments.router),
    ("/duties", duties.router),
    ("/changes", changes.router),
    ("/export", changes.export),
)
