"""Reads the bundles of planned guidance, with their timings, from a document's outline.

They stand in tables whose heading row has the bundle's title, then a column for the consultation
and one for the final guidance. A heading row may also stand within a table, where the text of two
tables ran together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guidance.outline.model import Outline, Table
from home.plan.cells import is_listed, lines, text, unlisted
from home.plan.model import NoPlan, PlannedBundle, PlannedItem, PlannedPart
from home.plan.when import parse_when, tidy

_CONSULT = re.compile(r"\bconsult", re.IGNORECASE)
_FINAL = re.compile(r"\b(?:final|implement|publish)", re.IGNORECASE)
_INCLUDING = re.compile(r"[\s,–-]+including\s*:?\s*$", re.IGNORECASE)
_Columns = tuple[int, int]


def bundles_of(outline: Outline) -> list[PlannedBundle]:
    """The bundles in the order of the document. NoPlan where there is none; ValueError, with the
    row, where a timing cannot be read."""
    found = [
        bundle
        for block in outline.blocks()
        if isinstance(block, Table)
        for bundle in _bundles(block)
    ]
    if not found:
        raise NoPlan(
            "No bundles of guidance were found. They are read from tables whose heading row gives"
            " the bundle, “Consult” and “Final”."
        )
    return found


def _bundles(table: Table) -> Iterator[PlannedBundle]:
    bundle: PlannedBundle | None = None
    columns = (0, 0)
    for row in (table.header, *table.rows):
        heading = _columns(row)
        if heading:
            if bundle:
                yield _settled(bundle)
            bundle, columns = PlannedBundle(text(row[0])), heading
        elif bundle and any(row):
            _add(bundle, row, columns)
    if bundle:
        yield _settled(bundle)


def _columns(row: Sequence[str]) -> _Columns | None:
    """Where the consultation and the final guidance stand, if this is a heading row."""
    words = [text(cell) for cell in row]
    if len(words) < 3 or not words[0]:
        return None
    consult = next((i for i, w in enumerate(words) if i and _CONSULT.match(w)), 0)
    final = next((i for i, w in enumerate(words) if i and i != consult and _FINAL.match(w)), 0)
    return (consult, final) if consult and final else None


def _add(bundle: PlannedBundle, row: Sequence[str], columns: _Columns) -> None:
    named = lines(row[0])
    consult, final = ([tidy(line) for line in _timings(row[i])] for i in columns)
    if named and bundle.items and (is_listed(named[0]) or _waits_for_parts(bundle.items[-1])):
        bundle.items[-1].parts += _parts([unlisted(line) for line in named], consult, final)
        return
    title = " ".join(line for line in named if not is_listed(line))
    item = PlannedItem(_INCLUDING.sub("", title).strip(), " ".join(consult), " ".join(final))
    listed = [unlisted(line) for line in named if is_listed(line)]
    item.parts = _parts(listed, [], [])
    _check(item.title, item.consult, item.final)
    if title != item.title and not listed:
        item.parts = [PlannedPart("")]  # the rows that follow fill it
    bundle.items.append(item)


def _timings(cell: str) -> list[str]:
    """The timings of a cell: a line each, but one where the lines only make sense together, as
    "Late 2007/" and "Early 2008"."""
    found = lines(cell)
    try:
        for line in found:
            parse_when(line)
    except ValueError:
        return [" ".join(found)]
    return found


def _waits_for_parts(item: PlannedItem) -> bool:
    return len(item.parts) == 1 and not item.parts[0].title


def _parts(titles: Sequence[str], consult: list[str], final: list[str]) -> list[PlannedPart]:
    """Timings beside a list belong to its last lines: text loses the empty lines above them."""
    parts = [PlannedPart(title) for title in titles]
    for part, words in zip(reversed(parts), reversed(consult), strict=False):
        part.consult = words
    for part, words in zip(reversed(parts), reversed(final), strict=False):
        part.final = words
    for part in parts:
        _check(part.title, part.consult, part.final)
    return parts


def _settled(bundle: PlannedBundle) -> PlannedBundle:
    """Without what waited in vain; a timing that was printed once for several rows is given to
    each: text has such a cell on one row alone, so a row without takes it from the nearest."""
    timed = [i for i, item in enumerate(bundle.items) if item.consult or item.final]
    for at, item in enumerate(bundle.items):
        item.parts = [part for part in item.parts if part.title]
        if at not in timed and timed:
            nearest = bundle.items[min(timed, key=lambda i: (abs(i - at), i))]
            item.consult, item.final, item.shared = nearest.consult, nearest.final, True
    return bundle


def _check(title: str, *timings: str) -> None:
    for words in filter(None, timings):
        try:
            parse_when(words)
        except ValueError as error:
            raise ValueError(f"At “{title}”: {error}") from error
