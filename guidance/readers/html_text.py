"""A paragraph of a page as it comes in, with white space collapsed as a browser does it."""

from __future__ import annotations

import re

from guidance.outline.source import Span
from guidance.readers.html_frames import PLAIN, Marks

# Shown only where a line breaks there, or never: soft hyphen, zero-width space and joiner, byte
# order mark.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_WHITE = " \t\n"
_BREAK = "\n"


def collapse(text: str) -> str:
    """Runs of white space as one space. A no-break space is not white space in HTML."""
    if "\n" in text:
        text = text.replace("\n", " ")
    if "\t" in text:
        text = text.replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


class Paragraph:
    """The runs of one block until it ends."""

    __slots__ = ("_spaced", "line", "parts")

    def __init__(self) -> None:
        self.parts: list[tuple[str, Marks]] = []
        self.line: int | None = None
        self._spaced = True

    def add(self, text: str, marks: Marks, preformatted: bool) -> bool:
        """Add a run; false if nothing of it shows."""
        if self._spaced and not preformatted:
            text = text.lstrip(_WHITE)
            if not text:
                return False
        if not text.isascii():
            text = _UNSEEN.sub("", text)
        text = text.expandtabs(4) if preformatted else collapse(text)
        if not text:
            return False
        if marks[4] and text.isspace():
            marks = PLAIN
        self.parts.append((text, marks))
        self._spaced = not preformatted and text[-1] == " "
        return True

    def break_line(self) -> bool:
        """Break the line; false if it was broken already, so that a blank line shows here."""
        if not self.parts:
            return True
        if self.parts[-1][0] == _BREAK:
            return False
        self.parts.append((_BREAK, PLAIN))
        self._spaced = True
        return True

    def take(self) -> list[Span]:
        """The runs so far as spans, neighbours with the same marks joined; the paragraph is new."""
        parts, self.parts, self._spaced = self.parts, [], True
        if len(parts) == 1:
            text, marks = parts[0]
            text = text.strip()
            return [Span(text) if marks == PLAIN else Span(text, *marks)] if text else []
        return [Span(text, *marks) for text, marks in _joined(_trimmed(parts))]


def _trimmed(parts: list[tuple[str, Marks]]) -> list[tuple[str, Marks]]:
    """Without white space at the ends of the block and before a line break."""
    start, end = 0, len(parts)
    while start < end and not parts[start][0].strip():
        start += 1
    while end > start and not parts[end - 1][0].strip():
        end -= 1
    kept = parts[start:end]
    if kept:
        kept[0] = (kept[0][0].lstrip(), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    for i in range(1, len(kept)):
        if kept[i][0] == _BREAK and kept[i - 1][0][-1:] == " ":
            kept[i - 1] = (kept[i - 1][0].rstrip(_WHITE), kept[i - 1][1])
    return kept


def _joined(parts: list[tuple[str, Marks]]) -> list[tuple[str, Marks]]:
    """Runs with the same marks as one, and white space or a line break with the run before it."""
    joined: list[tuple[list[str], Marks]] = []
    for text, marks in parts:
        if not text:
            continue
        if joined and (marks == joined[-1][1] or (text.isspace() and not joined[-1][1][4])):
            joined[-1][0].append(text)
        else:
            joined.append(([text], marks))
    return [("".join(texts), marks) for texts, marks in joined]
