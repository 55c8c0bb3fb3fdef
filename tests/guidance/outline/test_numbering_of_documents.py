"""Which numbers are paragraphs' numbers, tried on documents of every form of numbering."""

from __future__ import annotations

import pytest

from guidance.outline.build import build
from guidance.outline.model import Heading, Outline, Paragraph
from guidance.outline.source import Cell, SourceBlock, SourceDocument, SourceKind, Span, plain
from guidance.readers.text import read_text
from tests.guidance.outline.samples import SAMPLES, Sample, prose


def from_text(text: str) -> Outline:
    return build(read_text(text.encode(), "sample.txt"))


def from_blocks(*blocks: SourceBlock, kind: str = "docx") -> Outline:
    return build(SourceDocument(kind, list(blocks)))


def text(words: str, **more: object) -> SourceBlock:
    return SourceBlock(SourceKind.TEXT, plain(words), **more)  # type: ignore[arg-type]


def heading(words: str, level: int = 1, **more: object) -> SourceBlock:
    return SourceBlock(SourceKind.HEADING, plain(words), level=level, **more)  # type: ignore[arg-type]


def item(words: str, label: str, level: int = 1) -> SourceBlock:
    return SourceBlock(SourceKind.ITEM, plain(words), label=label, level=level)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_the_numbers_of_a_document_are_found_and_nothing_else(sample: Sample) -> None:
    assert from_text(sample.text).numbers == sample.numbers


def test_automatic_numbers_count_as_typed_ones() -> None:
    blocks = [heading("Records", label="1")]
    blocks += [text(prose(n), label=f"1.{n}") for n in range(1, 6)]
    outline = from_blocks(*blocks)
    assert outline.numbers == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert (outline.sections[0].number, outline.sections[0].title) == ("1", "Records")


def test_automatic_lists_under_paragraphs_stay_lists() -> None:
    blocks: list[SourceBlock] = []
    for n in range(1, 9):
        blocks.append(text(prose(n), label=f"{n}."))
        if n in (3, 6):
            blocks += [item(f"part number {i};", f"{i}.") for i in range(1, 5)]
    outline = from_blocks(*blocks)
    assert outline.numbers == [str(n) for n in range(1, 9)]


def test_numbered_headings_are_headings_and_not_paragraphs() -> None:
    blocks = []
    for c in range(1, 5):
        blocks.append(heading(f"Chapter on subject {c}", label=f"{c}"))
        for s in range(1, 4):
            blocks.append(heading(f"Subject {c}{s}", level=2, label=f"{c}.{s}"))
            blocks.append(text(prose(c + s)))
    outline = from_blocks(*blocks)
    assert outline.numbers == []
    headings = [b.text for b in outline.blocks() if isinstance(b, Heading)]
    assert "1.1 Subject 11" in headings


def test_prose_in_a_heading_style_with_a_number_is_a_paragraph() -> None:
    blocks = [heading("Duties", label="4")]
    blocks += [heading(prose(n), level=2, label=f"4.{n}", style="heading 2") for n in range(1, 7)]
    blocks.insert(4, heading("Who is bound", level=2, style="sub heading"))
    outline = from_blocks(*blocks)
    assert outline.numbers == [f"4.{n}" for n in range(1, 7)]


def test_a_number_in_a_block_of_its_own_belongs_to_the_text_after_it() -> None:
    blocks = [heading("Appeals")]
    for n in range(1, 5):
        blocks += [text(f"3.{n}"), text(prose(n))]
    outline = from_blocks(*blocks, kind="pdf")
    assert outline.numbers == ["3.1", "3.2", "3.3", "3.4"]


def test_rows_of_tables_are_never_paragraphs() -> None:
    rows = tuple(
        (Cell((plain(f"{n}.1"),)), Cell((plain("An amount of money in the year"),)))
        for n in range(1, 9)
    )
    table = SourceBlock(SourceKind.TABLE, rows=rows)
    outline = from_blocks(*[text(f"2.{n} {prose(n)}") for n in range(1, 5)], table)
    assert outline.numbers == ["2.1", "2.2", "2.3", "2.4"]


def test_a_contents_list_with_numbers_is_furniture() -> None:
    lines = ["Code", "Contents", *(f"1.{n} Subject {n} of the code\t{n + 3}" for n in range(1, 7))]
    lines += ["1 Subjects", *(f"1.{n} {prose(n)}" for n in range(1, 7))]
    outline = from_text("\n\n".join(lines))
    assert outline.numbers == [f"1.{n}" for n in range(1, 7)]
    assert any("Subject 3 of the code" in words for words, _ in outline.furniture)


def test_a_number_that_runs_on_after_a_line_break_is_parted() -> None:
    blocks = [heading("Purpose")]
    for n in (1, 2, 4, 5):
        words = prose(n) + (f"\n2.3 {prose(3)}" if n == 2 else "")
        blocks.append(text(f"2.{n} {words}"))
    assert from_blocks(*blocks, kind="html").numbers == ["2.1", "2.2", "2.3", "2.4", "2.5"]


def test_a_reference_to_a_missing_number_is_not_taken_for_it() -> None:
    lines = [f"2.{n} {prose(n)} See paragraph 2.3 for more." for n in (1, 2, 4, 5)]
    outline = from_text("2\n\nGaps\n\n" + "\n\n".join(lines))
    assert outline.numbers == ["2.1", "2.2", "2.4", "2.5"]
    assert "number-gap" in {p.code for p in outline.problems}


def test_a_section_that_begins_again_gets_a_prefix_and_keeps_its_numbers() -> None:
    lines = ["Plan", *(f"{n}. {prose(n)}" for n in range(1, 13))]
    lines += ["Annex – the method", *(f"{n}. {prose(n)}" for n in range(1, 6))]
    outline = from_text("\n\n".join(lines))
    annex = outline.sections[-1]
    assert annex.prefix == "Annex"
    assert [p.number for p in annex.paragraphs] == ["1", "2", "3", "4", "5"]
    assert "numbering-restarts" in {p.code for p in outline.problems}


def test_closing_marks_of_numbers_are_not_part_of_them() -> None:
    printed = ("1.1.", "1.2", "1.3.", "1.4:", "1.5")
    lines = [f"{n} {prose(i)}" for i, n in enumerate(printed)]
    outline = from_text("1\n\nMarks\n\n" + "\n\n".join(lines))
    assert outline.numbers == ["1.1", "1.2", "1.3", "1.4", "1.5"]


def test_bullets_and_stray_marks_before_numbers_are_removed() -> None:
    lines = ["Plan", f"36. {prose(1)}", f"37. {prose(2)}", f"- 38.** {prose(3)}"]
    lines += [f"- **39.** {prose(4)}", f"- 40. {prose(0)}", f"41. {prose(1)}"]
    lines[1:1] = [f"{n}. {prose(n)}" for n in range(30, 36)]
    lines[1:1] = [f"{n}. {prose(n)}" for n in range(1, 30)]
    outline = from_text("\n\n".join(lines))
    assert outline.numbers == [str(n) for n in range(1, 42)]
    html = next(b for b in outline.blocks() if isinstance(b, Paragraph) and b.number == "38").body
    assert "*" not in str(html)


def test_a_thousand_paragraphs_are_all_found() -> None:
    lines = ["Code"]
    wanted = []
    for c in range(1, 26):
        lines += [str(c), f"Subject of chapter {c}"]
        for n in range(1, 41):
            wanted.append(f"{c}.{n}")
            lines.append(f"{c}.{n} {prose(n)}")
    assert from_text("\n\n".join(lines)).numbers == wanted


def test_spans_keep_their_marks_when_the_number_is_cut_off() -> None:
    spans = (Span("2.1 ", bold=True), Span("Reviews", italic=True), Span(" are held each year."))
    blocks = [SourceBlock(SourceKind.TEXT, spans)]
    blocks += [text(f"2.{n} {prose(n)}") for n in range(2, 5)]
    first = from_blocks(*blocks).sections[0].paragraphs[0]
    assert first.body[0].html == "<p><i>Reviews</i> are held each year.</p>"  # type: ignore[union-attr]
