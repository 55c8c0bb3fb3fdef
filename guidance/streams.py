"""Between the outline and the blocks of a page: what an importer read, as StreamField data. Pure.

The identity of a paragraph becomes the id of its block; ids inside it are derived from that, so the
same outline always gives the same data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from guidance.alignment import Item
from guidance.content import content_of, plain_text
from guidance.outline import model
from guidance.richtext import to_text

Raw = dict[str, Any]


def to_stream(block: model.AnyBlock, identity: UUID, image: int | None = None) -> Raw:
    """The StreamField child of an outline's block. `image` is the id of the picture that was saved
    for a figure, where there is one."""
    inner = _Inner(identity)
    match block:
        case model.Heading():
            kind, value = "heading", {"text": block.text, "level": _level(block.level)}
        case model.Paragraph():
            value = {"number": block.number, "body": inner.body(block.body)}
            kind, value = "paragraph", value | inner.notes(block.notes)
        case model.Text():
            kind, value = "text", {"body": inner.body(block.body)} | inner.notes(block.notes)
        case model.Box():
            value = {"title": block.title, "body": inner.body(block.body)}
            kind, value = "box", value | inner.notes(block.notes)
        case model.Table():
            kind, value = "table", {"table": _table(block)} | inner.notes(block.notes)
        case model.Figure():
            value = {"image": image, "alt": block.alt, "caption": block.caption, "description": ""}
            kind = "figure"
        case model.Quotation():
            value = {"text": block.html, "source": block.source}
            kind, value = "quotation", value | inner.notes(block.notes)
        case model.Question():
            kind, value = "question", {"number": block.number, "text": block.html}
        case model.GlossaryEntry():
            value = {"term": block.term, "definition": block.html}
            kind, value = "glossary", value | inner.notes(block.notes)
    return {"type": kind, "value": value, "id": str(identity)}


def section_stream(section: model.Section, identities: Sequence[UUID]) -> list[Raw]:
    """The body of a section; one identity for each block, in order (ValueError where they differ)."""
    return [to_stream(b, i) for b, i in zip(section.blocks, identities, strict=True)]


def items_of(raw: Iterable[Mapping[str, Any]], section: str = "") -> list[Item]:
    """The blocks of a section as alignment compares them; `section` tells sections apart."""
    items: list[Item] = []
    for block in raw:
        content = content_of(block)
        text = plain_text(content | {"title": ""})
        items.append(
            Item(str(block["id"]), content["kind"], content["number"], content["title"], text, section)
        )
    return items


def _level(level: int) -> str:
    return str(min(max(level, 2), 4))


def _table(block: model.Table) -> Raw:
    """Wagtail's typed table: every column holds text; a heading is words without marks."""
    width = max([len(block.header), *map(len, block.rows)], default=0)
    header = [to_text(cell) for cell in block.header] + [""] * (width - len(block.header))
    return {
        "columns": [{"type": "text", "heading": heading} for heading in header],
        "rows": [{"values": row + [""] * (width - len(row))} for row in block.rows],
        "caption": block.caption,
    }


class _Inner:
    """Makes the nested blocks of one block, each with an id of its own."""

    def __init__(self, identity: UUID) -> None:
        self._identity = identity
        self._count = count(1)

    def body(self, parts: Iterable[model.Part]) -> list[Raw]:
        return [self._part(part) for part in parts]

    def notes(self, notes: Iterable[model.Note]) -> dict[str, list[Raw]]:
        return {"notes": [self._block("item", {"mark": n.mark, "text": n.html}) for n in notes]}

    def _part(self, part: model.Part) -> Raw:
        if isinstance(part, model.Prose):
            return self._block("text", part.html)
        items = [
            self._block("item", {"label": i.label, "depth": i.depth, "text": i.html})
            for i in part.items
        ]
        return self._block("subparagraphs", items)

    def _block(self, kind: str, value: Any) -> Raw:
        return {"type": kind, "value": value, "id": str(uuid5(self._identity, str(next(self._count))))}
