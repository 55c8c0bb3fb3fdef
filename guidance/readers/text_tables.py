"""Tables in plain text: rows of cells joined by tabs, or by bars as in Markdown.

A contents list is also lines with tabs; it is told by the page numbers at the ends of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidance.outline.source import Cell, Place, SourceBlock, SourceKind, Span
from guidance.readers.text_marks import read_spans

_DIVIDER = re.compile(r"[\s|:\t-]*-{2,}[\s|:\t-]*$")
_BARS = re.compile(r"\s{0,3}(?:-\s)?\|.*\|\s*$|[^|]{1,400}\|[^|]{0,400}\|")
_PAGED = re.compile(r"(?P<words>\S.*?)(?:\t|\s?(?:\.\s?){3,})\s*(?P<page>\d{1,4}|[ivxl]{1,6})\s*$")
_NUMBER_FIRST = re.compile(r"\s{0,12}\(?[A-Z]{0,2}\d{0,3}(?:\.\d{1,3}){0,4}[A-Za-z]?[.)]?$")
_BULLETS = re.compile(r"\s*[•●▪◦‣·]\s*")


def table_lines(lines: Sequence[str], start: int) -> int:
    """How many of the lines, from `start`, are one table or contents list; 0 for none."""
    form = _form(lines[start])
    if not form:
        return 0
    end = start + 1
    while end < len(lines) and (_form(lines[end]) == form or _belongs(lines[end], form)):
        end += 1
    if form == "tabs":
        if end == start + 1 and lines[start].strip().count("\t") < 2:
            return 0  # one line with one tab is a number, or a label, and its text
        if sum(_filled(line) > 1 for line in lines[start:end]) * 2 < end - start:
            return 0  # paragraphs that begin or end with a tab
    return end - start


def _filled(line: str) -> int:
    return sum(bool(cell.strip()) for cell in line.split("\t"))


def _form(line: str) -> str:
    if _BARS.match(line[:3000]):
        return "bars"
    if "\t" not in line:
        return "dots" if _PAGED.match(line[:400]) and ".." in line.replace(" ", "") else ""
    cells = line.split("\t")
    if (
        len(cells) == 2
        and _NUMBER_FIRST.match(cells[0])
        and cells[0].strip()
        and len(cells[1]) > 30
    ):
        return ""  # a number, a tab and a paragraph
    return "tabs"


def _belongs(line: str, form: str) -> bool:
    """A divider, or a row that lost its tabs and holds only list marks."""
    return bool(_DIVIDER.match(line[:400])) or (form == "tabs" and line.lstrip().startswith("<ul"))


def read_table(lines: Sequence[tuple[str, Place]]) -> SourceBlock:
    """One TABLE, or CONTENTS where the lines end in page numbers."""
    place = lines[0][1]
    paged = [m for text, _ in lines if (m := _PAGED.match(text[:400])) and text.count("\t") < 2]
    if len(paged) >= max(2, 0.8 * len(lines)) or _form(lines[0][0]) == "dots":
        text = "\n".join(text for text, _ in lines)
        return SourceBlock(SourceKind.CONTENTS, (Span(text),), place)
    rows: list[list[tuple[tuple[Span, ...], ...]]] = []
    divided = False
    for at, (text, _) in enumerate(lines):
        if _DIVIDER.match(text[:400]):
            divided = divided or (len(rows) == 1 and any(rows[0]) and at + 1 < len(lines))
            continue
        rows.append(_cells(text))
    width = max((len(row) for row in rows), default=0)
    full = [row + [()] * (width - len(row)) for row in rows]
    header = divided or _heads(full)
    kept = [r for r in full if any(r)]
    return SourceBlock(
        SourceKind.TABLE,
        place=place,
        rows=tuple(
            tuple(Cell(cell, header=header and i == 0) for cell in row)
            for i, row in enumerate(kept)
        ),
    )


def _cells(text: str) -> list[tuple[tuple[Span, ...], ...]]:
    if "\t" not in text and "|" in text:
        inner = re.sub(r"^\s*(?:-\s)?\||\|\s*$", "", text)
        cells = re.split(r"(?<!\\)\|", inner)
    else:
        cells = text.split("\t")
    return [_paragraphs(cell.strip()) for cell in cells]


def _paragraphs(text: str) -> tuple[tuple[Span, ...], ...]:
    """A cell's paragraphs: marked-up ones apart, bullets each on a line of its own."""
    marked = re.sub(r"</?(?:p|ul|ol|li|br|div)\b[^<>]{0,200}>", "\n", text)
    lines = [line.strip() for line in _BULLETS.sub("\n• ", marked).split("\n")]
    return tuple(spans for line in lines if line and (spans := read_spans(line)))


def _heads(rows: Sequence[Sequence[tuple[tuple[Span, ...], ...]]]) -> bool:
    """Whether a first row without a divider is a header: several short cells without numbers."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    texts = ["".join(s.text for p in cell for s in p) for cell in rows[0]]
    filled = [t for t in texts if t.strip()]
    if len(filled) < 2 or any(len(t) > 60 or re.search(r"\d", t) for t in filled):
        return False
    below = [sum(len("".join(s.text for p in c for s in p)) for c in row) for row in rows[1:]]
    return len(texts) > 2 or (bool(texts[0].strip()) and sum(map(len, texts)) * 2 < max(below))
