"""Zip packages of office programs: which they are, and which would do harm when unpacked. Pure.

A package is unpacked once here, in pieces and thrown away, so that what it says of its own size is
not trusted. The bounds are those of the readers of guidance.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from guidance.readers.packages import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED

ZIP_STARTS = b"PK\x03\x04"
_ZIP_ENDS = b"PK\x05\x06"
_END_LENGTH, _COMMENT = 22, 0xFFFF
_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_PIECE = 256 * 1024
_BEGINNING = 1024 * 1024
_MAIN_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
)
_OPEN_DOCUMENTS: dict[bytes, str] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")

DAMAGED = "It is damaged or incomplete: open it on your computer, save it again and add that."
BOMB = "It unpacks to far more than a document holds, so it is not taken: save the document again."
LOCKED = "It is protected by a password: remove the password, save it and add it again."
MACROS = "It contains macros: save it without macros, or as a PDF, and add that."
ARCHIVE = "It is an archive: unpack it and add the files inside one by one."
TWO_KINDS = (
    "It is two kinds of file at once, so it is not taken: open it on your computer, save it again "
    "and add that."
)


class PackageRefused(ValueError):
    """A package that is not taken; the message is one of the sentences above."""


def is_zip_too(data: bytes) -> bool:
    """Whether an unpacker would find an archive in a file that begins as something else."""
    at = data.rfind(_ZIP_ENDS, max(0, len(data) - _END_LENGTH - _COMMENT))
    return at >= 0 and zipfile.is_zipfile(io.BytesIO(data))


def kind_of_package(data: bytes) -> str:
    """ "docx", "xlsx", "pptx", "odt" or "ods"; PackageRefused for every other zip file, and for one
    that is locked, damaged, larger inside than it may be, or brings macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check_members(members, data)
            kind = _kind(package)
            _unpack(package, members, len(data))
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        if isinstance(error, PackageRefused):
            raise
        raise PackageRefused(DAMAGED) from error
    except (RuntimeError, NotImplementedError) as error:
        # zipfile's way to say "password required" and "compression method not known".
        raise PackageRefused(LOCKED if "password" in str(error) else DAMAGED) from error


def _check_members(members: list[zipfile.ZipInfo], data: bytes) -> None:
    if not members:
        raise PackageRefused(ARCHIVE)
    if any(member.flag_bits & 1 for member in members):
        raise PackageRefused(LOCKED)
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise PackageRefused(BOMB)
    # Office programs store or deflate; other methods could ask for gigabytes for one byte.
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise PackageRefused(DAMAGED)
    if min(member.header_offset for member in members) != 0:
        raise PackageRefused(TWO_KINDS)
    end = data.rfind(_ZIP_ENDS)
    if end + _END_LENGTH + int.from_bytes(data[end + 20 : end + 22], "little") != len(data):
        raise PackageRefused(TWO_KINDS)


def _kind(package: zipfile.ZipFile) -> str:
    names = {name.lower(): name for name in package.namelist()}
    folders = tuple(names) if "mimetype" in names else ()
    if any(name.endswith(_MACRO_PARTS) for name in names) or any(
        name.startswith(_MACRO_FOLDERS) for name in folders
    ):
        raise PackageRefused(MACROS)
    types = _beginning(package, names.get("[content_types].xml"))
    if b"macroEnabled" in types:
        raise PackageRefused(MACROS)
    for mark, kind in _MAIN_PARTS:
        if mark in types:
            return kind
    if kind := _OPEN_DOCUMENTS.get(_beginning(package, names.get("mimetype")).strip(), ""):
        if b"encryption-data" in _beginning(package, names.get("meta-inf/manifest.xml")):
            raise PackageRefused(LOCKED)
        if "content.xml" not in names:
            raise PackageRefused(DAMAGED)
        return kind
    raise PackageRefused(ARCHIVE)


def _beginning(package: zipfile.ZipFile, name: str | None) -> bytes:
    if name is None:
        return b""
    with package.open(name) as part:
        return part.read(_BEGINNING)


def _unpack(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int) -> None:
    """Unpack every part in pieces, counting; a check sum that fails shows damage."""
    unpacked = 0
    for member in members:
        with package.open(member) as part:
            while piece := part.read(_PIECE):
                unpacked += len(piece)
                many = unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed
                if unpacked > MAX_UNPACKED or many:
                    raise PackageRefused(BOMB)
