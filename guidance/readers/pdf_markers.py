"""What stands at the start of a line: a bullet, a number or letter, or the mark of a note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guidance.readers.pdf_lines import Line, is_mark

_BULLET = re.compile(r"(?:[•▪◦●○■□◆◇►▶➢➤➔→‣⁃∙·❖✓✔➡❑❒▫⦁]|[–—−*-](?=\s)|[oO§](?=\s))\s*")
_PLAIN_BULLETS = "oO§–—−-*"
_NUMBER = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}[A-Za-z]?|[A-Z]{1,3}[.-]?\d{1,3}(?:\.\d{1,3}){0,3}"
    r"|[ivxl]{1,6}|[IVX]{1,5}|[a-zA-Z]|[a-z]{2})(?P<close>[.)\]:]{0,2})(?=\s|$)"
)
_LETTER = re.compile(r"\(?(?:[a-z]{1,2}|[ivxl]{1,6}|[A-Z])[.)]\s|\((?:[a-z]{1,2}|[ivxl]{1,6})\)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker that may begin a block: `end` counts its characters, `body` is where text begins.

    `apart` says that a wide gap follows it; `firm` that its own form is that of a marker.
    """

    text: str
    end: int
    body: float
    apart: bool
    firm: bool
    bullet: bool = False
    letter: bool = False


def marker_of(line: Line) -> Marker | None:
    """The marker that a line begins with, or None. Whether it is one, the place must tell."""
    text = line.text
    if line.runs[0].raised:
        return None
    if found := _BULLET.match(text):
        body, apart = _body(line, found.end())
        sign = found[0].strip()
        if sign in _PLAIN_BULLETS and sign not in "–—−-" and not apart and sign != "*":
            return None
        if not text[found.end() :].strip():
            return Marker(sign, found.end(), body, apart, firm=True, bullet=True)
        return Marker(sign, found.end(), body, apart, sign not in _PLAIN_BULLETS, bullet=True)
    if not (found := _NUMBER.match(text)):
        return None
    rest = text[found.end() :]
    end = found.end() + len(rest) - len(rest.lstrip())
    body, apart = _body(line, end)
    sign = found[0]
    firm = bool(found["close"]) or "." in sign or sign[0] in "(["
    letters = bool(_LETTER.match(text)) and not firm_number(sign)
    return Marker(sign, end, body, apart, firm, letter=letters)


def firm_number(sign: str) -> bool:
    """Whether a marker has a digit in it."""
    return any(c.isdigit() for c in sign)


def _body(line: Line, end: int) -> tuple[float, bool]:
    """Where the text after the first `end` characters begins, and whether a wide gap precedes."""
    count, edge = 0, line.x0
    for run, text in line.pieces:
        if count >= end - 1 and count > 0 and end <= count + 1:
            return run.x0, run.x0 - edge > 0.55 * line.size
        if count + len(text.rstrip()) > end:
            share = (end - count) / max(1, len(run.text))
            return run.x0 + share * (run.x1 - run.x0), False
        count += len(text)
        edge = run.x1
    return edge, False


def note_mark(line: Line) -> tuple[str, int] | None:
    """The raised mark at the start of a note's line and the characters that it takes, or None."""
    first = line.runs[0]
    if not first.raised or not is_mark(first.text):
        return None
    text = line.pieces[0][1]
    return first.text.strip(), len(text)
