"""The review of an edition: its steps, who may edit meanwhile, who is written to, what it ends in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow, WorkflowState

from guidance.actions.publishing import publish_edition
from guidance.actions.review_steps import (
    STEPS,
    answer_step,
    ensure_workflow,
    review_of,
    stop_review,
    submit_edition,
)
from guidance.models import Edition, ReviewTask, SectionPage
from tests import factories as make
from tests.guidance.review_samples import answer, approved, at_step, draft, fresh, member

pytestmark = pytest.mark.django_db


def test_every_site_has_the_four_steps_in_order():
    workflow = Workflow.objects.get(name="Edition review")
    found = [
        (t.name, t.specific.groups.get().name, t.specific.days, t.specific.reading_only)
        for t in workflow.tasks
    ]
    assert found == [(s.name, s.group, s.days, s.reading_only) for s in STEPS]
    assert draft().get_workflow() == workflow


def test_what_an_administrator_changed_stays_at_the_next_migration():
    ReviewTask.objects.filter(name="Legal").update(days=3)
    Workflow.objects.filter(name="Edition review").update(name="Our review")
    ensure_workflow()
    assert ReviewTask.objects.get(name="Legal").days == 3
    assert not Workflow.objects.filter(name="Edition review").exists()
    assert ReviewTask.objects.count() == len(STEPS)


def test_a_step_says_by_when_it_is_wanted_and_when_it_is_overdue():
    page = at_step("Legal")
    review = review_of(page, member("Legal"))
    assert review.task.name == "Legal"
    assert review.mine
    assert not review_of(page, member("Editors")).mine
    assert review.wanted_by == timezone.localdate() + timedelta(days=10)
    assert not review.overdue
    state = page.current_workflow_task_state
    state.wanted_by = timezone.localdate() - timedelta(days=1)
    state.save()
    assert review_of(fresh(page)).overdue
    assert [step.overdue for step in review_of(fresh(page)).steps] == [False, True, False, False]


def test_the_wanted_day_of_a_step_that_began_does_not_move_with_its_setting():
    page = at_step("Legal")
    ReviewTask.objects.update(days=99)
    assert review_of(page).wanted_by == timezone.localdate() + timedelta(days=10)


# step: who may edit the edition and its sections while it is there
MAY_EDIT = {
    "Policy leads": {"Policy leads"},
    "Legal": {"Legal"},
    "Sounding Board": set(),
    "Publishers": {"Publishers"},
}


@pytest.mark.parametrize("group", MAY_EDIT)
def test_while_it_is_read_only_the_people_of_the_step_can_edit_it(group):
    page = at_step(group)
    section = SectionPage.objects.child_of(page).get()
    for role in ("Editors", "Policy leads", "Legal", "Sounding Board", "Publishers"):
        user = member(role)
        may = {
            each.permissions_for_user(user).can_edit()
            and not each.permissions_for_user(user).page_locked()
            for each in (page, section)
        }
        assert may == {role in MAY_EDIT[group]}, role


def test_a_section_in_review_cannot_be_saved_through_the_editor(client):
    page = at_step("Legal")
    section = SectionPage.objects.child_of(page).get()
    client.force_login(member("Editors"))
    address = reverse("wagtailadmin_pages:edit", args=[section.pk])
    assert "This edition is being read" in client.get(address).content.decode()
    revisions = section.revisions.count()
    form = {"title": "Another", "slug": "another", "body-count": "0", "comments-TOTAL_FORMS": "0"}
    form |= {"comments-INITIAL_FORMS": "0", "number": "", "prefix": ""}
    client.post(address, form)
    assert section.revisions.count() == revisions


def test_while_it_is_read_no_section_is_added_taken_away_or_put_elsewhere():
    before, page = draft(slug="before"), at_step("Legal")
    for each, may in ((before, True), (page, False)):
        section = SectionPage.objects.child_of(each).get()
        rights, of_section = (p.permissions_for_user(member("Editors")) for p in (each, section))
        assert rights.can_add_subpage() is may
        assert rights.can_reorder_children() is may
        assert rights.can_delete() is may
        assert of_section.can_delete() is may
        assert of_section.can_move() is may


def test_before_it_is_sent_and_after_it_is_approved_editors_can_edit_it():
    for page in (draft(), approved()):
        section = SectionPage.objects.child_of(page).get()
        for each in (page, section):
            assert not each.permissions_for_user(member("Editors")).page_locked()


def test_approval_of_the_last_step_publishes_nothing_and_says_that_it_is_ready():
    page = approved()
    review = review_of(page)
    assert review.approved
    assert not review.changed_since
    assert [step.words for step in review.steps] == ["Approved"] * 4
    assert not page.issued
    assert not page.live
    assert not Edition.objects.exists()


def test_a_change_after_the_approval_is_said():
    page = approved()
    section = SectionPage.objects.child_of(page).get()
    make.reword(section, {"1.1": "Other words."})
    assert review_of(fresh(page)).changed_since


def test_changes_asked_for_go_back_and_come_again_at_the_same_step():
    page = at_step("Legal")
    answer(page, "Legal", approve=False, comment="Paragraph 1.1 names the wrong section.")
    review = review_of(fresh(page))
    assert review.wants_changes
    assert review.steps[1].comment == "Paragraph 1.1 names the wrong section."
    assert not page.permissions_for_user(member("Editors")).page_locked()
    submit_edition(user=member("Editors"), page=fresh(page))
    assert review_of(fresh(page)).task.name == "Legal"


def test_changes_are_not_asked_for_without_saying_which():
    page = at_step("Legal")
    with pytest.raises(ValidationError, match="Say what should change"):
        answer(page, "Legal", approve=False, comment="  ")
    assert review_of(fresh(page)).task.name == "Legal"


def test_a_step_is_answered_once_and_by_its_own_people():
    page = at_step("Policy leads")
    step = page.current_workflow_task_state.pk
    with pytest.raises(PermissionDenied):
        answer_step(user=member("Legal"), page=page, step=step, approve=True)
    answer_step(user=member("Policy leads"), page=page, step=step, approve=True)
    with pytest.raises(ValidationError, match="answered already"):
        answer_step(user=member("Policy leads"), page=page, step=step, approve=True)
    assert review_of(fresh(page)).task.name == "Legal"


def test_an_edition_is_sent_once():
    page = at_step("Policy leads")
    with pytest.raises(ValidationError, match="being reviewed already"):
        submit_edition(user=member("Policy leads"), page=page)
    assert WorkflowState.objects.count() == 1


def test_a_published_edition_is_not_sent():
    edition = make.issued(make.document())
    with pytest.raises((PermissionDenied, ValidationError)):
        submit_edition(user=make.user(), page=edition.page)
    assert not WorkflowState.objects.exists()


def test_sections_are_never_sent_alone(client):
    page = draft()
    section = SectionPage.objects.child_of(page).get()
    assert page.permissions_for_user(member("Editors")).can_submit_for_moderation()
    assert not section.permissions_for_user(member("Editors")).can_submit_for_moderation()
    client.force_login(member("Editors"))
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[section.pk])).content.decode()
    assert "action-submit" not in shown
    new = reverse("wagtailadmin_pages:add", args=["guidance", "sectionpage", page.pk])
    assert "action-submit" not in client.get(new).content.decode()
    answer = client.post(new, {"title": "New", "slug": "new", "action-submit": "1"})
    assert answer.status_code == 302
    assert not WorkflowState.objects.exists()


def test_the_review_can_be_stopped_by_who_sent_it_and_not_by_another():
    page = at_step("Legal")
    with pytest.raises(PermissionDenied):
        stop_review(user=member("Policy leads"), page=page)
    stop_review(user=member("Editors"), page=page)
    assert review_of(fresh(page)) is None
    assert not page.permissions_for_user(member("Editors")).page_locked()


def test_publishing_ends_a_review_that_is_going_on():
    page = at_step("Legal")
    publish_edition(user=member("Publishers"), page=page)
    assert fresh(page).current_workflow_state is None
    assert WorkflowState.objects.get().status == "cancelled"


def test_every_answer_is_in_the_log_with_who_what_and_why():
    page = at_step("Legal")
    answer(page, "Legal", approve=False, comment="Not yet.")
    rows = PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.workflow")
    found = {(row.action, row.user.first_name, row.data.get("comment", "")) for row in rows}
    assert ("wagtail.workflow.start", "Editors", "") in found
    assert ("wagtail.workflow.approve", "Policy leads", "") in found
    assert ("wagtail.workflow.reject", "Legal", "Not yet.") in found


# ---- e-mails


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Does something and returns the e-mails that went out of it, by recipient."""

    def watch(act):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert all(len(message.to) == 1 for message in mail.outbox)
        found = {message.to[0]: message for message in mail.outbox}
        assert len(found) == len(mail.outbox), "somebody was written to twice"
        return found

    return watch


def test_the_people_of_a_step_are_told_what_is_wanted_and_by_when(sent):
    page = draft(title="Second edition")
    people = {member("Policy leads").email, member("Policy leads", "Another lead").email}
    make.user("boss@example.org")
    found = sent(lambda: submit_edition(user=member("Editors"), page=page))
    assert set(found) == people
    message = found[member("Policy leads").email]
    day = timezone.localdate() + timedelta(days=10)
    words = f"{day.day} {day:%B %Y}"
    assert message.subject == f"Please read “Second edition” by {words}"
    assert f"by {words}." in message.body
    assert reverse("guidance_reading", args=[page.pk]) in message.body
    assert "goes on to the step “Legal”" in message.body
    assert "&" not in message.subject + message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_last_step_is_told_that_it_is_ready_to_be_published_then(sent):
    page = at_step("Sounding Board")
    member("Publishers")
    found = sent(lambda: answer(page, "Sounding Board"))
    assert "it is ready to be published" in found[member("Publishers").email].body


def test_the_sounding_board_is_asked_to_comment(sent):
    page = at_step("Legal")
    member("Sounding Board")
    found = sent(lambda: answer(page, "Legal"))
    assert "and comment by" in found[member("Sounding Board").email].body


def test_whoever_sent_it_is_told_which_changes_are_wanted(sent):
    page = at_step("Legal")
    found = sent(lambda: answer(page, "Legal", approve=False, comment="Name section 138 & not 38."))
    assert set(found) == {member("Editors").email}
    body = found[member("Editors").email].body
    assert "Name section 138 & not 38." in body
    assert reverse("guidance_publication", args=[page.pk]) in body


def test_publishers_are_told_that_it_is_approved(sent):
    page = at_step("Publishers")
    other = member("Publishers", "Another publisher")
    found = sent(lambda: answer(page, "Publishers"))
    assert set(found) == {member("Publishers").email, other.email, member("Editors").email}
    assert "It is not published yet" in found[other.email].body


def test_the_people_of_an_edition_are_told_that_it_is_published(sent):
    page = at_step("Legal")
    found = sent(lambda: publish_edition(user=member("Publishers"), page=page))
    assert set(found) == {member("Editors").email, member("Policy leads").email}
    edition = Edition.objects.get()
    assert edition.digest in found[member("Editors").email].body
    address = reverse("guidance:edition", args=[edition.document.slug, edition.slug])
    assert f"http://testserver{address}" in found[member("Editors").email].body


def test_mail_that_cannot_be_sent_undoes_nothing_and_leaves_no_address_in_the_log(
    settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.guidance.broken_mail.Backend"
    person = member("Policy leads")
    page = draft()
    with django_capture_on_commit_callbacks(execute=True):
        submit_edition(user=member("Editors"), page=page)
    assert review_of(fresh(page)).task.name == "Policy lead"
    assert f"event=notice_failed kind=step_begun user={person.pk}" in caplog.text
    assert person.email not in caplog.text


def test_a_person_who_turned_the_kind_off_is_not_written_to(sent):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(member("Policy leads"))
    profile.submitted_notifications = False
    profile.save()
    assert sent(lambda: submit_edition(user=member("Editors"), page=draft())) == {}
