"""What stands between and inside numbered paragraphs: lists, notes, boxes, questions, tables."""

from __future__ import annotations

from guidance.outline.build import build
from guidance.outline.model import (
    Box,
    Figure,
    GlossaryEntry,
    Heading,
    Outline,
    Paragraph,
    Prose,
    Question,
    SubParagraphs,
    Table,
)
from guidance.outline.report import report
from guidance.outline.source import (
    Cell,
    Place,
    SourceBlock,
    SourceDocument,
    SourceKind,
    Span,
    plain,
)
from guidance.readers.html import read_html
from guidance.readers.text import read_text
from tests.guidance.outline.samples import prose


def from_text(*lines: str) -> Outline:
    return build(read_text("\n\n".join(lines).encode(), "sample.txt"))


def numbered(first: int, last: int) -> list[str]:
    return [f"2.{n} {prose(n)}" for n in range(first, last + 1)]


def paragraph(outline: Outline, number: str) -> Paragraph:
    return next(b for b in outline.blocks() if isinstance(b, Paragraph) and b.number == number)


def codes(outline: Outline) -> list[str]:
    return [p.code for p in outline.problems]


def test_bullets_become_real_lists_and_levels_nest() -> None:
    lines = "2.1 The steps are:\n\n- first\n- second\n  - under second\n- third"
    outline = from_text("2", "Steps", lines, *numbered(2, 5))
    assert paragraph(outline, "2.1").body == [
        Prose(
            "<p>The steps are:</p><ul><li>first</li><li>second<ul><li>under second</li></ul></li>"
            "<li>third</li></ul>"
        )
    ]


def test_letters_and_romans_become_sub_paragraphs_with_their_depth() -> None:
    outline = from_text(
        "2",
        "Conditions",
        "2.1 The conditions are:",
        "(a) the first condition;",
        "(i) one case;",
        "(ii) another case;",
        "(b) the second condition.",
        *numbered(2, 5),
    )
    part = paragraph(outline, "2.1").body[1]
    assert isinstance(part, SubParagraphs)
    assert [(i.label, i.depth) for i in part.items] == [
        ("(a)", 1),
        ("(i)", 2),
        ("(ii)", 2),
        ("(b)", 1),
    ]


def test_i_after_h_is_a_letter_of_the_same_list() -> None:
    items = [f"({letter}) condition {letter};" for letter in "abcdefghij"]
    outline = from_text("2", "Conditions", "2.1 The conditions are:", *items, *numbered(2, 5))
    part = paragraph(outline, "2.1").body[1]
    assert isinstance(part, SubParagraphs)
    assert {i.depth for i in part.items} == {1}


def test_bullets_under_a_letter_belong_to_it() -> None:
    lines = "- (a) the first case:\n    - one\n    - two\n- (b) the second case."
    outline = from_text("2", "Cases", "2.1 There are two cases.", lines, *numbered(2, 5))
    part = paragraph(outline, "2.1").body[1]
    assert isinstance(part, SubParagraphs)
    assert part.items[0].html == "the first case:<ul><li>one</li><li>two</li></ul>"


def test_prose_after_a_numbered_paragraph_belongs_to_it() -> None:
    outline = from_text("2", "Text", "2.1 The first part of it.", prose(1), *numbered(2, 5))
    assert paragraph(outline, "2.1").body == [
        Prose(f"<p>The first part of it.</p><p>{prose(1)}</p>")
    ]


def test_a_sentence_that_a_note_divides_is_whole_again() -> None:
    outline = from_text(
        "2",
        "Text",
        "2.1 The duty applies to every authority in¹",
        "¹ See the Act.",
        "the area of the board.",
        *numbered(2, 5),
    )
    first = paragraph(outline, "2.1")
    assert first.body == [
        Prose("<p>The duty applies to every authority in<sup>1</sup> the area of the board.</p>")
    ]
    assert [(n.mark, n.html) for n in first.notes] == [("1", "See the Act.")]


def test_a_note_that_begins_with_bare_digits_is_found_by_its_marker() -> None:
    outline = from_text(
        "2",
        "Text",
        f"2.1 {prose(1)}¹ And more.",
        "1 The register of the year before.",
        *numbered(2, 5),
    )
    assert [n.html for n in paragraph(outline, "2.1").notes] == ["The register of the year before."]


def test_two_markers_in_braces_are_two_notes() -> None:
    outline = from_text(
        "2", "Text", f"2.1 {prose(1)}^{{1 2}}", "1 First note.", "2 Second note.", *numbered(2, 5)
    )
    assert outline.footnotes.markers == outline.footnotes.definitions == 2


def test_a_mark_used_again_belongs_to_the_note_that_follows_it() -> None:
    def text(words: str) -> SourceBlock:
        return SourceBlock(SourceKind.TEXT, (*plain(words), Span("1", superscript=True, note="1")))

    def note(words: str) -> SourceBlock:
        return SourceBlock(SourceKind.NOTE, plain(words), mark="1")

    blocks = [text("1.1 One."), note("of page one"), text("1.2 Two."), note("of page two")]
    blocks += [SourceBlock(SourceKind.TEXT, plain(f"1.{n} {prose(n)}")) for n in range(3, 6)]
    outline = build(SourceDocument("pdf", blocks))
    notes = [[n.html for n in p.notes] for p in outline.sections[0].paragraphs[:2]]
    assert notes == [["of page one"], ["of page two"]]


def test_dangling_markers_and_notes_are_reported_and_kept() -> None:
    outline = from_text("2", "Text", f"2.1 {prose(1)}⁷", "⁸ A note alone.", *numbered(2, 5))
    assert {"note-missing", "note-unreferenced"} <= set(codes(outline))
    assert any(n.mark == "8" for b in outline.blocks() for n in getattr(b, "notes", ()))


def test_a_title_over_prose_between_two_paragraphs_is_a_box_in_plain_text() -> None:
    outline = from_text(
        "2", "Text", *numbered(1, 3), "Sharing records", prose(1, 3), *numbered(4, 6)
    )
    assert report(outline)["boxes"] == [{"after": "2.3", "title": "Sharing records"}]


def test_a_title_over_a_numbered_paragraph_is_a_heading() -> None:
    outline = from_text("2", "Text", *numbered(1, 3), "Sharing records", *numbered(4, 6))
    assert report(outline)["boxes"] == []


def test_whose_words_a_quotation_is_makes_no_heading() -> None:
    outline = from_text(
        *numbered(1, 3),
        "2.4 “Ask before you decide, and tell people afterwards what became of it”",
        "Dame Ann Other, Chair of the Parks Association",
        "2.5 The rest follows.",
    )
    assert not [b for s in outline.sections for b in s.blocks if isinstance(b, Heading)]


def test_a_sentence_that_defines_a_name_is_no_heading() -> None:
    words = "Any reference in this code to ‘the Act’ is a reference to the Parks Act 2005"
    outline = from_text("A code", words, *numbered(1, 4))
    assert words not in [s.title for s in outline.sections]
    assert not [b for s in outline.sections for b in s.blocks if isinstance(b, Heading)]


def test_a_frame_of_the_file_is_a_box_with_its_title() -> None:
    blocks = [SourceBlock(SourceKind.TEXT, plain(line)) for line in numbered(1, 4)]
    blocks[2:2] = [
        SourceBlock(SourceKind.HEADING, plain("Good practice"), level=3, box=5),
        SourceBlock(SourceKind.TEXT, plain(prose(1)), box=5),
    ]
    outline = build(SourceDocument("docx", blocks))
    box = next(b for b in outline.blocks() if isinstance(b, Box))
    assert (box.title, box.body) == ("Good practice", [Prose(f"<p>{prose(1)}</p>")])
    assert outline.numbers == ["2.1", "2.2", "2.3", "2.4"]


def test_questions_are_numbered_by_the_list_that_they_are_in() -> None:
    questions = [
        "Do you agree that registers should be public?",
        "What else should the register hold?",
        "How often should it be reviewed?",
    ]
    listing = [f"{i}. {q}" for i, q in enumerate(questions, 1)]
    outline = from_text(
        "How to respond",
        "We ask these questions:",
        *listing,
        "2",
        "Registers",
        *numbered(1, 3),
        f"Consultation question: {questions[1]}",
        *numbered(4, 6),
        "Consultation question:",
        "Is there anything about money?",
        *numbered(7, 8),
    )
    found = [(q["after"], q["number"]) for q in report(outline)["questions"]]
    assert found == [("2.3", "2"), ("2.6", None)]
    assert len(outline.listed_questions) == 3
    assert "question-unlisted" in codes(outline)
    assert outline.numbers == [f"2.{n}" for n in range(1, 9)]


def test_a_question_with_its_own_number_keeps_it() -> None:
    outline = from_text("2", "Text", *numbered(1, 3), "Question 14: Do you agree?", *numbered(4, 5))
    question = next(b for b in outline.blocks() if isinstance(b, Question))
    assert question.number == "14"


def test_glossary_terms_become_entries() -> None:
    outline = from_text(
        "2",
        "Text",
        *numbered(1, 4),
        "Annex A: Glossary",
        "- *Local record* – a record that the authority keeps",
        "- **Board:** the body that reviews it",
    )
    entries = [b for b in outline.blocks() if isinstance(b, GlossaryEntry)]
    assert [e.term for e in entries] == ["Local record", "Board"]
    assert "a record that the authority keeps" in entries[0].html


def test_a_figure_without_its_picture_is_a_figure_and_a_problem() -> None:
    outline = from_text(
        "2", "Text", *numbered(1, 3), "Fig 2: The process of review", *numbered(4, 5)
    )
    figure = next(b for b in outline.blocks() if isinstance(b, Figure))
    assert figure.caption == "Fig 2: The process of review"
    assert "figure-lost" in codes(outline)


def test_a_table_has_its_caption_header_and_rows_of_one_width() -> None:
    def cell(words: str, **more: object) -> Cell:
        return Cell((plain(words),), **more)  # type: ignore[arg-type]

    rows = (
        (cell("Body", header=True), cell("Duty", header=True), cell("From", header=True)),
        (cell("Boards", span=2), cell("2011")),
    )
    blocks = [SourceBlock(SourceKind.TEXT, plain(line)) for line in numbered(1, 3)]
    blocks += [SourceBlock(SourceKind.TEXT, plain("Table 1: Who is bound"))]
    blocks += [SourceBlock(SourceKind.TABLE, rows=rows)]
    table = next(b for b in build(SourceDocument("docx", blocks)).blocks() if isinstance(b, Table))
    assert table.caption == "Table 1: Who is bound"
    assert (table.header, table.rows) == (["Body", "Duty", "From"], [["Boards", "", "2011"]])


def test_a_schedule_of_duties_is_read_from_its_columns() -> None:
    outline = from_text(
        "Schedule of duties",
        "\tWho it applies to\tDate of introduction\tSections of the guidance\n"
        "Duty to publish\tAll boards excluding joint boards\t1 April 2012\tSection 2\n"
        "Duty to review\tAll authorities\tEarly 2013\tSection 3",
        "2",
        "Text",
        *numbered(1, 4),
    )
    assert [(d.title, d.binds, d.excepts, d.commences, d.explained_in) for d in outline.duties] == [
        ("Duty to publish", "All boards", "joint boards", "1 April 2012", "Section 2"),
        ("Duty to review", "All authorities", "", "Early 2013", "Section 3"),
    ]


def test_abbreviations_are_defined_where_the_text_defines_them() -> None:
    outline = from_text(
        "2",
        "Text",
        "2.1 The Local Record Board (LRB) meets each year.",
        "2.2 Joint Audit Plans (JAPs) are made with it.",
        "2.3 In this guidance ‘the Act’ means the Records Act 2011.",
        *numbered(4, 5),
    )
    assert outline.definitions["LRB"] == "Local Record Board"
    assert outline.definitions["JAP"] == "Joint Audit Plan"
    assert outline.definitions["the Act"] == "Records Act 2011"


def test_gaps_and_repeats_are_named_with_their_line() -> None:
    outline = from_text("2", "Text", *numbered(1, 3), *numbered(3, 4), *numbered(7, 9))
    found = {p.code: p for p in outline.problems}
    assert "2.5 to 2.6 are missing" in found["number-gap"].message
    assert found["number-repeated"].place == Place(line=11)


def test_prose_is_escaped_and_unsafe_links_are_not_links() -> None:
    spans = (
        Span("2.1 a < b & "),
        Span("c", href="javascript:alert(1)"),
        Span("d", href="https://e.org"),
    )
    blocks = [SourceBlock(SourceKind.TEXT, spans)]
    blocks += [SourceBlock(SourceKind.TEXT, plain(line)) for line in numbered(2, 5)]
    first = build(SourceDocument("html", blocks)).sections[0].paragraphs[0]
    assert first.body == [Prose('<p>a &lt; b &amp; c<a href="https://e.org">d</a></p>')]


def test_an_empty_document_is_an_empty_outline() -> None:
    outline = build(SourceDocument("text", []))
    assert (outline.sections, outline.numbers, outline.problems) == ([], [], [])


def test_an_act_called_by_a_short_name_is_a_definition() -> None:
    outline = from_text(
        "2",
        "Text",
        "2.1 Under the Public Records (Scotland) Act 2011 (“the 2011 Act”) boards meet.",
        *numbered(2, 5),
    )
    assert outline.definitions["the 2011 Act"] == "Public Records (Scotland) Act 2011"


def test_a_caption_under_its_picture_names_it() -> None:
    blocks = [SourceBlock(SourceKind.TEXT, plain(line)) for line in numbered(1, 3)]
    blocks += [SourceBlock(SourceKind.IMAGE, image=b"x", alt="A circle")]
    blocks += [SourceBlock(SourceKind.TEXT, plain("Figure 1: The process"))]
    outline = build(SourceDocument("docx", blocks))
    figure = next(b for b in outline.blocks() if isinstance(b, Figure))
    assert (figure.caption, figure.alt) == ("Figure 1: The process", "A circle")
    assert "figure-lost" not in codes(outline)


def test_paragraphs_that_end_with_a_marker_are_sentences_and_not_titles() -> None:
    lines = [f"1.{n} A register is kept by the board in every year.^{{{n}}}" for n in range(1, 13)]
    notes = [f"{n} The note of it." for n in range(1, 13)]
    outline = from_text(
        "1", "Registers", *(x for pair in zip(lines, notes, strict=True) for x in pair)
    )
    assert outline.numbers == [f"1.{n}" for n in range(1, 13)]
    assert outline.footnotes.definitions == 12


def test_heading_levels_count_from_two_whatever_the_file_calls_them():
    source = read_html(
        b"<main><h1>A code</h1><h2>1 First</h2><h4>Deep</h4><p>1.1 Words stand here.</p>"
        b"<p>1.2 More words stand here.</p><h6>Deeper</h6><p>1.3 These words are the third.</p>"
        b"<p>1.4 And these are the last words of all.</p></main>",
        "code.html",
    )
    levels = [b.level for b in build(source).blocks() if isinstance(b, Heading)]
    assert levels == [2, 3]
