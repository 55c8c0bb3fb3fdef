"""Reads a list of authorities from a CSV file: name, kind and GSS code. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

COLUMNS = ("name", "kind", "code")
LONGEST = {"name": 200, "kind": 150, "code": 20}


@dataclass(frozen=True, slots=True)
class Row:
    """An authority as the list has it; `line` is counted from 1, `kind` and `code` may be ""."""

    line: int
    name: str
    kind: str = ""
    code: str = ""


@dataclass(slots=True)
class AuthorityList:
    """What was read, and every fault with its line."""

    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_authorities(data: bytes, kinds: Collection[str]) -> AuthorityList:
    """`kinds` are the names and slugs that a kind may have, in small letters. The columns are found
    by their heads, in any order; others are left alone."""
    found = AuthorityList()
    text = _decoded(data)
    if "\0" in text:
        found.faults.append("This is not a CSV file: save the list as CSV (UTF-8).")
        return found
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        _read(lines, {kind.casefold() for kind in kinds}, found)
    except csv.Error as error:
        found.faults.append(f"Line {lines.line_num}: this cannot be read as CSV ({error}).")
    return found


def _read(lines: Iterator[list[str]], kinds: Collection[str], found: AuthorityList) -> None:
    heads = [head.strip().casefold() for head in next(lines, [])]
    if "name" not in heads:
        found.faults.append("Line 1: name the columns: name, kind, code. “name” is needed.")
        return
    places = {column: heads.index(column) for column in COLUMNS if column in heads}
    names: dict[str, int] = {}
    codes: dict[str, int] = {}
    for line in lines:
        number = lines.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in line):
            continue
        row = Row(number, *(_cell(line, places.get(column)) for column in COLUMNS))
        faults = [*_faults(row, kinds), *_twice(row, names, codes)]
        found.faults += [f"Line {number}: {fault}" for fault in faults]
        found.rows.append(row)


def _cell(line: Sequence[str], place: int | None) -> str:
    return " ".join(line[place].split()) if place is not None and place < len(line) else ""


def _faults(row: Row, kinds: Collection[str]) -> Iterator[str]:
    if not row.name:
        yield "there is no name."
    if row.kind and row.kind.casefold() not in kinds:
        yield f"“{row.kind[:60]}” is not a kind of authority that the register has."
    for column, most in LONGEST.items():
        if len(getattr(row, column)) > most:
            yield f"keep the {column} to {most} characters."


def _twice(row: Row, names: dict[str, int], codes: dict[str, int]) -> Iterator[str]:
    for word, seen, what in ((row.name, names, "name"), (row.code, codes, "code")):
        key = word.casefold()
        if key and key in seen:
            yield f"the {what} “{word[:60]}” stands in line {seen[key]} already."
        elif key:
            seen[key] = row.line


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its own, else the Windows alphabet of Western
    Europe, in which spreadsheets save."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one that the first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
