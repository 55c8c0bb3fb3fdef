"""The checklist as a file for a spreadsheet: CSV and XLSX, the same columns and rows in both.

A cell is words and never a formula, whatever it begins with: a spreadsheet would run one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from guidance.views.checklist_facts import Demanded

COLUMNS = (
    ("Document", 28),
    ("Edition", 24),
    ("Paragraph", 11),
    ("Permanent link", 40),
    ("Strength", 10),
    ("Sentence", 80),
    ("Binds", 30),
    ("Except", 24),
    ("Status", 22),
    ("Provisions", 40),
)
"""Headings, and widths in characters."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def lines(
    rows: Iterable[Demanded],
    *,
    document: str,
    edition: str,
    site: str,
    provisions: Mapping[int, str],
) -> Iterator[tuple[str, ...]]:
    """A line for each sentence. `site` goes before the paths of permanent links."""
    for row in rows:
        yield (
            document,
            edition,
            row.number,
            f"{site}{row.address}",
            row.strength_words,
            row.sentence,
            "; ".join(row.binds),
            "; ".join(row.excepts),
            row.status_words,
            provisions.get(row.version, ""),
        )


def as_csv(found: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([heading for heading, _ in COLUMNS])
    writer.writerows([_unarmed(cell) for cell in line] for line in found)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(found: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook of one sheet, its heading in view while one scrolls."""
    book = Workbook(write_only=True)
    book.properties.title = ILLEGAL_CHARACTERS_RE.sub("", title)
    sheet = book.create_sheet("Checklist")
    sheet.freeze_panes = "A2"
    for letter, (_, width) in zip("ABCDEFGHIJ", COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, heading, bold=True) for heading, _ in COLUMNS])
    for line in found:
        sheet.append([_cell(sheet, words) for words in line])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _unarmed(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def _cell(sheet: object, words: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", words))
    cell.data_type = "s"  # or "=1+1" would be taken for a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
