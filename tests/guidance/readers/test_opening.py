"""The door for files: what is let in, and the sentence for each that is not."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from guidance.outline.source import UnreadableFile
from guidance.readers import packages, read
from guidance.readers.opening import MAX_BYTES, load, sniff

WORD_TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
MACRO_TYPES = WORD_TYPES.replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
    "vnd.ms-word.document.macroEnabled.main",
)


def word_document() -> bytes:
    document = Document()
    document.add_paragraph("1.1 The duty applies.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def package(**parts: str | bytes) -> bytes:
    """A zip whose member names have "__" for "/" and "_" for "."."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return held.getvalue()


def with_types(types: str, **parts: str | bytes) -> bytes:
    held = io.BytesIO(package(**parts))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
    return held.getvalue()


def ole(stream: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + stream.encode("utf-16-le").ljust(64, b"\0") + bytes(1024)


def encrypted(data: bytes) -> bytes:
    """The package with the flag for encryption set on its first member, in both headers."""
    found = bytearray(data)
    struct.pack_into("<H", found, 6, 1)
    struct.pack_into("<H", found, data.index(b"PK\x01\x02") + 8, 1)
    return bytes(found)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"1.1 The duty", "a.txt", "text"),
        (b"1.1 The duty", "a.docx", "text"),
        ("1.1 The duty – “x”".encode("cp1252"), "a", "text"),
        ("1.1 The duty – “x”".encode("utf-16"), "a", "text"),
        (b"# Heading\n\n1.1 Text <b>bold</b>", "a.md", "text"),
        (b"<a name='x'></a>\n# Heading\n<p>hello</p>", "a.md", "text"),
        (b"<p>Some <b>text</b></p>", "a.md", "text"),
        (b"<p>Some <b>text</b></p>", "a.pdf", "html"),
        (b"<!DOCTYPE html><title>x</title>", "a.txt", "html"),
        (b"\xef\xbb\xbf \n<!-- saved from x -->\n<html><p>x", "", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html><p>x', "", "html"),
        ("<html><p>x".encode("utf-16"), "", "html"),
        (b"%PDF-1.7\n", "a.docx", "pdf"),
        (b"\n\n%PDF-1.4\n", "", "pdf"),
        (b"PK and other initials", "", "text"),
        (b"<2.13 is less than 2.14", "", "text"),
    ],
)
def test_the_content_tells_the_format(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


def test_a_word_document_is_one_whatever_its_name() -> None:
    assert sniff(word_document(), "a.txt") == "docx"


def test_real_documents_are_told_apart(shared_data: Path) -> None:
    for path in sorted((shared_data / "real").iterdir()):
        assert sniff(path.read_bytes(), "") == path.suffix[1:]
    for path in shared_data.glob("*.txt"):
        assert sniff(path.read_bytes(), "") == "text"


BAD = {
    "empty": (b"", "is empty: check"),
    "blank": (b" \r\n\0\0 ", "is empty: check"),
    "old word": (ole("WordDocument"), "old Word format (.doc): open it in Word, save it as .docx"),
    "password": (ole("EncryptedPackage"), "remove the password"),
    "old excel": (ole("Workbook"), "is a spreadsheet: copy"),
    "old powerpoint": (ole("PowerPoint Document"), "is a presentation: copy"),
    "other ole": (ole("Else"), "old Microsoft Office format"),
    "xlsx": (with_types("<spreadsheetml/>", xl__workbook_xml="x"), "is a spreadsheet, not a Word"),
    "pptx": (with_types("<presentationml/>", ppt__p_xml="x"), "is a presentation, not a Word"),
    "odt": (
        package(mimetype="application/vnd.oasis.opendocument.text", content_xml="x"),
        "OpenDocument text, not a Word",
    ),
    "epub": (package(mimetype="application/epub+zip"), "electronic book"),
    "zip": (package(a_txt="x"), "zip archive: unpack it"),
    "empty zip": (package(), "empty archive"),
    "macros": (with_types(WORD_TYPES, word__vbaProject_bin=b"x"), "contains macros: save it"),
    "docm": (with_types(MACRO_TYPES, word__document_xml="<x/>"), "contains macros: save it"),
    "truncated": (word_document()[:-3000], "damaged or incomplete"),
    "half": (word_document()[:4000], "damaged or incomplete"),
    "no content types": (package(word__document_xml="<x/>"), "damaged or incomplete"),
    "zip password": (encrypted(with_types(WORD_TYPES, a_xml="<a/>")), "remove the password"),
    "doctype": (
        with_types(WORD_TYPES, word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "XML declarations",
    ),
    "doctype in utf-16": (
        with_types(WORD_TYPES, word__document_xml="<!DOCTYPE a []><a/>".encode("utf-16")),
        "XML declarations",
    ),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture, which has no text"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(50), "is a picture"),
    "tiff": (b"II*\0" + bytes(50), "is a picture"),
    "webp": (b"RIFF\0\0\0\0WEBPVP8 " + bytes(50), "is a picture"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(50), "is a picture"),
    "rtf": (rb"{\rtf1\ansi hello}", "Rich Text Format: open it"),
    "gzip": (b"\x1f\x8b\x08\0" + bytes(50), "compressed archive: unpack it"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "compressed archive"),
    "program": (b"MZ\x90\0" + bytes(50), "is not a document"),
    "postscript": (b"%!PS-Adobe-3.0\n", "convert it to a PDF"),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "web archive"),
    "xml": (b"<?xml version='1.0'?><Legislation xmlns='x'/>", "is XML"),
    "binary": (bytes(range(256)) * 20, "is not a document"),
    "controls": (b"\x01\x02\x03\x04hello" * 20, "is not a document"),
    "japanese": (("条例の解釈" * 40).encode("shift_jis"), "save it as UTF-8"),
    "half utf-16": ("text".encode("utf-16") + b"x", "save it as UTF-8"),
}


@pytest.mark.parametrize(("data", "words"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_one_sentence_that_says_what_to_do(
    data: bytes, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(UnreadableFile) as caught:
        read(io.BytesIO(data), "some name.docx")
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence
    assert "some name" not in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_part_is_found_before_anything_is_read() -> None:
    data = bytearray(word_document())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    data[start + 60 : start + 80] = bytes(20)
    with pytest.raises(UnreadableFile, match="damaged"):
        sniff(bytes(data))


def test_a_bomb_that_tells_its_size_is_refused() -> None:
    zeros = bytes(packages.MAX_UNPACKED // 2 + 1)
    data = with_types(WORD_TYPES, word__document_xml=zeros, word__more_xml=zeros)
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        sniff(data)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(with_types(WORD_TYPES, word__document_xml=bytes(30_000_000)))
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 1000)
    with pytest.raises(UnreadableFile):
        sniff(bytes(data))


def test_a_bomb_below_the_limit_is_refused_for_its_ratio() -> None:
    data = with_types(WORD_TYPES, word__document_xml=bytes(40_000_000))
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        sniff(data)


def test_too_many_parts_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(packages.MAX_MEMBERS + 1):
            archive.writestr(f"{number}.xml", "")
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        sniff(held.getvalue())


class Counting(io.RawIOBase):
    """A file of zeros that says how much of it was read; `tells` its size or not."""

    def __init__(self, size: int, tells: bool) -> None:
        self.size, self.tells, self.taken, self.at = size, tells, 0, 0

    def read(self, size: int = -1) -> bytes:
        taken = min(size if size >= 0 else self.size, self.size - self.at)
        self.at += taken
        self.taken += taken
        return bytes(taken)

    def seek(self, offset: int, whence: int = 0) -> int:
        if not self.tells:
            raise io.UnsupportedOperation
        self.at = offset + (self.size if whence == 2 else 0)
        return self.at

    def tell(self) -> int:
        return self.at


@pytest.mark.parametrize(("tells", "most"), [(True, 0), (False, MAX_BYTES + 1)])
def test_a_file_of_200_megabytes_is_refused_without_reading_it(tells: bool, most: int) -> None:
    file = Counting(200 * 1024 * 1024, tells)
    with pytest.raises(UnreadableFile, match="larger than 50 MB: leave out"):
        load(file)  # type: ignore[arg-type]
    assert file.taken <= most


def test_a_large_file_on_disk_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        load(path)


@pytest.mark.parametrize("place", ["nowhere.txt", "."])
def test_a_place_without_a_file_is_said_to_be_one(place: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file at this place"):
        load(tmp_path / place)


def test_an_open_file_is_read_from_its_start_and_stays_open() -> None:
    file = io.BytesIO(b"1.1 The duty applies.")
    file.seek(7)
    assert load(file) == b"1.1 The duty applies."
    assert not file.closed


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"%PDF-", b"<html>", b"\xff\xfe"]))
def test_any_bytes_have_a_format_or_a_sentence(data: bytes, start: bytes) -> None:
    try:
        outcome: str = sniff(start + data)
    except UnreadableFile as error:
        outcome = str(error)
    assert outcome in ("text", "docx", "html", "pdf") or outcome.endswith(".")
