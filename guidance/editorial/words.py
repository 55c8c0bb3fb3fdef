"""The words of a block straight from its raw data: quick, for passes over a whole edition. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

_NOT_WORDS = frozenset({"id", "type", "label", "level", "depth", "image", "number", "mark"})
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|br|h\d)\b[^>]*>")
_RAISED = re.compile(r"<sup>\s*[\d*†‡§,\s]+</sup>")
_TAG = re.compile(r"<[^>]*>")


def strings(value: Any, left_out: frozenset[str] = _NOT_WORDS) -> Iterator[str]:
    """Every string in raw StreamField data but ids, types and numbers, in order; HTML as it is. The
    row of a table is one, its cells set apart by tabs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and "values" in value:
        yield "\t".join(" ".join(lines(str(cell or ""))) for cell in value["values"])
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in left_out:
                yield from strings(inner, left_out)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, left_out)


def lines(html: str) -> list[str]:
    """HTML as lines of plain words: a line for each block, footnote markers left out."""
    if "<" in html:
        html = _TAG.sub("", _BLOCK.sub("\n", _RAISED.sub("", html)))
    text = unescape(html) if "&" in html else html
    return [line for line in map(str.strip, text.split("\n")) if line]
