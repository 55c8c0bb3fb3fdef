"""Glossary entries: the terms that a glossary defines, each with its definition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidance.outline.pieces import Piece, Role, cut, is_bullet, strip_left

_GLOSSARY = re.compile(
    r"\b(?:glossary|definitions|abbreviations|acronyms|interpretation|terminology)\b", re.IGNORECASE
)
_DIVIDED = re.compile(r"(?P<term>[^:–—]{1,90}?)(?:\s[–—-]\s|\s?[–—:]\s?)(?=\S)")
_LONGEST = 90


def mark_glossary(pieces: Sequence[Piece]) -> None:
    """Under a title that names a glossary, give each "term – definition" the role of an entry."""
    inside = False
    for piece in pieces:
        if piece.role in (Role.HEADING, Role.SECTION, Role.BOX_TITLE):
            inside = bool(_GLOSSARY.search(piece.text[:200]))
        elif piece.role is Role.PARAGRAPH:
            inside = False
        elif inside and piece.role in (Role.ITEM, Role.PROSE) and is_bullet(piece.label):
            _make_entry(piece)


def _term(piece: Piece) -> tuple[int, int] | None:
    """Where the term ends and the definition begins, in the spans of the piece."""
    text = "".join(s.text for s in piece.spans)
    marked = 0
    for span in piece.spans:
        if not (span.bold or span.italic) and span.text.strip():
            break
        marked += len(span.text)
    if 0 < marked <= _LONGEST and marked < len(text):
        found = re.match(r"[\s:–—-]*", text[marked:])
        return marked, marked + (found.end() if found else 0)
    found_term = _DIVIDED.match(text[:200])
    if found_term and (piece.role is Role.ITEM or len(text) > found_term.end() + 20):
        words = found_term["term"].split()
        if len(words) <= 10 and not found_term["term"].rstrip().endswith("."):
            return found_term.end("term"), found_term.end()
    return None


def _make_entry(piece: Piece) -> None:
    """Divide "term – definition"; a piece that is not so stays what it is."""
    parted = _term(piece)
    if parted is None:
        return
    spans, (term_end, body) = piece.spans, parted
    piece.label = "".join(s.text for s in cut(spans, 0, term_end)).strip(" :–—-")
    piece.set_spans(strip_left(cut(spans, body)))
    piece.role = Role.GLOSSARY
