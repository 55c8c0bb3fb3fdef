"""A consultation is written, checked and published in Wagtail's editor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text
from wagtail.users.models import UserProfile

from consultation.actions.extending import extend_consultation
from consultation.admin.checks import before_it_opens
from consultation.models import (
    ConsultationIndexPage,
    ConsultationPage,
    CriterionEvidence,
    Department,
    Response,
)
from tests import factories as make
from tests.consultation import samples

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)
DATES = {"opens": "2031-06-02 09:00", "closes": "2031-08-29 23:59"}


def person(role: str) -> Any:
    found = make.user(f"{role}@example.org".replace(" ", "-").lower(), superuser=False)
    found.groups.add(Group.objects.get(name=role))
    return found


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def publisher():
    return person("Publishers")


@pytest.fixture
def editor(publisher):
    return signed_in(publisher)


def typed(edition: Any, **changes: Any) -> dict[str, str]:
    """What the editor's form sends."""
    fields: dict[str, Any] = {
        "title": "Parks: have your say", "slug": "parks", "edition": edition.pk if edition else "",
        **DATES, "shorter_reason": "", "summary": "", "coordinator": "", "contact_email": "",
        "contact_phone": "", "postal_address": "", "retention_months": "24",
        "related_documents": inline_formset([]),
        "comments": inline_formset([]),
        **{
            name: rich_text("<p></p>")
            for name in (
                "about", "audience", "impact_assessment", "ways_to_respond",
                "alternative_formats", "privacy_notice",
            )
        },
    }  # fmt: skip
    return nested_form_data(fields | changes)


def create(editor: Client, edition: Any, **changes: Any) -> Any:
    index = ConsultationIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["consultation", "consultationpage", index.pk])
    return editor.post(address, typed(edition, **changes), follow=True)


def edit(editor: Client, page: Any, **changes: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return editor.post(address, typed(changes.pop("edition", page.edition), **changes), follow=True)


PUBLISH = {"action-publish": "yes"}


def errors(response: Any) -> dict[str, Any]:
    return dict(response.context["form"].errors) if response.context.get("form") else {}


def test_a_draft_is_saved_with_its_dates_in_london_time_and_the_six_criteria(editor, publisher):
    profile = UserProfile.get_for_user(publisher)
    profile.current_time_zone = "Australia/Sydney"
    profile.save()
    create(
        editor, samples.draft_edition(), **{"met_a": "on", "evidence_a": "Twelve weeks.", "evidence_f": "None due."}
    )  # fmt: skip
    page = ConsultationPage.objects.get()
    assert not page.live
    assert page.privacy_notice == ""
    assert page.opens == datetime(2031, 6, 2, 8, 0, tzinfo=UTC)
    assert page.closes == datetime(2031, 8, 29, 22, 59, tzinfo=UTC)
    rows = CriterionEvidence.objects.filter(page=page).order_by("sort_order")
    assert [(row.criterion, row.met) for row in rows] == [
        ("a", True), *((letter, False) for letter in "bcdef")
    ]  # fmt: skip
    edit(editor, page, **{"evidence_a": "Thirteen weeks."}, **PUBLISH)
    row = CriterionEvidence.objects.get(page=page, criterion="a")
    assert (row.met, row.evidence) == (False, "Thirteen weeks.")
    assert CriterionEvidence.objects.filter(page=page).count() == 6


def test_a_draft_may_lack_what_publishing_needs(editor):
    create(editor, None, opens="", closes="")
    page = ConsultationPage.objects.get()
    response = edit(editor, page, edition=None, opens="", closes="", **PUBLISH)
    assert set(errors(response)) == {"edition", "opens", "closes"}
    with pytest.raises(ValidationError) as caught:
        page.get_latest_revision().publish()
    assert set(caught.value.message_dict) == {"edition", "opens", "closes"}
    assert not ConsultationPage.objects.get().live


def test_a_period_below_the_minimum_is_warned_of_and_published_with_a_reason_only(editor):
    edition = samples.draft_edition()
    short = {"closes": "2031-07-04 23:59"}
    saved = create(editor, edition, **short)
    assert "the minimum is 12 weeks" in saved.content.decode()
    page = ConsultationPage.objects.get()
    refused = edit(editor, page, **short, **PUBLISH)
    assert "4 weeks and 4 days" in errors(refused)["shorter_reason"][0]
    with pytest.raises(ValidationError):
        page.get_latest_revision().publish()
    edit(editor, page, **short, shorter_reason="The Act asks for it.", **PUBLISH)
    assert ConsultationPage.objects.get().live


def test_the_minimum_is_that_of_the_department_that_publishes_the_document(settings):
    page = samples.consultation(closes=timezone.now() + 5 * WEEK, live=False)
    settings.CONSULTATION_MINIMUM_WEEKS = 10
    assert (page.minimum_weeks, page.too_short) == (10, True)
    Department.objects.create(name="Department for Parks", minimum_weeks=4)
    assert (page.minimum_weeks, page.too_short) == (4, False)


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        ("2031-09-01 00:00", "11:59pm (23:59) on Sunday 31 August 2031"),
        ("2031-06-02 09:00", "after the opening"),
        ("2031-06-01 12:00", "after the opening"),
        ("yesterday", "such as 2026-02-12 23:59"),
        ("2031-10-26 01:30", "The clocks change"),
    ],
)
def test_a_close_that_cannot_be_is_refused_at_its_field(editor, closes, words):
    response = create(editor, samples.draft_edition(), closes=closes, **PUBLISH)
    assert words in errors(response)["closes"][0]
    assert not ConsultationPage.objects.exists()


def test_published_drafts_for_consultation_can_be_chosen_and_nothing_else(editor):
    draft = samples.draft_edition()
    final = make.issued(make.document())
    make.draft(make.document(), stage="consultation")
    index = ConsultationIndexPage.objects.get()
    response = editor.get(
        reverse("wagtailadmin_pages:add", args=["consultation", "consultationpage", index.pk])
    )
    choices = list(response.context["form"].fields["edition"].choices)
    assert [str(label) for _, label in choices[1:]] == [
        "Keeping parks open: Consultation draft 2026 (5 January 2026)"
    ]
    refused = create(editor, final)
    assert "edition" in errors(refused)
    assert draft


def test_once_it_has_opened_what_people_saw_stays_as_it_is(editor):
    page = samples.consultation()
    other = samples.draft_edition(title="Another draft")
    edit(editor, page, edition=other, slug="elsewhere", summary="Another summary.", **PUBLISH)
    now = ConsultationPage.objects.get()
    assert (now.edition, now.opens, now.closes, now.slug) == (
        page.edition, page.opens, page.closes, page.slug
    )  # fmt: skip
    assert now.summary == "Another summary."
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("consultation_extend", args=[page.pk]) in shown
    assert "Before it opens" not in shown


def test_a_close_that_was_extended_is_not_typed_over_before_it_opens_either(editor, publisher):
    opens = timezone.now() + WEEK
    page = samples.consultation(opens=opens, closes=opens + 13 * WEEK)
    later = page.closes + WEEK
    extend_consultation(user=publisher, consultation=page, closes=later, reason="Floods.")
    edit(editor, page, closes="2031-08-29 23:59", **PUBLISH)
    assert ConsultationPage.objects.get().closes == later.replace(second=0, microsecond=0)


def test_it_is_not_taken_from_those_who_respond(publisher):
    page = samples.consultation()
    may = page.permissions_for_user(publisher)
    refused = (may.can_unpublish, may.can_delete, may.can_move, may.can_set_view_restrictions)
    assert not any(act() for act in refused)
    with pytest.raises(PermissionDenied):
        page.unpublish(user=publisher)
    client = signed_in(make.user())
    for act in ("delete", "unpublish"):
        client.post(reverse(f"wagtailadmin_pages:{act}", args=[page.pk]))
        assert ConsultationPage.objects.get().live
    over = samples.closed()
    may = over.permissions_for_user(publisher)
    assert (may.can_unpublish(), may.can_delete()) == (True, False)
    draft = samples.consultation(opens=timezone.now() + WEEK, live=False)
    assert draft.permissions_for_user(publisher).can_delete()


def test_the_list_of_consultations_stays():
    may = ConsultationIndexPage.objects.get().permissions_for_user(make.user())
    refused = (may.can_delete, may.can_unpublish, may.can_move, may.can_copy)
    assert not any(act() for act in refused)
    assert may.can_add_subpage()


def test_what_may_have_been_forgotten_is_listed_with_where_to_see_to_it():
    opens = timezone.now() + WEEK
    page = samples.consultation(
        opens=opens, closes=opens + 4 * WEEK, live=False, coordinator="", contact_email=""
    )
    page.criteria.add(CriterionEvidence(criterion="b", met=True))
    page.save()
    words = " ".join(point.words for point in before_it_opens(page))
    for expected in (
        "the minimum is 12 weeks", "no questions yet", "2 questions printed in the edition",
        "no e-mail or postal address", "co-ordinator is not named", "Criterion b is ticked",
        "no privacy notice",
    ):  # fmt: skip
        assert expected in words
    samples.question(page, paragraphs=["1.1"])
    page.edition = make.issued(make.document(), stage="consultation")
    points = {point.words: point.address for point in before_it_opens(page)}
    (elsewhere,) = (address for words, address in points.items() if "not in this edition" in words)
    assert elsewhere.startswith(f"/admin/consultations/{page.pk}/questions/")
    page.edition = None
    assert "No edition is chosen yet." in [point.words for point in before_it_opens(page)]


def test_nothing_is_missing_where_all_is_there():
    opens = timezone.now() + WEEK
    page = samples.consultation(
        opens=opens, closes=opens + 13 * WEEK, privacy_notice="<p>We read what you write.</p>"
    )
    printed = page.edition.entries.filter(version__kind="question").values_list(
        "paragraph", flat=True
    )
    for identity in printed:
        question = samples.question(page)
        question.printed_id = identity
        question.save()
    page.criteria.add(CriterionEvidence(criterion="b", met=True, evidence="Section 1."))
    page.save()
    assert list(before_it_opens(page)) == []


ADDRESSES = {
    "consultation_questions": ("Editors", "Policy leads", "Publishers", "Consultation team", "Administrators"),
    "consultation_from_text": ("Publishers", "Consultation team", "Administrators"),
    "consultation_add_question": ("Publishers", "Consultation team", "Administrators"),
    "consultation_extend": ("Publishers", "Consultation team", "Administrators"),
    "consultation_preview": ("Editors", "Policy leads", "Publishers", "Consultation team", "Administrators"),
}  # fmt: skip


@pytest.mark.parametrize(
    "role",
    [
        *("Editors", "Policy leads", "Legal", "Sounding Board", "Publishers"),
        *("Consultation team", "Administrators"),
    ],
)
def test_each_page_is_for_the_roles_of_the_table(role):
    page = samples.consultation()
    client = signed_in(person(role))
    refused = 403 if role == "Sounding Board" else 302
    for name, roles in ADDRESSES.items():
        address = reverse(name, args=[page.pk])
        assert client.get(address).status_code == (200 if role in roles else refused), name
        assert Client().get(address).status_code == 302


def test_the_home_of_the_admin_says_what_is_near_and_what_waits():
    now = timezone.now()
    samples.consultation(title="Closes soon", closes=now + timedelta(days=3))
    samples.consultation(title="Closes much later")
    samples.consultation(title="Opens soon", opens=now + timedelta(days=3))
    samples.consultation(title="A draft", opens=now + timedelta(days=3), live=False)
    over = samples.closed(title="Over")
    samples.submitted(over)
    samples.written(over)
    home = reverse("wagtailadmin_home")
    team = signed_in(person("Consultation team")).get(home).content.decode()
    assert "Closes soon" in team
    assert "Opens soon" in team
    assert "1 late response" in team
    for absent in ("Closes much later", "2 late"):
        assert absent not in team
    publisher = signed_in(person("Publishers")).get(home).content.decode()
    assert "Closes soon" in publisher
    assert "late response" not in publisher
    assert "Closes soon" not in signed_in(person("Legal")).get(home).content.decode()


def test_a_draft_is_previewed_as_a_respondent_sees_it_and_nothing_is_saved(editor):
    opens = timezone.now() + WEEK
    page = samples.consultation(opens=opens, closes=opens + 13 * WEEK, live=False)
    page.title = "Another title"
    page.save_revision()
    samples.question(page, text="Is asking users enough?")
    base = reverse("consultation_preview", args=[page.pk])
    shown = editor.get(base).content.decode()
    assert "Another title" in shown
    assert f"{base}question/" in shown
    assert "Is asking users enough?" in editor.get(f"{base}all/").content.decode()
    assert editor.post(f"{base}all/", {"text": "x"}).status_code == 405
    for nowhere in ("save/", "nothing-here/", "return/key/", "receipt.pdf", "done/"):
        assert editor.get(f"{base}{nowhere}").status_code == 404
    assert not Response.objects.exists()
    assert Client().get(f"{page.address}respond/").status_code == 404


def test_a_draft_without_its_time_has_no_preview_and_says_why(editor):
    create(editor, None, opens="", closes="")
    page = ConsultationPage.objects.get()
    shown = editor.get(reverse("consultation_preview", args=[page.pk]))
    assert "say when the consultation opens and closes" in shown.content.decode()
    shown = page.make_preview_request(shown.wsgi_request, "")
    assert "save the draft" in shown.content.decode()


def test_the_editor_shows_the_page_of_the_consultation_beside_itself(editor):
    page = samples.consultation()
    page.summary = "Words that are not saved yet."
    page.criteria.add(CriterionEvidence(criterion="b", met=True, evidence="Section 1."))
    request = editor.get(reverse("consultation_questions", args=[page.pk])).wsgi_request
    shown = page.make_preview_request(request, "").content.decode()
    assert "Words that are not saved yet." in shown


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("Editors", ["Set up", "Authorities", "Departments"]),
        ("Policy leads", ["Set up", "Responses", "Authorities", "Departments"]),
        ("Legal", []),
        (
            "Consultation team",
            [
                *("Set up", "Responses", "Take in a response", "Late", "To be placed"),
                *("To be checked", "Authorities", "Departments"),
            ],
        ),
    ],
)
def test_the_menu_offers_to_each_what_they_may_use(rf, role, names):
    request = rf.get("/admin/")
    request.user = person(role)
    groups = [i for i in admin_menu.menu_items_for_request(request) if i.name == "consultations"]
    shown = [item for group in groups for item in group.menu.menu_items_for_request(request)]
    assert [item.label for item in sorted(shown, key=lambda item: item.order)] == names
    assert all(str(item.url).startswith("/admin/") for item in shown)


def test_departments_and_authorities_are_kept_in_the_menu_of_consultations(editor):
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    for address in (
        "/admin/snippets/consultation/department/",
        "/admin/snippets/consultation/authority/",
    ):
        assert address in home
    editor.post(
        "/admin/snippets/consultation/department/add/",
        {"name": "Department for Parks", "minimum_weeks": "8"},
    )
    assert Department.objects.get().minimum_weeks == 8
