"""The editor's home and the buttons that lead on from the explorer and the editor."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guidance.models import GuidancePage
from tests.guidance.admin.conftest import make_edition
from tests.guidance.sample_texts import REPEATED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "shown"), [("member", False), ("Editors", True), ("Publishers", True)]
)
def test_drafts_wait_on_the_home_page_of_those_who_may_edit_them(as_role, draft, role, shown):
    home = as_role(role).get("/admin/", follow=True).content.decode()
    assert (reverse("guidance_publication", args=[draft.pk]) in home) is shown
    assert ("ready to be published" in home) is shown


def test_the_home_page_counts_what_stands_in_the_way(as_role):
    make_edition(REPEATED)
    assert "1 point to put right" in as_role("Editors").get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "shown"), [("member", False), ("Editors", True), ("Publishers", True)]
)
def test_check_and_publish_is_offered_where_the_edition_is_seen(as_role, draft, role, shown):
    client = as_role(role)
    offered = reverse("guidance_publication", args=[draft.pk])
    section = draft.get_children().first()
    for place in (
        reverse("wagtailadmin_explore", args=[draft.pk]),
        reverse("wagtailadmin_explore", args=[draft.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:edit", args=[section.pk]),
    ):
        assert (offered in client.get(place, follow=True).content.decode()) is shown, place


def test_a_document_offers_to_import_a_further_edition(as_role, draft):
    document = GuidancePage.objects.get()
    page = as_role("Editors").get(reverse("wagtailadmin_explore", args=[document.pk]))
    offered = f"{reverse('guidance_imports:start')}?document={document.pk}"
    assert offered in page.content.decode()
    form = as_role("Publishers").get(offered).content.decode()
    assert f'<option value="{document.pk}" selected>' in form


def test_sections_are_listed_in_reading_order_with_their_numbers(as_role, draft):
    page = as_role("Editors").get(reverse("wagtailadmin_explore", args=[draft.pk]))
    words = page.content.decode()
    assert words.index("1 Keeping a river clean") < words.index("2 Asking people")
