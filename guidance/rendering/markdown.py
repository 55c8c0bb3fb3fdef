"""An edition or a paragraph as Markdown: CommonMark with the tables and footnotes of GFM.

What an edition says of itself stands in front, as YAML. Printed numbers are words, never counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from guidance.rendering.exported import Exported, ExportedEntry, ExportedSection
from guidance.rendering.prose_markdown import (
    Mark,
    escaped,
    indented,
    inline_markdown,
    prose_markdown,
)
from guidance.rendering.status import LONG

Content = Mapping[str, Any]


def markdown(exported: Exported) -> str:
    """The text, ending in a new line."""
    parts = [_front(exported)]
    if exported.whole:
        parts += [f"# {escaped(exported.title)}", f"*{escaped(exported.edition)}*"]
        parts += [_statements(exported.statements)]
    parts += [_section(section, exported.whole) for section in exported.sections]
    return "\n\n".join(filter(None, parts)) + "\n"


def _front(exported: Exported) -> str:
    facts: dict[str, Any] = {
        "title": exported.title,
        "edition": exported.edition,
        "stage": exported.stage,
        "published": exported.published.isoformat(),
        "in_force_from": exported.in_force_from and exported.in_force_from.isoformat(),
        "digest": exported.digest,
        "url": exported.address,
    }
    if not exported.whole:
        entry = exported.entry
        facts |= {
            "id": entry.identity,
            "kind": entry.kind,
            "number": entry.number,
            "status": entry.status,
            "provisions": list(entry.provisions),
            "paragraph_digest": entry.digest,
        }
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    return "\n".join(("---", *lines, "---"))


def _statements(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = [f"- {LONG[row['status']]}{_under(row)}: {escaped(row['paragraphs'])}" for row in rows]
    return "\n".join(lines)


def _under(row: Mapping[str, Any]) -> str:
    named = ", ".join(escaped(p) for p in row.get("provisions", ()))
    return f" under {named}" if named else ""


def _section(section: ExportedSection, whole: bool) -> str:
    parts = [f"## {escaped(section.heading)}"] if whole else []
    parts += [_entry(entry) for entry in section.entries]
    return "\n\n".join(filter(None, parts))


def _entry(entry: ExportedEntry) -> str:
    notes = entry.content.get("notes") or ()
    stem = entry.reference or f"block-{entry.identity[:8]}"
    marks = {note["mark"] for note in notes}

    def mark(raised: str) -> str:
        """ "20 21" may be two notes; "th" is none."""
        pieces = raised.replace(",", " ").split()
        if pieces and set(pieces) <= marks:
            return "".join(f"[^{_label(stem, piece)}]" for piece in pieces)
        return f"<sup>{escaped(raised)}</sup>"

    words = _WRITERS[entry.kind](entry, mark)
    told = [
        f"[^{_label(stem, note['mark'])}]: {indented(prose_markdown(note['html'], str), '    ')}"
        for note in notes
    ]
    return "\n\n".join(filter(None, (words, *told)))


def _label(stem: str, mark: str) -> str:
    return f"{stem}-{mark}".replace(" ", "-").replace("]", "").replace("[", "")


def _body(content: Content, mark: Mark) -> str:
    parts = (
        prose_markdown(part["html"], mark)
        if part["type"] == "text"
        else _subparagraphs(part["items"], mark)
        for part in content.get("body", ())
    )
    return "\n\n".join(filter(None, parts))


def _subparagraphs(items: Sequence[Mapping[str, Any]], mark: Mark) -> str:
    """The label is printed as it stands; the depth is an indent."""
    lines: list[str] = []
    depth = 0
    for item in items:
        depth = min(max(int(item["depth"]), 1), depth + 1)
        margin = "  " * (depth - 1)
        words = f"{escaped(item['label'])} {prose_markdown(item['html'], mark)}".strip()
        lines.append(f"{margin}- {indented(words, f'{margin}  ')}")
    return "\n".join(lines)


def _paragraph(entry: ExportedEntry, mark: Mark) -> str:
    return f"**{escaped(entry.number)}** {_body(entry.content, mark)}".strip()


def _text(entry: ExportedEntry, mark: Mark) -> str:
    return _body(entry.content, mark)


def _box(entry: ExportedEntry, mark: Mark) -> str:
    title = f"**{escaped(entry.title)}**" if entry.title else ""
    return _quoted("\n\n".join(filter(None, (title, _body(entry.content, mark)))))


def _table(entry: ExportedEntry, mark: Mark) -> str:
    header, rows = entry.content.get("header") or (), entry.content["rows"]
    width = max([len(header), *map(len, rows)], default=0)
    if not width:
        return _titled(entry)
    lines = [_row(header, width, mark), "|" + " --- |" * width]
    lines += [_row(row, width, mark) for row in rows]
    return "\n\n".join(filter(None, (_titled(entry), "\n".join(lines))))


def _row(cells: Sequence[str], width: int, mark: Mark) -> str:
    told = [inline_markdown(cell, mark) for cell in cells] + [""] * (width - len(cells))
    return f"| {' | '.join(told)} |"


def _figure(entry: ExportedEntry, mark: Mark) -> str:
    alt = entry.content.get("alt") or ""
    described = prose_markdown(entry.content.get("description") or "", mark)
    picture = f"*Picture: {escaped(alt)}*" if alt else ""
    return "\n\n".join(filter(None, (_titled(entry), picture, described)))


def _quotation(entry: ExportedEntry, mark: Mark) -> str:
    source = entry.content.get("source") or ""
    told = prose_markdown(entry.content["html"], mark)
    return _quoted("\n\n".join(filter(None, (told, source and f"— {escaped(source)}"))))


def _question(entry: ExportedEntry, mark: Mark) -> str:
    label = f"**Question {escaped(entry.number)}**".replace(" **", "**")
    return f"{label} {prose_markdown(entry.content['html'], mark)}"


def _glossary(entry: ExportedEntry, mark: Mark) -> str:
    return f"**{escaped(entry.title)}**: {prose_markdown(entry.content['html'], mark)}"


def _heading(entry: ExportedEntry, mark: Mark) -> str:
    level = min(max(int(entry.content.get("level") or 2), 2), 4) + 1
    return f"{'#' * level} {escaped(entry.title)}"


def _titled(entry: ExportedEntry) -> str:
    return f"**{escaped(entry.title)}**" if entry.title else ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


_WRITERS: dict[str, Callable[[ExportedEntry, Mark], str]] = {
    "paragraph": _paragraph,
    "text": _text,
    "box": _box,
    "table": _table,
    "figure": _figure,
    "quotation": _quotation,
    "question": _question,
    "glossary": _glossary,
    "heading": _heading,
}
