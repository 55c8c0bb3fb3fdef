"""What a file is, told by its content; what could do harm is refused with a sentence."""

import contextlib
import io
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from consultation import file_kinds
from consultation.file_kinds import Refused, told
from consultation.file_names import LONGEST, clean_name
from consultation.file_packages import ARCHIVE, BOMB, DAMAGED, LOCKED, MACROS, TWO_KINDS


def package(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return made.getvalue()


def word(*, extra: dict[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    if not extra:
        return made.getvalue()
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as file:
        for name, data in extra.items():
            file.writestr(name, data)
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def open_document(kind: str, manifest: bytes = b"<manifest/>", **parts: bytes) -> bytes:
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": b"<office/>",
            "META-INF/manifest.xml": manifest,
            **parts,
        }
    )


def slides() -> bytes:
    types = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return package({"[Content_Types].xml": types, "ppt/presentation.xml": b"<p/>"})


def picture(parser: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(made, parser)
    return made.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Hi\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHi"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, file_kinds.PDF),
        (b"\xef\xbb\xbf\n" + PDF, file_kinds.PDF),
        (word(), file_kinds.DOCX),
        (workbook(), file_kinds.XLSX),
        (slides(), file_kinds.PPTX),
        (open_document("text"), file_kinds.ODT),
        (open_document("spreadsheet"), file_kinds.ODS),
        (picture("PNG"), file_kinds.PNG),
        (picture("JPEG"), file_kinds.JPEG),
        (picture("GIF"), file_kinds.GIF),
        (picture("WEBP"), file_kinds.WEBP),
        (picture("TIFF"), file_kinds.TIFF),
        (b"{\\rtf1\\ansi Hello}", file_kinds.RTF),
        ("Dear all: yes, we agree – with café.".encode(), file_kinds.TEXT),
        ("café".encode("windows-1252"), file_kinds.TEXT),
        ("\ufeffcafé".encode("utf-16-le"), file_kinds.TEXT),
        (b"To: the Department. We agree.", file_kinds.TEXT),
    ],
)
def test_what_is_taken_is_known_by_its_content(data, kind):
    assert told(data, "anything.exe") == kind


def test_a_table_is_text_that_is_called_so():
    assert told(b"a,b\n1,2\n", "costs.csv") == file_kinds.CSV
    assert told(b"a,b\n1,2\n", "costs.xlsx") == file_kinds.TEXT


def test_an_e_mail_is_taken_only_where_it_is_welcome():
    assert told(MAIL, mail=True) == file_kinds.MAIL
    with pytest.raises(Refused, match="saved e-mail"):
        told(MAIL)


def bomb() -> bytes:
    return word(extra={"word/media/big.bin": bytes(80 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """Says of itself that it is small."""
    data = bytearray(bomb())
    size = (80 * 1024 * 1024).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
        at = data.find(size)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(word())
    data[6] |= 1
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"<!DOCTYPE html><p>Hi", "web page"),
        (b"  \n<html><script>alert(1)</script>", "web page"),
        (b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "web page"),
        (b"<?xml version='1.0'?><svg/>", "web page"),
        (b"Hello there <script>alert(1)</script>", "web page"),
        ("\ufeff<html>".encode("utf-16-le"), "web page"),
        (b"MZ\x90\0\3", "program"),
        (b"\x7fELF\2", "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (package({"a.txt": b"Hi"}), ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c\0\4", ARCHIVE),
        (b"\x1f\x8b\x08\0", ARCHIVE),
        (word(extra={"word/vbaProject.bin": b"x"}), MACROS),
        (open_document("text", **{"Basic/script-lc.xml": b"x"}), MACROS),
        (open_document("text", b"<manifest:encryption-data/>"), LOCKED),
        (locked(), LOCKED),
        (OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (OLE + "WordDocument".encode("utf-16-le"), "old Microsoft Office"),
        (word()[:-40], DAMAGED),
        (bomb(), BOMB),
        (lying_bomb(), DAMAGED),
        (b"GIF89a" + word(), TWO_KINDS),
        (PDF + word(), TWO_KINDS),
        (b"<script>alert(1)</script>" + PDF, TWO_KINDS),
        (picture("GIF") + b"<script>alert(1)</script>", TWO_KINDS),
        (word() + b"<script>alert(1)</script>", TWO_KINDS),
        (b"%PDF-1.4\nhalf a file", DAMAGED),
        (picture("PNG")[:40], DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"no picture", DAMAGED),
        (b"{\\rtf1{\\object\\objdata 0105}}", "inside it"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\1\2\3\4\5", "not a kind of file"),
    ],
)
def test_what_could_do_harm_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Refused) as refused:
        told(data, "report.pdf")
    assert sentence in str(refused.value)


def test_a_picture_of_absurd_size_is_refused():
    made = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(made, "PNG")
    with pytest.raises(Refused, match="smaller"):
        told(made.getvalue())


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"GIF89a", b"{\\rtf", b"\xff\xd8\xff"]),
)
def test_no_bytes_break_it(data, start):
    with contextlib.suppress(Refused):
        assert told(start + data).endings


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\jo\\Plan for parks.PDF", "Plan for parks.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("letter.pdf.exe", "letter.pdf"),
        ("CON.pdf", "file CON.pdf"),
        ("Answer v1.2", "Answer v1.2.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("\u200b\0\n", "file.pdf"),
        ('a<b>"c".pdf', "a b c.pdf"),
    ],
)
def test_a_name_is_plain_and_ends_in_what_the_file_is(given_name, kept):
    assert clean_name(given_name, (".pdf",)) == kept


@given(st.text(max_size=300))
def test_no_name_brings_a_path_or_a_hidden_character(name):
    kept = clean_name(name, (".txt", ".csv"))
    assert kept.endswith((".txt", ".csv"))
    assert len(kept) <= LONGEST
    assert not set(kept) & set('/\\<>:"|?*\r\n\t\0\u202e')
    assert kept.isprintable()
    assert clean_name(kept, (".txt", ".csv")) == kept
