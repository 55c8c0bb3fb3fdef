"""Import against the format's own library: reading and understanding a file, compared with what it
takes python-docx, lxml or pdfium merely to open it and walk its text.

The documents are those of ../shared/data where they are present, and otherwise nothing is measured.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import html

from bench.report import Row
from guidance.outline.build import build
from guidance.readers import read

TARGET = 3.0
SHARED = Path(os.environ.get("GUIDANCE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FILES = (
    "real/stop-and-search-code-2017.docx",
    "real/retirement-housing-code-2016.docx",
    "real/rail-vision-command-paper.html",
    "real/inspectors-report.pdf",
    "real/behaviour-change-report.pdf",
)


def walk_docx(data: bytes) -> int:
    """Every paragraph with its style and runs, as any use of a Word file needs them."""
    document = docx.Document(io.BytesIO(data))
    seen = 0
    for paragraph in document.element.body.iter(docx.oxml.ns.qn("w:p")):
        wrapped = docx.text.paragraph.Paragraph(paragraph, document._body)
        seen += len(wrapped.style.name)
        seen += sum(len(run.text) + bool(run.bold) + bool(run.italic) for run in wrapped.runs)
    return seen


def walk_html(data: bytes) -> int:
    return sum(len(text) for text in html.fromstring(data).itertext())


def walk_pdf(data: bytes) -> int:
    """Every character with its place and its size, which is what a layout needs."""
    seen = 0
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                text.get_charbox(index)
                seen += bool(pdfium.FPDFText_GetUnicode(text, index))
                seen += bool(pdfium.FPDFText_GetFontSize(text, index))
    return seen


WALKS: dict[str, Callable[[bytes], int]] = {
    ".docx": walk_docx,
    ".html": walk_html,
    ".pdf": walk_pdf,
}


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """The least seconds of several runs: what the work costs when nothing disturbs it."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def run() -> list[Row]:
    rows = []
    for name in FILES:
        path = SHARED / "data" / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        walk = WALKS[path.suffix]
        library = best(lambda walk=walk, data=data: walk(data))
        ours = best(lambda path=path: build(read(path)))
        rows.append(
            Row(
                f"import {path.name}",
                ours * 1000,
                "ms",
                ratio=ours / library,
                target=f"≤ {TARGET:g}",
            )
        )
    return rows
