"""Source blocks to an outline: the only place that knows what a paragraph number is.

The stages run in a fixed order over one list of pieces; each is a module of its own. Afterwards
every character of the source is in the outline or in its furniture (`guidance.outline.accounting`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidance.outline import (
    boxes,
    contents,
    headings,
    notes,
    numbers,
    questions,
    sections,
    timetables,
)
from guidance.outline.accounting import characters, source_characters
from guidance.outline.assemble import Assembler
from guidance.outline.findings import findings
from guidance.outline.glossary import mark_glossary
from guidance.outline.lone_numbers import join_lone_numbers
from guidance.outline.meaning import read_meaning
from guidance.outline.model import Outline
from guidance.outline.pieces import Piece, Role, fold_labels, join, prepare
from guidance.outline.source import SourceDocument

__all__ = ["build", "characters", "source_characters"]


def build(source: SourceDocument) -> Outline:
    """Understand a file. Never fails on odd content: what is doubtful becomes a problem."""
    pieces = prepare(source)
    outline = Outline(format=source.format)
    outline.product_code = contents.product_code(pieces)
    listed = contents.set_aside(pieces)
    notes.find_notes(pieces)
    _rejoin(pieces)
    outline.title = _title(source, pieces)
    join_lone_numbers(pieces)
    plain = source.format == "text" and not any(p.heading_block for p in pieces)
    headings.mark_titles(pieces, listed, plain)
    lists = numbers.number_pieces(pieces, sections.early_breaks(pieces))
    boxes.frame_boxes(pieces)
    if plain:
        timetables.gather(pieces)
    starts = sections.find_sections(pieces, plain)
    questions.mark_questions(pieces)
    boxes.mark_captions(pieces)
    if plain:
        boxes.infer_boxes(pieces, listed)
    mark_glossary(pieces)
    _page_numbers(pieces)
    fold_labels(pieces)
    attached = notes.attach(pieces)
    notes.keep_unreferenced(pieces, attached)
    assembler = Assembler(attached, pieces, outline.title, plain=plain)
    outline.sections = assembler.run(pieces, starts)
    headings.settle_levels(outline.sections)
    outline.furniture = [(p.text, p.place) for p in pieces if p.role is Role.FURNITURE and p.text]
    outline.listed_questions = questions.listed(lists)
    outline.footnotes = attached.summary()
    read_meaning(outline, pieces, assembler.questions)
    findings(outline, attached, assembler.questions, lists, source.remarks)
    return outline


def _title(source: SourceDocument, pieces: Sequence[Piece]) -> str:
    """The document's title: its own, or the first heading or line."""
    if source.title.strip():
        return " ".join(source.title.split())
    front = [p for p in pieces[:12] if any(c.isalpha() for c in p.text) and len(p.text) < 250]
    front = [p for p in front if not contents.is_title(p.text)]
    at = next((i for i, p in enumerate(front) if p.heading_block), 0)
    if not front:
        return ""
    title = " ".join(front[at].text.split("\n")[0].split())
    for piece in front[at + 1 : at + 4]:  # a title over several lines
        if not (_OPEN_WORD.search(title[-12:]) or (piece.all_bold and piece.text[0].islower())):
            break
        title += " " + " ".join(piece.text.split())
    return title


def _rejoin(pieces: list[Piece]) -> None:
    """Put together paragraphs that a page break, a note or a picture divides.

    The second half begins in the middle of a sentence: in lower case after text that has not come
    to an end, or wherever its reader says that a column or page ended there.
    """
    before: Piece | None = None
    kept: list[Piece] = []
    for piece in pieces:
        if before is not None and piece.role is Role.PROSE and _goes_on(before, piece):
            join(before, piece)
            continue
        kept.append(piece)
        if piece.role not in (Role.NOTE, Role.FURNITURE):
            before = piece
    pieces[:] = kept


_ENUMERATED = re.compile(r"\(?(?:[ivx]{1,5}|[a-z])[.)]\s")
_OPEN_WORD = re.compile(
    r"(?:\b(?:the|of|and|or|to|a|an|in|for|with|by|that|which|on|at|from|as|their|its|this|these"
    r"|be|is|are|under|not)|,)$"
)


def _goes_on(before: Piece, piece: Piece) -> bool:
    if before.role not in (Role.PROSE, Role.ITEM) or piece.label:
        return False
    if piece.text in ("and", "or", "and/or"):
        return True
    if before.ends_sentence:
        return False
    if before.box != piece.box or not piece.text or not before.text or before.words.endswith("”"):
        return False
    if timetables.is_dated(piece.text) and len(before.text) < 90:
        return False
    if piece.text[0].islower():
        return not _ENUMERATED.match(piece.text[:12])
    if len(before.text) < 60 or not piece.text[0].isalpha():
        return False
    return bool(_OPEN_WORD.search(before.words[-12:])) and piece.block.style == before.block.style


def _page_numbers(pieces: Sequence[Piece]) -> None:
    """Numbers that stand alone and open no section are printed page or part numbers."""
    for piece in pieces:
        if piece.role in (Role.PROSE, Role.HEADING) and headings.bare_number(piece):
            piece.role = Role.FURNITURE
