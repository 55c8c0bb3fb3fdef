"""The words of a table's cell, line by line."""

from __future__ import annotations

import re
from html import unescape

_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p>|</li>\s*<li>")
_TAG = re.compile(r"<[^>]+>")
_BULLET = re.compile(r"^[•●▪◦‣·*–-]\s+")


def lines(html: str) -> list[str]:
    """The lines of a cell as plain text, without those that are empty."""
    found = (" ".join(unescape(_TAG.sub("", line)).split()) for line in _BREAK.split(html))
    return [line for line in found if line]


def text(html: str) -> str:
    return " ".join(lines(html))


def is_listed(line: str) -> bool:
    return bool(_BULLET.match(line))


def unlisted(line: str) -> str:
    """The line without the bullet before it."""
    return _BULLET.sub("", line)
