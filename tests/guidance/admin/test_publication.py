"""Check and publish: who may, what stands in the way, what it says that it will do."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import command_user
from guidance.actions.planning_publication import publish_due
from guidance.actions.publishing import publish_edition
from guidance.actions.withdrawing import withdraw_document
from guidance.admin.publication_facts import effects
from guidance.models import Edition, EditionPage, PlannedPublication, SectionPage, Withdrawal
from tests import factories as make
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


def test_what_publishing_will_do_is_said_where_the_guidance_is_withdrawn():
    page = make_edition(SECOND, "issued", stage="final", published=day(-9), in_force_from=day(-9))
    edition = publish_edition(user=command_user(), page=page)
    withdraw_document(
        user=command_user(), document=edition.document, withdrawn_from=day(0), reason="Repealed."
    )
    early = make_edition(SECOND, "early", stage="final", published=day(0), in_force_from=day(-3))
    assert any("will be shown as withdrawn too" in sentence for sentence in effects(early))


def test_a_corrigendum_says_what_it_corrects():
    page = make_edition(SECOND, "issued", stage="final", published=day(-9), in_force_from=day(-9))
    edition = publish_edition(user=command_user(), page=page)
    fix = make_edition(SECOND, "fix", stage="corrigendum", published=day(0), in_force_from=day(-9))
    fix.corrects = edition
    assert any(f"a corrigendum to “{edition.title}”" in sentence for sentence in effects(fix))


def plan(client, page, when, time="09:30"):
    form = {"act": "plan", "day": when if isinstance(when, str) else when.isoformat(), "time": time}
    return client.post(address(page), form, follow=True).content.decode()


def test_a_time_is_set_in_london_and_said(as_role, draft):
    client = as_role("Publishers")
    words = plan(client, draft, "2099-07-01")
    assert "1 July 2099 at 09:30, London time" in words
    found = PlannedPublication.objects.get()
    assert found.at.astimezone(UTC).isoformat() == "2099-07-01T08:30:00+00:00"
    assert "Take the plan back" in words
    words = client.post(address(draft), {"act": "cancel-plan"}, follow=True).content.decode()
    assert "Nothing will be published" in words
    assert not PlannedPublication.objects.exists()


@pytest.mark.parametrize(
    ("when", "time", "words"),
    [
        ("", "09:30", "Choose a day."),
        ("2099-07-01", "", "Choose a time."),
        ("soon", "09:30", "Enter a valid date."),
        ("2001-07-01", "09:30", "That time is past."),
        ("2099-03-29", "01:30", "The clocks go forward then"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(as_role, draft, when, time, words):
    assert words in plan(as_role("Publishers"), draft, when, time)
    assert not PlannedPublication.objects.exists()


def test_a_change_after_planning_is_said_at_once(as_role, draft):
    client = as_role("Publishers")
    plan(client, draft, "2099-07-01")
    section = SectionPage.objects.child_of(draft).first()
    number = next(b["value"]["number"] for b in section.body.raw_data if b["type"] == "paragraph")
    make.reword(section, {number: "Other words."})
    assert "changed after it was planned" in client.get(address(draft)).content.decode()


def test_a_refused_plan_is_told_here_and_on_the_home_page(as_role, draft):
    client = as_role("Publishers")
    plan(client, draft, "2099-07-01")
    section = SectionPage.objects.child_of(draft).first()
    number = next(b["value"]["number"] for b in section.body.raw_data if b["type"] == "paragraph")
    make.reword(section, {number: "Other words."})
    publish_due(PlannedPublication.objects.get().at)
    shown = client.get(address(draft)).content.decode()
    assert "It was not published on" in shown
    assert "was not published on" in client.get("/admin/").content.decode()


def test_the_page_shows_where_the_review_stands(as_role, draft):
    client = as_role("Editors")
    assert "It has not been sent for review" in client.get(address(draft)).content.decode()
    shown = client.post(address(draft), {"act": "submit"}, follow=True).content.decode()
    assert "It is being read at the step “Policy lead”" in shown
    shown = client.post(address(draft), {"act": "stop"}, follow=True).content.decode()
    assert "It has not been sent for review" in shown


def test_an_act_that_does_not_exist_is_not_found(as_role, draft):
    assert as_role("Publishers").post(address(draft), {"act": "burn"}).status_code == 404
    assert not Edition.objects.exists()


# ---- withdrawal and corrigendum


@pytest.fixture
def issued(db) -> Edition:
    page = make_edition(SECOND, "issued", stage="final", published=day(-9), in_force_from=day(-9))
    return publish_edition(user=command_user(), page=page)


def test_withdrawing_says_what_follows_and_asks_to_be_understood(as_role, issued):
    client = as_role("Publishers")
    place = reverse("guidance_withdrawal", args=[issued.document_id])
    assert "cannot be taken back" in client.get(place).content.decode()
    form = {"withdrawn_from": day(1).isoformat(), "reason": "The duty was repealed."}
    assert "Say that you understand" in client.post(place, form).content.decode()
    assert not Withdrawal.objects.exists()
    client.post(place, {**form, "understood": "on"})
    assert Withdrawal.objects.get().reason == "The duty was repealed."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"withdrawn_from": ""}, "Choose the day from which it no longer applies."),
        ({"withdrawn_from": "2001-01-01"}, "That day is past."),
        ({"reason": "   "}, "Say why it is withdrawn."),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused_at_its_field(as_role, issued, change, words):
    place = reverse("guidance_withdrawal", args=[issued.document_id])
    form = {"withdrawn_from": day(1).isoformat(), "reason": "Repealed.", "understood": "on"}
    shown = as_role("Publishers").post(place, form | change).content.decode()
    assert words in shown
    assert not Withdrawal.objects.exists()


def test_a_corrigendum_is_begun_as_a_draft_of_the_edition_that_it_corrects(as_role, issued):
    place = reverse("guidance_corrigendum", args=[issued.document_id])
    words = "Paragraph 1.1 named section 38; it now names section 138."
    form = {"corrects": issued.pk, "correction": words, "published": day(0).isoformat()}
    client = as_role("Editors")
    assert issued.title in client.get(place).content.decode()
    client.post(place, form)
    page = EditionPage.objects.get(stage="corrigendum")
    assert (page.corrects, page.correction) == (issued, words)
    assert page.in_force_from == issued.in_force_from
    assert not page.issued
    shown = client.get(address(page)).content.decode()
    assert words in shown


@pytest.mark.parametrize(
    "change", [{"correction": " "}, {"published": "2001-01-01"}, {"corrects": "0"}]
)
def test_a_corrigendum_that_cannot_be_is_refused(as_role, issued, change):
    place = reverse("guidance_corrigendum", args=[issued.document_id])
    form = {"corrects": issued.pk, "correction": "A slip.", "published": day(0).isoformat()}
    answer = as_role("Editors").post(place, form | change)
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not EditionPage.objects.filter(stage="corrigendum").exists()
