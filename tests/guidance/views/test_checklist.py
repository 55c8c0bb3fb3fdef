"""The checklist of an edition: what it lists, for whom, and the files that it sends."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.utils.html import escape
from openpyxl import load_workbook

from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import Decision, decide_obligations
from guidance.actions.publishing import publish_edition
from guidance.rendering.addresses import checklist_path
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/guidance/rivers/checklist/"
SENTENCES = {
    "1.1": "Each best value authority must ask the people it serves.",
    "1.2": "A county council should keep a register.",
    "1.3": "Somebody must write it down.",
    "2.1": "=SUM(A1) of it may be charged to the owner.",
    "2.2": "A partner authority may join in.",
}
BOUND = {
    "1.1": (("best value authorities",), ("police authorities",)),
    "1.2": (("county councils",), ()),
    "1.3": ((), ()),
    "2.1": (("best value authorities",), ()),
    "2.2": (("partner authorities",), ()),
}


def draft(document, slug="final", **dates):
    blocks = {n: factories.paragraph(n, f"<p>{words}</p>") for n, words in SENTENCES.items()}
    return factories.draft(
        document,
        [
            factories.section("Asking", [blocks[n] for n in ("1.1", "1.2", "1.3")], number="1", slug="asking"),
            factories.section("Money", [blocks[n] for n in ("2.1", "2.2")], number="2", slug="money"),
        ],
        slug=slug,
        title="Final edition",
        statements=[factories.statement("1.1 to 1.3")],
        **dates,
    )  # fmt: skip


@pytest.fixture
def rivers(db):
    """In force since 1 July 2008, with five sentences confirmed."""
    document = factories.document("rivers", "Clean rivers")
    page, user = draft(document), factories.user()
    decide_obligations(
        user=user,
        page=page,
        decisions=[
            Decision(p.paragraph, p.digest, True, p.strength, *BOUND[p.number])
            for p in proposals(page).proposals
        ],
    )
    return publish_edition(user=user, page=page)


def rows_of(client, query=""):
    answer = client.get(f"{PAGE}?{query}&format=csv")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def numbers(client, query=""):
    return [row["Paragraph"] for row in rows_of(client, query)]


def test_it_lists_the_confirmed_sentences_with_their_paragraph_status_and_binding(client, rivers):
    page = client.get(PAGE).content.decode()
    assert "In force since 1 July 2008" in page
    assert "5 sentences" in page
    assert "Each best value authority <strong>must</strong> ask the people it serves." in page
    assert "Must · Statutory guidance · binds best value authorities, except police" in page
    assert "Should · Statutory guidance · binds county councils" in page
    assert "names no kind of authority" in page
    assert 'href="/guidance/rivers/para/1.1/?edition=final"' in page


SHOWN = {
    "": ["1.1", "1.2", "1.3", "2.1", "2.2"],
    "authority=county-councils": ["1.1", "1.2", "2.1"],
    "authority=best-value-authorities": ["1.1", "2.1"],
    "authority=police-authorities": ["2.1", "2.2"],
    "authority=not-named": ["1.3"],
    "strength=must": ["1.1", "1.3"],
    "strength=may": ["2.1", "2.2"],
    "section=money": ["2.1", "2.2"],
    "status=statutory": ["1.1", "1.2", "1.3"],
    "authority=county-councils&strength=must": ["1.1"],
    "authority=police-authorities&section=asking": [],
    "edition=final&as_at=": ["1.1", "1.2", "1.3", "2.1", "2.2"],
    "as_at=2009-01-01&strength=should": ["1.2"],
}


def test_a_kind_is_bound_where_its_class_is_and_not_where_it_is_excepted(client, rivers):
    assert {query: numbers(client, query) for query in SHOWN} == SHOWN


def test_the_count_beside_a_choice_is_what_choosing_it_shows(client, rivers):
    for asked in ({}, {"strength": "must"}, {"authority": "county-councils", "section": "asking"}):
        found = client.get(PAGE, asked).context["found"]
        for one in found.filters:
            for choice in (one.any, *one.choices):
                wanted = {**asked, one.name: choice.value}
                query = "&".join(f"{name}={value}" for name, value in wanted.items())
                assert len(numbers(client, query)) == choice.count, (one.name, choice)


def test_sentences_that_name_nobody_are_pointed_at_and_never_hidden_in_silence(client, rivers):
    page = client.get(f"{PAGE}?authority=county-councils").content.decode()
    assert "1 more names no kind of authority" in page
    assert "?authority=not-named" in page
    assert "more name" not in client.get(PAGE).content.decode()


WRONG = {
    "authority=choirs": "No sentence here has “choirs”",
    "strength=ought": "No sentence here has “ought”",
    "section=none": "No sentence here has “none”",
    "format=pdf": "There is no format “pdf”",
    "authority=<script>": "“<script>”",
}


def test_a_wrong_filter_is_said_at_its_field_and_nothing_is_sent_for_it(client, rivers):
    for query, words in WRONG.items():
        answer = client.get(f"{PAGE}?{query}")
        assert answer.status_code == 400
        page = answer.content.decode()
        assert escape(words) in page
        assert "There is a problem" in page
        assert "<script>”" not in page
        if "format" not in query:
            assert client.get(f"{PAGE}?{query}&format=csv").status_code == 400


def test_filters_that_fit_nothing_together_are_said_to(client, rivers):
    page = client.get(f"{PAGE}?authority=police-authorities&section=asking").content.decode()
    assert "No sentence fits all of these filters" in page


def test_an_edition_without_confirmed_sentences_says_what_to_do(client):
    factories.issued(factories.document("rivers"), slug="first")
    page = client.get(PAGE).content.decode()
    assert "No sentence has been confirmed for this edition" in page
    assert "/guidance/rivers/first/" in page


def test_what_is_not_there_is_not_found(client, rivers):
    assert client.get("/guidance/nothing/checklist/").status_code == 404
    assert client.get(f"{PAGE}?edition=nothing").status_code == 404
    assert client.get(f"{PAGE}?as_at=2001-01-01").status_code == 404
    assert client.get(f"{PAGE}?as_at=yesterday").status_code == 400


def test_a_draft_demands_nothing_in_public(client, rivers):
    page = draft(rivers.document, "next", published=date(2009, 1, 1))
    decide_obligations(
        user=factories.user(), page=page, decisions=[p.shown for p in proposals(page).proposals]
    )
    assert client.get(f"{PAGE}?edition=next").status_code == 404
    assert len(numbers(client)) == 5


def test_the_csv_has_a_line_for_each_sentence_and_no_formula(client, rivers):
    first, *_, fourth, _ = rows_of(client)
    assert first == {
        "Document": "Clean rivers",
        "Edition": "Final edition",
        "Paragraph": "1.1",
        "Permanent link": "http://testserver/guidance/rivers/para/1.1/?edition=final",
        "Strength": "Must",
        "Sentence": SENTENCES["1.1"],
        "Binds": "best value authorities",
        "Except": "police authorities",
        "Status": "Statutory guidance",
        "Provisions": "section 3A of the Local Government Act 1999",
    }
    assert fourth["Sentence"] == f"'{SENTENCES['2.1']}"


def test_the_workbook_says_the_same_and_its_cells_are_words(client, rivers):
    answer = client.get(f"{PAGE}?format=xlsx&authority=county-councils")
    assert "attachment" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet.freeze_panes == "A2"
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["1.1", "1.2", "2.1"]
    armed = sheet.cell(4, 6)
    assert (armed.value, armed.data_type) == (SENTENCES["2.1"], "s")


def test_it_answers_304_while_nothing_changed(client, rivers):
    for query in ("", "format=csv", "format=xlsx"):
        first = client.get(f"{PAGE}?{query}")
        again = client.get(f"{PAGE}?{query}", headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert client.get(f"{PAGE}?{query}&strength=must")["ETag"] != first["ETag"]


def test_the_csv_and_the_workbook_are_told_apart(client, rivers):
    etags = {client.get(f"{PAGE}?format={name}")["ETag"] for name in ("csv", "xlsx")}
    assert len(etags) == 2


@pytest.mark.parametrize("size", [2, 30])
def test_it_costs_the_same_queries_whatever_the_number_of_sentences(
    client, django_assert_num_queries, size
):
    blocks = [factories.paragraph(f"1.{n}") for n in range(1, size + 1)]
    page = factories.draft(
        factories.document("rivers"),
        [factories.section(blocks=blocks, number="1")],
        statements=[factories.statement(f"1.1 to 1.{size}")],
    )
    user = factories.user()
    decide_obligations(user=user, page=page, decisions=[p.shown for p in proposals(page).proposals])
    publish_edition(user=user, page=page)
    client.get(PAGE)
    for query, most in (("", 5), ("format=csv", 7), ("format=xlsx&authority=not-named", 7)):
        with django_assert_num_queries(most):
            assert client.get(f"{PAGE}?{query}").status_code == 200


def test_its_address_is_the_one_that_other_pages_link():
    assert checklist_path("rivers") == PAGE
    assert checklist_path("rivers", "final") == f"{PAGE}?edition=final"
