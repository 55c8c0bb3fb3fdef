"""Plans of other shapes than the real one."""

from __future__ import annotations

import pytest

from guidance.outline.model import Heading, Outline, Prose, Section, Table, Text
from home.plan.bundles import bundles_of
from home.plan.model import NoPlan
from home.plan.timetables import workstreams_of


def outline(*blocks):
    return Outline("text", sections=[Section("Plan", blocks=list(blocks))])


HEAD = ["Parks", "Consult", "Final"]


def test_two_bundles_in_one_table_are_two():
    table = Table(
        header=HEAD,
        rows=[
            ["Gates", "May 2020", "June 2021"],
            ["Ponds", "Consultation", "Publish"],
            ["Ducks", "2020", "2021"],
        ],
    )
    assert [(b.title, [i.title for i in b.items]) for b in bundles_of(outline(table))] == [
        ("Parks", ["Gates"]), ("Ponds", ["Ducks"]),
    ]  # fmt: skip


def test_the_columns_may_stand_the_other_way_round():
    table = Table(
        header=["Parks", "Publish final", "Consult"], rows=[["Gates", "June 2021", "May 2020"]]
    )
    item = bundles_of(outline(table))[0].items[0]
    assert (item.consult, item.final) == ("May 2020", "June 2021")


def test_a_timing_printed_once_is_given_to_the_rows_beside_it_and_says_so():
    table = Table(
        header=HEAD, rows=[["Gates", "", ""], ["Walls", "May 2020", "2021"], ["Trees", "", ""]]
    )
    items = bundles_of(outline(table))[0].items
    assert [(i.consult, i.shared) for i in items] == [
        ("May 2020", True),
        ("May 2020", False),
        ("May 2020", True),
    ]


def test_parts_may_stand_in_the_cell_of_their_item():
    table = Table(
        header=HEAD, rows=[["Gates including<br>• Locks<br>• Hinges", "May 2020", "2021"]]
    )
    item = bundles_of(outline(table))[0].items[0]
    assert (item.title, [p.title for p in item.parts]) == ("Gates", ["Locks", "Hinges"])


def test_including_without_parts_has_none():
    table = Table(header=HEAD, rows=[["Gates including:", "May 2020", "2021"]])
    item = bundles_of(outline(table))[0].items[0]
    assert (item.title, item.parts) == ("Gates", [])


def test_a_timing_that_cannot_be_read_is_named_with_its_row():
    table = Table(header=HEAD, rows=[["Gates", "when ready", "2021"]])
    with pytest.raises(ValueError, match="At “Gates”: “when ready” is not a date"):
        bundles_of(outline(table))


@pytest.mark.parametrize("read", [bundles_of, workstreams_of])
def test_a_file_without_a_plan_says_what_was_looked_for(read):
    with pytest.raises(NoPlan, match=r"were found\. They are read from"):
        read(outline(Table(header=["A", "B"], rows=[["1", "2"]])))


def timetabled(*rows, after=()):
    return workstreams_of(
        outline(
            Table(rows=[["Workstream 1", "Gates"], ["Workstream 2", "Ponds"]]),
            Heading(text="Gates"),
            Text(body=[Prose("<p>(Lead Director: Ann Lee, supported by Bo Ray and Cy Day)</p>")]),
            Table(caption="Timetable for gates", rows=[list(row) for row in rows]),
            *after,
            Heading(text="Ponds"),
        )
    )


def test_years_date_the_rows_under_them():
    gates, ponds = timetabled(
        ("2020", ""), ("by May", "Open it"), ("", "Paint it"), ("2021", ""), ("1 June", "Shut it")
    )
    assert [(m.when, m.title) for m in gates.milestones] == [
        ("By May 2020", "Open it"), ("By May 2020", "Paint it"), ("1 June 2021", "Shut it"),
    ]  # fmt: skip
    assert (gates.lead, gates.supported_by) == ("Ann Lee", ["Bo Ray", "Cy Day"])
    assert (ponds.lead, ponds.milestones) == ("", [])


def test_a_remark_in_brackets_under_a_timetable_belongs_to_its_last_row():
    remark = Text(body=[Prose("<p>(if funds allow)</p>")])
    assert (
        timetabled(("May 2020", "Open it"), after=[remark])[0].milestones[0].title
        == "Open it (if funds allow)"
    )


def test_a_date_without_a_year_is_named_with_its_row():
    with pytest.raises(ValueError, match="At “Open it”: “May” has no year"):
        timetabled(("May", "Open it"))
