"""The forms of an export: CSV in three files, one workbook of three sheets, JSON. Each is written
while it is read, so that its first bytes leave at once."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any, cast

from openpyxl import Workbook

from consultation.actions.exporting import (
    Cell,
    Export,
    Record,
    local,
    personal,
    reason,
    said_yes,
)
from consultation.cells import fitted, harmless
from consultation.models import Answer, Question

CSV, XLSX, JSON = "csv", "xlsx", "json"
RESPONSES, ANSWERS, COMMENTS = "responses", "answers", "comments"
TABLES = (RESPONSES, ANSWERS, COMMENTS)
SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel holds."""
PIECE = 256 * 1024

FACTS = (
    "reference", "version", "state", "received", "postmarked", "channel", "lateness",
    "respondent", "organisation_type", "name", "organisation", "authority", "role",
    "on_behalf_of", "email", "phone", "postal_address", "publish_name", "publish_answer",
    "confidential", "confidential_reason", "files",
    "unplaced",
)  # fmt: skip
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export: its columns, and the rows that a response has in it."""

    name: str
    columns: list[str]
    rows: Callable[[Record], Iterable[Row]]


def tables(export: Export) -> dict[str, Table]:
    """All three, by name."""
    wordings = export.wordings
    asked = [(question, _has_value(question)) for question in export.questions]
    columns = [words for question, has_value in asked for words in _columns(question, has_value)]

    def whole(record: Record) -> Iterator[Row]:
        row: Row = _facts(record)
        for question, has_value in asked:
            answer = record.answers.get(question.pk)
            if has_value:
                row.append(_value(record, answer, export) if answer else "")
            row.append(record.sight.plain(answer.text) if answer else "")
        yield row

    def answers(record: Record) -> Iterator[Row]:
        for question in export.questions:
            answer = record.answers.get(question.pk)
            if answer is not None:
                was = wordings[answer.wording_id]
                yield [record.response.reference, was.number, was.version, was.text,
                       _value(record, answer, export), record.sight.plain(answer.text)]  # fmt: skip

    def comments(record: Record) -> Iterator[Row]:
        for said in record.comments:
            words = record.sight.plain(said.text)
            yield [record.response.reference, said.number, said.quotation, words]

    return {
        RESPONSES: Table(RESPONSES, [*FACTS, *columns], whole),
        ANSWERS: Table(
            ANSWERS,
            ["reference", "question", "wording_version", "wording", "answer", "words"],
            answers,
        ),
        COMMENTS: Table(COMMENTS, ["reference", "paragraph", "quotation", "words"], comments),
    }


def as_csv(export: Export, name: str) -> Iterator[bytes]:
    """One table, in UTF-8 with the mark by which spreadsheets know it."""
    table = tables(export)[name]
    writer = csv.writer(_Line(), quoting=csv.QUOTE_NONNUMERIC)
    write = cast("Callable[[Row], str]", writer.writerow)
    yield ("\ufeff" + write(_safe(table.columns))).encode()
    for records in export.records():
        rows = (row for record in records for row in table.rows(record))
        yield "".join(write(_safe(row)) for row in rows).encode()


def as_json(export: Export) -> Iterator[bytes]:
    """One object: what was asked, and the responses with all that each says."""
    page = export.consultation
    asked = [_asked(question) for question in export.questions]
    head = json.dumps({"consultation": page.slug, "questions": asked}, ensure_ascii=False)
    yield f'{head[:-1]}, "responses": ['.encode()
    before = "\n"
    for records in export.records():
        written = (json.dumps(_whole(record, export), ensure_ascii=False) for record in records)
        yield (before + ",\n".join(written)).encode(errors="replace")
        before = ",\n"
    yield b"\n]}\n"


def as_xlsx(export: Export) -> Iterator[bytes]:
    """A workbook. It can only be sent when its last row is written, so it is put in a file first."""
    with TemporaryFile() as file:
        write_workbook(export, file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def write_workbook(export: Export, file: IO[bytes]) -> None:
    """A sheet for each table, and further ones where a sheet is full."""
    book = Workbook(write_only=True)
    sheets = [(table, _Sheets(book, table)) for table in tables(export).values()]
    for records in export.records():
        for record in records:
            for table, sheet in sheets:
                for row in table.rows(record):
                    sheet.append(row)
    book.save(file)


class _Sheets:
    """The sheets of one table."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self._book, self._table, self._number = book, table, 0
        self._begin()

    def append(self, row: Row) -> None:
        if self._rows == SHEET_ROWS:
            self._begin()
        self._sheet.append(list(map(_typed, row)))
        self._rows += 1

    def _begin(self) -> None:
        self._number += 1
        number = "" if self._number == 1 else f" {self._number}"
        self._sheet = self._book.create_sheet(f"{self._table.name.capitalize()}{number}")
        self._sheet.freeze_panes = "B2"
        self._rows = 0
        self.append([*self._table.columns])


class _Line:
    """What the CSV writer writes to: gives the line back."""

    def write(self, line: str) -> str:
        return line


def _typed(cell: Cell) -> Cell:
    """For a sheet: words are typed as words unless they begin with "=" (openpyxl 3.1), which none
    does."""
    return fitted(harmless(cell)) or None if isinstance(cell, str) else cell


def _safe(row: Iterable[Cell]) -> Row:
    return [_plain(cell) for cell in row]


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else cell


def _facts(record: Record) -> Row:
    response, who = record.response, personal(record)
    known: dict[str, Cell] = {
        **who,
        "received": local(response.received_at),
        "postmarked": response.postmarked_on,
        "publish_name": said_yes(response.publish_name),
        "publish_answer": said_yes(response.publish_answer),
        "confidential_reason": reason(record),
        "files": "; ".join(record.file_names),
        "unplaced": record.unplaced,
    }
    return [known[name] if name in known else getattr(response, name) for name in FACTS]


def _columns(question: Question, has_value: bool) -> list[str]:
    """One column for words; where something is chosen or counted, one before it for that."""
    label = f"{question.label}{' (no longer asked)' if question.retired_at else ''}"
    return [f"{label}: answer", f"{label}: words"] if has_value else [label]


def _has_value(question: Question) -> bool:
    return any(wording.kind not in ("text", "file") for wording in question.wordings.all())


def _value(record: Record, answer: Answer, export: Export) -> Cell:
    """A number stays one; what was chosen is given in the words that were chosen."""
    shown = record.sight.value(export.wordings[answer.wording_id], answer.value)
    if "number" in answer.value and not record.sight.closed:
        return Decimal(str(answer.value["number"]))
    return shown


def _asked(question: Question) -> Mapping[str, Any]:
    return {
        "key": str(question.key),
        "asked": question.retired_at is None,
        "wordings": [
            {"version": w.version, "number": w.number, "text": w.text, "kind": w.kind,
             "options": [{"key": key, "words": words} for key, words in w.asked.choices]}
            for w in question.wordings.all()
        ],
    }  # fmt: skip


def _whole(record: Record, export: Export) -> Mapping[str, Any]:
    facts = dict(zip(FACTS, _facts(record), strict=True))
    at = record.response.received_at
    posted = record.response.postmarked_on
    said = [
        _answer(record, record.answers[question.pk], question, export)
        for question in export.questions
        if question.pk in record.answers
    ]
    return {
        **facts,
        "received": at.isoformat() if at else None,
        "postmarked": posted.isoformat() if posted else None,
        "publish_name": record.response.publish_name,
        "publish_answer": record.response.publish_answer,
        "files": record.file_names,
        "answers": said,
        "comments": [
            {"paragraph": said.number, "identity": str(said.paragraph_id),
             "quotation": said.quotation, "words": record.sight.plain(said.text)}
            for said in record.comments
        ],
    }  # fmt: skip


def _answer(record: Record, answer: Answer, question: Question, export: Export) -> dict[str, Any]:
    asked = export.wordings[answer.wording_id]
    return {
        "question": str(question.key),
        "wording_version": asked.version,
        "value": {} if record.sight.closed else answer.value,
        "answer": record.sight.value(asked, answer.value),
        "words": record.sight.plain(answer.text),
    }
