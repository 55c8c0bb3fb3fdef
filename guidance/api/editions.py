"""An edition: /guidance/{slug}/editions/{edition}/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from guidance.actions.exporting import export_edition, written
from guidance.api.addresses import absolute
from guidance.api.asked import document_of, edition_named, edition_state, state_of
from guidance.api.formats import MEDIA_TYPES, Formatted, chosen
from guidance.api.kept import answered
from guidance.api.lists import json_bytes
from guidance.api.objects import HEAD, Head, Json, Place, document_ref, edition_ref, section_ref
from guidance.api.schemas import EditionText
from guidance.models import Edition, Entry, Section
from guidance.rendering.addresses import status_path
from guidance.views.ledger import DocumentFacts, EditionFacts

router = Router(tags=["Guidance"], by_alias=True)

_OWN = (
    "product_code", "isbn", "issued_at", "correction", "statements", "duties", "definitions",
    "obligations",
)  # fmt: skip


@router.get(
    "/{slug}/editions/{edition}/",
    response=EditionText,
    operation_id="edition",
    summary="One edition",
    openapi_extra=MEDIA_TYPES,
)
def edition(
    request: HttpRequest, slug: str, edition: str, asked: Query[Formatted]
) -> HttpResponseBase:
    """What an edition says of itself and its contents, all of it fixed when it was published. In
    html, md and akn with the whole text, under the document's title as it is now; in JSON the text
    is at /paragraphs/?edition=."""
    form = chosen(request, asked.format)
    facts = document_of(slug)
    issued = edition_named(facts, edition)

    def make() -> bytes:
        if form.name != "json":
            return written(export_edition(issued.pk), form.name)
        return json_bytes(_edition(facts, issued))

    fixed = form.name == "json"
    state = edition_state(issued) if fixed else state_of(facts, today=False)
    return answered(request, replace(state, negotiated=True), make, form.media_type)


def _edition(facts: DocumentFacts, issued: EditionFacts) -> Json:
    row = Edition.objects.values(*_OWN, "corrects__slug").get(pk=issued.pk)
    about = document_ref(facts)
    place = Place.of(facts.slug, issued.slug)
    entries = list(
        Entry.objects.citable()
        .filter(edition=issued.pk)
        .order_by("position")
        .values_list("section_id", *HEAD)
    )
    paragraphs = {
        section: [place.paragraph(Head(*row[1:])) for row in group]
        for section, group in groupby(entries, key=lambda entry: entry[0])
    }
    terms = (p for listed in paragraphs.values() for p in listed if p["kind"] == "glossary")
    return {
        **edition_ref(facts.slug, issued),
        "document": {key: about[key] for key in ("slug", "url", "api_url")},
        **{name: row[name] for name in ("product_code", "isbn", "issued_at", "correction")},
        "corrects": row["corrects__slug"],
        "sections": _sections(facts.slug, issued, paragraphs),
        "statements": [
            _statement(at, statement, facts.slug, issued.slug)
            for at, statement in enumerate(row["statements"])
        ],
        "duties": row["duties"],
        "definitions": row["definitions"],
        "glossary": [
            {"term": p["title"], **{key: p[key] for key in ("reference", "url", "api_url")}}
            for p in terms
        ],
        "obligations": row["obligations"],
    }


def _sections(
    document: str, issued: EditionFacts, paragraphs: Mapping[int, list[Json]]
) -> list[Json]:
    rows = Section.objects.filter(edition=issued.pk).order_by("position")
    return [
        {
            **section_ref(document, issued.slug, row),
            "prefix": prefix,
            "paragraphs": paragraphs.get(pk, []),
        }
        for pk, prefix, *row in rows.values_list("pk", "prefix", "slug", "number", "title")
    ]


def _statement(at: int, row: Mapping[str, Any], document: str, edition: str) -> Json:
    words = {key: row.get(key, "") for key in ("paragraphs", "status", "on", "words", "note")}
    lists = {key: list(row.get(key, ())) for key in ("provisions", "replaces", "replaced_under")}
    address = absolute(status_path(document, edition, at))
    return {"number": at + 1, **words, **lists, "url": address}
