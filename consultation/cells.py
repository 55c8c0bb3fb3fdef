"""Cells of spreadsheets that hold what strangers wrote, so that none of them is a formula. Pure.

A spreadsheet takes a cell for a formula by its first character, also behind spaces, quotation marks
and in full width (https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets an
apostrophe in front; a plain number stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

FORMULA = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
LONGEST = 32_767
"""Characters that a cell of Excel holds."""

_CUT = " [cut: the whole text is in the CSV and JSON exports]"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(text: str) -> str:
    """The text as a cell of a spreadsheet may hold it, without control characters."""
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether some spreadsheet may take it for one. What an apostrophe leads is words."""
    if not text or text[0].isalpha() or text[0] == "'" or _NUMBER.fullmatch(text):
        return False
    first = next((c for c in text if not _is_passed_over(c)), "")
    return first in FORMULA or (first != "" and text[0] in "\t\n")


def fitted(text: str) -> str:
    """As much of it as a cell of Excel holds; where it is cut, the cell says so."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def _is_passed_over(character: str) -> bool:
    """Spaces, characters that are not seen, and quotation marks."""
    kind = unicodedata.category(character)
    return kind[0] in "ZC" or kind in ("Pi", "Pf") or character in "'\"`‚„"
