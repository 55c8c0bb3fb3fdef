"""What a file that comes with a response is, told by its content and never by its name. Pure.

What is taken is documents, sheets, slides, pictures and plain text. Whatever a browser, an office
program or a system could run is refused, with one sentence that says what to do and never quotes
the file.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import default as mail_policy

from PIL import Image

from consultation.file_names import clean_name
from consultation.file_packages import (
    ARCHIVE,
    DAMAGED,
    LOCKED,
    TWO_KINDS,
    ZIP_STARTS,
    PackageRefused,
    is_zip_too,
    kind_of_package,
)

Refused = PackageRefused
"""A file that is not taken; the message is a sentence for whoever sent it."""

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is: its media type, how a person calls it, and the endings that its name may
    have, the usual one first."""

    media_type: str
    words: str
    endings: tuple[str, ...]

    def name(self, given: str) -> str:
        """The name that it is kept under, from the one it came with."""
        return clean_name(given, self.endings)


PDF = FileKind("application/pdf", "PDF", (".pdf",))
DOCX = FileKind(f"{_OOXML}wordprocessingml.document", "Word document", (".docx",))
XLSX = FileKind(f"{_OOXML}spreadsheetml.sheet", "Excel workbook", (".xlsx",))
PPTX = FileKind(f"{_OOXML}presentationml.presentation", "PowerPoint presentation", (".pptx",))
ODT = FileKind(f"{_ODF}text", "OpenDocument text", (".odt",))
ODS = FileKind(f"{_ODF}spreadsheet", "OpenDocument spreadsheet", (".ods",))
PNG = FileKind("image/png", "PNG picture", (".png",))
JPEG = FileKind("image/jpeg", "JPEG picture", (".jpg", ".jpeg"))
GIF = FileKind("image/gif", "GIF picture", (".gif",))
WEBP = FileKind("image/webp", "WebP picture", (".webp",))
TIFF = FileKind("image/tiff", "TIFF picture", (".tif", ".tiff"))
RTF = FileKind("application/rtf", "Rich Text document", (".rtf",))
TEXT = FileKind("text/plain", "plain text", (".txt",))
CSV = FileKind("text/csv", "CSV table", (".csv",))
MAIL = FileKind("message/rfc822", "e-mail", (".eml",))

KINDS = (PDF, DOCX, ODT, XLSX, ODS, PPTX, PNG, JPEG, GIF, WEBP, TIFF, RTF, TEXT, CSV)
"""What a respondent may add, without e-mails."""
TAKEN = "Word, OpenDocument, Excel, PowerPoint, PDF, picture or plain text"
"""The kinds in words."""
ACCEPT = ",".join(ending for kind in KINDS for ending in kind.endings)
"""For the attribute of a file input: what its chooser shows first. It decides nothing."""

MOST_PIXELS = 150_000_000
_PACKAGES = {"docx": DOCX, "xlsx": XLSX, "pptx": PPTX, "odt": ODT, "ods": ODS}
_PICTURES: tuple[tuple[bytes, str, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG", PNG),
    (b"\xff\xd8\xff", "JPEG", JPEG),
    (b"GIF87a", "GIF", GIF),
    (b"GIF89a", "GIF", GIF),
    (b"II*\0", "TIFF", TIFF),
    (b"MM\0*", "TIFF", TIFF),
)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\0", b"PK\5\6")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"L\0\0\0\1\x14\2")
_EMPTY = "It is empty: check that it opens on your computer and add it again."
_PROGRAM = f"It is a program, which is not taken: add a {TAKEN} file."
_UNKNOWN = f"It is not a kind of file that is taken: save it as a {TAKEN} file and add that."
_PAGE = "It is a web page or a drawing with code in it, which is not taken: save it as a PDF."
_LETTER = "It is a saved e-mail: add what you want to send as a Word document, PDF or plain text."
_ACTIVE = "It has a file or a program inside it, which is not taken: save it as a PDF and add that."
_HEIC_WORDS = "It is a picture in the HEIC format: save it as a JPEG picture and add that."
_OLD = "It is in an old Microsoft Office format: save it as .docx, .xlsx or PDF and add that."
_LARGE_PICTURE = "It has more points than a screen or a printer can show: make it smaller."
_PREAMBLE = b"\xef\xbb\xbf \t\r\n\0"
_MARKUP_START = re.compile(r"[\s\0]*<(?:[!?]|/?[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype|html|script|svg|iframe|object|embed)\b", re.IGNORECASE)
_HIDDEN_MARKUP = re.compile(rb"<(?:script|html|svg)[\s>]", re.IGNORECASE)
_OBJECT = re.compile(rb"\\obj(?:data|update|autlink|emb|ocx)|\\ddeauto", re.IGNORECASE)
_MAIL_START = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]*:[ \t])")
_MAIL_HEADERS = frozenset({"from", "to", "date", "subject", "received", "message-id"})
_CONTROLS = bytes([*range(1, 9), 11, *range(14, 27), *range(28, 32), 127])
_HEAD = 8192


def told(data: bytes, name: str = "", *, mail: bool = False) -> FileKind:
    """What the bytes are; Refused.

    `name` decides only whether plain text is called a table. `mail` says that an e-mail is welcome,
    as it is where the Department takes one in.
    """
    head = data[:_HEAD]
    if not data.strip(_PREAMBLE):
        raise Refused(_EMPTY)
    if head.startswith(ZIP_STARTS):
        return _PACKAGES[kind_of_package(data)]
    if b"%PDF-" in head[:1024]:
        return _pdf(data)
    if found := _picture_at(head):
        return _picture(data, *found)
    if sentence := _known_and_refused(data, head):
        raise Refused(sentence)
    if head.startswith(b"{\\rtf"):
        return _rich_text(data)
    if _is_mail(head):
        if mail:
            return MAIL
        raise Refused(_LETTER)
    return _text(data, name)


def _known_and_refused(data: bytes, head: bytes) -> str:
    if head[4:12] in _HEIC:
        return _HEIC_WORDS
    if head.startswith(_OLE):
        return LOCKED if "EncryptedPackage".encode("utf-16-le") in data else _OLD
    if head.startswith(_ARCHIVES):
        return ARCHIVE
    return _PROGRAM if head.startswith(_PROGRAMS) else ""


def _picture_at(head: bytes) -> tuple[str, FileKind] | None:
    """The parser and the kind of a picture that begins so."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP", WEBP
    found = ((parser, kind) for start, parser, kind in _PICTURES if head.startswith(start))
    return next(found, None)


def _pdf(data: bytes) -> FileKind:
    """Nothing but blanks may stand before a PDF, and no archive may hang on to it: what does both
    is made to be opened as something else. Its end must be there, so that half a file is noticed."""
    if data[: data.index(b"%PDF-")].strip(_PREAMBLE) or is_zip_too(data):
        raise Refused(TWO_KINDS)
    if b"%%EOF" not in data[-4096:] and b"startxref" not in data[-4096:]:
        raise Refused(DAMAGED)
    return PDF


def _picture(data: bytes, parser: str, kind: FileKind) -> FileKind:
    if is_zip_too(data) or _HIDDEN_MARKUP.search(data):
        raise Refused(TWO_KINDS)
    try:
        with Image.open(io.BytesIO(data), formats=(parser,)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused(_LARGE_PICTURE)
            picture.verify()
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused(_LARGE_PICTURE) from error
    except Exception as error:  # whatever a parser of pictures raises on a broken one
        raise Refused(DAMAGED) from error
    return kind


def _rich_text(data: bytes) -> FileKind:
    if _OBJECT.search(data):
        raise Refused(_ACTIVE)
    if is_zip_too(data):
        raise Refused(TWO_KINDS)
    return RTF


def _is_mail(head: bytes) -> bool:
    """Whether it begins with the lines that an e-mail begins with: two of those that every one has."""
    if not _MAIL_START.match(head.lstrip(_PREAMBLE)):
        return False
    begun = BytesHeaderParser(policy=mail_policy).parsebytes(head.lstrip(_PREAMBLE))
    names = {name.lower() for name in begun.keys()}  # noqa: SIM118  no mapping in the end
    if "mime-version" in names and "content-type" in names:
        return True
    return len(names & _MAIL_HEADERS) > 2


def _text(data: bytes, name: str) -> FileKind:
    words = _decoded(data)
    if _MARKUP_START.match(words) or _MARKUP.search(words[:_HEAD]):
        raise Refused(_PAGE)
    if is_zip_too(data):
        raise Refused(TWO_KINDS)
    return CSV if name.lower().endswith(".csv") else TEXT


def _decoded(data: bytes) -> str:
    """The words of a text file; Refused where it is none."""
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise Refused(_UNKNOWN) from None
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > max(2, len(data) // 500):
        raise Refused(_UNKNOWN)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace")
