"""How paragraphs are addressed in an edition."""

import re

from hypothesis import given
from hypothesis import strategies as st

from guidance.references import LONGEST, Addresses, slug


def references(*blocks, prefix=""):
    return [place.reference for place in Addresses().section(blocks, prefix)]


def test_a_numbered_paragraph_is_addressed_by_its_number():
    assert references(("paragraph", "2.13", ""), ("paragraph", "2.13A", "")) == ["2.13", "2.13A"]
    assert references(("paragraph", "1", ""), prefix="Annex A") == ["annex-a-1"]


def test_what_has_no_number_is_addressed_by_kind_and_title_or_by_what_it_follows():
    assert references(
        ("table", "", ""),
        ("paragraph", "2.4", ""),
        ("table", "", ""),
        ("table", "", "Table 3: Targets"),
        ("figure", "", "How it fits"),
        ("glossary", "", "Designated targets"),
        ("box", "", "What do we mean by “local”?"),
    ) == ["table", "2.4", "table-after-2.4", "table-3-targets", "figure-how-it-fits", "term-designated-targets", "box-what-do-we-mean-by-local"]  # fmt: skip


def test_headings_and_prose_are_not_addressed_but_know_what_they_follow():
    places = Addresses().section(
        [("heading", "", "A"), ("paragraph", "1", ""), ("text", "", ""), ("question", "4", "")]
    )
    assert [(p.reference, p.after) for p in places] == [("", ""), ("1", "1"), ("", "1"), ("", "1")]


def test_what_a_block_follows_does_not_reach_into_the_next_section():
    addresses = Addresses()
    addresses.section([("paragraph", "1", "")])
    assert addresses.section([("box", "", "Note")])[0].after == ""


def test_long_titles_are_cut_at_a_word():
    cut = slug("word " * 40)
    assert len(cut) <= LONGEST
    assert cut.endswith("-word")


titles = st.lists(
    st.tuples(
        st.sampled_from(["box", "table", "figure", "glossary", "heading"]),
        st.just(""),
        st.text(max_size=120),
    )
)


@given(titles)
def test_every_address_is_given_once_and_stands_in_a_url(blocks):
    given_out = [r for r in references(*blocks) if r]
    assert len(given_out) == len(set(given_out))
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", r) for r in given_out)
    assert all(len(r) <= 200 for r in given_out)
