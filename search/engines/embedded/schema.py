"""How units and phrases are laid down in tantivy: fields, their analysis, and an item as a document.

Text is analysed while it is indexed by `search.analysis.analyzer`, so that the index holds the very
stems that queries are made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tantivy import Document, Index, Schema, SchemaBuilder

from search.analysis import analyzer, folded
from search.engines import Facet
from search.engines.embedded.calendar import day_number, span_tokens
from search.plan import Text, Value
from search.units import Item, Phrase, Unit

STEMS = "stems"
BETWEEN = "\x1f"
"""Stands between the parts of a mark; no slug, id or digest holds it."""

_STEMS_OF = {text: f"stems_{text.value}" for text in Text}
_WHOLE = {value.value for value in Value} | {"edition", "exempts"}
_COUNTED = {facet.value for facet in Facet}
_MOST_WEIGHT = (1 << 31) - 1
_LONGEST_PHRASE = (1 << 16) - 1


def stems_of(text: Text) -> str:
    """The field that holds the stems of a text."""
    return _STEMS_OF[text]


@lru_cache(maxsize=1)
def unit_schema() -> Schema:
    """Of the parts that hold units. Only `stored` is kept as it was; the rest is to search by."""
    builder = SchemaBuilder()
    for text in Text:
        builder.add_text_field(stems_of(text), tokenizer_name=STEMS, index_option="position")
    for name in sorted(_WHOLE | _COUNTED | {"mark"}):
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=name in _COUNTED
        )
    builder.add_unsigned_field("span", indexed=True)
    builder.add_unsigned_field("since", indexed=True, fast=True)
    builder.add_unsigned_field("until", indexed=True, fast=True)
    builder.add_unsigned_field("order", fast=True)
    builder.add_unsigned_field("tie", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


@lru_cache(maxsize=1)
def phrase_schema() -> Schema:
    """Of the part that holds phrases: `begins` has every beginning of every word, `opens` those of
    the first word."""
    builder = SchemaBuilder()
    for name in ("id", "mark", "document", "kind", "begins", "opens"):
        builder.add_text_field(
            name,
            tokenizer_name="whitespace" if name in {"begins", "opens"} else "raw",
            index_option="basic",
            fast=name == "document",
        )
    builder.add_unsigned_field("rank", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


_BODY, _TITLE, _TRAIL, _SECTION = map(stems_of, (Text.BODY, Text.TITLE, Text.TRAIL, Text.SECTION))


def teach(index: Index) -> Index:
    """The index, with the analysis that its schema names."""
    index.register_tokenizer(STEMS, analyzer())
    return index


def document_of(item: Item) -> Document:
    """An item as tantivy takes it."""
    if isinstance(item, Unit):
        return Document.from_dict(_unit(item), unit_schema())
    return Document.from_dict(_phrase(item), phrase_schema())


def _unit(unit: Unit) -> dict[str, Any]:
    number, after = unit.number.lower(), unit.after.lower()
    since, until = day_number(unit.since), day_number(unit.until)
    return {
        _BODY: unit.text,
        _TITLE: unit.title,
        _TRAIL: list(unit.trail),
        _SECTION: unit.section_title,
        Value.NUMBER: [number] if number else [],
        Value.AFTER: [after] if after else [],
        Value.UNDER: list(unit.under),
        Value.MENTIONS: list(unit.mentions),
        Value.STATUS: unit.status,
        Value.KIND: unit.kind,
        Value.PARAGRAPH: unit.paragraph,
        Value.ID: unit.id,
        Facet.DOCUMENT: unit.document,
        Facet.STAGE: unit.stage,
        Facet.INSTRUMENT: list(unit.instruments),
        Facet.PROVISION: list(dict.fromkeys(unit.provisions)),
        Facet.BINDS: list(dict.fromkeys(unit.whom)),
        Facet.SECTION: unit.section_key,
        "edition": list(unit.edition_keys),
        "exempts": list(unit.exempts),
        "mark": mark_of(unit),
        "span": [] if unit.since is None else list(span_tokens(since, until)),
        "since": since,
        "until": until,
        "order": unit.order,
        "tie": int(unit.id[:15], 16),
        "stored": unit.stored.encode(),
    }


def _phrase(phrase: Phrase) -> dict[str, Any]:
    words = folded(phrase.text)
    weight = min(max(phrase.weight, 0), _MOST_WEIGHT)
    shortness = _LONGEST_PHRASE - min(len(phrase.text), _LONGEST_PHRASE)
    return {
        "id": phrase.id,
        "mark": mark_of(phrase),
        "document": phrase.document,
        "kind": phrase.kind,
        "begins": " ".join({start for word in words for start in _beginnings(word)}),
        "opens": " ".join(_beginnings(words[0])) if words else "",
        "rank": weight << 16 | shortness,
        "stored": phrase.stored.encode(),
    }


def mark_of(item: Item) -> str:
    """What is held for a document can be listed by the beginning of these."""
    return BETWEEN.join((item.document, item.id, item.digest))


def _beginnings(word: str) -> Iterator[str]:
    return (word[:length] for length in range(1, len(word) + 1))
