"""Spans to prose: HTML limited to PROSE_TAGS, everything escaped, lists as real lists.

A footnote marker becomes `<sup>` with the mark of its note; other raised characters stay `<sup>`
too. Only http, https and mailto addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from guidance.outline.model import Part, Prose, SubParagraph, SubParagraphs
from guidance.outline.pieces import Piece, Role, is_bullet, strip_left
from guidance.outline.source import Span

_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"]{1,2000}$", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def inline(spans: Iterable[Span]) -> str:
    """The spans as HTML without block tags; a line end inside is `<br>`."""
    html = []
    for (bold, italic, raised, href), run in groupby(spans, key=_marks):
        words = escape("".join(_marker(s) for s in run), quote=False)
        words = _SPACES.sub(" ", words).replace("\n", "<br>")
        html.append(_wrap(words, bold, italic, raised, href))
    return re.sub(
        r"(?:\s|<br>){2,}", lambda m: "<br>" if "<br>" in m[0] else " ", "".join(html)
    ).strip()


def _marks(span: Span) -> tuple[bool, bool, str, str]:
    raised = span.note or ("^" if span.superscript else "")
    inked = bool(span.text.strip())
    href = span.href if _SAFE_LINK.match(span.href) else ""
    return span.bold and inked and not raised, span.italic and inked and not raised, raised, href


def _marker(span: Span) -> str:
    return span.note if span.note else span.text


def _wrap(words: str, bold: bool, italic: bool, raised: str, href: str) -> str:
    if not words.strip():
        return words
    lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    words = words.strip()
    if raised:
        words = f"<sup>{words}</sup>"
    if italic:
        words = f"<i>{words}</i>"
    if bold:
        words = f"<b>{words}</b>"
    if href and not raised:
        words = f'<a href="{escape(href)}">{words}</a>'
    return lead + words + trail


def parts(content: Sequence[Piece]) -> list[Part]:
    """The body of a paragraph, box or text: prose, and its lettered or numbered parts."""
    body = _Body()
    for piece in content:
        if piece.role is not Role.ITEM:
            body.add_prose(inline(piece.spans))
        elif is_bullet(piece.label):
            body.add_bullet(inline(piece.spans), max(1, piece.level))
        else:
            body.add_part(piece.label, inline(piece.spans), max(1, piece.depth))
    return body.finish()


class _Body:
    """Collects prose, bullets and labelled parts; a bullet under a labelled part belongs to it."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.html: list[str] = []
        self.items: list[SubParagraph] = []
        self.bullets: list[tuple[str, int]] = []

    def add_prose(self, words: str) -> None:
        self._close_bullets()
        if words:
            self._close_items()
            self.html.append(f"<p>{words}</p>")

    def add_bullet(self, words: str, level: int) -> None:
        if self.items and not self.bullets and self.items[-1].html.endswith((".", "?", "!")):
            self._close_items()
        self.bullets.append((words, level))

    def add_part(self, label: str, words: str, depth: int) -> None:
        self._close_bullets()
        self._close_html()
        self.items.append(SubParagraph(label, words, depth))

    def finish(self) -> list[Part]:
        self._close_bullets()
        self._close_html()
        self._close_items()
        return self.parts

    def _close_bullets(self) -> None:
        html = nested_list(self.bullets)
        self.bullets = []
        if self.items:
            self.items[-1].html += html
        elif html:
            self.html.append(html)

    def _close_html(self) -> None:
        if self.html:
            self.parts.append(Prose("".join(self.html)))
            self.html = []

    def _close_items(self) -> None:
        if self.items:
            self.parts.append(SubParagraphs(self.items))
            self.items = []


def nested_list(bullets: Sequence[tuple[str, int]]) -> str:
    """Bullets with their levels as nested lists; a list only opens inside an item."""
    html: list[str] = []
    levels: list[int] = []
    for words, level in bullets:
        while len(levels) > 1 and levels[-1] > level:
            html.append("</li></ul>")
            levels.pop()
        if not levels or level > levels[-1]:
            html.append("<ul>")
            levels.append(level)
        else:
            html.append("</li>")
        html.append(f"<li>{words}")
    html.append("</li></ul>" * len(levels))
    return "".join(html)


def cell(paragraphs: Sequence[Sequence[Span]]) -> str:
    """One cell of a table: its paragraphs apart by `<br>`, without block tags."""
    return "<br>".join(words for p in paragraphs if (words := inline(strip_left(p))))
