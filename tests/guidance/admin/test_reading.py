"""Read and comment: what a reviewer sees and does there, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment

from guidance.actions.review_steps import review_of
from guidance.models import SectionPage
from tests import factories as make
from tests.guidance.review_samples import at_step, draft, fresh, member

pytestmark = pytest.mark.django_db


def signed_in(group, name=""):
    client = Client()
    client.force_login(member(group, name))
    return client


def section_of(page):
    return SectionPage.objects.child_of(page).get()


def place(page):
    return reverse("guidance_reading_section", args=[page.pk, section_of(page).pk])


def test_the_draft_is_read_as_drafted_now_with_its_status():
    page = make.draft(make.document(), statements=[make.statement("1.1")])
    make.reword(section_of(page), {"1.1": "Written this morning."})
    client = Client()
    client.force_login(make.user())
    shown = client.get(place(page)).content.decode()
    assert "Written this morning." in shown
    assert "Statutory guidance" in shown
    assert "Comment on paragraph 1.1" in shown


def test_a_draft_whose_statements_cannot_be_read_is_read_all_the_same():
    page = make.draft(make.document(), statements=[make.statement("one to two")])
    client = Client()
    client.force_login(make.user())
    assert "Comment on paragraph 1.1" in client.get(place(page)).content.decode()


def test_the_first_page_says_what_is_wanted_by_when_and_counts_open_comments():
    page = at_step("Sounding Board")
    client = signed_in("Sounding Board")
    block = section_of(page).body.raw_data[0]["id"]
    client.post(place(page), {"act": "comment", "block": block, "text": "Who pays?"})
    shown = client.get(reverse("guidance_reading", args=[page.pk])).content.decode()
    assert "It is before you at the step “Sounding Board”" in shown
    assert "is wanted by" in shown
    assert "1 open comment" in shown
    assert "wagtailadmin_explore" not in shown


def test_answering_leads_people_outside_home_and_others_back():
    page = at_step("Sounding Board")
    step = page.current_workflow_task_state.pk
    where = reverse("guidance_reading", args=[page.pk])
    answer = signed_in("Sounding Board").post(where, {"answer": "approve", "step": step})
    assert answer.url == reverse("wagtailadmin_home")
    step = fresh(page).current_workflow_task_state.pk
    answer = signed_in("Publishers").post(where, {"answer": "approve", "step": step})
    assert answer.url == where
    assert review_of(fresh(page)).approved


def test_asking_for_changes_without_saying_which_keeps_the_page_and_says_so():
    page = at_step("Legal")
    where = reverse("guidance_reading", args=[page.pk])
    step = page.current_workflow_task_state.pk
    shown = signed_in("Legal").post(where, {"answer": "changes", "step": step}).content.decode()
    assert "Say what should change." in shown
    assert review_of(fresh(page)).task.name == "Legal"


def test_an_answer_to_a_step_that_is_over_is_refused_and_its_words_are_kept():
    page = at_step("Legal")
    where = reverse("guidance_reading", args=[page.pk])
    form = {"answer": "changes", "step": "1", "comment": "Name the right section."}
    shown = signed_in("Legal").post(where, form).content.decode()
    assert "answered already" in shown
    assert "Name the right section." in shown


def test_comments_are_written_answered_edited_settled_and_deleted_here():
    page = at_step("Sounding Board")
    block = section_of(page).body.raw_data[0]["id"]
    outside, editor = signed_in("Sounding Board"), signed_in("Editors")
    answer = outside.post(place(page), {"act": "comment", "block": block, "text": "Who pays?"})
    comment = Comment.objects.get()
    assert answer.url == f"{place(page)}#comment-{comment.pk}"
    editor.post(place(page), {"act": "reply", "comment": comment.pk, "text": "The authority."})
    shown = outside.get(place(page)).content.decode()
    assert "Who pays?" in shown
    assert "The authority." in shown
    reply = comment.replies.get()
    editor.post(place(page), {"act": "edit-reply", "comment": reply.pk, "text": "The county."})
    outside.post(place(page), {"act": "edit", "comment": comment.pk, "text": "Who pays for it?"})
    editor.post(place(page), {"act": "settle", "comment": comment.pk})
    shown = outside.get(place(page)).content.decode()
    assert "Who pays for it?" in shown
    assert "The county." in shown
    assert "settled by Editors" in shown
    editor.post(place(page), {"act": "reopen", "comment": comment.pk})
    editor.post(place(page), {"act": "delete-reply", "comment": reply.pk})
    outside.post(place(page), {"act": "delete", "comment": comment.pk, "block": block})
    assert not Comment.objects.exists()


def test_what_was_typed_is_kept_at_its_paragraph_where_it_is_refused():
    page = draft()
    block = section_of(page).body.raw_data[1]["id"]
    long = "Too long. " * 600
    form = {"act": "comment", "block": block, "text": long}
    shown = signed_in("Editors").post(place(page), form).content.decode()
    assert "A comment can have 5,000 characters" in shown
    assert f'id="error-{block}"' in shown
    assert shown.count("Too long. Too long.") > 0
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "form", [{"act": "burn", "comment": "1"}, {"act": "reply", "comment": "x"}]
)
def test_acts_and_comments_that_are_not_there_break_nothing(form):
    answer = signed_in("Editors").post(place(draft()), form)
    assert answer.status_code in (200, 404)


def test_markup_in_a_comment_is_shown_as_it_was_typed():
    page = draft()
    block = section_of(page).body.raw_data[0]["id"]
    client = signed_in("Editors")
    client.post(
        place(page), {"act": "comment", "block": block, "text": "<script>alert(1)</script>"}
    )
    shown = client.get(place(page)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_section_of_another_edition_is_not_found():
    page, other = draft(), draft(slug="other")
    where = reverse("guidance_reading_section", args=[page.pk, section_of(other).pk])
    assert signed_in("Editors").get(where).status_code == 404


def test_no_cache_keeps_a_draft():
    answer = signed_in("Editors").get(place(draft()))
    assert "no-store" in answer["Cache-Control"]
