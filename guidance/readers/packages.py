"""Zip packages: which of them are Word documents, and which would do harm when unpacked.

A package is unpacked once here, in pieces and thrown away, so that what it says of its own size is
not trusted, and so that a damaged one is known before anything is read from it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from guidance.outline.source import UnreadableFile

MAX_MEMBERS = 5000
MAX_UNPACKED = 300 * 1024 * 1024
# Word's XML shrinks 10 to 30 times; a bomb 1,000 times.
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_MAX_CONTENT_TYPES = 1024 * 1024
_PIECE = 256 * 1024
_OVERLAP = 32

_WORD = b"wordprocessingml"
_DAMAGED = (
    "This file is damaged or incomplete: open it in Word, save it again as .docx, and send that."
)
_BOMB = (
    "This file unpacks to far more than a document holds and is not opened: save the document "
    "again as .docx and send that."
)
_MACROS = (
    "This document contains macros: save it as a Word document without macros (.docx) and send "
    "that."
)
_LOCKED = (
    "This file is protected by a password: open it, remove the password, save it, and send it "
    "again."
)
_ENTITIES = (
    "This Word document contains XML declarations that Word does not write and is not opened: "
    "copy its text into a new document and send that."
)
_OTHER_PACKAGES: tuple[tuple[bytes, str], ...] = (
    (b"spreadsheetml", "a spreadsheet"),
    (b"presentationml", "a presentation"),
    (b"opendocument.text", "an OpenDocument text"),
    (b"opendocument.spreadsheet", "a spreadsheet"),
    (b"opendocument.presentation", "a presentation"),
    (b"epub+zip", "an electronic book"),
)
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_XML_NAME = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)


def check_package(data: bytes) -> None:
    """Raise UnreadableFile unless the bytes are a Word document that is safe to unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_members(package.infolist())
            _check_kind(package)
            _check_contents(package, len(data))
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(_DAMAGED) from error
    except (RuntimeError, NotImplementedError) as error:
        # zipfile's way to say "password required" and "compression method not known".
        raise UnreadableFile(_LOCKED if "password" in str(error) else _DAMAGED) from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise UnreadableFile("This file is an empty archive: send the document itself.")
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise UnreadableFile(_BOMB)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(_LOCKED)
    # Word stores or deflates; other methods could ask for gigabytes before they yield a byte.
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise UnreadableFile(_DAMAGED)


def _check_kind(package: zipfile.ZipFile) -> None:
    names = {name.lower(): name for name in package.namelist()}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise UnreadableFile(_MACROS)
    kind = b"".join(
        _beginning(package, names[part])
        for part in ("[content_types].xml", "mimetype")
        if part in names
    )
    if b"macroEnabled" in kind:
        raise UnreadableFile(_MACROS)
    if _WORD in kind and (b"document.main+xml" in kind or b"template.main+xml" in kind):
        return
    for mark, what in _OTHER_PACKAGES:
        if mark in kind:
            raise UnreadableFile(
                f"This file is {what}, not a Word document: save its text as .docx and send that."
            )
    if _WORD in kind or any(name.startswith("word/") for name in names):
        raise UnreadableFile(_DAMAGED)
    raise UnreadableFile(
        "This file is a zip archive: unpack it and send the Word document, PDF or web page inside."
    )


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_MAX_CONTENT_TYPES)


def _check_contents(package: zipfile.ZipFile, packed: int) -> None:
    """Unpack every part in pieces, counting; a check sum that fails shows damage."""
    unpacked = 0
    for member in package.infolist():
        is_xml = _XML_NAME.search(member.filename) is not None
        with package.open(member) as part:
            before = b""
            while piece := part.read(_PIECE):
                unpacked += len(piece)
                if unpacked > MAX_UNPACKED or (
                    unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed
                ):
                    raise UnreadableFile(_BOMB)
                if is_xml and any(mark in before + piece for mark in _DECLARATIONS):
                    raise UnreadableFile(_ENTITIES)
                before = piece[-_OVERLAP:]
