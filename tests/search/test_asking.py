"""Parameters of an address as a search, and the address of a search."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from search.asking import SEARCH, address_of, wanted_from, without
from search.engines import Facet, When
from search.query import LONGEST
from search.results import LARGEST_PAGE, MOST_PAGES, Wanted

UNIT = "0123456789abcdef" * 2
NAMES = [
    "q", "when", "as_at", "edition", "exempt", "like", "page", "page_size", "scope", "format", "x",
    *Facet,
]  # fmt: skip


def asked(query: str) -> Wanted:
    wanted, problems = wanted_from(QueryDict(query))
    assert problems == []
    return wanted


def problems_of(query: str) -> list[tuple[str, str]]:
    return [(p.field, str(p)) for p in wanted_from(QueryDict(query))[1]]


def test_nothing_asks_for_what_is_in_force_today():
    assert asked("") == Wanted()
    assert asked("q=&when=&as_at=&status=&page=") == Wanted()


@pytest.mark.parametrize(
    ("query", "when", "day", "edition"),
    [
        ("q=a", When.IN_FORCE, None, ""),
        ("when=in-force&as_at=2008-07-01", When.IN_FORCE, date(2008, 7, 1), ""),
        ("when=drafts", When.DRAFTS, None, ""),
        ("when=everything", When.EVERYTHING, None, ""),
        ("stage=consultation", When.DRAFTS, None, ""),
        ("stage=consultation&when=in-force", When.IN_FORCE, None, ""),
        ("stage=consultation&stage=final", When.IN_FORCE, None, ""),
        ("edition=parks/first", When.IN_FORCE, None, "parks/first"),
        ("scope=today&as_at=2008-07-01&edition=parks/first", When.IN_FORCE, None, ""),
        ("scope=date&as_at=2008-07-01&edition=parks/first", When.IN_FORCE, date(2008, 7, 1), ""),
        ("scope=drafts&as_at=2008-07-01", When.DRAFTS, None, ""),
        ("scope=everything", When.EVERYTHING, None, ""),
        ("scope=edition&as_at=2008-07-01&edition=parks/first", When.IN_FORCE, None, "parks/first"),
    ],
)
def test_where_it_looks(query, when, day, edition):
    wanted = asked(query)
    assert (wanted.when, wanted.day, wanted.edition) == (when, day, edition)


def test_every_facet_may_have_several_values():
    wanted = asked("status=statutory&status=unstated&document=parks&authority_type=fire&exempt=1")
    assert wanted.chosen == {
        Facet.STATUS: {"statutory", "unstated"},
        Facet.DOCUMENT: {"parks"},
        Facet.BINDS: {"fire"},
    }
    assert wanted.exempt


def test_words_that_are_typed_anew_end_the_search_for_more_like_one():
    assert asked(f"like={UNIT}").like == UNIT
    assert asked(f"scope=today&like={UNIT}").like == UNIT
    assert asked(f"q=bins&scope=today&like={UNIT}").like == ""


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("as_at=xx", "as_at", "“xx” is not a date. Write the date as year, month and day"),
        ("as_at=2008-02-30", "as_at", "is not a date"),
        ("scope=date", "as_at", "Give the date to look at."),
        ("when=tomorrow", "when", "Choose in-force, drafts or everything."),
        ("status=holy", "status", "There is no status “holy”. Choose statutory, non-statutory or unstated."),
        ("kind=heading", "kind", "There is no kind “heading”."),
        ("stage=x", "stage", "There is no stage “x”."),
        ("edition=parks", "edition", "Write document/edition."),
        ("like=1", "like", "left out"),
        ("page=10000", "page", f"Pages go from 1 to {MOST_PAGES}."),
        ("page=-1", "page", "Pages go from 1"),
        ("page=²", "page", "Pages go from 1"),
        ("page_size=1000000", "page_size", "A page shows from 1 to 200 results."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field_and_the_rest_still_works(query, field, said):
    wanted, problems = wanted_from(QueryDict(f"q=bins&kind=box&{query}"))
    assert [p.field for p in problems] == [field]
    assert said in problems[0]
    assert wanted.text == "bins"
    assert wanted.chosen[Facet.KIND] == {"box"}


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30))),
    st.sampled_from(["", "scope=date", "when=drafts", f"like={UNIT}", "as_at=2008-07-01"]),
)
@example([("q", "x" * 10_000)], "")
@example([("q", "\x00\ud800a"), ("document", "\x00")], "")
@example([("page", "9" * 5000)], "")
def test_anything_is_read_and_its_address_asks_the_same(pairs, more):
    params = QueryDict(more, mutable=True)
    for name, value in pairs:
        params.appendlist(name, value)
    wanted, _ = wanted_from(params)
    assert 1 <= wanted.page <= MOST_PAGES
    assert 1 <= wanted.size <= LARGEST_PAGE
    address = address_of(wanted, page=wanted.page)
    again, problems = wanted_from(QueryDict(address.partition("?")[2]))
    assert problems == []
    assert address_of(again, page=again.page) == address
    assert len(again.text) <= LONGEST
    assert again.chosen == wanted.chosen
    assert (again.page, again.size, again.like) == (wanted.page, wanted.size, wanted.like)
    assert (again.edition, again.exempt) == (wanted.edition, wanted.exempt)
    if not wanted.edition:
        assert again.when == wanted.when
        assert again.day == (wanted.day if wanted.when is When.IN_FORCE else None)


def test_a_change_keeps_everything_else_and_begins_at_the_first_page():
    wanted = asked("q=a+b&status=statutory&status=unstated&as_at=2008-07-01&page=3&page_size=20")
    assert address_of(wanted) == (
        f"{SEARCH}?q=a%20b&as_at=2008-07-01&status=statutory&status=unstated&page=3&page_size=20"
    )
    fewer = address_of(wanted, chosen=without(wanted, Facet.STATUS, "unstated"))
    assert fewer == f"{SEARCH}?q=a%20b&as_at=2008-07-01&status=statutory&page_size=20"
    none = address_of(wanted, chosen=without(wanted, Facet.STATUS), page=2, format="csv")
    assert none == f"{SEARCH}?q=a%20b&as_at=2008-07-01&page=2&page_size=20&format=csv"
    assert address_of(Wanted()) == SEARCH
    assert address_of(asked("edition=parks/first")) == f"{SEARCH}?edition=parks/first"
