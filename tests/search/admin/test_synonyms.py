"""Synonyms in the admin: a look at what they find, refusals at the field, and what guidance says."""

from __future__ import annotations

import pytest
from django.urls import reverse

from search.actions.searching import search
from search.actions.teaching import add_synonym
from search.models import Synonym
from search.results import Wanted
from tests import factories
from tests.guidance.review_samples import member
from tests.search.indexed import forget, index

pytestmark = pytest.mark.django_db


def page(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(client, name: str, *args, **data):
    return client.post(reverse(name, args=args), data, follow=True)


def test_what_is_added_is_found_from_the_next_search_on(parks, as_role):
    assert search(Wanted("bins")).total == 0 or search(Wanted("bins")).corrected
    answer = post(as_role(), "search_synonym_add", words="bins, refuse, household waste")
    assert "From now on these mean the same: bins, refuse, household waste." in page(answer)
    found = search(Wanted("bins"))
    assert {result.unit.number for result in found.results} == {"2.2", "2.3"}
    assert not found.corrected


def test_the_words_of_a_search_stand_in_the_form(parks, as_role):
    shown = page(as_role().get(reverse("search_synonym_add"), {"words": 'bins & "skips"'}))
    assert 'value="bins &amp; &quot;skips&quot;"' in shown
    assert "One word alone has nothing to mean the same as." in shown


def test_a_look_says_what_the_words_find_before_they_are_kept(parks, as_role):
    client = as_role()
    looks = (
        client.get(reverse("search_synonym_look"), {"words": "bins, refuse, playground"}),
        post(client, "search_synonym_add", words="bins, refuse, playground", look="1"),
    )
    for response in looks:
        shown = page(response)
        for sentence in (
            "bins: no paragraphs",
            "refuse: 1 paragraph<",
            "playground: 2 paragraphs",
            "All together: 3 paragraphs.",
        ):
            assert sentence in shown, sentence
    assert not Synonym.objects.exists()
    assert page(client.get(reverse("search_synonym_look"), {"words": " "})) == ""


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("", "Give at least two different words"),
        ("bins", "One word alone"),
        ("bins, the", "tells nothing apart"),
        ("x" * 501 + ", y", "make two groups"),
        ("<script>alert(1)</script>", "One word alone"),
    ],
)
def test_what_is_refused_is_refused_at_the_field_and_nothing_is_lost(parks, as_role, words, advice):
    shown = page(post(as_role(), "search_synonym_add", words=words))
    assert advice in shown
    assert "<script>alert" not in shown
    assert not Synonym.objects.exists()
    if "<" not in words and words:
        assert f'value="{words}"' in shown


def test_a_synonym_is_edited_and_deleted(parks, as_role):
    synonym = add_synonym(user=member("Editors"), words="bins, refuse")
    client = as_role()
    assert 'value="bins, refuse"' in page(client.get(reverse("search_synonym", args=[synonym.pk])))
    post(client, "search_synonym", synonym.pk, words="bins, refuse, litter")
    assert Synonym.objects.get().words == "bins, refuse, litter"
    assert "litter" in page(client.get(reverse("search_synonym_delete", args=[synonym.pk])))
    assert "no longer mean the same" in page(post(client, "search_synonym_delete", synonym.pk))
    assert not Synonym.objects.exists()
    for name in ("search_synonym", "search_synonym_delete"):
        assert client.get(reverse(name, args=[synonym.pk])).status_code == 404


def test_an_edit_is_not_compared_with_itself(parks, as_role):
    synonym = add_synonym(user=member("Editors"), words="bins, refuse, litter")
    shown = page(
        as_role().get(
            reverse("search_synonym_look"), {"words": "bins, refuse", "synonym": synonym.pk}
        )
    )
    assert "mean the same already" not in shown


def test_the_list_is_searched(as_role):
    for words in ("bins, refuse", "dogs, hounds"):
        add_synonym(user=member("Editors"), words=words)
    shown = page(as_role().get(reverse("search_synonyms"), {"q": "HOUND"}))
    assert "dogs, hounds" in shown
    assert "bins, refuse" not in shown


def test_what_guidance_says_is_shown_with_where_it_says_so(as_role, settings, tmp_path):
    words = "<p>The Local Area Agreement (LAA) is kept. An LAA is read each year.</p>"
    blocks = [factories.paragraph("1.1", words)]
    document = factories.document("rivers", "Clean rivers")
    factories.issued(document, [factories.section("Aims", blocks, number="1")], slug="first")
    index(settings, tmp_path)
    shown = page(as_role().get(reverse("search_synonyms")))
    assert "<td>LAA</td><td>Local Area Agreement</td>" in shown
    assert "/guidance/rivers/first/" in shown
    assert "LAA" not in page(as_role().get(reverse("search_synonyms"), {"q": "xyz"}))


def test_the_list_asks_no_more_often_as_there_is_more(as_role, django_assert_max_num_queries):
    client, editor = as_role(), member("Editors")
    client.get(reverse("search_synonyms"))
    for number in range(10):
        add_synonym(user=editor, words=f"bin{number}x, refuse{number}y")
        forget()
        with django_assert_max_num_queries(24):
            client.get(reverse("search_synonyms"))
