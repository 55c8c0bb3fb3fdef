"""Search through the API: what it finds, refuses and says, and that nothing unpublished leaves."""

from __future__ import annotations

import json
import logging
from urllib.parse import urlencode

import pytest
from jsonschema_rs import Draft202012Validator

from guidance.api import kept
from guidance.models import EditionPage
from search.actions import counting
from search.actions.teaching import add_synonym
from search.actions.using import engine
from search.engines import EngineDown
from search.models import SearchCount
from tests import factories
from tests.api.asking import schema
from tests.api.conftest import SECRET
from tests.api.test_conventions import problem
from tests.guidance.views.conftest import IDENTITY
from tests.search.indexed import index

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/api/v1/search/", "/api/v1/search/suggest/"


@pytest.fixture(autouse=True)
def _nothing_counted():
    counting._begin_anew()


def ask(client, address: str = SEARCH, **given):
    return client.get(f"{address}?{urlencode(given, doseq=True)}")


def found(client, **given):
    response = ask(client, **given)
    assert response.status_code == 200, response.content
    return response.json()


def numbers(answer) -> list[str]:
    return [result["number"] for result in answer["results"]]


def test_a_result_says_where_it_stands_under_what_and_since_when(client, indexed):
    answer = found(client, q="consult", kind="paragraph")
    result = next(one for one in answer["results"] if one["number"] == "2.13")
    assert result["id"] == str(IDENTITY)
    assert result["heading"] == "Paragraph 2.13"
    assert result["where"] == ["Keeping parks open", "2 Governance", "The duty"]
    assert {"text": "consult", "marked": True} in result["extract"]
    assert "<mark>consult</mark>" in result["extract_html"]
    assert (
        "".join(run["text"] for run in result["extract"])
        in "An authority must consult. See paragraph 2.1. See it."
    )
    assert (result["status"], result["stage"], result["applies"]) == (
        "statutory",
        "final",
        "in-force",
    )
    assert result["provisions"][0]["path"] == "ukpga/1999/27/section/3A"
    assert result["in_force"] == {"from": "2008-07-01", "until": None}
    assert result["standing"] == "In force since 1 July 2008"
    assert result["url"].endswith("/guidance/parks/para/2.13/")
    for address in (result["api_url"], result["document"]["api_url"], result["edition"]["api_url"]):
        assert client.get(address.replace("http://testserver", "")).status_code == 200
    assert result["score"] > 0
    assert answer["engine"] == engine().name
    assert answer["took_ms"] >= 0


def test_words_of_the_text_are_never_markup(client, db, settings, tmp_path):
    text = "<p>Bins &lt;script&gt;alert(1)&lt;/script&gt; &amp; more.</p>"
    blocks = [factories.paragraph("1.1", text)]
    factories.issued(factories.document("bins"), [factories.section("Bins", blocks, number="1")])
    index(settings, tmp_path)
    (result,) = [r for r in found(client, q="bins")["results"] if r["number"] == "1.1"]
    assert "&lt;script&gt;" in result["extract_html"]
    assert "<script>" not in result["extract_html"]
    assert "<script>" in "".join(run["text"] for run in result["extract"])


def test_parameters_mean_what_they_mean_on_the_page(client, indexed):
    assert "2.13" in numbers(found(client, q="consult"))
    assert "2.12" in numbers(found(client, q="consult", stage="consultation"))
    assert "2.12" in numbers(found(client, q="consult", when="drafts"))
    assert {"2.12", "2.13"} <= set(numbers(found(client, q="consult", when="everything")))
    assert numbers(found(client, q="wait", edition="parks/draft-2007")) == ["2.14"]
    assert numbers(found(client, q="consult", as_at="2008-06-30")) == []
    assert {r["kind"] for r in found(client, q="ask", kind=["box", "table"])["results"]} == {
        "table"
    }
    assert numbers(found(client, q="2.13"))[0] == "2.13"


def test_a_facet_may_be_given_several_values_and_counts_each(client, indexed):
    answer = found(client, q="consult", status=["statutory", "unstated"], kind="paragraph")
    status = next(facet for facet in answer["facets"] if facet["facet"] == "status")
    counts = {value["value"]: value["count"] for value in status["values"]}
    assert answer["count"] == sum(counts.values())
    assert {v["value"] for v in status["values"] if v["chosen"]} == {"statutory", "unstated"}
    assert all(value["label"] for facet in answer["facets"] for value in facet["values"])


def test_pages_follow_each_other_and_every_result_comes_once(client, db, settings, tmp_path):
    blocks = [factories.paragraph(f"1.{n}", f"Bins, number {n}.") for n in range(1, 26)]
    factories.issued(factories.document("bins"), [factories.section("Waste", blocks, number="1")])
    index(settings, tmp_path)
    address, seen = f"{SEARCH}?q=number&kind=paragraph", []
    while address:
        answer = client.get(address.replace("http://testserver", "")).json()
        seen += numbers(answer)
        last, address = answer, answer["next"]
    assert answer["count"] == len(seen) == len(set(seen)) == 25
    assert last["previous"].endswith("page=2")
    problem(ask(client, q="number", page=4), 404)


def test_more_like_one_of_the_results(client, db, settings, tmp_path):
    texts = [f"Item {chr(97 + n) * 3} of the {chr(97 + n) * 4} list." for n in range(20)]
    texts += ["Ponds and their railings are checked.", "Railings of ponds are painted."]
    blocks = [factories.paragraph(f"1.{n}", text) for n, text in enumerate(texts, 1)]
    factories.issued(factories.document("ponds"), [factories.section("Aims", blocks, number="1")])
    index(settings, tmp_path)
    one = found(client, q="1.21")["results"][0]
    assert numbers(found(client, like=one["like"])) == ["1.22"]
    assert found(client, like="0" * 32)["count"] == 0


def test_nothing_found_says_where_there_is_some_and_what_was_meant(client, indexed):
    assert [other["when"] for other in found(client, q="number:2.14")["elsewhere"]] == [
        "drafts",
        "everything",
    ]
    misspelt = found(client, q="consutl")
    assert misspelt["did_you_mean"] == misspelt["corrected"] == "consult"
    assert found(client, q="under:nothing")["problems"]


def test_documents_are_found_by_their_title(client, indexed):
    group = found(client, q="keeping parks")["groups"][0]
    assert (group["kind"], group["text"]) == ("document", "Keeping parks open")
    assert client.get(group["api_url"].replace("http://testserver", "")).status_code == 200


def test_a_search_is_completed_while_it_is_typed(client, indexed):
    answer = ask(client, SUGGEST, q="keep pa").json()
    assert answer["results"][0]["text"] == "Keeping parks open"
    assert {"text": "Keep", "marked": True} in answer["results"][0]["pieces"]
    assert answer["results"][0]["url"].endswith("/guidance/parks/")
    assert answer["count"] == len(answer["results"])
    assert ask(client, SUGGEST, q="").json()["results"] == []


def test_answers_have_the_shape_that_the_document_promises(client, indexed):
    paths = schema()["paths"]
    for address, given in (
        (SEARCH, {}),
        (SEARCH, {"q": "consult"}),
        (SEARCH, {"q": "consutl wait", "when": "everything", "page_size": 50}),
        (SEARCH, {"q": "keeping parks"}),
        (SEARCH, {"q": "number:2.14"}),
        (SUGGEST, {"q": "par"}),
    ):
        content = paths[address]["get"]["responses"][200]["content"]
        shape = next(iter(content.values()))["schema"] | {"components": schema()["components"]}
        Draft202012Validator(shape).validate(ask(client, address, **given).json())


REFUSED = (
    ("page=51", "page", "narrow the search"),
    ("page=0", "page", "Pages go from 1 to 50"),
    ("page=1e1", "page", "Pages go from 1 to 50"),
    ("page=10000", "page", "Pages go from 1 to 50"),
    ("page_size=201", "page_size", "from 1 to 200"),
    ("when=now", "when", "Choose in-force, drafts or everything"),
    ("stage=first", "stage", "Choose consultation, final or corrigendum"),
    ("status=legal", "status", "Choose"),
    ("kind=heading", "kind", "Choose"),
    ("kind=", "kind", "Give “kind” a value"),
    ("as_at=2008-02-30", "as_at", "not a date"),
    ("as_at=", "as_at", "Give “as_at” a value"),
    ("as_at=2008-01-01&when=drafts", "as_at", "leave out as_at or when"),
    ("edition=parks", "edition", "document/edition"),
    ("edition=parks/final-2008&as_at=2008-01-01", "as_at", "not both"),
    ("like=x", "like", "this is none"),
    ("exempt=true", "exempt", "exempt=1"),
    ("document=" + "x" * 201, "document", "200 characters"),
    ("&".join(["document=a"] * 51), "document", "50 times"),
    ("q=a&q=b", "q", "once"),
    ("q=a%00b", "q", "NUL"),
    ("document=a&document=b%00", "document", "NUL"),
    ("scope=today", "scope", "not a parameter here"),
    ("format=csv", "format", "not a parameter here"),
)


@pytest.mark.parametrize(("query", "parameter", "advice"), REFUSED)
def test_what_cannot_be_honoured_is_refused_and_named(client, db, query, parameter, advice):
    answer = problem(client.get(f"{SEARCH}?{query}"), 422)
    assert [error["parameter"] for error in answer["errors"]] == [parameter]
    assert advice in answer["detail"]


def test_whatever_is_typed_is_answered(client, indexed):
    for text in (
        '"unbalanced', "a OR OR b", "-", "(((", "* ? ~", "\r\n\t", "\u202e", "x" * 390, "a " * 300,
        "number:", "under:x", "🦓", "%", "' OR 1=1", "<b>", "NOT the AND", "to be or not to be",
    ):  # fmt: skip
        assert ask(client, q=text).status_code == 200, text
        assert ask(client, SUGGEST, q=text).status_code == 200, text
    assert any("400" in one for one in found(client, q="word " * 200)["problems"])
    problem(ask(client, q="x" * 5000), 414)


class Down:
    """An engine that does not answer."""

    name = "embedded"

    def __getattr__(self, name: str):
        raise EngineDown("it is away")


def test_without_an_engine_it_says_when_to_ask_again(client, indexed, monkeypatch):
    monkeypatch.setattr("search.actions.searching.engine", Down)
    monkeypatch.setattr("search.actions.completing.engine", Down)
    response = ask(client, q="consult")
    assert "can be read from its contents" in problem(response, 503)["detail"]
    assert response["Retry-After"] == "30"
    assert ask(client, SUGGEST, q="keep").json()["results"] == []
    assert ask(client, q="consult", page=2).status_code == 503


def test_the_etag_does_not_hang_on_how_long_it_took(client, indexed):
    first = ask(client, q="consult")
    kept.forget()
    again = ask(client, q="consult")
    assert first["ETag"] == again["ETag"]
    kept.forget()
    same = client.get(f"{SEARCH}?q=consult", headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_what_editors_teach_makes_another_answer(client, indexed):
    before = ask(client, q="zoo")
    assert before.json()["count"] == 0 or before.json()["corrected"]
    add_synonym(user=factories.user(), words="zoo, consult")
    after = client.get(f"{SEARCH}?q=zoo", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "2.13" in numbers(after.json())


def test_searches_are_counted_once_for_all_their_pages(client, indexed):
    ask(client, q="Consult")
    ask(client, q="xylophone")
    ask(client, q="consult", page=2)
    ask(client, q="jo@example.org")
    ask(client)
    counting.write_counts()
    rows = SearchCount.objects.order_by("text").values_list("text", "searches", "in_vain")
    assert list(rows) == [("consult", 1, 0), ("xylophone", 1, 1)]


def test_nothing_that_is_searched_for_is_logged(client, indexed, caplog, monkeypatch):
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    with caplog.at_level(logging.DEBUG):
        ask(client, q="swordfish")
        ask(client, SUGGEST, q="swordfish")
        ask(client, q="swordfish", page=51)
        monkeypatch.setattr("search.actions.searching.engine", Down)
        ask(client, q="swordfish")
        counting.write_counts()
    assert "swordfish" not in caplog.text


def test_no_draft_leaves_whatever_is_asked(client, hidden, settings, tmp_path):
    index(settings, tmp_path)
    draft = EditionPage.objects.get(slug=f"{SECRET}-edition")
    asked = [
        {"q": text, "when": when}
        for text in ("crossing", "9.9", "number:9.9", '"a zebra crossing here"', "zebra -x", "zeb")
        for when in ("in-force", "drafts", "everything")
    ]
    asked += [{"edition": f"parks/{draft.slug}"}, {"document": hidden.slug, "when": "everything"}]
    for given in asked:
        answer = found(client, **given)
        assert answer["results"] == answer["groups"] == [], given
    for text in ("zeb", "9.9", "cros"):
        assert SECRET not in ask(client, SUGGEST, q=text).content.decode()


def test_it_asks_no_more_often_as_there_is_more(
    client, db, settings, tmp_path, django_assert_max_num_queries
):
    for size in (1, 10):
        blocks = [factories.paragraph(f"1.{n}", "Bins.") for n in range(1, size + 1)]
        sections = [factories.section("Waste", blocks, number="1")]
        factories.issued(
            factories.document(f"bins-{size}"), sections, statements=[factories.statement("1.1")]
        )
        index(settings, tmp_path / str(size))
        settings.READING_UNASKED_SECONDS = 60.0
        ask(client, q="waste")  # what is known is read once
        kept.forget()
        with django_assert_max_num_queries(4):
            assert found(client, q="bins")["count"] >= size
        kept.forget()
        with django_assert_max_num_queries(0):
            ask(client, SUGGEST, q="was")


def test_the_answer_is_json_of_unescaped_text(client, indexed):
    response = ask(client, q="“consult”")
    assert json.loads(response.content)["q"] == "“consult”"
    assert "“consult”" in response.content.decode()
