"""What the API says of a search and what it found, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from guidance.api.addresses import absolute, document_api, edition_api
from guidance.api.titles import titles
from guidance.rendering.addresses import document_path, edition_path
from search.asking import address_of
from search.results import Completion, Piece, Result, Results, Wanted
from search.units import Phrase, Unit
from search.views.words import marked

SEARCH_API = "/api/v1/search/"

Json = dict[str, Any]


def page_of(wanted: Wanted, **changes: Any) -> str:
    """The search page of a search."""
    return absolute(address_of(wanted, **changes))


def api_of(wanted: Wanted, **changes: Any) -> str:
    return absolute(address_of(wanted, path=SEARCH_API, **changes))


def paragraph(result: Result) -> Json:
    unit = result.unit
    return {
        "id": unit.paragraph,
        "like": unit.id,
        "number": unit.number,
        "kind": unit.kind,
        "heading": result.heading,
        "title": unit.title,
        "where": list(result.where),
        "extract": runs(result.extract),
        "extract_html": marked(result.extract),
        "document": {
            "slug": unit.document,
            "title": unit.document_title,
            "url": absolute(document_path(unit.document)),
            "api_url": document_api(unit.document),
        },
        "edition": _edition(unit),
        "stage": unit.stage,
        "status": unit.status,
        "basis": result.basis,
        "provisions": [titles().provision(path) for path in unit.provisions],
        "applies": result.applies,
        "standing": result.standing,
        "in_force": _in_force(unit),
        "promoted": result.promoted,
        "score": round(result.score, 4),
        "url": absolute(result.address),
        "api_url": result.api_address,
    }


def group(phrase: Phrase) -> Json:
    """What has no address of its own is searched for."""
    return {
        "kind": phrase.kind,
        "text": phrase.text,
        "note": phrase.note,
        "url": absolute(phrase.address) if phrase.address else page_of(Wanted(phrase.text)),
        "api_url": _api_of(phrase),
    }


def elsewhere(answer: Results) -> list[Json]:
    found = []
    for other in answer.elsewhere:
        changes = {"when": other.when, "day": None, "edition": ""}
        found.append(
            {
                "when": other.when,
                "label": other.label,
                "count": other.count,
                "url": page_of(answer.wanted, **changes),
                "api_url": api_of(answer.wanted, **changes),
            }
        )
    return found


def facets(answer: Results) -> list[Json]:
    return [
        {
            "facet": found.facet,
            "label": found.label,
            "values": [
                {"value": v.value, "label": v.label, "count": v.count, "chosen": v.chosen}
                for v in found.values
            ],
        }
        for found in answer.facets
    ]


def suggestion(found: Completion) -> Json:
    again = Wanted(found.text)
    return {
        "text": found.text,
        "kind": found.kind,
        "note": found.note,
        "pieces": runs(found.pieces),
        "url": absolute(found.address) if found.address else page_of(again),
        "api_url": api_of(again),
    }


def runs(pieces: Iterable[Piece]) -> list[Json]:
    return [{"text": piece.words, "marked": piece.marked} for piece in pieces]


def _edition(unit: Unit) -> Json:
    return {
        "slug": unit.edition,
        "title": unit.edition_title,
        "url": absolute(edition_path(unit.document, unit.edition)),
        "api_url": edition_api(unit.document, unit.edition),
    }


def _in_force(unit: Unit) -> Json | None:
    """None for a draft, and for what never came into force."""
    if unit.since is None or (unit.until is not None and unit.until <= unit.since):
        return None
    return {"from": unit.since, "until": unit.until}


def _api_of(phrase: Phrase) -> str | None:
    """The JSON of a document or an edition; what other apps add has none that is known here."""
    if phrase.kind == "document":
        return document_api(phrase.document)
    parts: Sequence[str] = phrase.address.strip("/").split("/")
    if phrase.kind == "edition" and len(parts) == 3:
        return edition_api(phrase.document, parts[2])
    return None
