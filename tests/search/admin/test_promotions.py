"""What is shown first for a search: chosen from its results or another's, ordered, removed."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from lxml import html

from guidance.models import Paragraph
from search.actions.searching import search
from search.actions.teaching import promote, promoted_for
from search.models import Promotion
from search.results import Wanted
from tests import factories
from tests.guidance.review_samples import member

pytestmark = pytest.mark.django_db


def one(**given) -> str:
    return f"{reverse('search_promotion')}?{urlencode(given)}"


def page(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def identity(number: str) -> str:
    return str(Paragraph.objects.filter(versions__number=number).distinct().get().pk)


def offered(response) -> list[str]:
    """The paragraphs that are offered, as the forms would send them."""
    return html.fromstring(response.content).xpath("//input[@name='paragraph']/@value")


def act(client, act: str, q: str = "playground", **data):
    return client.post(one(q=q), {"act": act, "q": q, **data}, follow=True)


def test_a_result_is_chosen_from_those_of_the_search_and_stands_first(parks, as_role):
    client = as_role()
    before = [result.unit.number for result in search(Wanted("playground")).results]
    last = identity(before[-1])
    assert last in offered(client.get(one(q="playground")))
    after = act(client, "promote", document="parks", paragraph=last)
    assert "It is shown first for “playground” from now on." in page(after)
    assert last not in offered(after)
    first = search(Wanted("Playgrounds")).results[0]
    assert (first.unit.number, first.promoted) == (before[-1], True)


def test_where_the_search_finds_nothing_another_ones_results_are_offered(parks, as_role):
    client = as_role()
    assert "It finds nothing in text in force today." in page(client.get(one(q="xylophone")))
    assert offered(client.get(one(q="xylophone", **{"from": "refuse"}))) == [identity("2.3")]
    act(client, "promote", q="xylophone", document="parks", paragraph=identity("2.3"))
    assert promoted_for("xylophones") == [("parks", identity("2.3"))]


def test_superseded_text_and_drafts_are_offered_where_they_are_asked_for(parks, as_role):
    client = as_role()
    assert offered(client.get(one(q="ponds"))) == []
    assert offered(client.get(one(q="ponds", when="everything"))) == [identity("2.9")]
    after = act(client, "promote", q="ponds", document="parks", paragraph=identity("2.9"))
    assert "It is not in force today" in page(after)


def test_a_document_is_promoted_whole(parks, as_role):
    client = as_role()
    shown = page(client.get(one(q="keeping parks")))
    assert "the whole document" in shown
    act(client, "promote", q="keeping parks", document="parks")
    assert promoted_for("keeping parks") == [("parks", "")]
    assert "the whole document" not in page(client.get(one(q="keeping parks")))


def test_the_order_is_changed_and_one_is_removed(parks, as_role):
    client, editor = as_role(), member("Editors")
    ids = [identity(number) for number in ("2.1", "2.4", "2.2")]
    rows = [
        promote(
            user=editor, search="playground", document=parks, paragraph=Paragraph.objects.get(pk=pk)
        )
        for pk in ids
    ]

    def order():
        return [ids.index(pk) for _, pk in promoted_for("playground")]

    act(client, "up", promotion=rows[2].pk)
    assert order() == [0, 2, 1]
    act(client, "down", promotion=rows[0].pk)
    assert order() == [2, 0, 1]
    act(client, "up", promotion=rows[2].pk)  # it is the first already
    assert order() == [2, 0, 1]
    act(client, "remove", promotion=rows[0].pk)
    assert order() == [2, 1]
    assert act(client, "remove", promotion=rows[0].pk).status_code == 404


def test_what_cannot_be_honoured_is_not_there_and_changes_nothing(parks, as_role):
    client = as_role()
    factories.draft(factories.document("hidden", "Hidden"))
    for data in (
        {"act": "promote", "document": "nothing"},
        {"act": "promote", "document": "parks", "paragraph": "x"},
        {"act": "promote", "document": "parks", "paragraph": "0" * 32},
        {"act": "remove", "promotion": "x"},
        {"act": "remove", "promotion": "9" * 30},
        {"act": "explode"},
    ):
        assert client.post(one(q="bins"), {"q": "bins", **data}).status_code == 404, data
    refused = act(client, "promote", q="bins", document="hidden")
    assert "published" in page(refused)
    assert "at least one word" in page(act(client, "promote", q="?", document="parks"))
    assert not Promotion.objects.exists()


def test_without_a_word_one_is_led_to_the_list(parks, as_role):
    response = as_role().get(one(q=" ?! "))
    assert response.url == reverse("search_promotions")


def test_the_list_says_what_is_chosen_for_what(parks, as_role):
    promote(
        user=member("Editors"),
        search="<b>playground</b>",
        document=parks,
        paragraph=Paragraph.objects.get(pk=identity("2.4")),
    )
    promote(user=member("Editors"), search="ponds", document=parks)
    client = as_role()
    shown = page(client.get(reverse("search_promotions")))
    assert "&lt;b&gt;playground&lt;/b&gt;" in shown
    assert "2.4, Keeping parks open" in shown
    assert "ponds" not in page(client.get(reverse("search_promotions"), {"q": "PLAY"}))


def test_the_list_asks_no_more_often_as_there_is_more(
    parks, as_role, django_assert_max_num_queries
):
    client, editor = as_role(), member("Editors")
    client.get(reverse("search_promotions"))
    for number in range(10):
        promote(
            user=editor, search=f"search {number}", document=parks,
            paragraph=Paragraph.objects.get(pk=identity("2.1")),
        )  # fmt: skip
        with django_assert_max_num_queries(16):
            client.get(reverse("search_promotions"))
