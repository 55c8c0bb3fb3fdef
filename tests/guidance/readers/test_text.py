"""The text reader: lines, Markdown's marks, tables, notes, wrapped lines."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.outline.source import SourceBlock, SourceKind, Span, UnreadableFile
from guidance.readers.text import decode, read_text


def blocks(text: str) -> list[SourceBlock]:
    return read_text(text.encode(), "sample.txt").blocks


def kinds(text: str) -> list[str]:
    return [b.kind.value for b in blocks(text)]


def test_each_line_of_an_unwrapped_text_is_a_block_with_its_line() -> None:
    long = "A line that is a paragraph of its own and goes on for a good while to its end. " * 3
    found = blocks(f"{long}\n{long}\n\n{long}\n")
    assert [b.place.line for b in found] == [1, 2, 4]


def test_wrapped_lines_are_joined_and_a_broken_word_keeps_its_hyphen() -> None:
    line = "The authority should keep a register of the decisions taken under co-"
    text = "\n\n".join(
        f"{line}\noperation with the board and its members in every area of the plan."
        for _ in range(6)
    )
    assert blocks(text)[0].text == (
        "The authority should keep a register of the decisions taken under co-operation with the "
        "board and its members in every area of the plan."
    )


def test_short_lines_of_an_address_stay_one_block() -> None:
    assert [b.text for b in blocks("The Board\n1 High Street\nTown\n\nNext")] == [
        "The Board\n1 High Street\nTown",
        "Next",
    ]


def test_headings_items_rules_and_quotations() -> None:
    text = "# Title\n\n## Part\n\n- one\n  - two\n* three\n\n---\n\n> said so\n\nUnder\n====="
    found = blocks(text)
    assert [(b.kind.value, b.level) for b in found[:5]] == [
        ("heading", 1),
        ("heading", 2),
        ("item", 1),
        ("item", 2),
        ("item", 1),
    ]
    assert (found[5].style, found[5].text) == ("quote", "said so")
    assert (found[6].kind, found[6].text) == (SourceKind.HEADING, "Under")


def test_bold_italic_links_and_escapes() -> None:
    spans = blocks(r"a **b** *c* [d](https://e.org) <https://f.org> 2 \* 3 snake_case 4 * 5")[
        0
    ].spans
    assert Span("b", bold=True) in spans
    assert Span("c", italic=True) in spans
    assert Span("d", href="https://e.org") in spans
    assert Span("https://f.org", href="https://f.org") in spans
    assert "".join(s.text for s in spans).endswith(" 2 * 3 snake_case 4 * 5")


def test_a_closing_mark_whose_partner_was_lost_is_removed() -> None:
    found = blocks("- Leadership:** members lead.")[0]
    assert found.spans == (Span("Leadership:", bold=True), Span(" members lead."))


@pytest.mark.parametrize("marker", ["²³", "^{23}", "^23^", "<sup>23</sup>", "[^23]"])
def test_markers_of_notes_in_every_form(marker: str) -> None:
    spans = blocks(f"text{marker} more")[0].spans
    assert Span("23", superscript=True, note="23") in spans


def test_two_marks_in_braces() -> None:
    notes = [s.note for s in blocks("text^{20 21} more")[0].spans if s.note]
    assert notes == ["20", "21"]


@pytest.mark.parametrize("line", ["¹² The note.", "[^12]: The note.", "^{12} The note."])
def test_notes_by_their_raised_mark(line: str) -> None:
    found = blocks(line)[0]
    assert (found.kind, found.mark, found.text) == (SourceKind.NOTE, "12", "The note.")


def test_rows_with_tabs_are_a_table_with_paragraphs_in_its_cells() -> None:
    found = blocks("March\tFirst\n\tSecond\nApril\t<p>Third</p> <p>Fourth</p>\n2008\t")
    assert len(found) == 1
    rows = found[0].rows
    assert [[c.text for c in row] for row in rows] == [
        ["March", "First"],
        ["", "Second"],
        ["April", "Third\nFourth"],
        ["2008", ""],
    ]


def test_a_markdown_table_has_its_header() -> None:
    rows = blocks("| Body | Duty |\n|---|:--|\n| Board | To *meet* |")[0].rows
    assert [c.header for c in rows[0]] == [True, True]
    assert [c.text for c in rows[1]] == ["Board", "To meet"]


def test_titles_with_page_numbers_are_contents() -> None:
    assert kinds("About\t3\nRecords\t4\nReview\t12") == ["contents"]
    assert kinds("About ........ 3\nRecords ....... 4\nReview ..... 12") == ["contents"]


def test_a_number_and_a_tab_before_a_paragraph_are_text() -> None:
    assert kinds("2.1\tThe authority should keep a register of its decisions.") == ["text"]


def test_page_breaks_count_pages() -> None:
    assert [b.place.page for b in blocks("one\n\f\ntwo\n\fthree")] == [1, 2, 3]
    assert [b.place.page for b in blocks("one")] == [None]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_the_usual_codings(coding: str) -> None:
    words = "“Naïve” – £5"
    assert decode(words.encode(coding), "a.txt") == words


def test_a_text_in_no_known_coding_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match="save it as UTF-8 text"):
        decode(b"\x81\x8d\x8f\x90\x9d", "a.txt")


@given(st.text(alphabet="ab1. \n-*#|\t>_[]()^{}²•", max_size=300))
@settings(max_examples=400, deadline=None)
def test_letters_and_digits_are_never_lost(text: str) -> None:
    plain = text.replace("²", "2")
    held = "".join(b.text + b.mark + "".join(s.href for s in b.spans) for b in blocks(text))
    lost = Counter(c for c in plain if c.isalnum()) - Counter(c for c in held if c.isalnum())
    assert not lost
