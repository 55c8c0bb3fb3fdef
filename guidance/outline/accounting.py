"""The account of characters: proof that nothing of a file is dropped in silence.

White space is not counted, nor are the points, brackets, dashes and bullets that open or close
numbers and labels ("12." and "•" are printed otherwise in an outline); raised digits count as
digits. Everything else must be in the outline or its furniture exactly as often as in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from html import unescape

from guidance.outline.model import AnyBlock, Note, Outline, Paragraph, Prose
from guidance.outline.pieces import is_bullet
from guidance.outline.source import SourceDocument

_IGNORED = frozenset(".,:;()[]{}–—-•●▪◦‣·*+§|…\\\u00ad\ufeff\u200b\uf09f\uf0a7\uf0b7")
_TAGS = re.compile(r"<[^<>]*>")


def characters(outline: Outline) -> Counter[str]:
    """How often each character stands in the outline and its furniture."""
    count: Counter[str] = Counter()
    for section in outline.sections:
        for name in {"number", "title"} - {*section.supplied}:
            count.update(_counted(getattr(section, name)))
        for block in section.blocks:
            for text in _texts(block):
                count.update(_counted(text))
    for note in {id(n): n for n in _notes(outline)}.values():  # blocks may share a note
        count.update(_counted(note.mark + _words(note.html)))
    for text, _place in outline.furniture:
        count.update(_counted(text))
    return count


def source_characters(source: SourceDocument) -> Counter[str]:
    """How often each character stands in the source's blocks: text, labels and marks of notes."""
    count: Counter[str] = Counter()
    for block in source.blocks:
        count.update(_counted(block.text + block.mark))
        if not is_bullet(block.label.strip()):
            count.update(_counted(block.label))
    return count


def _counted(text: str) -> Iterable[str]:
    normal = unicodedata.normalize("NFKC", text)
    return (c for c in normal if not c.isspace() and c not in _IGNORED)


def _words(html: str) -> str:
    return unescape(_TAGS.sub("", html))


def _notes(outline: Outline) -> Iterable[Note]:
    for block in outline.blocks():
        yield from getattr(block, "notes", ())


def _texts(block: AnyBlock) -> Iterable[str]:
    """Everything that a block prints, its notes aside; a question's number is in its words."""
    if isinstance(block, Paragraph):
        yield block.number
    for name in ("text", "title", "caption", "term", "source"):
        yield getattr(block, name, "")
    yield _words(getattr(block, "html", ""))
    for row in [getattr(block, "header", []), *getattr(block, "rows", [])]:
        yield from (_words(cell) for cell in row)
    for part in getattr(block, "body", ()):
        if isinstance(part, Prose):
            yield _words(part.html)
        else:
            yield from (item.label + _words(item.html) for item in part.items)
