"""Instruments, provisions and the citations of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.statute import (
    KNOWN_INSTRUMENTS,
    Register,
    Unresolved,
    find_citations,
    find_instruments,
    parse_places,
    parse_provision,
    parse_provisions,
    place_words,
)

ACT = {"the Act": "ukpga/2007/28"}
HEALTH = "Local Government and Public Involvement in Health Act"

numbers = st.from_regex(r"[1-9][0-9]{0,2}[A-Z]?", fullmatch=True)
subs = st.lists(st.from_regex(r"[1-9][0-9]?|[a-h]", fullmatch=True), max_size=3)
names = st.sampled_from(["section", "regulation", "article", "rule", "part", "schedule"])


@given(names, numbers, subs)
def test_the_words_of_a_place_name_that_place(name, number, parts):
    place = "/".join((name, number, *(parts if name in ("section", "regulation") else ())))
    assert parse_places(place_words(place)) == [place]


@given(names, numbers, subs)
def test_a_provision_reads_back_from_its_path_and_its_address(name, number, parts):
    provision = parse_provision("/".join(("ukpga/2007/28", name, number, *parts)))
    assert parse_provision(provision.path) == provision
    assert parse_provision(provision.address) == provision


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("section/106/2/c/i", "section 106(2)(c)(i)"),
        ("part/5/chapter/1", "Chapter 1 of Part 5"),
        ("schedule/2/paragraph/3", "paragraph 3 of Schedule 2"),
        ("schedule/2/part/1/paragraph/3/1", "paragraph 3(1) of Part 1 of Schedule 2"),
        ("", ""),
    ],
)
def test_how_a_place_is_cited(place, words):
    assert place_words(place) == words
    assert parse_places(words) == ([place] if place else [])


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("sections 106(2)(c)(i) and 111", ["section/106/2/c/i", "section/111"]),
        ("Section 19(2)(f) & (g)", ["section/19/2/f", "section/19/2/g"]),
        ("sections 106 to 109", ["section/106", "section/107", "section/108", "section/109"]),
        ("Part 5, Chapter 1 and Part 7", ["part/5/chapter/1", "part/7"]),
        ("Part 7 section 138", ["section/138"]),
        ("ss 4, 5 and 6A", ["section/4", "section/5", "section/6A"]),
        ("Schedule 2, paragraph 3", ["schedule/2/paragraph/3"]),
        ("section 3.23", []),
        ("the authority's 12 members", []),
    ],
)
def test_places_in_words(words, places):
    assert parse_places(words) == places


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("ukpga/2007/28", "ukpga/2007/28"),
        ("http://www.legislation.gov.uk/id/ukpga/2007/28/section/138", "ukpga/2007/28/section/138"),
        (
            "https://www.legislation.gov.uk/ukpga/2007/28/section/138/enacted",
            "ukpga/2007/28/section/138",
        ),
        (
            "https://www.legislation.gov.uk/ukpga/2007/28/section/106/2/c/i/2008-04-01#top",
            "ukpga/2007/28/section/106/2/c/i",
        ),
        ("legislation.gov.uk/ukpga/2007/28/contents", "ukpga/2007/28"),
        ("ukpga/2007/28/data.xml?x=1", "ukpga/2007/28"),
        ("ukpga/Geo6/12-13-14/97/section/3", "ukpga/Geo6/12-13-14/97/section/3"),
        ("uksi/2000/2853/regulation/4", "uksi/2000/2853/regulation/4"),
    ],
)
def test_paths_and_addresses(text, path):
    provision = parse_provision(text)
    assert provision.path == path
    assert provision.address == f"https://www.legislation.gov.uk/{path}"


@pytest.mark.parametrize(
    "text", ["", "section 138", "https://example.org/ukpga/2007/28", "xxxxx/2007/28", "ukpga/28"]
)
def test_what_is_no_reference_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="not a reference to legislation"):
        parse_provision(text)


def test_provisions_sort_by_number_and_contain_their_parts():
    whole, first, second = map(
        parse_provision, ("ukpga/2007/28", "ukpga/2007/28/section/9", "ukpga/2007/28/section/10")
    )
    assert sorted([second, first, whole]) == [whole, first, second]
    assert whole.contains(first)
    assert not first.contains(second)
    assert not parse_provision("ukpga/2007/28/section/1").contains(second)


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("section 3A Local Government Act 1999", ["ukpga/1999/27/section/3A"]),
        ("section 138 of the Act", ["ukpga/2007/28/section/138"]),
        (
            f"sections 106 and 111 of the {HEALTH} 2007",
            ["ukpga/2007/28/section/106", "ukpga/2007/28/section/111"],
        ),
        ("s138 LGPIHA 2007", ["ukpga/2007/28/section/138"]),
        ("section 3A and of Local Government 1999", ["ukpga/1999/27/section/3A"]),
        (
            "section 116 of the Local Government Public Involvement in Health Act",
            ["ukpga/2007/28/section/116"],
        ),
        ("section 3 of the Local Goverment Act 1999", ["ukpga/1999/27/section/3"]),
        (
            "section 104 of the Local Government and Public involvement in health Act 2007",
            ["ukpga/2007/28/section/104"],
        ),
        ("Section 19 of the Planning & Compulsory Purchase Act 2004", ["ukpga/2004/5/section/19"]),
        ("Local Government Act 1999, s.3", ["ukpga/1999/27/section/3"]),
        (
            "the Local Government Act 2000 (sections 2 and 4)",
            ["ukpga/2000/22/section/2", "ukpga/2000/22/section/4"],
        ),
        (
            "sections 2 and 3 of, and Schedule 1 to, the Local Government Act 2000",
            ["ukpga/2000/22/section/2", "ukpga/2000/22/section/3", "ukpga/2000/22/schedule/1"],
        ),
        ("SI 2000/2853", ["uksi/2000/2853"]),
        ("S.I. 2000 No. 2853", ["uksi/2000/2853"]),
        (
            "regulation 4(1) of the Local Authorities (Functions and Responsibilities) Regulations 2000",
            ["uksi/2000/2853/regulation/4/1"],
        ),
        (
            "ukpga/1999/27/section/3; section 114 of the Act",
            ["ukpga/1999/27/section/3", "ukpga/2007/28/section/114"],
        ),
        ("Part 7 section 138 of the Act 2007", ["ukpga/2007/28/section/138"]),
        ("the Greater London Authority Act 1999 and 2007", ["ukpga/1999/29", "ukpga/2007/24"]),
    ],
)
def test_provisions_in_words_are_resolved(words, paths):
    assert [str(p) for p in parse_provisions(words, definitions=ACT)] == paths


@pytest.mark.parametrize(
    "words",
    ["section 5 of the Widgets Act 2010", "section 3 of the Local Government Act", "section 5 of that Act", "section 19 of the Representation of the People Act 1983", "section 4 of the 2000 Act", "section 138 of the Act 1999", "section 7", "section 3 of the Local Government Act 2001", "section 1 of the London Police Act 1996"],
)  # fmt: skip
def test_what_is_not_known_for_certain_stays_in_words(words):
    assert parse_provisions(words, definitions=ACT) == [Unresolved(words)]


def test_a_title_that_two_instruments_could_have_is_not_guessed():
    register = Register(
        {"Widgets (England) Order 2008": "uksi/2008/1", "Widgets (Wales) Order 2008": "wsi/2008/2"}
    )
    assert register.resolve("Widgets Order 2008") is None
    assert str(register.resolve("the Widgets (Wales) Order 2008")) == "wsi/2008/2"


def test_a_year_means_the_only_act_of_that_year_in_the_text():
    text = "The Local Government Act 2000 applies. Section 4(3) of the 2000 Act says more."
    assert [str(p) for c in find_citations(text) for p in c.provisions or ()] == [
        "ukpga/2000/22",
        "ukpga/2000/22/section/4/3",
    ]


def test_a_number_that_is_no_year_is_not_taken_for_one():
    text = "the Charge (Investments) Order 1284/1988, the SI 2004/3097 and Consumer Protection from Unfair Trading Regulations 2008"
    assert [(m.words, m.instrument and str(m.instrument)) for m in find_instruments(text)] == [
        ("Charge (Investments) Order 1284/1988", None),
        ("SI 2004/3097", "uksi/2004/3097"),
        ("Consumer Protection from Unfair Trading Regulations 2008", None),
    ]
    assert [
        c.words for c in find_citations("Care (Registration) Regulations 2009 SI is cited")
    ] == ["Care (Registration) Regulations 2009"]


def test_sections_of_the_guidance_itself_are_not_citations():
    text = "See section 2 for more, section 3.23, section 4 of this guidance, Sections 4, 5 and 6 above, and Part 2."
    assert find_citations(text, definitions=ACT) == []


def test_a_bare_subsection_is_of_the_only_act_that_its_sentence_names():
    said = find_citations(
        "The Act is clear that they must co-operate (see section 106(3)(a)).", definitions=ACT
    )
    assert [str(p) for c in said for p in c.provisions or ()] == ["ukpga/2007/28/section/106/3/a"]
    alone = find_citations(
        "The Act ends here. They must co-operate (see section 106(3)(a)).", definitions=ACT
    )
    assert [(c.words, c.provisions) for c in alone] == [("section 106(3)(a)", None)]


def test_citations_stand_where_they_say():
    text = "Under section 101 of the Local Government\nAct 1972, and section 1 of the Homelessness Act 2002, they may."
    found = find_citations(text)
    assert [text[c.start : c.end] for c in found] == [
        "section 101 of the Local Government\nAct 1972",
        "section 1 of the Homelessness Act 2002",
    ]
    assert found[0].words == "section 101 of the Local Government Act 1972"


def test_instruments_are_found_by_title_known_or_not():
    text = (
        "The Policing, Crime and Courts Act 2022 and the Health and Safety at Work etc. Act 1974. Under the Race "
        "Relations (Amendment) Act 2000. The Town and Country Planning (Use Classes) Order 1987; act now. In Order 2 was."
    )
    assert [m.words for m in find_instruments(text)] == [
        "Policing, Crime and Courts Act 2022",
        "Health and Safety at Work etc. Act 1974",
        "Race Relations (Amendment) Act 2000",
        "Town and Country Planning (Use Classes) Order 1987",
    ]
    assert {m.instrument for m in find_instruments(text)} == {None}


@given(
    st.sampled_from(sorted(KNOWN_INSTRUMENTS)),
    st.sampled_from(["under the ", "see ", "The ", "in the\n", "(", "and "]),
)
def test_every_known_title_is_found_in_running_text(title, before):
    mentions = find_instruments(f"{before}{title}, they may.")
    assert [(m.words, str(m.instrument)) for m in mentions] == [(title, KNOWN_INSTRUMENTS[title])]


@given(
    st.lists(
        st.sampled_from(
            [
                "section ",
                "12",
                "(a)",
                " of ",
                "the ",
                "Act",
                " 2000",
                "Local Government",
                "and",
                " & ",
                "Regulations",
                "SI ",
                "2000/1",
                ", ",
                "Part",
                "the Act",
                "\n",
                "(",
            ]
        ),
        max_size=25,
    ).map("".join)
    | st.text(max_size=40)
)
def test_any_text_can_be_searched_and_citations_lie_inside_it(text):
    for citation in find_citations(text, definitions=ACT):
        assert 0 <= citation.start < citation.end <= len(text)
        assert (
            citation.words == " ".join(text[citation.start : citation.end].split())
            or citation.provisions
        )


@pytest.mark.parametrize(
    "piece",
    ["section 1, ", "The ", "And Of The ", "Act 2000 and ", "(", "s.", "section 1(a)", "Of the "],
)
def test_long_repetitive_text_takes_bounded_time(piece):
    started = time.process_time()
    find_citations(piece * 2000, definitions=ACT)
    assert time.process_time() - started < 5


def test_the_statutes_of_the_facts_are_known(shared_data):
    import json

    facts = json.loads((shared_data / "facts.json").read_text())
    assert {s["title"]: s["uri"] for s in facts["statutes"]} == dict(KNOWN_INSTRUMENTS)


def test_the_draft_of_2007_is_cited_through(shared_data):
    text = (
        shared_data / "creating-strong-safe-and-prosperous-communities-draft-2007.txt"
    ).read_text()
    found = {
        c.words: [str(p) for p in c.provisions or ()] for c in find_citations(text, definitions=ACT)
    }
    assert found["Section 333D(2) of the Greater London Authority Act 1999"] == [
        "ukpga/1999/29/section/333D/2"
    ]
    assert found["Section 157 the Serious Organised Crime and Police Act 2005"] == [
        "ukpga/2005/15/section/157"
    ]
    assert found["Local Authorities (Functions and Responsibilities) Regulations 2000/2853"] == [
        "uksi/2000/2853"
    ]
    assert [words for words, paths in found.items() if not paths] == [
        "Section 4(3) of the 2000 Act"
    ]
