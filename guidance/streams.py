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
from guidance.content import content_of, in_paragraphs, plain_text
from guidance.outline import model
from guidance.richtext import to_text

Raw = dict[str, Any]
_Noted = (
    model.Paragraph | model.Text | model.Box | model.Table | model.Quotation | model.GlossaryEntry
)


def to_stream(block: model.AnyBlock, identity: UUID, image: int | None = None) -> Raw:
    """The StreamField child of an outline's block. `image` is the id of the picture that was saved
    for a figure, where there is one."""
    kind, value = _typed(block, _Inner(identity), image)
    return {"type": kind, "value": value, "id": str(identity)}


def _typed(block: model.AnyBlock, inner: _Inner, image: int | None) -> tuple[str, Raw]:
    match block:
        case model.Heading():
            return "heading", {"text": block.text, "level": _level(block.level)}
        case model.Paragraph():
            return "paragraph", {"number": block.number, **inner.body(block), **inner.notes(block)}
        case model.Text():
            return "text", {**inner.body(block), **inner.notes(block)}
        case model.Box():
            return "box", {"title": block.title, **inner.body(block), **inner.notes(block)}
        case model.Table():
            return "table", {"table": _table(block), **inner.notes(block)}
        case model.Figure():
            words = {"alt": block.alt, "caption": block.caption, "description": ""}
            return "figure", {"image": image, **words}
        case model.Quotation():
            said = {"text": _rich(block.html), "source": block.source}
            return "quotation", {**said, **inner.notes(block)}
        case model.Question():
            return "question", {"number": block.number, "text": _rich(block.html)}
        case model.GlossaryEntry():
            said = {"term": block.term, "definition": _rich(block.html)}
            return "glossary", {**said, **inner.notes(block)}


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
            Item(
                str(block["id"]),
                content["kind"],
                content["number"],
                content["title"],
                text,
                section,
            )
        )
    return items


def _rich(html: str) -> str:
    """Prose as Wagtail's editor reads it: a `br` that is not closed it takes for an error, and bare
    words on either side of a list it joins."""
    return in_paragraphs(html).replace("<br>", "<br/>")


def _level(level: int) -> str:
    return str(min(max(level, 2), 4))


def _table(block: model.Table) -> Raw:
    """Wagtail's typed table: every column holds text; a heading is words without marks."""
    width = max([len(block.header), *map(len, block.rows)], default=0)
    header = [to_text(cell) for cell in block.header] + [""] * (width - len(block.header))
    return {
        "columns": [{"type": "text", "heading": heading} for heading in header],
        "rows": [{"values": [*map(_rich, row), *[""] * (width - len(row))]} for row in block.rows],
        "caption": block.caption,
    }


class _Inner:
    """Makes the nested blocks of one block, each with an id of its own."""

    def __init__(self, identity: UUID) -> None:
        self._identity = identity
        self._count = count(1)

    def body(self, block: model.Paragraph | model.Text | model.Box) -> Raw:
        return {"body": [self._part(part) for part in block.body]}

    def notes(self, block: _Noted) -> Raw:
        notes = [self._block("item", {"mark": n.mark, "text": _rich(n.html)}) for n in block.notes]
        return {"notes": notes}

    def _part(self, part: model.Part) -> Raw:
        if isinstance(part, model.Prose):
            return self._block("text", _rich(part.html))
        items = [
            self._block("item", {"label": i.label, "depth": i.depth, "text": _rich(i.html)})
            for i in part.items
        ]
        return self._block("subparagraphs", items)

    def _block(self, kind: str, value: Any) -> Raw:
        return {
            "type": kind,
            "value": value,
            "id": str(uuid5(self._identity, str(next(self._count)))),
        }
