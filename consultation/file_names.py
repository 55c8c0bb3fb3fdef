"""The name under which a file from outside is kept and given out again. Pure.

A name decides nothing here: it is cleaned of paths and of characters that deceive, and its ending
is made to fit what the file is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 120
"""Characters of a name, its ending included."""

_PATH = re.compile(r"[\\/]")
_UNFIT = re.compile(r'[<>:"|?*\s]+')
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,5})$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$", re.IGNORECASE)
_NO_CHARACTER = ("C", "Zl", "Zp")
"""Control, format (bidirectional overrides, zero width) and unassigned characters; line ends."""


def plain_name(name: str) -> str:
    """A name as it can be shown: without its path and without characters that deceive; may be ""."""
    last = _PATH.split(name)[-1]
    seen = "".join(
        " " if c in "\t\r\n" else c
        for c in unicodedata.normalize("NFC", last)
        if c in "\t\r\n" or not unicodedata.category(c).startswith(_NO_CHARACTER)
    )
    return _UNFIT.sub(" ", seen).strip(" .")[:LONGEST]


def clean_name(name: str, endings: Sequence[str]) -> str:
    """A plain name that ends in one of `endings` (".pdf"), the first where it had none of them."""
    words = plain_name(name)
    found = _ENDING.search(words)
    ending = f".{found[1].lower()}" if found else ""
    stem = words[: found.start()].rstrip(" .") if found else words
    if ending not in endings:
        again = _ENDING.search(stem)  # "letter.pdf.exe" that is a PDF is "letter.pdf"
        if again and f".{again[1].lower()}" in endings:
            ending, stem = f".{again[1].lower()}", stem[: again.start()].rstrip(" .")
        else:
            ending = endings[0]
    if not stem or _RESERVED.match(stem):
        stem = f"file {stem}".strip()
    return stem[: LONGEST - len(ending)].rstrip(" .") + ending
