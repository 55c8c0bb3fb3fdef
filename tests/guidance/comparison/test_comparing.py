"""Comparing issued editions and drafts: neighbours, others, backwards, and what it costs."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.actions.checks import examine
from guidance.actions.comparing import compare_draft, compare_issued
from guidance.comparison import Comparison, Row
from guidance.models import Edition
from tests import factories
from tests.guidance.comparison.editions import block, decide, identity, three_editions

pytestmark = pytest.mark.django_db


def editions() -> dict[str, int]:
    return dict(Edition.objects.values_list("slug", "pk"))


def rows(found: Comparison) -> dict[str, Row]:
    names = {str(identity(name)): name for name in "abcdefgxy"}
    return {names[row.side.identity]: row for row in found.rows}


def told(found: Comparison) -> dict[str, str]:
    return {name: " ".join(row.changes) for name, row in rows(found).items()}


def counted(found: Comparison) -> dict[str, int]:
    return {kind: n for kind, n in found.counts.items() if n}


def names(sides) -> str:
    known = {str(identity(name)): name for name in "abcdefgxy"}
    return "".join(known[side.identity] for side in sides)


@pytest.fixture
def found_of():
    three_editions()
    pks = editions()
    return lambda before, after, **more: compare_issued(pks[before], pks[after], **more)


def test_neighbours_are_told_by_their_lineage(found_of):
    found = found_of("draft-2007", "final-2008")
    assert told(found) == {
        "a": "substantive",  # every paragraph became statutory
        "b": "substantive", "c": "substantive", "x": "inserted", "d": "substantive renumbered",
        "e": "removed", "f": "substantive", "g": "substantive",
    }  # fmt: skip
    assert rows(found)["b"].reasons == ("The duty was strengthened after consultation.",)
    assert rows(found)["a"].restated
    assert rows(found)["a"].before.text == rows(found)["a"].after.text


def test_splits_mergers_and_moves_are_told_on_both_sides(found_of):
    found = found_of("final-2008", "amended-2009")
    assert told(found) == {
        "a": "", "b": "substantive", "y": "split", "x": "", "d": "", "f": "merged",
        "g": "substantive merged", "c": "substantive renumbered moved",
    }  # fmt: skip
    by_name = rows(found)
    assert names(by_name["y"].origins) == "b"
    assert names(by_name["b"].destinations) == "y"
    assert names(by_name["g"].origins) == "f"
    assert names(by_name["f"].destinations) == "g"
    assert counted(found) == {
        "substantive": 3, "split": 1, "merged": 1, "renumbered": 1, "moved": 1, "unchanged": 3,
    }  # fmt: skip


def test_editions_that_are_no_neighbours_combine_what_lies_between(found_of):
    found = found_of("draft-2007", "amended-2009")
    by_name = rows(found)
    assert by_name["b"].reasons == (
        "The duty was strengthened after consultation.",
        "Two duties in one paragraph were mistaken for one.",
    )
    assert by_name["b"].changes == ("substantive",)
    assert (names(by_name["y"].origins), by_name["y"].changes) == ("b", ("split",))
    assert (names(by_name["f"].destinations), by_name["f"].changes) == ("g", ("merged",))
    assert by_name["x"].changes == ("inserted",)
    assert by_name["e"].changes == ("removed",)
    assert by_name["e"].reasons == ("Said elsewhere.",)
    assert {"renumbered", "moved"} < {*by_name["c"].changes}


def test_backwards_everything_is_turned_round(found_of):
    forward = rows(found_of("draft-2007", "amended-2009"))
    back = rows(found_of("amended-2009", "draft-2007"))
    assert {*forward} == {*back}
    assert back["x"].changes == ("removed",)
    assert back["e"].changes == ("inserted",)
    assert (back["y"].changes, names(back["y"].destinations)) == (("merged",), "b")
    assert (back["f"].changes, names(back["f"].origins)) == (("split",), "g")
    assert back["b"].reasons == forward["b"].reasons
    assert [p.text for p in back["b"].pieces if p.op == "delete"] == [
        p.text for p in forward["b"].pieces if p.op == "insert"
    ]


def test_an_edition_is_the_same_as_itself(found_of):
    found = found_of("final-2008", "final-2008")
    assert counted(found) == {"unchanged": 7}
    assert found_of("final-2008", "final-2008", show="changes").rows == []


@pytest.mark.parametrize("pair", [("draft-2007", "final-2008"), ("draft-2007", "amended-2009"),
    ("amended-2009", "draft-2007"), ("final-2008", "amended-2009")])  # fmt: skip
def test_changes_alone_are_the_changed_rows_of_everything(found_of, pair):
    everything, changes = found_of(*pair), found_of(*pair, show="changes")
    assert changes.rows == [r for r in everything.rows if r.changes or r.destinations]
    assert changes.counts == everything.counts


def test_editions_of_two_documents_are_not_compared(found_of):
    other = factories.issued(factories.document())
    with pytest.raises(ValueError, match="of one document"):
        compare_issued(editions()["final-2008"], other.pk)
    with pytest.raises(ValueError, match="of one document"):
        compare_issued(editions()["final-2008"], 0)


def test_a_draft_is_compared_as_publishing_it_now_would_store_it(found_of):
    document = Edition.objects.get(slug="amended-2009").document
    page = factories.draft(
        document,
        [
            factories.section(
                "Aims",
                [
                    block("a", "1.1", "Parks are for all."),
                    block("b", "1.2", "Councils must open parks every day."),
                    block("y", "1.3", "Councils should light the paths."),
                    block("z", "1.4", "Paths of gravel are raked."),
                    block("d", "1.5", "Dogs are welcome."),
                ],
                number="1",
            )
        ],
        slug="next", published=date(2010, 1, 1),
        statements=[factories.statement("1.1 to 1.5")],
    )  # fmt: skip
    decide(page, [("a", "a", "editorial", "Plain words."), ("x", "z", "merged", "One on safety.")])
    text = examine(page).text
    assert text is not None
    before = Edition.objects.get(slug="amended-2009")
    drafted, changes = compare_draft(before, text), compare_draft(before, text, show="changes")
    assert changes.rows == [r for r in drafted.rows if r.changes or r.destinations]
    assert changes.counts == drafted.counts
    from guidance.actions.publishing import publish_edition

    issued = publish_edition(user=factories.user(), page=page)
    assert compare_issued(before.pk, issued.pk) == drafted
    by_identity = {row.side.identity: row for row in drafted.rows}
    assert by_identity[str(identity("a"))].changes == ("editorial",)
    assert by_identity[str(identity("a"))].reasons == ("Plain words.",)
    assert by_identity[str(identity("z"))].changes == ("inserted", "merged")


@pytest.mark.parametrize("size", [2, 60])
@pytest.mark.parametrize(("show", "most"), [("all", 5), ("changes", 5)])
def test_a_comparison_costs_five_queries_whatever_its_size(
    django_assert_num_queries, size, show, most
):
    document = factories.document()
    for year in (2008, 2009, 2010):
        blocks = [
            factories.paragraph(f"1.{n}", f"Words {n} of {year}.", identity(chr(200 + n)))
            for n in range(1, size + 1)
        ]
        factories.issued(
            document, [factories.section(blocks=blocks, number="1")], slug=f"e{year}",
            published=date(year, 1, 1), statements=[factories.statement(f"1.1 to 1.{size}")],
        )  # fmt: skip
    pks = editions()
    for first, last in (("e2008", "e2009"), ("e2008", "e2010")):
        with django_assert_num_queries(most):
            assert len(compare_issued(pks[first], pks[last], show=show).rows) == size
