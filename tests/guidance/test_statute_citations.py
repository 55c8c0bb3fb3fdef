"""How British guidance cites the law, as a table: what is found, what stays open, what is no law."""

from __future__ import annotations

import pytest

from guidance.statute import KNOWN_INSTRUMENTS, Register, find_citations

TITLES = dict(KNOWN_INSTRUMENTS) | {
    "Crime and Disorder Act 1998": "ukpga/1998/37",
    "Equality Act 2010": "ukpga/2010/15",
    "Mental Capacity Act 2005": "ukpga/2005/9",
    "Housing Act 1996": "ukpga/1996/52",
    "Care Act 2014": "ukpga/2014/23",
    "Town and Country Planning (Local Planning) (England) Regulations 2012": "uksi/2012/767",
    "Civil Procedure Rules 1998": "uksi/1998/3132",
    "Town and Country Planning (Use Classes) Order 1987": "uksi/1987/764",
}
REGISTER = Register(TITLES)
ACT = {"the Act": "ukpga/2007/28"}
A, G, L, C = "ukpga/2007/28", "ukpga/1999/29", "ukpga/2000/22", "ukpga/1998/37"

FOUND = [
    ("section 106 of the Act", [f"{A}/section/106"]),
    ("section 106(2)(c)(i) of the Act", [f"{A}/section/106/2/c/i"]),
    ("s.106(2)(c)(i) of the Act", [f"{A}/section/106/2/c/i"]),
    ("s106 of the Act", [f"{A}/section/106"]),
    ("s 106(2) of the Act", [f"{A}/section/106/2"]),
    ("sections 106 and 111 of the Act", [f"{A}/section/106", f"{A}/section/111"]),
    ("sections 106, 108 and 111 of the Act", [f"{A}/section/{n}" for n in (106, 108, 111)]),
    ("ss 106–108 of the Act", [f"{A}/section/{n}" for n in (106, 107, 108)]),
    ("ss.106-108 of the Act", [f"{A}/section/{n}" for n in (106, 107, 108)]),
    ("sections 106 to 108 of the Act", [f"{A}/section/{n}" for n in (106, 107, 108)]),
    ("subsection (2) of section 106 of the Act", [f"{A}/section/106/2"]),
    ("subsections (2) and (3) of section 106 of the Act", [f"{A}/section/106/2", f"{A}/section/106/3"]),
    ("section 106(2) and (4) of the Act", [f"{A}/section/106/2", f"{A}/section/106/4"]),
    ("Part 5, Chapter 1 of the Act", [f"{A}/part/5/chapter/1"]),
    ("Chapter 1 of Part 5 of the Act", [f"{A}/part/5/chapter/1"]),
    ("Part 5A of the Local Government Act 1972", ["ukpga/1972/70/part/5A"]),
    ("Part VI of the Housing Act 1996", ["ukpga/1996/52/part/VI"]),
    ("Schedule 2 to the Act", [f"{A}/schedule/2"]),
    ("Schedule 2, paragraph 4 of the Act", [f"{A}/schedule/2/paragraph/4"]),
    ("paragraph 4 of Schedule 2 to the Act", [f"{A}/schedule/2/paragraph/4"]),
    ("paragraph 4(1)(b) of Schedule 2 to the Act", [f"{A}/schedule/2/paragraph/4/1/b"]),
    ("paragraphs 4 and 5 of Schedule 2 to the Act", [f"{A}/schedule/2/paragraph/4", f"{A}/schedule/2/paragraph/5"]),
    ("section 17 Crime and Disorder Act 1998", [f"{C}/section/17"]),
    ("section 17 of the Crime and Disorder Act 1998", [f"{C}/section/17"]),
    ("Section 17, Crime and Disorder Act 1998", [f"{C}/section/17"]),
    ("the Crime and Disorder Act 1998, section 17", [f"{C}/section/17"]),
    ("the Crime and Disorder Act 1998 (section 17)", [f"{C}/section/17"]),
    ("the Crime and Disorder Act 1998 (c. 37)", [C]),
    ("the Crime & Disorder Act 1998", [C]),
    ("s.149 of the Equality Act 2010", ["ukpga/2010/15/section/149"]),
    ("section 149(1) Equality Act 2010", ["ukpga/2010/15/section/149/1"]),
    ("Equality Act 2010, s 149", ["ukpga/2010/15/section/149"]),
    ("sections 2 and 3 of, and Schedule 1 to, the Local Government Act 2000", [f"{L}/section/2", f"{L}/section/3", f"{L}/schedule/1"]),
    ("section 9D of the Local Government Act 2000", [f"{L}/section/9D"]),
    ("section 333ZA of the Greater London Authority Act 1999", [f"{G}/section/333ZA"]),
    ("regulation 3 of the Town and Country Planning (Local Planning) (England) Regulations 2012", ["uksi/2012/767/regulation/3"]),
    ("reg. 3(2) of the Town and Country Planning (Local Planning) (England) Regulations 2012", ["uksi/2012/767/regulation/3/2"]),
    ("regulations 3 and 4 of the Town and Country Planning (Local Planning) (England) Regulations 2012 (SI 2012/767)", ["uksi/2012/767/regulation/3", "uksi/2012/767/regulation/4"]),
    ("article 3 of the Town and Country Planning (Use Classes) Order 1987", ["uksi/1987/764/article/3"]),
    ("rule 44 of the Civil Procedure Rules 1998", ["uksi/1998/3132/rule/44"]),
    ("S.I. 2000/2853", ["uksi/2000/2853"]),
    ("SI 2000 No. 2853", ["uksi/2000/2853"]),
    ("SI 2000/2853, regulation 4", ["uksi/2000/2853/regulation/4"]),
    ("the Local Government Act 2000 (“the 2000 Act”). Section 4 of the 2000 Act applies.", [L, f"{L}/section/4"]),
    ("the Local Government Act 2000 (the 2000 Act); see section 4 of the 2000 Act", [L, f"{L}/section/4"]),
    ("the Local Government Act 2000 ('the LGA'). Under section 4 LGA it must.", [L, f"{L}/section/4"]),
    ("the Freedom of Information Act 2000 (FOIA). Section 36 of FOIA exempts it.", ["ukpga/2000/36", "ukpga/2000/36/section/36"]),
    ("the Care Act 2014 (hereafter “the Care Act”). Section 42 of the Care Act applies.", ["ukpga/2014/23", "ukpga/2014/23", "ukpga/2014/23/section/42"]),
    ("Section 42 of the Care Act applies.", ["ukpga/2014/23/section/42"]),
    ("the Homelessness Act 2002. Section 1 of the 2002 Act asks for a review.", ["ukpga/2002/7", "ukpga/2002/7/section/1"]),
    ("under sections 1 and 3 of the Homelessness Act 2002 and section 17 of the Crime and Disorder Act 1998", ["ukpga/2002/7/section/1", "ukpga/2002/7/section/3", f"{C}/section/17"]),
    ("section 3 of the Local Government Act 1999 (as amended by section 137 of the Act)", ["ukpga/1999/27/section/3", f"{A}/section/137"]),
    ("sections 3 and 3A of the Local Government Act 1999", ["ukpga/1999/27/section/3", "ukpga/1999/27/section/3A"]),
    ("the Act at section 104(7)", [f"{A}/section/104/7"]),
    ("the Act (sections 104 and 105)", [f"{A}/section/104", f"{A}/section/105"]),
    ("in s.1 and s.3 of the Homelessness Act 2002", ["ukpga/2002/7/section/1", "ukpga/2002/7/section/3"]),
    ("section 1 or section 3 of the Homelessness Act 2002", ["ukpga/2002/7/section/1", "ukpga/2002/7/section/3"]),
    ("section 1 of the\nHomelessness Act 2002", ["ukpga/2002/7/section/1"]),
    ("Section 1 of the Homelessness Act, 2002", ["ukpga/2002/7/section/1"]),
]  # fmt: skip
OPEN = [
    "section 5 of the Widgets Act 2010",
    "the Widgets Act 2010",
    "section 4 of the 2000 Act",
    "section 5 of that Act",
    "section 3 of the Local Government Act",
    "section 138 of the 1999 Act",
    "regulation 7 of the Widgets (England) Regulations 2011",
]
NO_LAW = [
    "an act of kindness in 2010",
    "article 8 of the European Convention on Human Rights",
    "Article 8 ECHR",
    "section 3 of this guidance",
    "in sections of the community",
    "the Data Protection Officer",
    "part 2 of the form",
    "paragraph 12 of the White Paper",
    "they act in order; see rule 1",
    "Chapter 3 explains how to act",
    "the 2007 Comprehensive Spending Review",
    "a code, order 66 of them",
]


@pytest.mark.parametrize(("text", "paths"), FOUND, ids=[row[0][:60] for row in FOUND])
def test_what_is_cited_is_resolved(text, paths):
    found = find_citations(text, REGISTER, ACT)
    assert [p.path for c in found for p in c.provisions or [None]] == paths
    for citation in found:
        spans = zip(citation.provisions or (), citation.spans, strict=True)
        assert all(citation.start <= s < e <= citation.end for _, (s, e) in spans)


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_certain_is_found_and_left_open(text):
    found = find_citations(text, REGISTER, ACT)
    assert [c.provisions for c in found] == [None]


@pytest.mark.parametrize("text", NO_LAW)
def test_what_is_no_law_of_the_kingdom_is_left_alone(text):
    assert [c.words for c in find_citations(text, REGISTER, ACT)] == []


def test_an_act_outside_the_register_takes_its_year_with_it():
    text = "The Local Government Act 2000 and the Widgets Act 2000 apply. See section 4 of the 2000 Act."
    found = find_citations(text, REGISTER)
    assert [c.provisions for c in found if "section 4" in c.words] == [None]


def test_a_name_defined_for_an_act_outside_the_register_is_not_taken_for_another():
    text = "The Widgets Act 2010 (“the Act”) applies. See section 4 of the Act."
    found = find_citations(text, REGISTER, ACT)
    assert [c.provisions for c in found] == [None, None]
