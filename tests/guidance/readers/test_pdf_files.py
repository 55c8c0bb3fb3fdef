"""The PDF reader: files that cannot be read, real ones, and that no character goes missing."""

from collections import Counter

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.outline.build import build
from guidance.outline.source import SourceDocument, UnreadableFile
from guidance.readers.pdf import read_pdf
from tests.guidance.readers.pdf_writing import LEFT, Paper
from tests.guidance.readers.test_pdf_text import SENTENCE


def characters(text: str) -> Counter[str]:
    """The characters of a text without what a reader may add or drop at the end of a line."""
    return Counter(c for c in text if not c.isspace() and c not in "-\u00ad\u2010\ufffe\x02\x00")


def read_characters(document: SourceDocument) -> Counter[str]:
    return sum((characters(b.label + b.mark + b.text) for b in document), Counter())


def printed_characters(data: bytes) -> Counter[str]:
    """What PDFium itself finds on all pages."""
    pages = pypdfium2.PdfDocument(data)
    return sum((characters(p.get_textpage().get_text_range()) for p in pages), Counter())


def one_sentence(data: bytes, name: str = "plan.pdf") -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(data, name)
    message = str(refused.value)
    assert message.startswith("plan.pdf ")
    assert message.count(". ") == 0
    assert message.endswith(".")
    return message


def test_a_scan_is_refused():
    paper = Paper()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    assert "no text" in one_sentence(paper.bytes())


def test_a_locked_file_is_refused():
    from reportlab.lib.pdfencrypt import StandardEncryption

    paper = Paper(encrypt=StandardEncryption("secret", canPrint=0))
    paper.prose(SENTENCE)
    assert "password" in one_sentence(paper.bytes())


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"%PDF-1.7\nnonsense" * 50, b"Not a PDF at all"]
)
def test_a_damaged_file_is_refused(data: bytes):
    assert "damaged" in one_sentence(data)


def test_a_truncated_file_is_refused_and_never_breaks_the_reader():
    paper = Paper()
    for at in range(5):
        paper.prose(SENTENCE * 3, number=f"1.{at}")
    whole = paper.bytes()
    for part in range(1, 10):
        one_sentence(whole[: len(whole) * part // 10])


def test_the_title_is_the_files_own_only_if_the_pages_print_it():
    for named, expected in (
        ("Guidance on plans", "Guidance on plans"),
        ("Microsoft Word - draft3.doc", "Guidance on plans and areas"),
        ("Another title", "Guidance on plans and areas"),
    ):
        paper = Paper()
        paper.canvas.setTitle(named)
        paper.prose("Guidance on plans and areas", size=20)
        paper.prose(SENTENCE * 3)
        assert read_pdf(paper.bytes()).title == expected


words = st.lists(
    st.text("abcdefghijklmnoprstuvw2.,;()ABCDEF", min_size=1, max_size=9), min_size=1, max_size=8
).map(" ".join)
pieces = st.tuples(
    words,
    st.integers(40, 450),
    st.integers(30, 800),
    st.sampled_from([6, 8, 11, 18]),
    st.sampled_from([0, 90, 30]),
)


# Words printed over themselves are one word (a shadow, a heavier weight), so no two share a place.
sheets = st.lists(pieces, max_size=25, unique_by=lambda piece: (piece[1] // 20, piece[2] // 20))


@settings(max_examples=40, deadline=None)
@given(st.lists(sheets, min_size=1, max_size=4))
def test_no_character_goes_missing_wherever_it_stands(pages):
    paper = Paper()
    paper.put(LEFT, 500, "Text.")
    for page in pages:
        for text, x, y, size, turn in page:
            paper.canvas.saveState()
            paper.canvas.translate(x, y)
            paper.canvas.rotate(turn)
            paper.put(0, 0, text, size=size)
            paper.canvas.restoreState()
        paper.next_page()
    data = paper.bytes()
    missing = printed_characters(data) - read_characters(read_pdf(data))
    assert not missing


@pytest.mark.parametrize("name", ["inspectors-report.pdf", "behaviour-change-report.pdf"])
def test_no_character_of_a_real_document_goes_missing(shared_data, name):
    data = (shared_data / "real" / name).read_bytes()
    document = read_pdf(data, name)
    assert not printed_characters(data) - read_characters(document)


def test_the_inspectors_report_has_its_fifty_paragraphs(shared_data):
    data = (shared_data / "real" / "inspectors-report.pdf").read_bytes()
    assert build(read_pdf(data)).numbers == [str(n) for n in range(1, 51)]


def test_the_committee_report_has_its_214_paragraphs_and_353_notes(shared_data):
    data = (shared_data / "real" / "behaviour-change-report.pdf").read_bytes()
    document = read_pdf(data)
    chapters = [10, 20, 10, 42, 36, 15, 48, 33]
    expected = [f"{c}.{n}" for c, count in enumerate(chapters, 1) for n in range(1, count + 1)]
    assert build(document).numbers == expected
    assert [b.mark for b in document if b.kind == "note"] == [str(n) for n in range(1, 354)]
