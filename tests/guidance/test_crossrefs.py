"""References of guidance to its own paragraphs and sections."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.crossrefs import find_cross_references

OWN = [
    ("as before (see para 2.26).", "paragraph", ["2.26"]),
    ("see paras 2.13–2.15", "paragraph", ["2.13", "2.15"]),
    ("see paras 2.13-15", "paragraph", ["2.13", "2.15"]),
    ("paragraphs 6.12 and 6.13 of this document", "paragraph", ["6.12", "6.13"]),
    ("paragraphs 3.1, 3.4 and 3.7 to 3.9 apply", "paragraph", ["3.1", "3.4", "3.7", "3.9"]),
    ("paragraph 4.24 below", "paragraph", ["4.24"]),
    ("para. A4", "paragraph", ["A4"]),
    ("in paragraph 2.13(a)", "paragraph", ["2.13(a)"]),
    ("paragraph 6.9 (iii) applies", "paragraph", ["6.9 (iii)"]),
    ("paragraph 2.13A of this guidance", "paragraph", ["2.13A"]),
    ("paragraph 12 of the guidance", "paragraph", ["12"]),
    ("the test in paragraph 3.4 in the main text", "paragraph", ["3.4"]),
    ("¶ 4.2", "paragraph", ["4.2"]),
    ("strategy (see section 3.23);", "paragraph", ["3.23"]),
    ("as set out in 4.5 above", "paragraph", ["4.5"]),
    ("(see 4.5 and 4.6)", "paragraph", ["4.5", "4.6"]),
    ("see section 3 on a shared vision", "section", ["3"]),
    ("read in conjunction with (sections 3 and 4).", "section", ["3", "4"]),
    ("Section 2 explained that partners share the work.", "section", ["2"]),
    ("As explained in section 4, under the terms of the Act, each must", "section", ["4"]),
    ("as set out above in section 2 on the duty", "section", ["2"]),
    ("see sections 2–4", "section", ["2", "4"]),
    ("Section 3 provides guidance on visions.", "section", ["3"]),
    ("section 30 of this guidance", "section", ["30"]),
    ("Chapter 2 says more.", "chapter", ["2"]),
    ("see chapters 6 and 15", "chapter", ["6", "15"]),
    ("Part 2 of this guidance", "part", ["2"]),
    ("a form is at Annex B.", "annex", ["B"]),
    ("Annexes A and C", "annex", ["A", "C"]),
    ("Appendix 1 has a list", "appendix", ["1"]),
]
NOT_OWN = [
    "section 3 of the Local Government Act 2000",
    "section 3 of the Act",
    "section 106(3)(a)",
    "a section 106 agreement",
    "section 17 duties",
    "Section 47 enquiries and section 20 accommodation",
    "paragraph 5 of Schedule 2",
    "paragraph 5 of Schedule 2 to the Act",
    "Schedule 2, paragraph 4",
    "paragraph 12 of the White Paper",
    "paragraph 3.4 of the National Framework",
    "paras 4 to 6 of their report",
    "paragraph 9(b) of the report",
    "the Code of Practice (paragraph 4.3)",
    "the Local Government White Paper, paragraph 2.4",
    "Circular 03/2003, paragraph 12",
    "ODPM Circular 03/2003 is on contracts (Annex C)",
    "PPS12, para 4.3",
    "Annex B of the White Paper",
    "The Homelessness Act 2002 asks for this. Section 3 requires more.",
    "Under the Act (section 4) they must.",
    "it rose by 3.4 per cent",
    "2.5 million people",
    "see 2.5 per cent",
    "Section 3(1) says",
    "Part 5, Chapter 1 of the Act",
    "this section of the guidance",
    "all sections of the community; part of it",
    "regulation 4 of the Order",
    "version 2.1 above all",
]


@pytest.mark.parametrize(("text", "kind", "targets"), OWN, ids=[row[0] for row in OWN])
def test_a_reference_to_the_guidance_itself_is_found(text, kind, targets):
    found = find_cross_references(text)
    assert [(r.kind, list(r.targets)) for r in found] == [(kind, targets)]


@pytest.mark.parametrize("text", NOT_OWN)
def test_what_is_somebody_elses_is_left_alone(text):
    assert [r.words for r in find_cross_references(text)] == []


def test_each_target_has_a_span_that_holds_its_number():
    text = "See (paras 2.13, 2.14 and\n2.15–17) of this guidance."
    (found,) = find_cross_references(text)
    assert found.words == "paras 2.13, 2.14 and 2.15–17"
    assert [text[start:end] for start, end in found.spans] == ["paras 2.13", "2.14", "2.15", "17"]
    assert found.targets[-1] == "2.17"


def test_a_paragraph_of_an_annex_says_which():
    (found,) = find_cross_references("see paragraph 3 of Annex B")
    assert (found.targets, found.where) == (("3",), "Annex B")


def test_a_quantity_after_a_list_is_no_paragraph():
    (found,) = find_cross_references("under paragraph 10 and 12 months later")
    assert found.targets == ("10",)


@given(
    st.lists(
        st.sampled_from(
            ["see ", "paras ", "section ", "2.13", "(a)", "3", "A4", " and ", ", ", "–", "Annex B", " of ",
             "the Act", "this guidance", ". ", "\n", "Chapter ", "to ", "above"]
        ),
        max_size=20,
    ).map("".join)
    | st.text(max_size=50)
)  # fmt: skip
def test_any_text_can_be_searched_and_references_lie_in_order_inside_it(text):
    last = 0
    for found in find_cross_references(text):
        assert last <= found.start < found.end <= len(text)
        assert len(found.spans) == len(found.targets)
        assert all(found.start <= s < e <= found.end for s, e in found.spans)
        last = found.end


@pytest.mark.parametrize(
    "piece", ["paragraph 2.1, ", "section 2 and ", "see 2.1 ", "Annex A, ", "paras 1 to ", "(", "Code ", "1 1 "]
)  # fmt: skip
def test_long_repetitive_text_takes_bounded_time(piece):
    started = time.process_time()
    find_cross_references(piece * 1500)
    assert time.process_time() - started < 5
