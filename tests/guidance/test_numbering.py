"""Paragraph numbers and ranges of them."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.numbering import (
    Ranges,
    parse_number,
    parse_ranges,
    read_ranges,
    reference_slug,
    sort_key,
    successor,
)

WRITTEN = [
    "2.13",
    "2.13A",
    "12",
    "A4",
    "1.1.1",
    "iv",
    "(a)",
    "2.6(iv)",
    "Annex 4",
    "12(a)",
    "2.a",
    "5.13ZA",
]
any_text = st.text(max_size=30) | st.from_regex(r"[0-9A-Za-z.() ]{0,12}", fullmatch=True)


@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_prints_as_it_was_written(text):
    assert str(parse_number(text)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [("1.1.", "1.1"), (" 12. ", "12"), ("paragraph 2.13", "2.13"), ("iv.", "iv")],
)
def test_a_closing_full_stop_and_the_word_paragraph_are_dropped(text, printed):
    assert str(parse_number(text)) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the",
        "e.g",
        "i.e.",
        "2013 No. 12",
        "12 December 2006",
        "mix",
        "Annex",
        "2..3",
        "-1",
        "2.13 The",
        "1,000",
        "IVa x",
        "9" * 40,
    ],
)
def test_what_is_no_number_gives_none(text):
    assert parse_number(text) is None


def test_numbers_sort_as_people_sort_them():
    ordered = ["1", "2", "2.9", "2.10", "2.13", "2.13(a)", "2.13(b)", "2.13ZA", "2.13A", "2.13AA", "2.13B", "2.14", "3.1", "10", "A1", "A4", "A10", "B1", "Annex 1", "Annex 2", "Annex 10"]  # fmt: skip
    assert sorted(reversed(ordered), key=sort_key) == ordered
    assert sorted(map(parse_number, reversed(ordered))) == list(map(parse_number, ordered))


def test_a_list_of_romans_and_a_list_of_letters_both_sort():
    romans = [
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xix",
        "xx",
        "xl",
    ]
    assert sorted(reversed(romans), key=sort_key) == romans
    letters = list(string.ascii_lowercase)
    assert sorted(reversed(letters), key=sort_key) == letters


@given(any_text, any_text, any_text)
def test_the_order_is_total_for_any_texts(a, b, c):
    assert (sort_key(a) == sort_key(b)) == (a == b)
    assert (sort_key(a) < sort_key(b)) + (sort_key(b) < sort_key(a)) == (a != b)
    if sort_key(a) <= sort_key(b) <= sort_key(c):
        assert sort_key(a) <= sort_key(c)


@pytest.mark.parametrize(
    ("first", "second"),
    [("2.13", "2.14"), ("2.13", "2.13A"), ("2.13", "2.13ZA"), ("2.13ZA", "2.13A"), ("2.13A", "2.13B"), ("2.13A", "2.14"), ("2.13", "3"), ("2.13", "3.1"), ("2", "2.1"), ("1.1.3", "1.2"), ("1.1.3", "1.2.1"), ("h", "i"), ("i", "ii"), ("i", "j"), ("iv", "v"), ("2.6(iii)", "2.6(iv)"), ("2.6", "2.6(a)"), ("A4", "A5"), ("A4", "B1"), ("9", "10"), ("Annex 1", "Annex 2")],
)  # fmt: skip
def test_what_may_follow_directly(first, second):
    assert successor(parse_number(first), parse_number(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [("2.13", "2.15"), ("2.13", "2.13"), ("2.13", "2.12"), ("2.13", "4.1"), ("2.13", "2013"), ("12", "14"), ("12", "Annex 1"), ("ii", "j"), ("2.13A", "2.13C"), ("2.13", "3.2"), ("2", "2.2"), ("2.6(i)", "2.6.2")],
)  # fmt: skip
def test_what_may_not_follow_directly(first, second):
    assert not successor(parse_number(first), parse_number(second))


@given(st.integers(1, 40), st.integers(1, 40))
def test_only_the_next_of_two_plain_numbers_follows(a, b):
    assert successor(parse_number(f"2.{a}"), parse_number(f"2.{b}")) == (b == a + 1)


@pytest.mark.parametrize(
    ("number", "prefix", "slug"),
    [("2.13", "", "2.13"), ("1", "Annex", "annex-1"), ("2.13A", "", "2.13A"), ("Annex 1", "Annex", "annex-1"), ("Annex 1", "", "annex-1"), ("2.6(iv)", "", "2.6-iv"), ("(a)", "", "a"), ("4", "Annex B", "annex-b-4"), ("../3", "", "3")],
)  # fmt: skip
def test_the_slug_of_a_reference(number, prefix, slug):
    assert reference_slug(number, prefix) == slug


@given(any_text, st.sampled_from(["", "Annex", "Annex B", "§ 3/"]))
def test_a_slug_is_safe_in_an_address_or_refused(number, prefix):
    try:
        slug = reference_slug(number, prefix)
    except ValueError:
        return
    assert re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", slug)
    assert ".." not in slug


PROPER = "4.3 to 4.28, 5.4 to 5.6, 5.13 to 5.14 and 6.2, except the box on data sharing"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (PROPER, PROPER),
        (
            "Paragraphs 4.3 to 4.28, 5.4 to 5.6 and 5.13 to 5.14 and 6.2 (except for the box on data sharing)",
            PROPER,
        ),
        ("2.13–2.28", "2.13 to 2.28"),
        ("2.13 - 2.28.", "2.13 to 2.28"),
        ("paras 3.27-30", "3.27 to 3.30"),
        ("paragraphs 6.12 and 6.13", "6.12 and 6.13"),
        ("3.1 to 3.30 except 3.5", "3.1 to 3.30, except 3.5"),
        ("section 2", "section 2"),
        ("Sections 4, 5 and 6", "section 4, section 5 and section 6"),
        ("chapters 4 to 6", "chapters 4 to 6"),
        ("A1 to A4", "A1 to A4"),
        ("Annex 1 to 5", "Annex 1 to 5"),
        ("Annexes A and B", "Annex A and Annex B"),
        ("4.1 (except 4.1(a)), 5.2", "4.1 and 5.2, except 4.1(a)"),
        ("1.1 to 1.10, together with Annex A", "1.1 to 1.10 and Annex A"),
        (
            "The whole document other than Annex A and the boxes",
            "the whole document, except Annex A and the boxes",
        ),
        ("the remainder of this guidance", "the rest of the document"),
    ],
)
def test_ranges_are_read_as_people_write_them(written, canonical):
    ranges = parse_ranges(written)
    assert str(ranges) == canonical
    assert parse_ranges(canonical) == ranges


@pytest.mark.parametrize(
    ("written", "says"),
    [("", "No paragraphs are named"), ("2.13 to", "character 8"), ("2.28 to 2.13", "does not come after"), ("2.13 too 4", "“too 4”"), ("paragraphs 1 to 4 of it", "“of it”"), ("2.1 except", "excepted is missing"), ("3.1 to 4", "one series"), ("the box", "“the box”"), ("2.1, and", "the text ends"), ("2.1 (except 2.3", "not closed")],
)  # fmt: skip
def test_malformed_ranges_get_one_helpful_sentence(written, says):
    with pytest.raises(ValueError, match=re.escape(says)) as raised:
        parse_ranges(written)
    assert "\n" not in str(raised.value)
    assert str(raised.value).endswith(".")


@given(any_text)
def test_any_text_is_read_or_refused_with_a_value_error(text):
    try:
        ranges = parse_ranges(text)
    except ValueError:
        return
    assert parse_ranges(str(ranges)) == ranges


@st.composite
def runs(draw):
    """Disjoint runs of numbers of some chapters, not touching one another."""
    found = []
    for chapter in draw(st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True)):
        first = draw(st.integers(1, 60))
        found.append((chapter, first, draw(st.integers(first, first + 30))))
    return found


@given(runs())
def test_every_number_of_a_run_is_covered_and_no_neighbour(found):
    said = [f"{c}.{a} to {c}.{b}" if a < b else f"{c}.{a}" for c, a, b in found]
    ranges = parse_ranges(" and ".join(filter(None, (", ".join(said[:-1]), said[-1]))))
    for chapter, first, last in found:
        for leaf in range(first - 2, last + 3):
            assert ranges.covers(f"{chapter}.{leaf}") == (first <= leaf <= last)
        assert ranges.covers(f"{chapter}.{last}(a)")
        assert not ranges.covers(f"{chapter}.{last}A")
        assert not ranges.covers(str(chapter))
        assert parse_ranges(str(ranges)) == ranges


def test_plain_numbers_do_not_cover_the_numbers_of_chapters():
    assert parse_ranges("1 to 18").covers("12")
    assert not parse_ranges("1 to 18").covers("2.13")


def test_a_box_stands_with_the_paragraph_it_follows_unless_words_except_it():
    ranges = parse_ranges(PROPER)
    assert ranges.covers("6.2")
    assert not ranges.covers("6.2", "Data sharing")
    assert ranges.covers("6.2", "Third sector principles")
    assert not ranges.covers("6.3", "Third sector principles")


@pytest.mark.parametrize(
    ("words", "number", "title", "covered"),
    [("the boxes", "2.5", "Anything", False), ("the box after 2.5", "2.5", "Anything", False), ("the box after 2.5", "2.6", "Anything", True), ("the box headed “County and district LSPs”", "2.6", "County and district LSPs", False), ("Data sharing", "2.6", "Data sharing", False)],
)  # fmt: skip
def test_boxes_are_excepted_by_kind_place_or_title(words, number, title, covered):
    ranges = parse_ranges("2.1 to 2.9")
    assert Ranges(ranges.spans, (), (words,)).covers(number, title) is covered


def test_a_section_covers_its_paragraphs_whatever_their_numbers():
    ranges = parse_ranges("section 2")
    assert ranges.covers("2.13")
    assert not ranges.covers("3.2")
    assert not ranges.covers("2")
    assert ranges.covers("41", section="2")
    assert not ranges.covers("2", section="1")
    assert ranges.covers("2.13", section="Part 1")


def test_the_words_after_a_range_in_a_sentence_are_left_alone():
    sentence = "In all, paragraphs 12 to 20 and 22 are issued under section 7"
    ranges, end = read_ranges(sentence, sentence.index("paragraphs"))
    assert str(ranges) == "12 to 20 and 22"
    assert sentence[end:] == " are issued under section 7"
    assert read_ranges("nothing here") is None
