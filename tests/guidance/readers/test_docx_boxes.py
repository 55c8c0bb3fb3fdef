"""Tables, call-out boxes and footnotes in Word files."""

import pytest

from guidance.outline.source import SourceKind
from tests.guidance.readers.docx_writing import (
    abstract,
    blocks,
    cell,
    instance,
    level,
    numbered,
    opened,
    paragraph,
    row,
    run,
    shown,
    table,
)

TEXT, TABLE, NOTE = SourceKind.TEXT, SourceKind.TABLE, SourceKind.NOTE
PROSE = "The authority must have regard to this guidance when it decides what to do."
NUMBERING = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + instance(1, 0)


def reference(identity: int, kind: str = "footnote", more: str = "", after: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"{more}/>{after}</w:r>'


def note(identity: int, *texts: str, kind: str = "footnote") -> str:
    words = "".join(paragraph(f"<w:r><w:{kind}Ref/></w:r>" + run(f" {text}")) for text in texts)
    return f'<w:{kind} w:id="{identity}">{words}</w:{kind}>'


SEPARATOR = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
)


def marks(body: str, **parts: object) -> list[str]:
    return [s.note for b in blocks(body, **parts) for s in b.spans if s.note]


# Tables


def test_a_table_has_its_header_spans_and_merged_cells() -> None:
    header = row(cell(paragraph("Who")), cell(paragraph("When")), properties="<w:tblHeader/>")
    merged = row(cell(paragraph("Both"), properties='<w:gridSpan w:val="2"/>'))
    upper = row(
        cell(paragraph("a"), properties='<w:vMerge w:val="restart"/>'), cell(paragraph("b"))
    )
    lower = row(cell(paragraph(""), properties="<w:vMerge/>"), cell(paragraph("c")))
    (found,) = blocks(table(header, merged, upper, lower))
    assert found.kind is TABLE
    assert [[(c.text, c.span, c.header) for c in r] for r in found.rows] == [
        [("Who", 1, True), ("When", 1, True)],
        [("Both", 2, False)],
        [("a", 1, False), ("b", 1, False)],
        [("", 1, False), ("c", 1, False)],
    ]


def test_a_first_row_in_bold_is_the_header() -> None:
    bold = row(*(cell(paragraph(run(t, "<w:b/>"))) for t in ("Who", "When")))
    (found,) = blocks(table(bold, row(cell(paragraph("a")), cell(paragraph("b")))))
    assert [c.header for r in found.rows for c in r] == [True, True, False, False]


def test_deleted_rows_are_gone() -> None:
    rows = [row(cell(paragraph(t)), cell(paragraph(t))) for t in "ab"]
    gone = row(cell(paragraph("x")), cell(paragraph("x")), properties="<w:del/>")
    assert blocks(table(rows[0], gone, rows[1]))[0].text == "a\ta\nb\tb"


def test_numbers_and_bullets_in_a_table_are_part_of_its_text() -> None:
    lettered = abstract(0, level(0, "lowerLetter", "(%1)")) + instance(1, 0)
    rows = row(cell(numbered("one"), numbered("two")), cell(paragraph("x")))
    (found,) = blocks(table(rows), numbering=lettered)
    assert found.rows[0][0].text == "(a) one\n(b) two"


def test_a_table_in_a_table_is_flattened() -> None:
    inner = table(row(cell(paragraph("a")), cell(paragraph("b"))))
    (found,) = blocks(table(row(cell(inner, paragraph("c")), cell(paragraph("d")))))
    assert [c.text for c in found.rows[0]] == ["a\tb\nc", "d"]


@pytest.mark.parametrize("ruled", [True, False])
def test_typed_numbers_beside_their_text_are_text(ruled: bool) -> None:
    rows = [
        row(cell(paragraph(f"2.{n}")), cell(paragraph(PROSE), paragraph("Second."))) for n in (1, 2)
    ]
    assert shown(table(*rows, ruled=ruled)) == [
        (TEXT, f"2.1\t{PROSE}"), (TEXT, "Second."), (TEXT, f"2.2\t{PROSE}"), (TEXT, "Second."),
    ]  # fmt: skip


def test_automatic_numbers_beside_their_text_become_labels() -> None:
    rows = [row(cell(numbered("", 1)), cell(paragraph(PROSE))) for _ in range(2)]
    found = blocks(table(*rows), numbering=NUMBERING)
    assert [(b.kind, b.label, b.text) for b in found] == [
        (TEXT, "1.1", PROSE),
        (TEXT, "1.2", PROSE),
    ]


def test_a_table_of_short_answers_is_a_table() -> None:
    rows = [row(cell(paragraph(str(n))), cell(paragraph("Yes"))) for n in range(3)]
    assert [b.kind for b in blocks(table(*rows))] == [TABLE]


def test_a_grid_without_lines_that_holds_numbered_text_is_text() -> None:
    rows = row(cell(paragraph("Duties")), cell(numbered(PROSE, 1), numbered(PROSE, 1)))
    found = blocks(table(rows, ruled=False), numbering=NUMBERING)
    assert [(b.kind, b.label) for b in found] == [(TEXT, ""), (TEXT, "1.1"), (TEXT, "1.2")]


# Boxes


def test_a_table_of_one_cell_is_a_box_with_its_title() -> None:
    body = table(row(cell(paragraph(run("Data sharing", "<w:b/>")), paragraph(PROSE))))
    found = blocks(paragraph("Before") + body + paragraph("After"))
    assert [(b.box, b.box_title) for b in found] == [(0, False), (1, True), (1, False), (0, False)]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    content = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    drawn = f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    older = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = blocks(paragraph(run("Outside") + both) + paragraph(f"<w:r>{older}</w:r>"))
    assert [(b.text, b.box) for b in found] == [
        ("Outside", 0),
        ("In the box", 1),
        ("In the box", 2),
    ]


def test_text_boxes_drawn_over_each_other_are_read_once() -> None:
    content = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    drawn = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    document = opened(paragraph(f"<w:r>{drawn}{drawn}</w:r>"))
    assert [b.text for b in document] == ["In the box"]
    assert document.remarks[0][0].startswith("Text boxes that hold the same words")


def test_neighbours_in_one_border_are_one_box() -> None:
    border = '<w:pBdr><w:top w:val="single"/><w:bottom w:val="single"/></w:pBdr>'
    body = (
        paragraph(run("Title", "<w:b/>"), border) + paragraph(PROSE, border)
        + paragraph("") + paragraph(PROSE, border) + paragraph("Outside")
    )  # fmt: skip
    assert [(b.box, b.box_title) for b in blocks(body)] == [
        (1, True), (1, False), (2, False), (0, False),
    ]  # fmt: skip


def test_neighbours_in_different_frames_are_two_boxes() -> None:
    body = paragraph("Section 19", '<w:framePr w:y="1"/>') + paragraph(
        "Section 20", '<w:framePr w:y="9"/>'
    )
    assert [b.box for b in blocks(body)] == [1, 2]


def test_a_line_under_a_paragraph_makes_no_box() -> None:
    assert [
        b.box for b in blocks(paragraph(PROSE, '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'))
    ] == [0]


def test_a_numbered_paragraph_with_a_border_is_no_box() -> None:
    assert [b.box for b in blocks(paragraph(f"2.1 {PROSE}", '<w:shd w:fill="FFFF00"/>'))] == [0]
    assert [b.box for b in blocks(paragraph(PROSE, '<w:shd w:fill="FFFF00"/>'))] == [1]


def test_the_border_of_the_page_is_no_box() -> None:
    rows = row(cell(*(paragraph(PROSE) for _ in range(40))))
    assert {b.box for b in blocks(table(rows))} == {0}


def test_a_table_that_claims_absurd_spans_is_read() -> None:
    wide = cell(paragraph("a"), properties='<w:gridSpan w:val="2000000000"/>')
    (found,) = blocks(table(row(wide, cell(paragraph("b")))))
    assert found.text == "a\tb"


# Notes


def test_notes_follow_their_paragraph_with_their_marks() -> None:
    body = paragraph(run("One") + reference(7) + run(" and") + reference(3)) + paragraph("Two")
    footnotes = SEPARATOR + note(3, "Third.") + note(7, "Seventh.", "On two lines.")
    found = blocks(body, footnotes=footnotes)
    assert [(b.kind, b.text, b.mark) for b in found] == [
        (TEXT, "One1 and2", ""),
        (NOTE, "Seventh.\n On two lines.", "1"),
        (NOTE, "Third.", "2"),
        (TEXT, "Two", ""),
    ]
    assert [s.note for s in found[0].spans] == ["", "1", "", "2"]
    assert found[0].spans[1].superscript


def test_endnotes_are_numbered_on_their_own() -> None:
    body = paragraph(run("a") + reference(1) + reference(1, "endnote"))
    parts = {"footnotes": note(1, "Foot"), "endnotes": note(1, "End", kind="endnote")}
    assert marks(body, **parts) == ["1", "i"]


def test_a_custom_mark_is_not_counted() -> None:
    custom = reference(1, more=' w:customMarkFollows="1"', after="<w:t>*</w:t>")
    body = paragraph(run("a") + custom + run("b") + reference(2))
    found = blocks(body, footnotes=note(1, "Star") + note(2, "One"))
    assert [b.mark for b in found if b.kind is NOTE] == ["*", "1"]
    assert found[0].text == "a*b1"


def test_notes_start_anew_where_the_section_says_so() -> None:
    restart = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    body = (
        paragraph(run("a") + reference(1) + reference(2))
        + paragraph("", f"<w:sectPr>{restart}</w:sectPr>")
        + paragraph(run("b") + reference(3))
        + f"<w:sectPr>{restart}</w:sectPr>"
    )
    assert marks(body, footnotes=note(1, "a") + note(2, "b") + note(3, "c")) == ["1", "2", "1"]


def test_the_settings_say_how_notes_are_numbered() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    assert marks(paragraph(run("a") + reference(1)), footnotes=note(1, "x"), settings=settings) == [
        "c"
    ]


def test_a_note_in_a_table_comes_after_it() -> None:
    rows = row(cell(paragraph(run("a") + reference(1))), cell(paragraph("b")))
    found = blocks(table(rows), footnotes=note(1, "In the cell."))
    assert [(b.kind, b.mark) for b in found] == [(TABLE, ""), (NOTE, "1")]
    assert found[0].rows[0][0].paragraphs[0][1].note == "1"


def test_a_note_in_a_box_belongs_to_the_box() -> None:
    body = table(row(cell(paragraph(run(PROSE) + reference(1)))))
    found = blocks(body, footnotes=note(1, "Boxed."))
    assert [(b.kind, b.box) for b in found] == [(TEXT, 1), (NOTE, 1)]


def test_a_note_without_reference_is_reported() -> None:
    document = opened(paragraph("a"), footnotes=note(1, "Lost"))
    assert ("1 footnote is referred to nowhere and was left out.") in [
        r for r, _ in document.remarks
    ]


def test_a_reference_without_a_note_keeps_its_mark() -> None:
    assert marks(paragraph(run("a") + reference(5)), footnotes=SEPARATOR) == ["1"]
