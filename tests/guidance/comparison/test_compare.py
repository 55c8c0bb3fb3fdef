"""Rows of two editions: paired by identity, in order, with how each came and where it went."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.comparison import (
    CHANGES,
    LineageStep,
    Side,
    combine,
    compare,
    in_order,
    turned_round,
)

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A machine that does other work too is no fault of what is tested."""


def side(
    identity: str, text: str = "", number: str = "", status: str = "statutory", **more
) -> Side:
    fields = {
        "kind": "paragraph", "title": "", "reference": number or identity, "after": "", "section": 1,
        "section_words": "1 Aims", "section_slug": "aims", "provisions": (),
    }  # fmt: skip
    digest = f"{text}|{number}|{status}"
    return Side(identity, number=number, text=text, status=status, digest=digest, **(fields | more))


def sides(words: str) -> list[Side]:
    """Blocks of "a b=other c"; the text is by default the identity's own."""
    return [side(w.partition("=")[0], w.partition("=")[2] or w) for w in words.split()]


def by_identity(words: str) -> dict[str, Side]:
    return {s.identity: s for s in sides(words)}


IDENTITIES = st.permutations("abcdefg").flatmap(lambda p: st.integers(0, 7).map(lambda n: p[:n]))


@BUSY
@given(IDENTITIES, IDENTITIES)
def test_every_block_has_one_row_in_the_new_order(before, after):
    found = compare([side(i, "x") for i in before], [side(i, "y") for i in after])
    assert [r.after.identity for r in found.rows if r.after] == after
    assert sorted(r.side.identity for r in found.rows) == sorted({*before, *after})
    assert found.counts["inserted"] == len({*after} - {*before})
    assert found.counts["removed"] == len({*before} - {*after})


@BUSY
@given(IDENTITIES)
def test_an_edition_against_itself_has_no_changes(identities):
    found = compare(*[[side(i, "x") for i in identities]] * 2)
    assert not any(row.changes for row in found.rows)
    assert found.counts["unchanged"] == len(identities)


@pytest.mark.parametrize(
    ("before", "after", "moved", "wanted"),
    [
        ("a b c", "a c", "", "a b c"),
        ("a b", "b", "", "a b"),
        ("a b c d", "a x d", "", "a b c x d"),
        ("a b c", "c a", "c", "c a b"),
        ("a c b", "a c", "", "a c b"),
        ("c x a", "a c", "c", "x a c"),
        ("a b | x y c", "a b c", "", "a b x y c"),
        ("a b | x y c", "b a c", "", "b a x y c"),
        ("a b | x | c", "b a c", "", "b x a c"),
        ("a b | x y", "a b", "", "a b x y"),
    ],
)
def test_what_was_removed_stands_where_it_used_to(before, after, moved, wanted):
    sections = {
        identity: n
        for n, section in enumerate(before.split("|"), 1)
        for identity in section.split()
    }
    assert " ".join(in_order(sections, after.split(), moved.split())) == wanted


def test_split_and_merged_name_each_other_on_both_sides():
    steps = [
        LineageStep("a", "a", "substantive"),
        LineageStep("a", "x", "split", "Two duties."),
        LineageStep("b", "c", "merged", "Said twice."),
    ]
    rows = compare(sides("a b c"), sides("a=less x c=more"), steps).rows
    a, x, b, c = (next(r for r in rows if r.side.identity == i) for i in "axbc")
    assert [s.identity for s in a.destinations] == ["x"]
    assert (x.changes, x.reasons) == (("split",), ("Two duties.",))
    assert [s.identity for s in x.origins] == ["a"]
    assert (b.changes, b.reasons, b.after) == (("merged",), ("Said twice.",), None)
    assert [s.identity for s in b.destinations] == ["c"]
    assert "merged" in c.changes
    assert [s.identity for s in c.origins] == ["b"]


def test_counts_are_about_what_is_cited_and_mergers_count_once():
    heading = side("h", "Old heading", kind="heading", reference="")
    reworded = side("h", "New heading", kind="heading", reference="")
    object.__setattr__(heading, "reference", "")
    object.__setattr__(reworded, "reference", "")
    steps = [
        LineageStep("b", "c", "merged"),
        LineageStep("a", "a", "editorial"),
        LineageStep("a", "a", "renumbered"),
        LineageStep("h", "h", "editorial"),
    ]
    counts = compare([heading, *sides("a b c d")], [reworded, *sides("a=A c d")], steps).counts
    assert {k: n for k, n in counts.items() if n} == {
        "merged": 1, "editorial": 1, "renumbered": 1, "unchanged": 1, "uncited": 1,
    }  # fmt: skip
    assert {*counts} == {*CHANGES, "unchanged", "uncited"}


def test_reasons_are_told_once_and_in_order():
    steps = [
        LineageStep("a", "a", "substantive", "First."),
        LineageStep("a", "a", "renumbered", "First."),
        LineageStep("a", "a", "substantive", "Second."),
    ]
    row = compare(sides("a"), sides("a=b"), steps).rows[0]
    assert row.reasons == ("First.", "Second.")
    assert row.changes == ("substantive", "renumbered")


def test_a_rewording_on_the_way_is_of_substance_if_any_was():
    stages = [
        [LineageStep("a", "a", "substantive", "One.")],
        [LineageStep("a", "a", "editorial", "Two.")],
    ]
    found = combine(stages, by_identity("a"), by_identity("a=z"))
    assert found == [
        LineageStep("a", "a", "substantive", "One."),
        LineageStep("a", "a", "substantive", "Two."),
    ]


def test_words_that_came_back_are_no_change():
    stages = [[LineageStep("a", "a", "substantive")], [LineageStep("a", "a", "substantive")]]
    assert combine(stages, by_identity("a"), by_identity("a")) == []


def test_words_that_came_back_under_another_number_are_renumbered():
    stages = [
        [LineageStep("a", "a", "substantive")],
        [LineageStep("a", "a", "substantive"), LineageStep("a", "a", "renumbered")],
    ]
    found = combine(stages, {"a": side("a", "x", "2.1")}, {"a": side("a", "x", "2.2")})
    assert [step.change for step in found] == ["renumbered"]


def test_a_split_is_followed_through_a_paragraph_that_came_and_went():
    stages = [
        [LineageStep("a", "x", "split", "One.")],
        [LineageStep("x", "y", "split", "Two."), LineageStep("x", "", "removed", "Gone.")],
    ]
    found = combine(stages, by_identity("a"), by_identity("a y"))
    assert found == [LineageStep("a", "y", "split", "Two.")]


def test_a_merger_into_a_paragraph_that_was_inserted_on_the_way_names_what_went_in():
    stages = [
        [LineageStep("", "x", "inserted", "New.")],
        [LineageStep("a", "x", "merged", "Joined.")],
    ]
    found = combine(stages, by_identity("a b"), by_identity("x b"))
    assert found == [
        LineageStep("", "x", "inserted", "New."),
        LineageStep("a", "x", "merged", "Joined."),
    ]


def test_what_was_inserted_and_removed_between_has_no_row():
    stages = [[LineageStep("", "x", "inserted")], [LineageStep("x", "", "removed")]]
    steps = combine(stages, by_identity("a"), by_identity("a"))
    assert [r.side.identity for r in compare(sides("a"), sides("a"), steps).rows] == ["a"]


def test_what_went_and_came_back_with_other_words_is_of_substance():
    stages = [
        [LineageStep("a", "", "removed", "Gone.")],
        [LineageStep("", "a", "inserted", "Back.")],
    ]
    row = compare(
        sides("a"), sides("a=b"), combine(stages, by_identity("a"), by_identity("a=b"))
    ).rows[0]
    assert row.changes == ("substantive",)


def test_read_backwards_insertions_are_removals_and_splits_mergers():
    steps = [
        LineageStep("", "x", "inserted", "New."),
        LineageStep("a", "y", "split"),
        LineageStep("b", "c", "merged"),
        LineageStep("d", "d", "editorial"),
    ]
    assert turned_round(steps) == [
        LineageStep("x", "", "removed", "New."),
        LineageStep("y", "a", "merged"),
        LineageStep("c", "b", "split"),
        LineageStep("d", "d", "editorial"),
    ]
    assert turned_round(turned_round(steps)) == steps
