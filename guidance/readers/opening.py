"""What a file is, told by its content and never by its name, and whether it is safe to read.

Every file comes through here first. What is refused is refused with one sentence for the person
who sent it; the sentence never quotes the file or its name.
"""

from __future__ import annotations

import codecs
import re
from io import SEEK_END, SEEK_SET
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Literal

from guidance.outline.source import UnreadableFile
from guidance.readers.packages import check_package

Format = Literal["text", "docx", "html", "pdf"]

MAX_BYTES = 50 * 1024 * 1024
_HEAD = 8192

_SEND_INSTEAD = "send a Word document (.docx), a PDF with a text layer, a web page or plain text"
_PICTURE = (
    "This file is a picture, which has no text to read: use text recognition to make a PDF or "
    "Word document of it, and send that."
)
_COMPRESSED = "This file is a compressed archive: unpack it and send the document inside."
_BINARY = f"This file is not a document that can be read: {_SEND_INSTEAD}."
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", _COMPRESSED),
    (b"Rar!\x1a\x07", _COMPRESSED),
    (b"BZh", _COMPRESSED),
    (b"\xfd7zXZ\0", _COMPRESSED),
    (
        b"{\\rtf",
        "This file is in Rich Text Format: open it in a word processor, save it as a Word "
        "document (.docx), and send that.",
    ),
    (
        b"%!PS",
        "This file is PostScript: convert it to a PDF and send that.",
    ),
    (b"MZ", _BINARY),
    (b"\x7fELF", _BINARY),
)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    (
        "EncryptedPackage",
        "This file is protected by a password: open it, remove the password, save it, and send "
        "it again.",
    ),
    (
        "WordDocument",
        "This file is in the old Word format (.doc): open it in Word, save it as .docx, and send "
        "that.",
    ),
    (
        "Workbook",
        "This file is a spreadsheet: copy the guidance into a Word document (.docx) and send that.",
    ),
    (
        "PowerPoint Document",
        "This file is a presentation: copy the guidance into a Word document (.docx) and send "
        "that.",
    ),
)
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|main|article|section|div|h[1-6]|p|table"
    r"|ul|ol|center|font)\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_XML_START = re.compile(r"\s*<\?(?:xml|mso-application)\b")
_SAVED_MAIL_PAGE = re.compile(rb"(?:From: <Saved by|MIME-Version:)", re.IGNORECASE)
_CONTROL_BYTES = bytes([*range(1, 9), 11, *range(14, 26), *range(28, 32), 127])
_UNDEFINED_IN_WINDOWS_1252 = b"\x81\x8d\x8f\x90\x9d"


def load(source: str | PathLike[str] | BinaryIO, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a path or an open binary file, from its start; an open file stays open.

    Raises UnreadableFile for a file above `max_bytes` without reading more than that, for an empty
    one, and for a path with no file.
    """
    if isinstance(source, (str, PathLike)):
        path = Path(source)
        if not path.is_file():
            raise UnreadableFile("There is no file at this place: check its path.")
        with path.open("rb") as file:
            return load(file, max_bytes)
    if _size(source) > max_bytes:
        raise _too_large(max_bytes)
    data = source.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    if not data:
        raise UnreadableFile(
            "This file is empty: check that it opens on your computer and send it again."
        )
    return data


def sniff(data: bytes, name: str = "") -> Format:
    """The format of a file's bytes; raises UnreadableFile with a sentence saying what to do.

    `name` decides nothing but whether text that opens with a tag is Markdown.
    """
    head = data[:_HEAD]
    if not data.strip(b"\0 \t\r\n\f\x1a"):
        raise UnreadableFile(
            "This file is empty: check that it opens on your computer and send it again."
        )
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        check_package(data)
        return "docx"
    if head.startswith(_OLE):
        raise UnreadableFile(_ole_sentence(data))
    for signature, sentence in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableFile(sentence)
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in _HEIC:
        raise UnreadableFile(_PICTURE)
    if _SAVED_MAIL_PAGE.match(head):
        raise UnreadableFile(
            "This file is a web archive or an e-mail: open it, save it as a web page (HTML) or a "
            "Word document (.docx), and send that."
        )
    return _sniff_text(data, name)


def _sniff_text(data: bytes, name: str) -> Format:
    opening = _decoded_head(data)
    if _PAGE_START.match(opening):
        markdown = name.lower().endswith((".md", ".markdown", ".txt"))
        if not markdown or _WHOLE_PAGE.search(opening):
            return "html"
    elif _XML_START.match(opening):
        if _WHOLE_PAGE.search(opening):
            return "html"
        raise UnreadableFile(
            "This file is XML, which is not read here: open it in the program it comes from, save "
            "it as a Word document (.docx) or a web page, and send that."
        )
    return "text"


def _decoded_head(data: bytes) -> str:
    """The first characters, once it is sure that the whole file is text."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)[:_HEAD]
            except UnicodeDecodeError:
                raise UnreadableFile(_unknown_text()) from None
    if b"\0" in data:
        raise UnreadableFile(_BINARY)
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls > max(2, len(data) // 500):
        raise UnreadableFile(_BINARY)
    try:
        return data.decode("utf-8")[:_HEAD]
    except UnicodeDecodeError:
        pass
    if not _is_plausible_windows_1252(data):
        raise UnreadableFile(_unknown_text())
    return data[:_HEAD].decode("windows-1252", errors="replace")


def _is_plausible_windows_1252(data: bytes) -> bool:
    """Whether the bytes could be Western European prose: few accents, no undefined code."""
    if len(data) != len(data.translate(None, _UNDEFINED_IN_WINDOWS_1252)):
        return False
    accents = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return accents <= 0.3 * len(data)


def _unknown_text() -> str:
    return (
        "The characters of this file cannot be made out: open it in a text editor, save it as "
        "UTF-8, and send it again."
    )


def _ole_sentence(data: bytes) -> str:
    for stream, sentence in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return sentence
    return (
        "This file is in an old Microsoft Office format: open it in Word, save it as .docx, and "
        "send that."
    )


def _too_large(max_bytes: int) -> UnreadableFile:
    return UnreadableFile(
        f"This file is larger than {max_bytes // 1024**2} MB: leave out its pictures or send it "
        "in parts."
    )


def _size(file: BinaryIO) -> int:
    """How many bytes an open file has, which is set to its start; -1 where it cannot say."""
    try:
        file.seek(0, SEEK_END)
        size = file.tell()
        file.seek(0, SEEK_SET)
    except (OSError, AttributeError):
        return -1
    return size
