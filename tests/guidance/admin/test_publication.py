"""Check and publish: who may, what stands in the way, what it says that it will do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import command_user
from guidance.actions.publishing import publish_edition
from guidance.admin.publication import effects
from guidance.models import Edition, EditionPage
from tests.guidance.admin.conftest import ROLES, make_edition
from tests.guidance.sample_texts import REPEATED, SECOND

pytestmark = pytest.mark.django_db


def address(page: EditionPage) -> str:
    return reverse("guidance_publication", args=[page.pk])


# role: (sees the page, may press the button)
MAY = {
    "nobody": (False, False),
    "member": (False, False),
    "Editors": (True, False),
    "Publishers": (True, True),
    "Administrators": (True, True),
    "superuser": (True, True),
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_and_who_may_publish(as_role, draft, role):
    sees, publishes = MAY[role]
    client = as_role(role)
    assert (client.get(address(draft)).status_code == 200) is sees
    client.post(address(draft))
    assert Edition.objects.exists() is publishes
    draft.refresh_from_db()
    assert draft.issued is publishes


def test_an_editor_is_told_who_can_publish(as_role, draft):
    page = as_role("Editors").get(address(draft)).content.decode()
    assert "Ask a publisher to publish it" in page
    assert "disabled" in page


def test_what_stands_in_the_way_is_listed_with_a_link_and_publishing_is_refused(as_role):
    page = make_edition(REPEATED)
    client = as_role("Publishers")
    shown = client.get(address(page)).content.decode()
    section = page.get_children().get()
    assert "To put right before it can be published" in shown
    assert reverse("wagtailadmin_pages:edit", args=[section.pk]) in shown
    refused = client.post(address(page)).content.decode()
    assert "not ready to be published" in refused
    assert not Edition.objects.exists()


def test_publishing_leads_to_the_edition_and_its_pages_are_closed(as_role, draft):
    client = as_role("Publishers")
    answer = client.post(address(draft), follow=True)
    assert "is published" in answer.content.decode()
    for page in (draft, *draft.get_children()):
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "This edition has been published" in edit
        assert "Check and publish" not in edit
        assert "Unpublish" not in edit
        assert reverse("wagtailadmin_pages:delete", args=[page.pk]) not in edit


def test_publishing_twice_publishes_once(as_role, draft):
    client = as_role("Publishers")
    client.post(address(draft))
    again = client.post(address(draft), follow=True).content.decode()
    assert "already published" in again
    assert Edition.objects.get().digest in again
    assert Edition.objects.count() == 1


def test_the_counts_are_against_the_edition_before(as_role, draft):
    publish_edition(user=command_user(), page=draft)
    second = make_edition(SECOND, "second")
    page = as_role("Publishers").get(address(second)).content.decode()
    for words in ("<b>2</b> changed", "<b>1</b> new", "<b>1</b> removed", "<b>2</b> unchanged"):
        assert words in page


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


# (stage, published, in force from) of the draft; the same of an edition already issued; words
EFFECTS = [
    (("consultation", -1, None), None, "It will not be in force"),
    (("final", None, 1), None, "dates are not complete"),
    (("final", -1, None), None, "dates are not complete"),
    (("final", -9, -1), None, "in force at once"),
    (("final", -9, -1), (-30, -30), "in place of"),
    (("final", -9, -5), (-3, -3), "stays in force"),
    (("final", -9, 5), None, "none is in force until then"),
    (("final", -9, 5), (-30, -30), "until then “"),
    (("final", 5, -1), None, "not yet in force"),
]


@pytest.mark.parametrize(("draft_dates", "issued", "words"), EFFECTS)
def test_what_publishing_will_do_is_said_in_words(draft_dates, issued, words):
    if issued:
        published, begins = map(day, issued)
        page = make_edition(
            SECOND, "issued", stage="final", published=published, in_force_from=begins
        )
        publish_edition(user=command_user(), page=page)
    stage, published, begins = draft_dates
    page = make_edition(SECOND, "next", stage=stage)
    page.published = None if published is None else day(published)
    page.in_force_from = None if begins is None else day(begins)
    assert any(words in sentence for sentence in effects(page))
