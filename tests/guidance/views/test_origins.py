"""Origins and destinations of an edition's paragraphs, on the page and as CSV."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from lxml import html

from tests import factories
from tests.guidance.comparison.editions import block, decide, three_editions

pytestmark = pytest.mark.django_db
PAGE = "/guidance/three/origins/amended-2009/"


@pytest.fixture
def three():
    return three_editions("three")


def table(response) -> list[list[str]]:
    tree = html.fromstring(response.content.decode())
    return [
        [" ".join(cell.text_content().split()) for cell in row.iter("td")]
        for row in tree.xpath("//tbody/tr")
    ]


def test_every_paragraph_is_told_in_both_directions(client, three):
    assert [row[:3] for row in table(client.get(PAGE))] == [
        ["1.1", "1.1", "Unchanged"],
        ["1.2", "1.2, 1.2A", "Substantive change"],
        ["1.2", "1.2A", "Split"],
        ["1.4", "1.4", "Unchanged"],
        ["1.5", "1.5", "Unchanged"],
        ["2.1", "2.2", "Merged"],
        ["2.2, 2.1", "2.2", "Substantive change, Merged"],
        ["1.3", "2.3", "Substantive change, Renumbered, Moved"],
    ]


def test_any_two_editions_can_be_asked_for(client, three):
    rows = table(client.get(f"{PAGE}?from=draft-2007"))
    assert ["–none", "1.4", "Inserted", "Asked for by respondents."] in rows
    assert ["1.5", "–none", "Removed", "Said elsewhere."] in rows


def test_only_what_changed_can_be_shown(client, three):
    rows = table(client.get(f"{PAGE}?from=final-2008&show=changes"))
    assert len(rows) == 5
    assert not any(row[2] == "Unchanged" for row in rows)


def test_the_csv_has_the_same_rows_and_spreadsheets_read_it(client, three):
    answer = client.get(f"{PAGE}?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "three-origins-final-2008-to-amended-2009.csv" in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Old number", "New number", "What happened", "Reason"]
    shown = table(client.get(PAGE))
    assert [row[2:4] for row in rows[1:]] == [row[2:] for row in shown]
    assert rows[-1] == [
        "1.3", "2.3", "Substantive change, Renumbered, Moved", "", "1 Aims", "2 Money",
    ]  # fmt: skip


def test_a_cell_never_begins_a_formula(client, three):
    page = factories.draft(
        three,
        [factories.section("=SUM(A1)", [block("a", "1.1", "Parks.")], number="")],
        slug="next", published=date(2010, 1, 1),
    )  # fmt: skip
    decide(page, [("a", "a", "substantive", "=cmd|' /C calc'!A0")])
    from guidance.actions.publishing import publish_edition

    publish_edition(user=factories.user(), page=page)
    answer = client.get("/guidance/three/origins/next/?format=csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(answer)) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert "'=SUM(A1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_first_edition_has_no_origins(client, three):
    page = client.get("/guidance/three/origins/draft-2007/")
    assert page.status_code == 200
    assert "first edition published here" in page.content.decode()
    assert client.get("/guidance/three/origins/draft-2007/?format=csv").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/guidance/three/origins/", 302),
        ("/guidance/three/origins/nothing/", 404),
        (f"{PAGE}?from=nothing", 404),
        (f"{PAGE}?from=amended-2009", 302),
        ("/guidance/nothing/origins/", 404),
        ("/guidance/nothing/origins/first/", 404),
    ],
)
def test_what_is_not_there_is_said_plainly(client, three, address, status):
    assert client.get(address).status_code == status


def test_a_table_that_one_has_is_not_sent_again(client, three):
    for address in (PAGE, f"{PAGE}?format=csv"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("size", [2, 40])
def test_a_table_costs_six_queries_whatever_its_size(client, django_assert_num_queries, size):
    document = factories.document("many")
    for year in (2008, 2009):
        blocks = [block(chr(200 + n), f"1.{n}", f"Of {year}.") for n in range(1, size + 1)]
        factories.issued(
            document, [factories.section(blocks=blocks, number="1")], slug=f"e{year}",
            published=date(year, 1, 1), statements=[factories.statement(f"1.1 to 1.{size}")],
        )  # fmt: skip
    with django_assert_num_queries(6):
        assert client.get("/guidance/many/origins/e2009/").status_code == 200
