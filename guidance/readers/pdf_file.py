"""A PDF opened page by page: what the file holds, or one sentence saying why it cannot be read."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from guidance.outline.source import UnreadableFile, name_in_words
from guidance.readers.pdf_drawing import read_drawing, read_links
from guidance.readers.pdf_fonts import Faces
from guidance.readers.pdf_glyphs import read_runs
from guidance.readers.pdf_page import Page

MOST_PAGES = 3000
MOST_CHARACTERS = 20_000_000
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*$|layout \d|print|slide|template|.*\btemplate$)"
    r"|\.(?:docx?|pdf|indd|qxd|rtf|pub|odt|p65|fm|ps)\b|^[\d\W_]*$|[\\/_]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PdfFile:
    """The pages of a file, and its title where the file gives a sensible one."""

    pages: list[Page] = field(default_factory=list)
    title: str = ""


def open_pdf(data: bytes, name: str = "") -> PdfFile:
    """Read every page of a PDF; raises UnreadableFile for one locked, damaged or scanned."""
    called = name_in_words(name)
    document = _open(data, called)
    try:
        if len(document) == 0:
            raise UnreadableFile(f"{called} has no pages: send a whole copy of it.")
        if len(document) > MOST_PAGES:
            raise UnreadableFile(
                f"{called} has {len(document)} pages, more than {MOST_PAGES}: send it in parts."
            )
        file = PdfFile(title=_title(document))
        faces = Faces()
        left = MOST_CHARACTERS
        for index in range(len(document)):
            page = _page(document, index, faces)
            left -= page.ink
            if left < 0:
                raise UnreadableFile(f"{called} has too much text to read: send it in parts.")
            file.pages.append(page)
    finally:
        document.close()
    faces.settle()
    _check_text(file, called)
    return file


def _open(data: bytes, called: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error):
            raise UnreadableFile(
                f"{called} is locked with a password: save a copy without one and send that."
            ) from error
        raise UnreadableFile(
            f"{called} is damaged or is not a PDF: open it, save it again as PDF and send that."
        ) from error


def _page(document: pypdfium2.PdfDocument, index: int, faces: Faces) -> Page:
    """One page; a page that the file promises but does not hold is empty."""
    try:
        source = document[index]
    except pypdfium2.PdfiumError:
        return Page(index + 1, 595, 842)
    try:
        x0, y0, x1, y1 = source.get_cropbox()
        page = Page(index + 1, abs(x1 - x0), abs(y1 - y0), left=min(x0, x1), top=max(y0, y1))
        text = source.get_textpage()
        try:
            address = ctypes.cast(text.raw, ctypes.c_void_p).value
            if address:
                read_runs(page, address, faces)
        finally:
            text.close()
        read_drawing(page, source.raw)
        read_links(page, document.raw, source.raw)
        return page
    finally:
        source.close()


def _check_text(file: PdfFile, called: str) -> None:
    ink = sum(page.ink for page in file.pages)
    if ink == 0:
        raise UnreadableFile(
            f"{called} has no text, only pictures of its pages: send the original, or a copy in "
            "which the text has been recognised."
        )
    if sum(page.unmapped for page in file.pages) > 0.4 * ink:
        raise UnreadableFile(
            f"{called} does not say which letters its signs stand for: send the original, or save "
            "it again as PDF with its fonts."
        )


def _title(document: pypdfium2.PdfDocument) -> str:
    """The title among the file's properties, unless it is a file name or a program's stopgap."""
    title = " ".join((document.get_metadata_value("Title") or "").split())
    title = re.sub(r"^microsoft word - ", "", title, flags=re.IGNORECASE)
    return title if " " in title and not _NO_TITLE.search(title) else ""
