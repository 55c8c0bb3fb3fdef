"""The search page: what it shows, in which state, and that nothing can break it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from tests.search.views.conftest import UNPUBLISHED

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


class Page:
    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()
        self.tree = lxml_html.fromstring(self.html) if self.html else None

    def texts(self, path: str) -> list[str]:
        return [" ".join(e.text_content().split()) for e in self.tree.xpath(path)]

    def one(self, path: str) -> str:
        (found,) = self.texts(path)
        return found

    @property
    def heading(self) -> str:
        return self.one("//h1")

    @property
    def results(self) -> list[str]:
        return self.texts("//li[@class='result']/h3")

    def link(self, words: str) -> str:
        (found,) = [
            a for a in self.tree.xpath("//main//a") if " ".join(a.text_content().split()) == words
        ]
        return found.get("href")


@pytest.fixture
def get(client, parks):
    return lambda query="", **more: Page(client.get(f"{SEARCH}{query}", **more))


def test_a_search_says_what_was_found_and_where_it_stands(get):
    page = get("?q=consult")
    assert page.status == 200
    assert page.heading == "1 result for “consult” in force today"
    assert page.one("//title") == "1 result for “consult” – Search – Statutory guidance"
    assert page.results == ["Paragraph 2.1"]
    assert (
        page.one("//p[@class='place']") == "Keeping parks open › 2 Governance › The duty to involve"
    )
    assert page.texts("//p[@class='extract']/mark") == ["consult"]
    meta = page.one("//li[@class='result']/p[@class='meta']")
    assert "In force since 1 July 2008" in meta
    assert "section 3A" in meta
    assert page.link("Paragraph 2.1") == "/guidance/parks/para/2.1/"
    assert page.tree.xpath("//input[@name='q']/@value") == ["consult"]
    assert page.response["X-Robots-Tag"] == "noindex"


def test_the_empty_page_tells_how_to_search_and_lists_what_there_is(get):
    page = get()
    assert page.status == 200
    assert page.heading == "Search guidance"
    assert "under:ukpga/1999/27/section/3A" in page.texts("//details//code")
    assert "Keeping parks open" in page.texts("//h3")
    assert page.results == []


def test_pages_of_results_lead_to_each_other_and_keep_the_search(get):
    first = get("?q=playground&kind=paragraph")
    assert first.heading.startswith("19 results")
    assert len(first.results) == 10
    second = get(first.link("2").removeprefix(SEARCH))
    assert second.one("//title").startswith("19 results for “playground” (page 2 of 2)")
    assert len(second.results) == 9
    assert not set(first.results) & set(second.results)
    assert second.tree.xpath("//a[@aria-current='page']/@aria-label") == ["Page 2"]
    assert second.link("1") == f"{SEARCH}?q=playground&kind=paragraph"
    beyond = get("?q=playground&kind=paragraph&page=9")
    assert beyond.status == 200
    assert "There are 2 pages of these results." in beyond.texts("//main")[0]


def test_filters_count_what_each_would_show_and_can_be_taken_back(get):
    page = get("?q=playground&kind=box")
    assert page.results == ["Box after paragraph 2.2: Playgrounds & <i>swings</i>"]
    kinds = dict(
        zip(
            page.tree.xpath("//details[@data-facet='kind']//input/@value"),
            page.texts("//details[@data-facet='kind']//*[@class='count']"),
            strict=True,
        )
    )
    assert kinds == {"paragraph": "19 results", "box": "1 result"}
    assert page.tree.xpath("//input[@name='kind' and @checked]/@value") == ["box"]
    assert page.link("Remove the filter Kind of text: Box") == f"{SEARCH}?q=playground"


@pytest.mark.parametrize(
    ("query", "heading", "results"),
    [
        ("?q=bandstands", "No results for “bandstands” in force today", 0),
        (
            "?q=bandstands&as_at=2009-01-01",
            "1 result for “bandstands” in force on 1 January 2009",
            1,
        ),
        (
            "?q=bandstands&when=everything",
            "1 result for “bandstands” in everything that was published",
            1,
        ),
        ("?q=ponds&when=drafts", "1 result for “ponds” in consultation drafts", 1),
        ("?q=ponds&stage=consultation", "1 result for “ponds” in consultation drafts", 1),
        (
            "?q=ponds&edition=parks/draft-2007",
            "1 result for “ponds” in Draft for consultation of Keeping parks open",
            1,
        ),
    ],
)
def test_text_that_does_not_apply_is_found_where_it_is_asked_for_and_says_so(
    get, query, heading, results
):
    page = get(query)
    assert page.heading == heading
    assert len(page.results) == results
    if results:
        assert page.one("//*[contains(@class, 'applies')]") in (
            "No longer in force: applied from 1 July 2008 to 1 April 2010",
            "Consultation draft: Draft for consultation",
        )


def test_what_the_form_sends_is_answered_at_the_one_address_of_that_search(get):
    sent = get("?q=ponds&scope=date&as_at=2009-01-01&status=statutory")
    assert sent.status == 302
    assert sent.response["Location"] == f"{SEARCH}?q=ponds&as_at=2009-01-01&status=statutory"
    again = get("?q=ponds&as_at=2009-01-01")
    assert again.tree.xpath("//input[@name='scope' and @checked]/@value") == ["date"]
    assert again.tree.xpath("//input[@name='as_at']/@value") == ["2009-01-01"]


def test_nothing_found_helps_with_what_would_find_something(get):
    page = get("?q=playground&status=non-statutory&kind=box")
    assert page.heading.startswith("No results")
    ways = page.texts("//div[@class='nothing']/ul/li")
    assert "Without any filter: 20 results" in ways
    assert "Without “Non-statutory guidance”: 1 result" in ways
    elsewhere = get("?q=bandstands")
    assert any("superseded" in way for way in elsewhere.texts("//div[@class='nothing']/ul/li"))
    quoted = get('?q="playgrounds+consult"')
    assert "As plain words: playgrounds consult: " in " ".join(quoted.texts("//main"))
    page = get("?q=qqqqqq")
    assert "No paragraph that was published has these words." in page.texts("//main")[0]


def test_a_misspelling_is_put_right_and_said(get):
    page = get("?q=playgruonds")
    assert page.results
    assert "Showing results for playground instead" in page.texts("//main")[0]


def test_more_like_one_and_the_same_search_in_another_edition(get):
    page = get("?q=consult&document=parks")
    like = get(page.link("More like this: Paragraph 2.1").removeprefix(SEARCH))
    assert "like paragraph 2.1" in like.heading
    assert "Paragraph 2.1" not in like.results
    draft = get(page.link("Draft for consultation").removeprefix(SEARCH))
    assert "in Draft for consultation of Keeping parks open" in draft.heading
    assert draft.tree.xpath("//input[@name='scope' and @checked]/@value") == ["edition"]


def test_documents_are_found_by_their_title_above_the_paragraphs(get):
    page = get("?q=keeping+parks")
    groups = page.texts("//section[@class='found-by-title']//a")
    assert groups[0] == "Keeping parks open"
    assert not any(UNPUBLISHED in words for words in groups)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?q=consult&as_at=xx", "“xx” is not a date."),
        ("?q=consult&status=holy", "There is no status “holy”."),
        ("?q=consult&page=10000", "Pages go from 1 to 50."),
        ("?q=consult&format=doc", "There is no format “doc”"),
        ("?q=consult&edition=parks/nineteen", "No edition “parks/nineteen” was published."),
    ],
)
def test_what_cannot_be_read_is_said_once_and_the_rest_is_searched_for(get, query, said):
    page = get(query)
    assert page.status == 400
    assert page.one("//title").startswith("Error: ")
    (link,) = page.texts("//div[contains(@class, 'govuk-error-summary')]//li")
    assert link.startswith(said)
    assert "nineteen" in query or page.results == ["Paragraph 2.1"]
    for target in page.tree.xpath("//div[contains(@class, 'govuk-error-summary')]//li/a/@href"):
        assert page.tree.xpath(f"//*[@id='{target[1:]}']")


def test_a_date_that_cannot_be_read_is_kept_in_its_field(get):
    page = get("?q=consult&scope=date&as_at=1/7/2008")
    assert page.tree.xpath("//input[@name='as_at']/@value") == ["1/7/2008"]
    assert page.tree.xpath("//input[@name='scope' and @checked]/@value") == ["date"]
    assert page.tree.xpath("//*[@id='as_at-error']")


@pytest.mark.usefixtures("_down")
def test_with_no_engine_the_page_says_so_and_offers_the_contents(get):
    page = get("?q=consult")
    assert page.status == 503
    assert page.response["Retry-After"]
    assert page.response["Cache-Control"] == "no-store"
    assert page.heading == "The search does not answer"
    assert "Keeping parks open" in page.texts("//h3")
    assert get("suggest/?q=consult").status == 200
    assert get("?q=consult&format=csv").status == 503
    assert get("").status == 200


def test_markup_in_what_is_typed_or_published_stays_text(get):
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    for query in (
        f"?q={quote(attack)}",
        f"?q=playground&document={quote(attack)}",
        f"?q=playground&as_at={quote(attack)}",
        f"?q=playground&format={quote(attack)}",
        f"?q=playground&edition={quote(attack)}",
        "?q=playground+safe+alert",
    ):
        page = get(query)
        assert page.tree.xpath("//script[not(@src)]") == [], query
        assert page.tree.xpath("//img") == [], query
        assert page.tree.xpath("//main//i") == [], query
    assert "<script>alert(1)</script>" in page.one("(//p[@class='extract'])[1]")


def test_an_answer_may_be_kept_and_asked_for_again(get, client):
    first = get("?q=consult")
    assert first.response["Cache-Control"] == "public, max-age=10"
    again = client.get(f"{SEARCH}?q=consult", headers={"If-None-Match": first.response["ETag"]})
    assert again.status_code == 304
    assert not first.response.cookies
    assert "Cookie" not in first.response.get("Vary", "")
    assert client.post(SEARCH).status_code == 405


def test_a_search_asks_the_database_little_however_much_it_finds(
    get, django_assert_max_num_queries, settings
):
    settings.READING_UNASKED_SECONDS = 60.0
    for query in ("?q=consult", "?q=playground", "?q=playground&document=parks&page_size=50"):
        get(query)
        with django_assert_max_num_queries(3):
            get(query)
    with django_assert_max_num_queries(1):
        get()


def test_completions_say_what_they_are_and_are_kept_for_a_while(get):
    page = get("suggest/?q=dut")
    said = page.response.json()
    assert said["q"] == "dut"
    found = next(c for c in said["completions"] if c["text"] == "The duty to involve")
    assert found["kind"] == "heading"
    assert {"text": "dut", "marked": True} in found["pieces"]
    assert "max-age=30" in page.response["Cache-Control"]
    assert get("suggest/").response.json()["completions"] == []


NASTY = [
    "\x00",
    "\ud800",
    '"',
    "-",
    "OR",
    "under:",
    "number:",
    "(",
    ")",
    "*",
    "~",
    "a" * 10_000,
    "’",
    "½",
    "\u202e",
]
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY), max_size=5).map(" ".join),
)
FIELDS = ["q", "when", "as_at", "edition", "exempt", "like", "page", "page_size", "scope", "format", "status", "document", "section", "provision", "authority_type", "unknown"]  # fmt: skip


def test_whatever_is_asked_is_answered_or_refused_in_words(client, parks):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=6),
        st.sampled_from(["", "suggest/"]),
    )
    def ask(pairs, path):
        query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in pairs)
        response = client.get(f"{SEARCH}{path}", QUERY_STRING=query)
        assert response.status_code in (200, 302, 400), query
        assert len(response.content) < 300_000
        assert UNPUBLISHED not in response.content.decode()

    ask()


def test_no_filter_or_query_of_any_size_makes_a_page_that_cannot_be_read(get):
    values = "&".join(f"document=d{n}" for n in range(5000))
    page = get(f"?q={'playground+' * 900}&{values[:200_000]}")
    assert page.status in (200, 400)
    assert len(page.html) < 500_000
    assert re.search(r"Only the first \d+ ", unescape(page.html))
