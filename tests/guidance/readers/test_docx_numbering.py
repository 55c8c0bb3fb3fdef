"""Automatic numbers: what Word prints before a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.outline.source import SourceKind
from guidance.readers.word.numerals import letters, numeral, roman
from tests.guidance.readers.docx_writing import (
    abstract,
    blocks,
    cell,
    instance,
    labels,
    level,
    numbered,
    opened,
    paragraph,
    row,
    start_override,
    style,
    table,
)

LEGAL = abstract(
    0,
    level(0, "decimal", "%1"),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "lowerRoman", "(%4)"),
)
LISTED = LEGAL + instance(1, 0)
SENTENCE = "The authority must have regard to this guidance and to the reasons given for it."


def counted(*depths: int, numbering: str = LISTED) -> list[str]:
    return labels("".join(numbered(SENTENCE, depth) for depth in depths), numbering)


def test_levels_count_under_the_level_above() -> None:
    assert counted(0, 1, 1, 2, 2, 3, 1, 0, 1) == [
        "1", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "2", "2.1",
    ]  # fmt: skip


def test_a_level_that_is_skipped_counts_from_its_start() -> None:
    assert counted(1, 1, 0, 1) == ["1.1", "1.2", "2", "2.1"]


@pytest.mark.parametrize(
    ("number_format", "fifth"),
    [
        ("decimal", "5"), ("decimalZero", "05"), ("lowerRoman", "v"), ("upperRoman", "V"),
        ("lowerLetter", "e"), ("upperLetter", "E"), ("ordinal", "5th"), ("cardinalText", "Five"),
        ("ordinalText", "Fifth"), ("decimalEnclosedCircle", "⑤"), ("chicago", "**"),
    ],
)  # fmt: skip
def test_formats_print_as_word_prints_them(number_format: str, fifth: str) -> None:
    numbering = abstract(0, level(0, number_format, "%1", start=5)) + instance(1, 0)
    assert counted(0, numbering=numbering) == [fifth]


def test_a_custom_format_pads_with_zeros() -> None:
    wrapped = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    custom = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{wrapped}<w:lvlText w:val="%1"/></w:lvl>'
    assert counted(0, numbering=abstract(0, custom) + instance(1, 0)) == ["007"]


def test_words_around_the_number_are_printed() -> None:
    numbering = abstract(0, level(0, "upperLetter", "Annex %1: ")) + instance(1, 0)
    assert counted(0, 0, numbering=numbering) == ["Annex A:", "Annex B:"]


def test_a_bullet_prints_no_number_inside_a_deeper_one() -> None:
    dashes = abstract(
        0, level(0, "decimal", "%1."), level(1, "bullet", "—"), level(2, "decimal", "%1.%2%3.")
    )
    assert counted(0, 1, 2, 2, numbering=dashes + instance(1, 0)) == ["1.", "—", "1.1.", "1.2."]


def test_legal_numbering_prints_digits_for_letters() -> None:
    mixed = abstract(
        0, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    )
    assert counted(0, 0, 1, numbering=mixed + instance(1, 0)) == ["I", "II", "2.1"]


@pytest.mark.parametrize(("restart", "last"), [("0", "c"), ("1", "c"), ("2", "a")])
def test_a_level_restarts_after_the_level_that_it_names(restart: str, last: str) -> None:
    numbering = abstract(
        0,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%2"),
        level(2, "lowerLetter", "%3", more=f'<w:lvlRestart w:val="{restart}"/>'),
    )
    assert counted(0, 1, 2, 2, 1, 2, numbering=numbering + instance(1, 0))[-1] == last


def test_lists_of_one_abstract_numbering_share_its_counters() -> None:
    body = numbered("a") + numbered("b", numbering=2) + numbered("c")
    assert labels(body, LISTED + instance(2, 0)) == ["1", "2", "3"]


def test_a_start_override_restarts_once() -> None:
    body = numbered("a") + numbered("b") + "".join(numbered(t, numbering=2) for t in "cd")
    assert labels(body, LISTED + instance(2, 0, start_override(0, 7))) == ["1", "2", "7", "8"]


def test_a_start_override_is_spent_when_its_level_is_passed() -> None:
    second = instance(2, 0, start_override(0, 1) + start_override(1, 1))
    body = numbered("a") + numbered("b", 1) + numbered("c", 1, 2) + numbered("d", 0, 2)
    assert labels(body, LISTED + second) == ["1", "1.1", "1.1", "2"]


def test_a_start_override_waits_for_its_level_and_holds_once() -> None:
    body = "".join(numbered("x", depth, 2) for depth in (0, 1, 1, 0, 1))
    second = instance(2, 0, start_override(1, 4))
    assert labels(body, LISTED + second) == ["1", "1.4", "1.5", "2", "2.1"]


def test_an_override_may_redefine_a_level() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    assert labels(numbered("a", numbering=2), LEGAL + instance(2, 0, own)) == ["A)"]


def test_numbering_is_inherited_through_styles_and_their_levels() -> None:
    styles = (
        style("Para", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("Chapter", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("Narrow", base="Para")
        + style("Deeper", base="Chapter", properties='<w:numPr><w:ilvl w:val="2"/></w:numPr>')
    )
    numbering = abstract(
        0,
        level(0, "decimal", "%1", more='<w:pStyle w:val="Chapter"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Para"/>'),
        level(2, "lowerLetter", "(%3)"),
    )
    body = "".join(paragraph(SENTENCE, style=s) for s in ("Chapter", "Para", "Narrow", "Deeper"))
    assert labels(body, numbering + instance(1, 0), styles) == ["1", "1.1", "1.2", "(a)"]


def test_a_numbering_style_lends_its_levels_but_not_its_counters() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Codes"><w:name w:val="Codes"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    named = abstract(0, level(0, "decimal", "%1."), link='<w:styleLink w:val="Codes"/>')
    linked = abstract(1, link='<w:numStyleLink w:val="Codes"/>')
    body = numbered("a") + numbered("b", numbering=2) + numbered("c", numbering=2)
    numbering = named + linked + instance(1, 0) + instance(2, 1)
    assert labels(body, numbering, styles) == ["1.", "1.", "2."]


def test_number_zero_switches_numbering_off() -> None:
    styles = style("Para", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = paragraph("a", style="Para") + paragraph("b", off, "Para") + paragraph("c", style="Para")
    assert labels(body, LISTED, styles) == ["1", "", "2"]


def test_a_list_that_is_not_defined_numbers_nothing() -> None:
    assert labels(numbered("a", numbering=9), LISTED) == [""]


def test_an_empty_numbered_paragraph_is_counted_and_reported() -> None:
    document = opened(numbered("a") + numbered("") + numbered("c"), numbering=LISTED)
    assert [block.label for block in document] == ["1", "3"]
    assert document.remarks[0][0] == "An empty paragraph is numbered 2."


def test_deleted_paragraphs_are_not_counted() -> None:
    gone = numbered(
        "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>", properties="<w:rPr><w:del/></w:rPr>"
    )
    assert labels(numbered("a") + gone + numbered("c"), LISTED) == ["1", "2"]


def test_the_empty_paragraph_that_ends_a_section_is_not_counted() -> None:
    body = numbered("a") + numbered("", properties="<w:sectPr/>") + numbered("b")
    assert labels(body, LISTED) == ["1", "2"]


def test_the_lower_cells_of_a_merged_one_are_not_counted() -> None:
    upper = cell(numbered("a"), properties='<w:vMerge w:val="restart"/>')
    lower = cell(numbered(""), properties="<w:vMerge/>")
    beside = cell(paragraph("x"))
    body = table(row(upper, beside), row(lower, beside)) + numbered("b")
    assert labels(body, LISTED)[-1] == "2"


def test_a_number_in_a_field_counts_in_the_list_that_it_names() -> None:
    named = abstract(0, level(0, "decimal", "%1."), link='<w:name w:val="Main"/>') + instance(1, 0)
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>LISTNUM Main \\l 1</w:instrText>'
        '<w:fldChar w:fldCharType="end"/><w:t> b</w:t></w:r>'
    )
    found = blocks(numbered("a") + paragraph(field) + numbered("c"), numbering=named)
    assert [(b.label, b.text) for b in found] == [("1.", "a"), ("", "2. b"), ("3.", "c")]


def test_symbol_font_bullets_are_legible() -> None:
    wingding = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    courier = '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>'
    signs = abstract(0, *(
        f'<w:lvl w:ilvl="{d}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{t}"/>{f}</w:lvl>'
        for d, (t, f) in enumerate([("\uf0b7", ""), ("o", courier), ("\uf0a7", wingding), ("–", "")])
    ))  # fmt: skip
    assert counted(0, 1, 2, 3, numbering=signs + instance(1, 0)) == ["•", "◦", "▪", "–"]


def test_compound_numbers_are_text_and_letters_are_items_by_depth() -> None:
    body = "".join(numbered(SENTENCE, depth) for depth in (1, 2, 3, 2))
    assert [(b.kind, b.level) for b in blocks(body, numbering=LISTED)] == [
        (SourceKind.TEXT, 0), (SourceKind.ITEM, 1), (SourceKind.ITEM, 2), (SourceKind.ITEM, 1),
    ]  # fmt: skip


def test_a_chapter_number_written_into_the_list_makes_a_compound_number() -> None:
    written = abstract(0, level(0, "decimal", "7.%1")) + instance(1, 0)
    found = blocks(numbered("Short") + numbered("Shorter"), numbering=written)
    assert [(b.kind, b.label) for b in found] == [
        (SourceKind.TEXT, "7.1"),
        (SourceKind.TEXT, "7.2"),
    ]


def test_a_long_plain_list_numbers_the_text_and_a_short_one_is_a_list() -> None:
    numbering = abstract(0, level(0, "decimal", "%1.")) + instance(1, 0)
    long = blocks("".join(numbered(SENTENCE) for _ in range(12)), numbering=numbering)
    short = blocks(numbered("one") + numbered("two"), numbering=numbering)
    assert {b.kind for b in long} == {SourceKind.TEXT}
    assert {b.kind for b in short} == {SourceKind.ITEM}


def test_a_plain_list_inside_a_text_with_compound_numbers_is_a_list() -> None:
    numbering = LISTED + abstract(1, level(0, "decimal", "%1.")) + instance(2, 1)
    body = "".join(numbered(SENTENCE, 1) for _ in range(8))
    body += "".join(numbered(SENTENCE, numbering=2) for _ in range(8))
    assert [b.kind for b in blocks(body, numbering=numbering)][8:] == [SourceKind.ITEM] * 8


def test_roman_numbers_of_a_whole_introduction_are_text() -> None:
    roman_numbers = abstract(1, level(0, "lowerRoman", "%1.", left=720)) + instance(2, 1)
    body = "".join(numbered(SENTENCE, numbering=2) for _ in range(10))
    body += "".join(numbered(SENTENCE, 1) for _ in range(20))
    assert {b.kind for b in blocks(body, numbering=LISTED + roman_numbers)} == {SourceKind.TEXT}


def test_depth_is_counted_from_the_list_at_hand() -> None:
    bullets = abstract(0, *(level(d, "bullet", "•") for d in range(4))) + instance(1, 0)
    body = paragraph("Such as:") + numbered("a", 2) + numbered("b", 3) + numbered("c", 2)
    assert [b.level for b in blocks(body, numbering=bullets)] == [0, 1, 2, 1]


def test_a_heading_style_used_for_sentences_is_text() -> None:
    styles = style(
        "heading2", "heading 2", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    )
    body = "".join(paragraph(SENTENCE, style="heading2") for _ in range(3))
    body += paragraph("Managers must not", style="heading2")
    found = blocks(body, numbering=LISTED, styles=styles)
    assert [(b.kind, b.label) for b in found][-1] == (SourceKind.TEXT, "1.4")


def test_a_numbered_heading_stays_a_heading() -> None:
    styles = style("heading1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    (found,) = blocks(paragraph("Duties", style="heading1"), numbering=LISTED, styles=styles)
    assert (found.kind, found.level, found.label) == (SourceKind.HEADING, 1, "1")


@given(st.integers(1, 4999))
def test_roman_numerals_add_up(number: int) -> None:
    worth = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
    values = [worth[letter] for letter in roman(number)]
    following = [*values[1:], 0]
    assert number == sum(-a if a < b else a for a, b in zip(values, following, strict=True))


@given(st.integers(1, 2000))
def test_letters_tell_every_number(number: int) -> None:
    printed = letters(number)
    assert set(printed) == {printed[0]}
    assert 26 * (len(printed) - 1) + ord(printed[0]) - ord("a") + 1 == number


@pytest.mark.parametrize(
    ("number", "cardinal", "ordinal", "words"),
    [
        (12, "Twelve", "12th", "Twelfth"),
        (21, "Twenty-one", "21st", "Twenty-first"),
        (113, "One hundred thirteen", "113th", "One hundred thirteenth"),
        (1040, "One thousand forty", "1040th", "One thousand fortieth"),
    ],
)
def test_numbers_are_spelt(number: int, cardinal: str, ordinal: str, words: str) -> None:
    assert numeral(number, "cardinalText") == cardinal
    assert numeral(number, "ordinal") == ordinal
    assert numeral(number, "ordinalText") == words


def test_absurd_numbers_cost_nothing() -> None:
    numbering = abstract(0, level(0, "lowerLetter", "%1", start=2_000_000_000)) + instance(1, 0)
    assert counted(0, numbering=numbering) == ["2000000000"]
