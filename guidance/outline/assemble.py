"""Pieces with their roles to sections with their blocks: the last step to the outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from guidance.outline.chapters import Start
from guidance.outline.headings import is_table_caption
from guidance.outline.model import (
    AnyBlock,
    Box,
    Figure,
    GlossaryEntry,
    Heading,
    Note,
    Paragraph,
    Part,
    Prose,
    Question,
    Quotation,
    Section,
    Table,
    Text,
)
from guidance.outline.notes import Notes
from guidance.outline.pieces import Piece, Role
from guidance.outline.prose import cell, inline, parts
from guidance.outline.source import Cell

WITHOUT_NOTES = (Heading, Figure, Question)


class Assembler:
    """Fills sections piece by piece; prose goes to the block that is open."""

    def __init__(
        self, notes: Notes, pieces: Sequence[Piece], title: str, *, plain: bool = False
    ) -> None:
        self.notes = notes
        self.at = {id(piece): at for at, piece in enumerate(pieces)}
        self.sections: list[Section] = []
        self.title = title
        self.open: list[Piece] = []
        self.caption: list[Piece] = []
        self.questions: list[tuple[Question, Piece]] = []
        self.pending: list[Piece] = list(notes.first)
        self.plain = plain
        self.made: dict[int, Note] = {}
        self.last: Piece | None = None

    def run(self, pieces: Sequence[Piece], starts: Iterable[Start]) -> list[Section]:
        """The sections of the whole document, in order."""
        openings = {start.at: start for start in starts}
        for at, piece in enumerate(pieces):
            if start := openings.get(at):
                self._close()
                supplied = ("number",) if start.derived else ()
                self.sections.append(
                    Section(start.title, start.number, supplied=supplied, place=piece.place)
                )
                for used in start.used:
                    self.pending.extend(self.notes.of_piece.get(used, ()))
            if piece.role in (Role.SECTION, Role.NOTE, Role.FURNITURE):
                continue
            self._add(piece)
            self.last = piece
        self._close()
        self._keep_pending()
        return self.sections

    def _section(self, piece: Piece) -> Section:
        if not self.sections:
            self.sections.append(Section(self.title, supplied=("title",), place=piece.place))
        return self.sections[-1]

    def _add(self, piece: Piece) -> None:
        if self.open and piece.box != self.open[0].box and piece.role in (Role.PROSE, Role.ITEM):
            self._close()
        match piece.role:
            case Role.PARAGRAPH | Role.BOX_TITLE | Role.GLOSSARY:
                self._close()
                self.open = [piece]
            case Role.PROSE | Role.ITEM:
                if self.caption:
                    self._close()
                if not (piece.role is Role.PROSE and self._quoted(piece)):
                    self.open.append(piece)
            case _:
                self._close(keep_caption=True)
                self._alone(piece)

    def _quoted(self, piece: Piece) -> bool:
        """Put a quotation that stands on its own, or give the last one its source."""
        if self.open or piece.block.style not in ("quote", "quote-source"):
            return False
        last = self.sections[-1].blocks[-1:] if self.sections else []
        if piece.block.style == "quote-source" and last and isinstance(last[0], Quotation):
            last[0].source = piece.text
        else:
            self._put(Quotation(html=inline(piece.spans), place=piece.place), [piece])
        return True

    def _alone(self, piece: Piece) -> None:
        """Blocks that hold no other prose."""
        if piece.role is Role.CAPTION:
            self._close()
            if not self._names_picture(piece):
                self.caption = [piece]
        elif piece.role is Role.TABLE:
            self._take_title()
            self._put(self._table(piece), [*self.caption, piece])
            self.caption = []
        elif piece.role is Role.FIGURE:
            caption, used = self._caption_text(piece), [*self.caption, piece]
            self.caption = []
            block = piece.block
            self._put(
                Figure(caption=caption, alt=block.alt, image=block.image, place=piece.place), used
            )
        elif piece.role is Role.QUESTION:
            self._close()
            question = Question(html=inline(piece.spans), number=piece.number, place=piece.place)
            self.questions.append((question, piece))
            self._put(question, [piece])
        else:
            self._close()
            self._heading(piece)

    def _names_picture(self, piece: Piece) -> bool:
        """A caption under its picture is given to it."""
        if self.last is None or self.last.role is not Role.FIGURE or is_table_caption(piece):
            return False
        figure = self.sections[-1].blocks[-1]
        if not isinstance(figure, Figure) or figure.caption:
            return False
        figure.caption = piece.title
        self.pending.extend(self.notes.of_piece.get(self.at[id(piece)], ()))
        return True

    def _take_title(self) -> None:
        """In plain text the title that stands directly over a table is its caption."""
        blocks = self.sections[-1].blocks if self.sections else []
        titled = self.last is not None and self.last.role is Role.HEADING and not self.last.number
        if self.plain and titled and not self.caption and isinstance(blocks[-1], Heading):
            blocks.pop()
            self.caption = [self.last] if self.last else []

    def _heading(self, piece: Piece) -> None:
        level = max(2, piece.level or 3)
        self._put(Heading(text=piece.full_title, level=level, place=piece.place), [piece])

    def _table(self, piece: Piece) -> Table:
        rows = piece.block.rows
        width = max((sum(max(1, c.span) for c in row) for row in rows), default=0)
        full = [_cells(row, width) for row in rows]
        headed = bool(rows) and bool(rows[0]) and any(c.header for c in rows[0])
        headed = headed and (len(rows) == 1 or not all(c.header for c in rows[-1]))
        return Table(
            caption=self._caption_text(),
            header=full[0] if headed else [],
            rows=full[1:] if headed else full,
            place=piece.place,
        )

    def _caption_text(self, *more: Piece) -> str:
        return " ".join(p.full_title for p in (*self.caption, *more)).strip()

    def _close(self, *, keep_caption: bool = False) -> None:
        """Make a block of the prose that is open, and of a caption that has found no picture."""
        if self.open:
            pieces, self.open = self.open, []
            self._put(self._block(pieces), pieces)
        if self.caption and not keep_caption:
            pieces, self.caption = self.caption, []
            text = " ".join(p.full_title for p in pieces)
            if is_table_caption(pieces[0]):
                self._put(Heading(text=text, level=4, place=pieces[0].place), pieces)
            else:
                self._put(Figure(caption=text, place=pieces[0].place, confidence=0.8), pieces)

    def _block(self, pieces: Sequence[Piece]) -> AnyBlock:
        first = pieces[0]
        place, confidence = first.place, min(p.confidence for p in pieces)
        if first.role is Role.PARAGRAPH:
            body = parts(pieces)
            return Paragraph(number=first.number, body=body, place=place, confidence=confidence)
        if first.role is Role.BOX_TITLE:
            return Box(
                title=first.title, body=parts(pieces[1:]), place=place, confidence=confidence
            )
        if first.role is Role.GLOSSARY:
            html = _plain_html(parts(pieces))
            return GlossaryEntry(term=first.label, html=html, place=place, confidence=confidence)
        if first.box:
            return Box(title="", body=parts(pieces), place=place, confidence=confidence)
        return Text(body=parts(pieces), place=place, confidence=confidence)

    def _put(self, block: AnyBlock, pieces: Sequence[Piece]) -> None:
        self._section(pieces[0]).blocks.append(block)
        for piece in pieces:
            self.pending.extend(self.notes.of_piece.get(self.at[id(piece)], ()))
        if self.pending and not isinstance(block, WITHOUT_NOTES):
            block.notes = [self._note(n) for n in dict.fromkeys(self.pending)]
            self.pending = []

    def _keep_pending(self) -> None:
        """Notes of a title with nothing after it go to the last block that can hold them."""
        if not self.pending:
            return
        for section in reversed(self.sections):
            for block in reversed(section.blocks):
                if not isinstance(block, WITHOUT_NOTES):
                    block.notes.extend(self._note(n) for n in dict.fromkeys(self.pending))
                    return
        section = self._section(self.pending[0])
        notes = [self._note(n) for n in dict.fromkeys(self.pending)]
        section.blocks.append(Text(body=[], notes=notes, place=self.pending[0].place))

    def _note(self, piece: Piece) -> Note:
        """The note of a piece: one object, however many blocks refer to it."""
        if id(piece) not in self.made:
            note = Note(mark=piece.mark, html=inline(piece.spans), place=piece.place)
            self.made[id(piece)] = note
        return self.made[id(piece)]


def _cells(row: Sequence[Cell], width: int) -> list[str]:
    """The cells of a row as prose; a cell over several columns is followed by empty ones."""
    cells: list[str] = []
    for one in row:
        cells += [cell(one.paragraphs), *[""] * (max(1, one.span) - 1)]
    return cells + [""] * (width - len(cells))


def _plain_html(body: Sequence[Part]) -> str:
    """A body as one piece of HTML: labelled parts as a list."""
    html = []
    for part in body:
        if isinstance(part, Prose):
            html.append(part.html)
        else:
            items = "".join(f"<li>{escape(i.label)} {i.html}</li>" for i in part.items)
            html.append(f"<ul>{items}</ul>")
    return "".join(html)
