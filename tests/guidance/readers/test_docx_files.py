"""Whole Word files: the real ones, bad ones, and the promise that no word is lost."""

import contextlib
import io
import json
import re
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.outline.source import SourceDocument, SourceKind, UnreadableFile
from guidance.readers.docx import read_docx
from tests.guidance.readers.docx_writing import opened, paragraph, run, table, word_file

STOP_AND_SEARCH = "stop-and-search-code-2017.docx"
RETIREMENT = "retirement-housing-code-2016.docx"


def read_real(shared_data: Path, name: str) -> SourceDocument:
    return read_docx((shared_data / "real" / name).read_bytes(), name)


def expected(shared_data: Path, name: str) -> dict[str, object]:
    facts = json.loads((shared_data / "facts.json").read_text(encoding="utf-8"))
    return facts["real/"][f"real/{name}"]


def all_text(document: SourceDocument) -> str:
    return "".join("".join(b.text.split()) for b in document)


# Real documents


def test_automatic_numbers_of_a_real_code_are_those_that_word_prints(shared_data: Path) -> None:
    found = [
        block.label
        for block in read_real(shared_data, RETIREMENT)
        if block.kind is SourceKind.TEXT and re.fullmatch(r"\d+\.\d+", block.label)
    ]
    assert found == expected(shared_data, RETIREMENT)["numbers"]


def test_call_outs_in_the_margin_of_a_real_code_are_boxes(shared_data: Path) -> None:
    boxed = [b for b in read_real(shared_data, RETIREMENT) if b.box]
    assert len(boxed) == expected(shared_data, RETIREMENT)["callout_box_paragraphs"]


def test_typed_numbers_of_a_real_code_stay_in_its_text(shared_data: Path) -> None:
    found = [
        number[1]
        for block in read_real(shared_data, STOP_AND_SEARCH)
        if block.kind is SourceKind.TEXT and (number := re.match(r"\s*(\d+\.\d+)\.?\s", block.text))
    ]
    assert found == expected(shared_data, STOP_AND_SEARCH)["numbers"]


def test_footnotes_of_a_real_code_are_all_there(shared_data: Path) -> None:
    document = read_real(shared_data, STOP_AND_SEARCH)
    marks = [
        str(n + 1) for n in range(int(str(expected(shared_data, STOP_AND_SEARCH)["footnotes"])))
    ]
    assert [b.mark for b in document if b.kind is SourceKind.NOTE] == marks
    assert [s.note for b in document for s in b.spans if s.note] == marks


@pytest.mark.parametrize("name", [STOP_AND_SEARCH, RETIREMENT])
def test_every_word_of_a_real_code_is_in_a_block(shared_data: Path, name: str) -> None:
    path = shared_data / "real" / name
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    shown = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", body)
    words = Counter("".join(unescape("".join(shown)).split()))
    assert words <= Counter(all_text(read_real(shared_data, name)))


# Every word


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=20)


@given(st.lists(st.lists(WORDS, max_size=4), max_size=8), st.lists(WORDS, min_size=4, max_size=4))
@settings(max_examples=20, deadline=None)
def test_every_word_written_is_read(paragraphs: list[list[str]], cells: list[str]) -> None:
    written = docx.Document()
    written.styles.add_style("Callout", WD_STYLE_TYPE.PARAGRAPH)
    names = ["Normal", "List Bullet", "List Number", "Heading 2", "Callout"]
    for place, runs in enumerate(paragraphs):
        added = written.add_paragraph(style=names[place % len(names)])
        for nth, text in enumerate(runs):
            added.add_run(text).bold = nth % 2 == 0
    grid = written.add_table(2, 2)
    for nth, text in enumerate(cells):
        grid.cell(nth // 2, nth % 2).text = text
    held = io.BytesIO()
    written.save(held)
    expected_text = "".join(
        "".join("".join(runs).split()) for runs in [*paragraphs, *[[c] for c in cells]]
    )
    found = all_text(read_docx(held.getvalue(), "written.docx"))
    assert sorted(found) == sorted(expected_text)


WRAPPERS = [
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:hyperlink>{}</w:hyperlink>",
    '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "<w:unknown>{}</w:unknown>",
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
]


@given(
    st.lists(st.tuples(st.integers(0, 999), st.sampled_from(WRAPPERS), st.booleans()), max_size=12)
)
@settings(max_examples=50, deadline=None)
def test_every_word_is_read_whatever_wraps_it(pieces: list[tuple[int, str, bool]]) -> None:
    body = ""
    for number, wrapper, tabled in pieces:
        wrapped = paragraph(wrapper.format(run(f"<{number}>".replace("<", "[").replace(">", "]"))))
        body += table(f"<w:tr><w:tc>{wrapped}</w:tc></w:tr>") if tabled else wrapped
    found = re.findall(r"\[\d+\]", all_text(opened(body)))
    assert sorted(found) == sorted(f"[{number}]" for number, _, _ in pieces)


# Bad files


def damaged(**changes: bytes) -> bytes:
    usual = word_file(paragraph("Text"))
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.namelist():
            new.writestr(part, changes.get(Path(part).stem, old.read(part)))
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a whole Word document"),
        (b"no zip at all", "not a whole Word document"),
        (word_file(paragraph("Text"))[:-200], "not a whole Word document"),
        (damaged(document=b"<w:document"), "broken XML"),
        (damaged(document=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "XML entities"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old .doc format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_a_bad_file_gets_one_sentence_that_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as refused:
        read_docx(data, "draft.docx")
    assert str(refused.value).startswith("draft.docx ")
    assert str(refused.value).count(". ") == 0


def test_a_zip_file_that_is_no_word_document_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile, match="not a Word document"):
        read_docx(held.getvalue(), "draft.docx")


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
@settings(max_examples=50, deadline=None)
def test_a_damaged_file_is_read_or_refused(at: int, noise: bytes) -> None:
    data = bytearray(word_file(paragraph("Text")))
    at %= len(data)
    data[at : at + len(noise)] = noise
    # Anything but UnreadableFile is a failure here.
    with contextlib.suppress(UnreadableFile):
        read_docx(bytes(data), "draft.docx")


def test_a_file_without_styles_or_numbering_is_read() -> None:
    assert [b.text for b in opened(paragraph("Text", style="Nowhere"))] == ["Text"]


def test_the_title_is_that_of_the_properties_or_of_the_title_paragraph() -> None:
    written = docx.Document()
    written.add_paragraph("A Code of Practice", style="Title")
    held = io.BytesIO()
    written.core_properties.title = "Microsoft Word - draft7"
    written.save(held)
    assert read_docx(held.getvalue(), "draft.docx").title == "A Code of Practice"
    written.core_properties.title = "The Code"
    held = io.BytesIO()
    written.save(held)
    assert read_docx(held.getvalue(), "draft.docx").title == "The Code"
