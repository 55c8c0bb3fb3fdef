"""The addresses of the reading pages as paths; `guidance.urls` answers them and a test says so.

They are built by hand because stored HTML is full of them and reversing each would cost more than
everything else in a rendering.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

INDEX = "/guidance/"


def document_path(document: str) -> str:
    return f"{INDEX}{document}/"


def edition_path(document: str, edition: str) -> str:
    return f"{INDEX}{document}/{edition}/"


def section_path(document: str, edition: str, section: str) -> str:
    return f"{INDEX}{document}/{edition}/{section}/"


def status_path(document: str, edition: str, statement: int | None = None) -> str:
    """The statements of status of an edition, or one of them by its position from 0."""
    anchor = "" if statement is None else f"#statement-{statement + 1}"
    return f"{INDEX}{document}/{edition}/status/{anchor}"


def as_at_path(document: str, day: date) -> str:
    return f"{INDEX}{document}/as-at/{day.isoformat()}/"


def paragraph_path(
    document: str, reference: str, *, edition: str = "", as_at: date | None = None
) -> str:
    """A paragraph in force today, on a date, or as it stands in one edition."""
    path = f"{INDEX}{document}/para/{quote(reference)}/"
    if edition:
        return f"{path}?edition={edition}"
    return f"{path}?as_at={as_at.isoformat()}" if as_at else path
