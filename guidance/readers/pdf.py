"""The PDF reader: pages with a text layer as blocks in reading order.

The stages, each in a module of its own: characters to runs (`pdf_glyphs`), runs to lines
(`pdf_lines`), furniture taken off (`pdf_furniture`), columns, tables and boxes (`pdf_layout`),
notes, contents, paragraphs and headings, and what a page parts joined again (`pdf_join`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from guidance.outline.source import Place, SourceBlock, SourceDocument, SourceKind, Span
from guidance.readers.pdf_columns import Item, Stretch
from guidance.readers.pdf_contents import take_contents
from guidance.readers.pdf_drafts import Draft, Setting, Vocabulary
from guidance.readers.pdf_file import PdfFile, open_pdf
from guidance.readers.pdf_furniture import rows_of, take_furniture
from guidance.readers.pdf_headings import find_headings
from guidance.readers.pdf_join import join_parted, set_depths, title_boxes
from guidance.readers.pdf_layout import Boxed, Picture, lay_out
from guidance.readers.pdf_lines import Line, make_lines
from guidance.readers.pdf_notes import Notes
from guidance.readers.pdf_page import Area, Page
from guidance.readers.pdf_paragraphs import Paragraphs
from guidance.readers.pdf_tables import Ruled, ruled_table, take_aligned
from guidance.readers.pdf_text import flow, tidy


def read_pdf(data: bytes, name: str = "") -> SourceDocument:
    """Read a PDF that has a text layer; every character stands in a block or in page furniture.

    Raises UnreadableFile (one sentence) for a file that is locked, damaged or has no text.
    """
    file = open_pdf(data, name)
    lines = [make_lines(page.runs, page.number) for page in file.pages]
    words = Vocabulary(line for page_lines in lines for line in page_lines)
    furniture = take_furniture(file.pages, lines)
    stretches = [lay_out(page, on) for page, on in zip(file.pages, lines, strict=True)]
    drafts = _Drafting(file, stretches, words).run()
    blocks = list(_in_page_order(drafts, furniture, file.pages, words))
    document = SourceDocument("pdf", blocks, title=_title(file, drafts))
    document.remarks.extend(_remarks(file))
    return document


class _Drafting:
    """The drafts of a whole document from the stretches of its pages."""

    def __init__(
        self, file: PdfFile, stretches: Sequence[Sequence[Stretch]], words: Vocabulary
    ) -> None:
        self.file, self.stretches, self.words = file, stretches, words
        self.setting = Setting(list(_with_boxes(s for on_page in stretches for s in on_page)))
        self.notes = Notes(self.setting)
        self.count = self.boxes = 0
        self.listing = False
        self.open_box: tuple[Area, int, int] | None = None

    def run(self) -> list[Draft]:
        drafts: list[Draft] = []
        for page, on_page in zip(self.file.pages, self.stretches, strict=True):
            for at, stretch in enumerate(on_page):
                first, last = at == 0, at == len(on_page) - 1
                drafts.extend(self._stretch(stretch, page, first=first, last=last))
        find_headings(drafts, self.setting)
        drafts = join_parted(drafts)
        title_boxes(drafts)
        set_depths(drafts)
        return drafts

    def _stretch(
        self, stretch: Stretch, page: Page, *, first: bool = False, last: bool = False, box: int = 0
    ) -> Iterator[Draft]:
        self.count += 1
        items, notes = self.notes.take(stretch, page)
        entries = take_contents(items, len(self.file.pages), goes_on=self.listing)
        entries = take_aligned(entries, self.setting, self.words)
        entries = Paragraphs(self.setting, self.count, stretch.lines).make(entries)
        for at, entry in enumerate(entries):
            edges = (first and at == 0, last and at == len(entries) - 1)
            for draft in [entry] if isinstance(entry, Draft) else self._other(entry, page, *edges):
                draft.box = draft.box or box
                draft.stretch = draft.stretch or self.count
                yield draft
        if entries:
            last_entry = entries[-1]
            self.listing = isinstance(last_entry, Draft) and last_entry.kind is SourceKind.CONTENTS
        yield from notes

    def _other(self, item: Item, page: Page, first: bool, last: bool) -> Iterator[Draft]:
        match item.other:
            case Ruled() as table:
                yield ruled_table(table, self.words)
            case Boxed() as boxed:
                number = self._box_number(boxed, first=first, last=last)
                for stretch in boxed.stretches:
                    yield from self._stretch(stretch, page, box=number)
            case Picture():
                yield Draft(SourceKind.IMAGE, page=page.number)

    def _box_number(self, boxed: Boxed, *, first: bool, last: bool) -> int:
        """A new number, or that of the box that the page before ended in."""
        area, before = boxed.area, self.open_box
        if (
            first
            and before is not None
            and before[1] == boxed.page - 1
            and abs(before[0].width - area.width) <= 6
        ):
            number = before[2]
        else:
            self.boxes += 1
            number = self.boxes
        self.open_box = (area, boxed.page, number) if last else None
        return number


def _with_boxes(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    for stretch in stretches:
        yield stretch
        for item in stretch.items:
            if isinstance(item.other, Boxed):
                yield from _with_boxes(item.other.stretches)


def _in_page_order(
    drafts: Iterable[Draft],
    furniture: Sequence[Sequence[Line]],
    pages: Sequence[Page],
    words: Vocabulary,
) -> Iterator[SourceBlock]:
    """The blocks of the drafts, the furniture of each page before what begins on it."""
    done = 0
    for draft in drafts:
        while done < min(draft.page, len(pages)):
            yield from _furniture(furniture[done], pages[done], words)
            done += 1
        yield _block(draft, words)
    for at in range(done, len(pages)):
        yield from _furniture(furniture[at], pages[at], words)


def _furniture(lines: Iterable[Line], page: Page, words: Vocabulary) -> Iterator[SourceBlock]:
    place = Place(page=page.number)
    for row in rows_of(lines):
        spans = tidy(Span(line.text + " ") for line in row)
        yield SourceBlock(SourceKind.FURNITURE, spans, place)
    aside = "".join(run.text + " " * (run.trail or len(run.text) > 2) for run in page.aside)
    if aside.strip():
        yield SourceBlock(SourceKind.FURNITURE, (Span(aside.strip()),), place)


def _block(draft: Draft, words: Vocabulary) -> SourceBlock:
    if draft.kind is SourceKind.FURNITURE:
        spans: tuple[Span, ...] = (Span(draft.style),)
    else:
        spans = flow(draft.lines, words, draft.cut)
    return SourceBlock(
        draft.kind,
        spans,
        Place(page=draft.lines[0].page if draft.lines else draft.page),
        level=draft.level,
        label=draft.label,
        box=draft.box,
        box_title=draft.box_title,
        mark=draft.mark,
        rows=tuple(draft.rows),
        style=f"{draft.size:g}pt" if draft.lines else "",
        indent=draft.indent,
        break_before=draft.goes_on,
    )


def _title(file: PdfFile, drafts: Sequence[Draft]) -> str:
    """The title in the file's properties if the first pages print it, else the largest heading."""
    start = [d for d in drafts if d.page <= 3 and d.lines and d.kind is not SourceKind.NOTE]
    printed = " ".join(word for d in start for word in _words(d.text))
    named = " ".join(_words(file.title))
    if named and named in printed:
        return file.title
    first = [d for d in start if d.kind is SourceKind.HEADING and d.page == start[0].page]
    if not first:
        return file.title
    largest = max(d.size for d in first)
    return " ".join(" ".join(d.text for d in first if d.size >= largest - 0.5).split())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _remarks(file: PdfFile) -> Iterator[tuple[str, Place]]:
    for page in file.pages:
        place = Place(page=page.number)
        if page.ink == 0 and page.pictures:
            yield "This page is a picture without text: what it says was not read.", place
        elif page.ink == 0:
            yield "This page has no text.", place
        if page.unmapped:
            yield f"{page.unmapped} characters of this page have no letter in the file.", place
        if sum(len(run.text) for run in page.aside) > 80:
            yield "Text that is turned or lies off the page was set aside as furniture.", place
