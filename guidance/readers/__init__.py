"""Readers: files of four formats as blocks in reading order (see guidance.outline.source).

`read` is the one door. The reader of a format is loaded when a file of that format comes, so that
importing this package costs next to nothing.
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import BinaryIO

from guidance.outline.source import SourceDocument, UnreadableFile
from guidance.readers.opening import MAX_BYTES, load, sniff

__all__ = ["MAX_BYTES", "SourceDocument", "UnreadableFile", "read", "read_bytes"]


def read(source: str | PathLike[str] | BinaryIO, name: str = "") -> SourceDocument:
    """Read a path or an open binary file of any known format, told by its content.

    Raises UnreadableFile, whose message is one sentence for the person who sent the file. A file
    from outside goes through `guidance.readers.bounded.read_outline`, which bounds time and memory.
    """
    if not name and isinstance(source, (str, PathLike)):
        name = fspath(source)
    return read_bytes(load(source), name)


def read_bytes(data: bytes, name: str = "") -> SourceDocument:
    """Read the bytes of a file; as `read`."""
    match sniff(data, name):
        case "docx":
            from guidance.readers.docx import read_docx

            return read_docx(data, name)
        case "html":
            from guidance.readers.html import read_html

            return read_html(data, name)
        case "pdf":
            from guidance.readers.pdf import read_pdf

            return read_pdf(data, name)
        case _:
            from guidance.readers.text import read_text

            return read_text(data, name)
