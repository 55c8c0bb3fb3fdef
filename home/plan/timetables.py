"""Reads workstreams with their lead directors and timetables from a document's outline.

The workstreams are listed in a table ("Workstream 1 | Performance"); each has a heading of the same
words, under which the lead director is named in brackets and the timetables stand. A year stands on
a row of its own over the rows that it dates; a row without a date has that of the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guidance.outline.model import AnyBlock, Heading, Outline, Paragraph, Prose, Table, Text
from home.plan.cells import lines, text
from home.plan.model import NoPlan, PlannedMilestone, PlannedWorkstream
from home.plan.when import parse_when, with_year

_LISTED = re.compile(r"workstream\s+(\d+)\s*:?$", re.IGNORECASE)
_LEAD = re.compile(
    r"\(\s*lead director:\s*(?P<lead>[^,;)]+)(?:[,;]\s*supported by\s+(?P<with>[^)]+))?\)",
    re.IGNORECASE,
)
_TIMETABLE = re.compile(r"timetable(?:\s+for)?\s+(?:the\s+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_REMARK = re.compile(r"\(.+\)$")


def workstreams_of(outline: Outline) -> list[PlannedWorkstream]:
    """The workstreams by number, each with its milestones in the order of the document. NoPlan
    where none is listed; ValueError, with the row, where a date cannot be read."""
    blocks = list(outline.blocks())
    streams = _listed(blocks)
    if not streams:
        raise NoPlan(
            "No workstreams were found. They are read from a table whose rows are “Workstream 1”"
            " and its title, and from the timetable under each title."
        )
    for stream, under in _under(blocks, streams):
        _fill(stream, under)
    return streams


def _listed(blocks: Sequence[AnyBlock]) -> list[PlannedWorkstream]:
    found: dict[int, PlannedWorkstream] = {}
    for block in blocks:
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                named = _LISTED.match(text(row[0])) if len(row) > 1 else None
                if named and int(named[1]) not in found:
                    number = int(named[1])
                    found[number] = PlannedWorkstream(number, text(row[1]))
    return [found[number] for number in sorted(found)]


def _under(
    blocks: Sequence[AnyBlock], streams: Sequence[PlannedWorkstream]
) -> Iterator[tuple[PlannedWorkstream, list[AnyBlock]]]:
    """What stands under the heading of each; a heading counts from where it names its lead."""
    titles = {_key(stream.title): stream for stream in streams}
    current: PlannedWorkstream | None = None
    under: list[AnyBlock] = []
    for block in blocks:
        stream = titles.get(_key(block.text)) if isinstance(block, Heading) else None
        if stream:
            if current:
                yield current, under
            current, under = stream, []
        elif current:
            under.append(block)
    if current:
        yield current, under


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _fill(stream: PlannedWorkstream, under: Sequence[AnyBlock]) -> None:
    tables = [
        block for block in under if isinstance(block, Table) and _TIMETABLE.match(block.caption)
    ]
    for block, after in zip(under, [*under[1:], None], strict=False):
        if isinstance(block, Text | Paragraph):
            _name_leads(stream, _words(block))
        elif isinstance(block, Table) and block in tables:
            strand = _TIMETABLE.sub("", block.caption).strip()
            strand = strand[:1].upper() + strand[1:] if len(tables) > 1 else ""
            stream.milestones += _milestones(block, strand)
            if isinstance(after, Text) and _REMARK.match(_words(after)):
                stream.milestones[-1].title += f" {_words(after)}"


def _name_leads(stream: PlannedWorkstream, words: str) -> None:
    for named in _LEAD.finditer(words):
        stream.lead = stream.lead or named["lead"].strip()
        others = re.split(r",\s*(?:and\s+)?|\s+and\s+", named["with"] or "")
        stream.supported_by += [
            name.strip() for name in others if name.strip() not in ("", *stream.supported_by)
        ]


def _words(block: Text | Paragraph) -> str:
    return " ".join(text(part.html) for part in block.body if isinstance(part, Prose))


def _milestones(table: Table, strand: str) -> list[PlannedMilestone]:
    found: list[PlannedMilestone] = []
    year = when = ""
    for row in (*_headed(table), *table.rows):
        date, *others = [text(cell) for cell in row] or [""]
        titles = [title for cell in row[1:] for title in _titles(lines(cell))]
        if _YEAR.match(date) and not any(others):
            year, when = date, ""
            continue
        when = _dated(date, year, titles) if date else when
        found += [PlannedMilestone(when, title, strand) for title in titles if when]
    return found


def _headed(table: Table) -> list[list[str]]:
    """The heading row where it is a row like the others ("2007"), not words such as "When"."""
    first = text(table.header[0]) if table.header else ""
    return [table.header] if re.search(r"\d", first) else []


def _dated(date: str, year: str, titles: Sequence[str]) -> str:
    when = with_year(date, year)
    try:
        parse_when(when)
    except ValueError as error:
        raise ValueError(f"At “{titles[0] if titles else date}”: {error}") from error
    return when[:1].upper() + when[1:]


def _titles(found: Sequence[str]) -> Iterator[str]:
    """The lines of a cell, each a milestone. One of a single word, or that begins in lower case or
    with a bracket, only goes on with the line before it, which was broken to fit."""
    title = ""
    for line in found:
        if title and (" " not in line or line[0].islower() or line[0] in "(["):
            title += f" {line}"
        else:
            if title:
                yield title
            title = line
    if title:
        yield title
