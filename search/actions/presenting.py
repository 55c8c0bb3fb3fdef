"""From a unit that was found to what people see of it: where it stands, whether it applies, under
what, and the words that matched."""

from __future__ import annotations

from datetime import date

from guidance.api.addresses import document_api, paragraph_api
from guidance.models import Kind
from guidance.querysets import CITABLE_KINDS
from guidance.rendering.addresses import paragraph_path, section_path
from guidance.rendering.status import LONG
from guidance.standing import Applies, day_words
from search.actions.labels import provision_words
from search.engines import Hit
from search.extracts import Marker
from search.results import Piece, Result
from search.units import Unit


def result_of(
    hit: Hit, marker: Marker, *, today: date, as_at: date | None, promoted: bool = False
) -> tuple[Result, frozenset[int]]:
    """The result, and which of the things asked for it has. `as_at` is the day that was asked for,
    if one was."""
    unit = hit.unit
    extract, has = marker.extract(_own_words(unit))
    title = marker.marks(unit.title)
    above = marker.marks("\n".join((*unit.trail, unit.section_title)))
    applies, standing = standing_of(unit, today)
    result = Result(
        unit=unit,
        score=hit.score,
        heading=heading_of(unit),
        title=marker.pieces(unit.title) if title else ([Piece(unit.title)] if unit.title else []),
        extract=extract,
        where=where_of(unit),
        standing=standing,
        applies=applies,
        basis=basis_of(unit),
        address=address_of(unit, today, as_at),
        api_address=api_address_of(unit),
        promoted=promoted,
    )
    return result, has | {m.asked for m in title} | {m.asked for m in above}


def _own_words(unit: Unit) -> str:
    """The text without the title that it begins with, which is shown by itself."""
    return unit.text.removeprefix(unit.title).lstrip() if unit.title else unit.text


def heading_of(unit: Unit) -> str:
    """ "Paragraph 2.13", "Box after paragraph 2.13", "Question 4"."""
    kind = str(Kind(unit.kind).label)
    if unit.kind == Kind.PARAGRAPH:
        return f"Paragraph {unit.number}" if unit.number else "Paragraph"
    if unit.kind == Kind.QUESTION:
        return f"Question {unit.number}".strip()
    if unit.number:
        kind = f"{kind} {unit.number}"
    return f"{kind} after paragraph {unit.after}" if unit.after else kind


def where_of(unit: Unit) -> list[str]:
    section = f"{unit.section_number} {unit.section_title}".strip()
    return [words for words in (unit.document_title, section, *unit.trail) if words]


def standing_of(unit: Unit, today: date) -> tuple[str, str]:
    """The value of `Applies`, and the words."""
    if unit.since is None:
        return Applies.DRAFT.value, f"Consultation draft: {unit.edition_title}"
    since = day_words(unit.since)
    if unit.until is not None and unit.until <= unit.since:
        return Applies.SUPERSEDED.value, "Never came into force"
    if today < unit.since:
        return Applies.NOT_YET.value, f"Not yet in force: applies from {since}"
    if unit.until is None:
        return Applies.IN_FORCE.value, f"In force since {since}"
    until = day_words(unit.until)
    if today < unit.until:
        return Applies.IN_FORCE.value, f"In force since {since}, until {until}"
    return Applies.SUPERSEDED.value, f"No longer in force: applied from {since} to {until}"


def basis_of(unit: Unit) -> str:
    under = " and ".join(provision_words(path) for path in unit.provisions)
    return f"{LONG[unit.status]}{f' under {under}' if under else ''}"


def address_of(unit: Unit, today: date, as_at: date | None) -> str:
    """The paragraph's own page where these words apply, otherwise its place in the edition."""
    if unit.kind not in CITABLE_KINDS or not unit.reference:
        path = section_path(unit.document, unit.edition, unit.section)
        anchor = unit.reference or unit.after
        return f"{path}#{anchor}" if anchor else path
    if as_at and unit.in_force_on(as_at):
        return paragraph_path(unit.document, unit.reference, as_at=as_at)
    if not as_at and unit.in_force_on(today):
        return paragraph_path(unit.document, unit.reference)
    return paragraph_path(unit.document, unit.reference, edition=unit.edition)


def api_address_of(unit: Unit) -> str:
    if unit.kind not in CITABLE_KINDS or not unit.reference:
        return document_api(unit.document)
    return paragraph_api(unit.document, unit.reference, unit.edition)
