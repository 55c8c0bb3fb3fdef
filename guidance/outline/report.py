"""What was understood of a file, for people (`report_text`) and for programs (`report`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guidance.outline.model import (
    AnyBlock,
    Box,
    Figure,
    GlossaryEntry,
    Outline,
    Paragraph,
    Question,
    Section,
    Table,
)
from guidance.outline.source import Place
from guidance.richtext import to_text

_SAMPLES = 12


def report(outline: Outline) -> dict[str, Any]:
    """The report as JSON-ready data; `after` is the number of the paragraph that comes before."""
    placed = list(_placed(outline))
    return {
        "title": outline.title,
        "format": outline.format,
        "product_code": outline.product_code,
        "sections": [_section(section) for section in outline.sections],
        "numbered_paragraphs": outline.numbers,
        "boxes": [{"after": after, "title": b.title} for after, b in placed if isinstance(b, Box)],
        "tables": [_table(after, b) for after, b in placed if isinstance(b, Table)],
        "figures": [
            {"after": after, "caption": b.caption, "alt": b.alt, "has_picture": bool(b.image)}
            for after, b in placed
            if isinstance(b, Figure)
        ],
        "footnotes": _footnotes(outline),
        "questions": [
            {"after": after, "number": b.number or None, "text": to_text(b.html)}
            for after, b in placed
            if isinstance(b, Question)
        ],
        "listed_questions": [
            {"number": q.number, "text": q.text} for q in outline.listed_questions
        ],
        "glossary": [b.term for _, b in placed if isinstance(b, GlossaryEntry)],
        "definitions": dict(outline.definitions),
        "statements": [
            {
                "paragraphs": s.paragraphs,
                "status": s.status,
                "provisions": s.provisions,
                "replaces": s.replaces,
                "exceptions": s.exceptions,
                "on": s.on,
                "words": s.words,
                **_where(s.place),
            }
            for s in outline.statements
        ],
        "duties": [
            {
                "title": d.title,
                "binds": d.binds,
                "excepts": d.excepts,
                "commences": d.commences,
                "explained_in": d.explained_in,
            }
            for d in outline.duties
        ],
        "problems": [
            {"code": p.code, "message": p.message, **_where(p.place), "remedy": p.remedy}
            for p in outline.problems
        ],
        "furniture": {
            "count": len(outline.furniture),
            "characters": sum(len(text) for text, _ in outline.furniture),
            "samples": [
                {"text": text[:200], **_where(place)}
                for text, place in outline.furniture[:_SAMPLES]
            ],
        },
    }


def _where(place: Place) -> dict[str, int | None]:
    return {"line": place.line, "page": place.page}


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "prefix": section.prefix,
        "numbered": len(section.paragraphs),
    }


def _placed(outline: Outline) -> Iterable[tuple[str | None, AnyBlock]]:
    """Each block with the number of the last numbered paragraph of its section before it."""
    for section in outline.sections:
        after: str | None = None
        for block in section.blocks:
            if isinstance(block, Paragraph):
                after = block.number
            yield after, block


def _table(after: str | None, table: Table) -> dict[str, Any]:
    rows = [table.header, *table.rows] if table.header else table.rows
    return {
        "after": after,
        "caption": table.caption,
        "rows": len(table.rows),
        "columns": max((len(row) for row in rows), default=0),
    }


def _footnotes(outline: Outline) -> dict[str, Any]:
    found = outline.footnotes
    return {
        "markers": found.markers,
        "definitions": found.definitions,
        "marker_without_definition": found.missing,
        "definition_without_marker": found.unreferenced,
    }


def report_text(outline: Outline) -> str:
    """The report for a terminal: what was found, then what to look at."""
    facts = report(outline)
    lines = [outline.title or "(no title)", ""]
    for section in facts["sections"]:
        name = f"{section['number']} {section['title']}".strip() or "(no title)"
        lines.append(f"  {section['numbered']:>5}  {name}")
    lines += ["", f"{len(facts['numbered_paragraphs'])} numbered paragraphs"]
    for key, words in (
        ("boxes", "boxes"),
        ("tables", "tables"),
        ("figures", "figures"),
        ("questions", "questions printed in the text"),
        ("listed_questions", "listed questions"),
        ("glossary", "glossary entries"),
        ("statements", "statements of status"),
        ("duties", "duties"),
    ):
        if facts[key]:
            lines.append(f"{len(facts[key])} {words}")
    notes = facts["footnotes"]
    if notes["markers"] or notes["definitions"]:
        lines.append(f"{notes['markers']} footnote markers, {notes['definitions']} notes")
    lines.append(f"{facts['furniture']['count']} pieces left out as furniture of the page")
    lines += [
        "",
        f"{len(outline.problems)} things to look at" if outline.problems else "No problems.",
    ]
    for problem in outline.problems:
        lines.append(f"  {problem.place}: {problem.message} [{problem.code}]")
        if problem.remedy:
            lines.append(f"      {problem.remedy}")
    return "\n".join(lines) + "\n"
