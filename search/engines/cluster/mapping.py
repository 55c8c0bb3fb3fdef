"""How units and phrases are laid down in a cluster: the indices, their fields, an item as a document.

Text arrives as stems with spaces between them, so that a server needs no analysis of its own and
finds the same words as every other engine. What is given back is the stored JSON alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from search.analysis import folded, stems
from search.engines import Facet
from search.plan import Text, Value
from search.units import SHAPE, Item, Phrase, Unit

NOW = "now"
"""The index of text in force or to come, as of when it was indexed."""
PAST = "past"
"""The index of superseded and withdrawn text, and of drafts."""
PHRASES = "phrases"
PARTS = (NOW, PAST, PHRASES)

LAYOUT = f"{SHAPE}.1"
"""Of what is stored and of the fields below; after a change of it the index has to be rebuilt."""

WINDOW = 10_000
"""As deep as anybody can page; servers refuse more unless they are told otherwise."""

WORDS = "words"
"""The stems of all text fields of a unit; of a phrase its words, not stemmed."""
BACKWARD = "words_backward"
"""The same stems, each written from its end."""
OPENING = "opening"
"""The first word of a phrase."""
STORED = "stored"

NO_WORDS = "∅"
"""Stands in a text field that has no words: servers work out how rare a word is among the units that
have the field at all, every other engine among all units. No stem is like it."""

_MOST_WEIGHT = (1 << 31) - 1

_WHOLE = {"type": "keyword", "ignore_above": 1000, "doc_values": False}
_COUNTED = {"type": "keyword", "ignore_above": 1000, "eager_global_ordinals": True}
_SORTED = {"type": "keyword", "ignore_above": 1000}
_STEMS = {"type": "text", "analyzer": "stems", "index_options": "positions"}
_SET = {"type": "text", "analyzer": "stems", "index_options": "docs", "norms": False}
_PREFIXES = {
    "type": "text",
    "analyzer": "stems",
    "norms": False,
    "index_prefixes": {"min_chars": 1, "max_chars": 19},
}
_KEPT = {"type": "keyword", "index": False, "doc_values": False}
_DAY = {"type": "integer"}

_OF_ALL = {"id": _SORTED, "document": _COUNTED, "digest": _SORTED, STORED: _KEPT}


def stems_of(field: Text) -> str:
    """The name of the field that holds the stems of a text field; "section" is a facet's already."""
    return f"{field.value}_stems"


_UNIT_FIELDS = {
    **{name: _WHOLE for name in (*(value.value for value in Value), "edition", "exempts")},
    **{facet.value: _COUNTED for facet in Facet},
    **{stems_of(text): _STEMS for text in Text},
    **_OF_ALL,
    "order": {"type": "long"},
    "draft": {"type": "boolean"},
    "since": _DAY,
    "until": _DAY,
    WORDS: _SET,
    BACKWARD: _SET,
}
_PHRASE_FIELDS = {
    **_OF_ALL,
    "kind": _WHOLE,
    "weight": {"type": "integer"},
    "length": {"type": "integer"},
    WORDS: _PREFIXES,
    OPENING: _PREFIXES,
}


def index_of(part: str, *, shards: int, building: str, similarity: str) -> dict[str, Any]:
    """The body that creates an index. Until it is whole it has no copies, and an alias of its own,
    which only the rebuild that makes it writes through."""
    return {
        "settings": {
            "number_of_shards": 1 if part == PHRASES else shards,
            "number_of_replicas": 0,
            "max_result_window": WINDOW,
            "analysis": {"analyzer": {"stems": {"type": "whitespace"}}},
            "similarity": {"default": {"type": similarity, "k1": 1.2, "b": 0.75}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"layout": LAYOUT},
            "_source": {"includes": [STORED]},
            "properties": _PHRASE_FIELDS if part == PHRASES else _UNIT_FIELDS,
        },
        "aliases": {building: {}},
    }


def part_of(item: Item, today: date) -> str:
    """The index that an item belongs in on a day."""
    if isinstance(item, Phrase):
        return PHRASES
    ended = item.until is not None and item.until <= today
    return PAST if item.draft or ended else NOW


def document_of(item: Item) -> dict[str, Any]:
    """An item as a document."""
    return _unit(item) if isinstance(item, Unit) else _phrase(item)


def _unit(unit: Unit) -> dict[str, Any]:
    texts = {
        Text.BODY: [unit.text],
        Text.TITLE: [unit.title],
        Text.TRAIL: list(unit.trail),
        Text.SECTION: [unit.section_title],
    }
    words = {name: [" ".join(stems(part)) for part in parts] for name, parts in texts.items()}
    every = sorted({stem for parts in words.values() for part in parts for stem in part.split()})
    marked = {name: parts if any(parts) else [NO_WORDS] for name, parts in words.items()}
    document = {
        **{stems_of(name): parts for name, parts in marked.items()},
        **{name: [value for value in values if value] for name, values in _values(unit).items()},
        "document": unit.document,
        "order": unit.order,
        "digest": unit.digest,
        "draft": unit.draft,
        WORDS: " ".join(every),
        BACKWARD: " ".join(stem[::-1] for stem in every),
        STORED: unit.stored,
    }
    for name, day in (("since", unit.since), ("until", unit.until)):
        if day:
            document[name] = day.toordinal()
    return document


def _values(unit: Unit) -> dict[str, list[str]]:
    return {
        Value.ID: [unit.id],
        Value.NUMBER: [unit.number.lower()],
        Value.AFTER: [unit.after.lower()],
        Value.UNDER: list(unit.under),
        Value.MENTIONS: list(unit.mentions),
        Value.STATUS: [unit.status],
        Value.KIND: [unit.kind],
        Value.PARAGRAPH: [unit.paragraph],
        "edition": list(unit.edition_keys),
        "exempts": list(unit.exempts),
        Facet.STAGE: [unit.stage],
        Facet.INSTRUMENT: list(unit.instruments),
        Facet.PROVISION: list(dict.fromkeys(unit.provisions)),
        Facet.BINDS: list(dict.fromkeys(unit.whom)),
        Facet.SECTION: [unit.section_key],
    }


def _phrase(phrase: Phrase) -> dict[str, Any]:
    words = folded(phrase.text)
    return {
        "id": phrase.id,
        "document": phrase.document,
        "digest": phrase.digest,
        "kind": phrase.kind,
        "weight": max(-_MOST_WEIGHT, min(phrase.weight, _MOST_WEIGHT)),
        "length": len(phrase.text),
        WORDS: " ".join(words),
        OPENING: words[0] if words else "",
        STORED: phrase.stored,
    }
