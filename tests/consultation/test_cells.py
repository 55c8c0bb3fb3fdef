"""Cells of spreadsheets are never formulas."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.cells import LONGEST, fitted, harmless, is_formula

HIDING = st.text(" \t\n\r\xa0\u200b\u3000\ufeff\x00\x1f'\"“”‘’", max_size=5)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "  =1", "\t=1", "\r=1", "\n=1", '"=1', "'=1", "＝1+1", "＠A1",
        "－2+3", "＋1", "\ufeff=1", "\u200b=1", "\x00=1", "\x1f=cmd|' /C calc'!A0", "- a list item",
        "\tcmd", "+44 20 7946 0000", "“=1”", "\xa0=1",
    ],
)  # fmt: skip
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "12", "-3.5", "3.25", "Yes = no", "2-3", "a@b.example", "¡=!"]
)
def test_numbers_and_words_stay_as_they_are(text):
    assert harmless(text) == text


@given(HIDING, st.sampled_from("=+-@＝＋－＠"), st.text(max_size=20))
def test_nothing_hides_a_formula(before, sign, rest):
    text = f"{before}{sign}{rest}"
    assert not is_formula(harmless(text))
    first = harmless(text).replace("\n", "").lstrip(" \t\xa0")[:1]
    assert first not in "=+@＝＋－＠"


@given(st.text())
def test_a_cell_can_be_written_and_read_again_in_any_form(text):
    cell = harmless(text)
    assert harmless(cell) == cell
    assert not any(ord(c) < 32 and c not in "\t\n" for c in cell)
    cell.encode()
    written = StringIO()
    csv.writer(written).writerow([cell, "end"])
    assert next(csv.reader(StringIO(written.getvalue()))) == [cell, "end"]


def test_a_cell_that_excel_cannot_hold_says_that_it_is_cut():
    assert fitted("a" * LONGEST) == "a" * LONGEST
    long = fitted("a" * (LONGEST + 1))
    assert len(long) == LONGEST
    assert long.endswith("JSON exports]")
