"""Role by page and act of the editors' part of the search, in one table."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from search.actions.teaching import add_synonym, promote
from search.models import Promotion, Synonym
from tests.guidance.review_samples import member

pytestmark = pytest.mark.django_db

ROLES = (
    "nobody", "Editors", "Policy leads", "Legal", "Sounding Board", "Publishers",
    "Administrators", "superuser",
)  # fmt: skip


def _opens(name: str, **given: str):
    def opens(client) -> bool:
        return client.get(reverse(name), given).status_code == 200

    opens.__name__ = f"opens_{name}"
    return opens


def downloads_the_searches(client) -> bool:
    response = client.get(reverse("search_searches"), {"format": "csv"})
    return response["Content-Type"].startswith("text/csv")


def adds_a_synonym(client) -> bool:
    client.post(reverse("search_synonym_add"), {"words": "dogs, hounds"})
    return Synonym.objects.count() == 2


def changes_a_synonym(client) -> bool:
    synonym = Synonym.objects.get()
    client.post(reverse("search_synonym", args=[synonym.pk]), {"words": "dogs, hounds"})
    return Synonym.objects.get().words == "dogs, hounds"


def deletes_a_synonym(client) -> bool:
    client.post(reverse("search_synonym_delete", args=[Synonym.objects.get().pk]))
    return not Synonym.objects.exists()


def promotes(client) -> bool:
    data = {"q": "benches", "act": "promote", "document": "parks"}
    client.post(f"{reverse('search_promotion')}?q=benches", data)
    return Promotion.objects.count() == 2


def stops_promoting(client) -> bool:
    data = {"q": "bins", "act": "remove", "promotion": Promotion.objects.get().pk}
    client.post(f"{reverse('search_promotion')}?q=bins", data)
    return not Promotion.objects.exists()


def is_offered_it_in_the_menu(client) -> bool:
    return "/admin/searches/" in client.get(reverse("wagtailadmin_home")).content.decode()


def has_the_index_made_again(client) -> bool:
    client.post(reverse("search_index"))
    page = client.get(reverse("search_index"))
    return page.status_code == 200 and "under way since" in page.content.decode()


# act: nobody, Editors, Policy leads, Legal, Sounding Board, Publishers, Administrators, superuser
TABLE = {
    _opens("search_searches"):                ". y y . . y y y",
    _opens("search_synonyms"):                ". y y . . y y y",
    _opens("search_synonym_add"):             ". y y . . y y y",
    _opens("search_synonym_look", words="a"): ". y y . . y y y",
    _opens("search_promotions"):              ". y y . . y y y",
    _opens("search_promotion", q="bins"):     ". y y . . y y y",
    _opens("search_index"):                   ". y y . . y y y",
    downloads_the_searches:                   ". y y . . y y y",
    adds_a_synonym:                           ". y y . . y y y",
    changes_a_synonym:                        ". y y . . y y y",
    deletes_a_synonym:                        ". y y . . y y y",
    promotes:                                 ". y y . . y y y",
    stops_promoting:                          ". y y . . y y y",
    is_offered_it_in_the_menu:                ". y y . . y y y",
    has_the_index_made_again:                 ". . . . . . y y",
}  # fmt: skip


def test_who_may_do_what(parks, as_role):
    teacher = member("Editors")
    for act, row in TABLE.items():
        for role, may in zip(ROLES, row.split(), strict=True):
            Synonym.objects.all().delete()
            Promotion.objects.all().delete()
            add_synonym(user=teacher, words="bins, refuse")
            promote(user=teacher, search="bins", document=parks)
            assert act(as_role(role)) is (may == "y"), (act.__name__, role)


def test_what_was_taught_is_told_in_the_report_of_the_site(parks, as_role):
    add_synonym(user=member("Editors", "Edith"), words="bins, refuse")
    promote(user=member("Editors", "Edith"), search="benches", document=parks)
    shown = as_role("Publishers").get(reverse("wagtailadmin_reports:site_history"))
    words = shown.content.decode()
    assert "Said that these mean the same" in words
    assert "Had a result shown first for this search" in words
    assert ModelLogEntry.objects.count() == 2
