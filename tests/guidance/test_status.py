"""Statements of status, and what they say of a paragraph."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.numbering import parse_ranges
from guidance.outline.model import Statement
from guidance.status import basis, conflicts, ranges_of, read_statements

ACT = {"the Act": "Local Government and Public Involvement in Health Act 2007"}
LGA = "section 4 of the Local Government Act 2000"
DRAFT = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"


def read_one(text):
    found = read_statements(text, ACT)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "paragraphs", "status", "provisions"),
    [
        (f"Paragraphs 12 to 20 are statutory guidance issued under {LGA}.", "12 to 20", "statutory", ["ukpga/2000/22/section/4"]),
        ("Paragraphs 1 to 3 are statutory guidance issued under section 7 of the Widgets Act 2010.", "1 to 3", "statutory", ["section 7 of the Widgets Act 2010"]),
        (f"Chapter 3 is issued under {LGA}.", "chapter 3", "statutory", ["ukpga/2000/22/section/4"]),
        (f"This guidance is issued under {LGA}.", "the whole document", "statutory", ["ukpga/2000/22/section/4"]),
        (f"The Secretary of State issues this code under {LGA}.", "the whole document", "statutory", ["ukpga/2000/22/section/4"]),
        (f"Statutory guidance under {LGA} is given in paragraphs 5 to 9.", "5 to 9", "statutory", ["ukpga/2000/22/section/4"]),
        ("Annex A is not statutory guidance.", "Annex A", "non-statutory", []),
        ("The rest of the document is non-statutory.", "the rest of the document", "non-statutory", []),
        ("Paragraphs 1.1 to 1.10, together with Annex A, have statutory force.", "1.1 to 1.10 and Annex A", "statutory", []),
        ("However, the guidance in paragraphs 3 and 4 of this document is issued under sections 106 and 111 of the Act.", "3 and 4", "statutory", ["ukpga/2007/28/section/106", "ukpga/2007/28/section/111"]),
        ("This document gives statutory guidance under section 4.", "the whole document", "statutory", ["section 4"]),
    ],
)  # fmt: skip
def test_a_sentence_gives_ranges_status_and_provisions(text, paragraphs, status, provisions):
    found = read_one(text)
    assert (found.paragraphs, found.status, found.provisions) == (paragraphs, status, provisions)
    assert found.words == text


@pytest.mark.parametrize(
    "text",
    [
        "Paragraph 4.3 also lists which authorities are ‘responsible authorities’.",
        "Local authorities must have regard to this guidance under section 4 of the Local Government Act 2000.",
        "The extent should be in proportion (see paragraphs 6.12 and 6.13) and is not a statutory test.",
        "This statutory guidance does not say how inspection will work.",
        "Section 4 covers the establishing of priorities.",
        "From April 2008 these will replace existing indicators.",
        "Section 1 of the Local Government Act 1999 gives statutory effect to the duty.",
        "It also provides updated guidance on strategies, under section 4 of the Local Government Act 2000.",
        "",
    ],
)
def test_other_sentences_state_nothing(text):
    assert read_statements(text, ACT) == []


def test_what_is_replaced_and_excepted_is_named():
    found = read_one(
        "Paragraphs 2 to 9 (except for the box on data sharing) contain non-statutory guidance. They replace "
        "the previous guidance ‘Working Together’ DETR 2001 and Home Office Circulars 1/2003, 2/2004 and 05/2006."
    )
    assert found.status == "non-statutory"
    assert found.exceptions == ["the box on data sharing"]
    assert found.replaces == [
        "Home Office Circular 1/2003",
        "Home Office Circular 2/2004",
        "Home Office Circular 05/2006",
        "Working Together (DETR, 2001)",
    ]
    assert str(ranges_of(found)) == "2 to 9, except the box on data sharing"


def test_different_ranges_in_one_paragraph_make_two_statements():
    statutory, replacing = read_statements(
        f"Paragraphs 3.1 to 3.26 are statutory guidance under {LGA} on strategies. Paragraphs 3.1 to 3.30 replace that issued previously under {LGA} ie ‘Preparing Strategies’."
    )
    assert (statutory.paragraphs, statutory.status, statutory.on) == (
        "3.1 to 3.26",
        "statutory",
        "strategies",
    )
    assert (replacing.paragraphs, replacing.status, replacing.provisions) == (
        "3.1 to 3.30",
        "unstated",
        [],
    )
    assert replacing.replaces == ["Preparing Strategies"]
    assert replacing.replaced_under == ["ukpga/2000/22/section/4"]


def said(paragraphs, status, *provisions, exceptions=(), replaced_under=()):
    return Statement(
        "…",
        paragraphs,
        status,
        list(provisions),
        exceptions=list(exceptions),
        replaced_under=list(replaced_under),
    )


A, B = "ukpga/2000/22/section/4", "ukpga/2007/28/section/116"


@pytest.mark.parametrize(
    ("number", "statements", "status", "provisions", "conflict"),
    [
        ("1", [], "unstated", (), False),
        ("1", [said("1 to 3", "statutory", A)], "statutory", (A,), False),
        ("4", [said("1 to 3", "statutory", A)], "unstated", (), False),
        (
            "1",
            [said("1 to 3", "statutory", A), said("1", "non-statutory")],
            "statutory",
            (A,),
            True,
        ),
        (
            "1",
            [said("1 to 3", "statutory", A), said("1", "statutory", B)],
            "statutory",
            (A, B),
            True,
        ),
        (
            "1",
            [said("1 to 3", "statutory", A), said("1", "statutory", A + "/3")],
            "statutory",
            (A, A + "/3"),
            False,
        ),
        (
            "1",
            [said("1 to 3", "statutory", A), said("1 to 9", "unstated", replaced_under=[A])],
            "statutory",
            (A,),
            False,
        ),
        (
            "1",
            [said("1 to 3", "statutory", B), said("1 to 9", "unstated", replaced_under=[A])],
            "statutory",
            (B,),
            True,
        ),
        (
            "1",
            [said("the whole document", "statutory", A), said("1", "non-statutory")],
            "non-statutory",
            (),
            False,
        ),
        (
            "2",
            [said("the whole document", "statutory", A), said("1", "non-statutory")],
            "statutory",
            (A,),
            False,
        ),
        (
            "1",
            [said("1", "statutory", A), said("the rest of the document", "non-statutory")],
            "statutory",
            (A,),
            False,
        ),
        (
            "2",
            [said("1", "statutory", A), said("the rest of the document", "non-statutory")],
            "non-statutory",
            (),
            False,
        ),
    ],
)
def test_the_basis_of_a_paragraph(number, statements, status, provisions, conflict):
    given_basis = basis(number, statements)
    assert (given_basis.status, given_basis.provisions, given_basis.conflict) == (
        status,
        provisions,
        conflict,
    )


def test_a_box_that_is_excepted_has_no_status_and_its_paragraph_has():
    statements = [said("6.1 to 6.2", "statutory", A, exceptions=["the box on data sharing"])]
    assert basis("6.2", statements).status == "statutory"
    assert basis("6.2", statements, box_title="Data sharing").status == "unstated"


@given(
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.integers(0, 4),
            st.sampled_from(["statutory", "non-statutory", "unstated"]),
        ),
        max_size=5,
    ),
    st.integers(1, 12),
)
def test_every_status_traces_to_a_statement_that_covers_the_paragraph(rows, number):
    statements = [
        said(f"{first} to {first + more}" if more else str(first), status)
        for first, more, status in rows
    ]
    given_basis = basis(str(number), statements)
    assert all(
        parse_ranges(statements[i].paragraphs).covers(str(number)) for i in given_basis.statements
    )
    claims = {statements[i].status for i in given_basis.statements}
    assert given_basis.status in (claims or {"unstated"})
    assert given_basis.conflict == ({"statutory", "non-statutory"} <= claims)


@pytest.fixture(scope="module")
def draft(shared_data):
    facts = json.loads((shared_data / "facts.json").read_text())[DRAFT]
    text = (shared_data / DRAFT).read_text()
    scope = text[
        text.rindex("Scope of the Guidance") : text.rindex("Glossary of legislative terms used")
    ]
    numbers = [
        f"{s['number']}.{i}" for s in facts["sections"] for i in range(1, s["paragraphs"] + 1)
    ]
    return facts, read_statements(scope, ACT), numbers


def test_a_sentence_without_end_states_nothing_and_takes_no_time():
    assert read_statements("under section 1 of paragraphs 1 to 3, " * 2000) == []


def test_the_seven_statements_of_the_draft(draft):
    facts, statements, _ = draft
    expected = facts["statements_of_status"]
    assert [s.paragraphs for s in statements] == [e["paragraphs"] for e in expected]
    assert [s.status for s in statements] == [
        e["status"].replace("replaces", "unstated") for e in expected
    ]
    assert [s.replaces for s in statements] == [e.get("replaces", []) for e in expected]
    assert [len(s.provisions) for s in statements] == [len(e.get("under", [])) for e in expected]
    for statement, fact in zip(statements, expected, strict=True):
        for provision, words in zip(statement.provisions, fact.get("under", []), strict=True):
            section = words.split()[1]
            assert provision.endswith(f"/section/{section}")
            assert provision.split("/")[1] == words[-4:]
    assert statements[5].exceptions == ["the box on data sharing"]


def test_the_paragraphs_of_the_draft_are_91_8_and_22(draft):
    facts, statements, numbers = draft
    status = {n: basis(n, statements).status for n in numbers}
    assert Counter(status.values()) == {"statutory": 91, "non-statutory": 8, "unstated": 22}
    none = [parse_ranges(r) for r in facts["paragraphs_with_no_statement_of_status"]]
    assert [n for n in numbers if status[n] == "unstated"] == [
        n for n in numbers if any(r.covers(n) for r in none)
    ]


def test_the_draft_disagrees_about_four_paragraphs(draft):
    _, statements, numbers = draft
    (found,) = conflicts(numbers, statements)
    assert found.numbers == ("3.27", "3.28", "3.29", "3.30")
    assert [statements[i].paragraphs for i in found.statements] == ["3.1 to 3.30", "3.27 to 3.32"]


def test_nothing_else_in_the_documents_is_taken_for_a_statement(shared_data):
    for path in shared_data.glob("*.txt"):
        found = [s for line in path.read_text().split("\n") for s in read_statements(line, ACT)]
        assert len(found) == (7 if path.name == DRAFT else 0), path.name
