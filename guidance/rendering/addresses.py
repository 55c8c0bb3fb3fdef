"""The addresses of the reading pages as paths; `guidance.urls` answers them and a test says so.

They are built by hand because stored HTML is full of them and reversing each would cost more than
everything else in a rendering.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

INDEX = "/guidance/"
LEGISLATION = "/legislation/"


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


def compare_path(document: str, before: str = "", after: str = "") -> str:
    """Two editions compared, by their slugs; without them, where the two are chosen."""
    chosen = f"{before}/{after}/" if before and after else ""
    return f"{INDEX}{document}/compare/{chosen}"


def origins_path(document: str, edition: str, *, since: str = "") -> str:
    """Where the paragraphs of an edition came from: those of the edition before it, or of `since`."""
    path = f"{INDEX}{document}/origins/{edition}/"
    return f"{path}?from={since}" if since else path


def checklist_path(document: str, edition: str = "") -> str:
    """What the guidance demands: of what the document shows today, or of one edition."""
    path = f"{INDEX}{document}/checklist/"
    return f"{path}?edition={edition}" if edition else path


def as_at_path(document: str, day: date, known_on: date | None = None) -> str:
    """What applied on a day, as the site knows it now or as it knew it at the end of another."""
    path = f"{INDEX}{document}/as-at/{day.isoformat()}/"
    return f"{path}?known_on={known_on.isoformat()}" if known_on else path


def paragraph_path(
    document: str,
    reference: str,
    *,
    edition: str = "",
    as_at: date | None = None,
    known_on: date | None = None,
) -> str:
    """A paragraph in force today, on a date, or as it stands in one edition."""
    path = f"{INDEX}{document}/para/{quote(reference)}/"
    if edition:
        return f"{path}?edition={edition}"
    return f"{path}{dated(as_at, known_on)}"


def dated(as_at: date | None, known_on: date | None = None) -> str:
    """The query that asks for a date, and for what the site knew of it at the end of another."""
    asked = (("as_at", as_at), ("known_on", known_on))
    query = "&".join(f"{name}={day.isoformat()}" for name, day in asked if day)
    return f"?{query}" if query else ""


def certificate_path(document: str, *, edition: str = "", reference: str = "") -> str:
    """The certificate of a paragraph (as it stands in an edition, if one is named), else of an
    edition."""
    if not reference:
        return f"{INDEX}{document}/{edition}/certificate/"
    path = f"{INDEX}{document}/para/{quote(reference)}/certificate/"
    return f"{path}?edition={edition}" if edition else path


def provision_path(path: str) -> str:
    """Our page of an instrument or provision, by its path ("ukpga/2007/28/section/138")."""
    return f"{LEGISLATION}{quote(path)}/"
