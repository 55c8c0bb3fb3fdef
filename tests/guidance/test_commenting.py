"""Comments on paragraphs of a draft: whose they are, who sees them, and where Wagtail shows them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import Comment, CommentReply, PageLogEntry, PageSubscription

from guidance.actions.commenting import (
    LONGEST,
    comment_on,
    comments_by_block,
    delete_comment,
    edit_comment,
    reply_to,
    resolve_comment,
)
from guidance.actions.publishing import publish_edition
from guidance.models import SectionPage
from tests import factories as make
from tests.guidance.review_samples import at_step, draft, fresh, member

pytestmark = pytest.mark.django_db


def section_of(page):
    return SectionPage.objects.child_of(page).get()


def block_of(section, index=0):
    return section.body.raw_data[index]["id"]


def comment(page, by, text="Who pays?", index=0):
    section = section_of(page)
    return comment_on(user=by, section=section, block=block_of(section, index), text=text)


def seen(page, by):
    found = comments_by_block([section_of(page)], page, by)
    return {c.text for comments in found.values() for c in comments}


def test_a_comment_is_one_that_wagtails_editor_shows_at_its_block(client):
    page = draft()
    written = comment(page, member("Editors"), index=1)
    section = section_of(page)
    assert written.contentpath == f"body.{block_of(section, 1)}.number"
    assert written.has_valid_contentpath(section)
    client.force_login(member("Editors"))
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[section.pk]))
    assert written.contentpath in editor.content.decode()


BLOCKS = [
    make.paragraph("1.1"),
    make.heading("First things"),
    make.box("Local persons"),
    make.term("Park"),
    make.table("Fees", ["Who", "How much"], [["All", "None"]]),
    make.block("text", body=make.body("A foreword."), notes=[]),
    make.block("quotation", text="<p>Ask first.</p>", source="", notes=[]),
    make.block("question", number="1", text="<p>Do you agree?</p>"),
    make.block("figure", image=None, alt="Boxes", caption="", description=""),
]


@pytest.mark.parametrize("raw", BLOCKS, ids=lambda raw: raw["type"])
def test_every_kind_of_block_takes_comments(raw):
    page = make.draft(make.document(), [make.section(blocks=[raw])])
    written = comment(page, make.user())
    assert written.has_valid_contentpath(section_of(page))
    found = comments_by_block([section_of(page)], page, make.user())
    assert list(found) == [raw["id"]]


def test_a_comment_stays_with_its_paragraph_when_the_draft_is_saved():
    page = draft()
    written = comment(page, member("Editors"))
    section = section_of(page)
    make.reword(section, {"1.1": "Other words."})
    found = comments_by_block([section_of(page)], page, member("Editors"))
    assert [c.pk for c in found[block_of(section)]] == [written.pk]


def test_people_outside_see_the_threads_of_their_own_and_the_answers_in_them():
    page = at_step("Sounding Board")
    comment(page, member("Legal"), "Confidential: we may lose in court.")
    mine = comment(page, member("Sounding Board"), "Who pays?")
    comment(page, member("Sounding Board", "Another member"), "And who collects?")
    reply_to(user=member("Editors"), comment=mine, text="The authority.")
    assert seen(page, member("Sounding Board")) == {"Who pays?", "And who collects?"}
    assert len(seen(page, member("Editors"))) == 3
    found = comments_by_block([section_of(page)], page, member("Sounding Board"))
    assert [[r.text for r in c.answers] for some in found.values() for c in some] == [
        ["The authority."],
        [],
    ]


def test_people_outside_do_not_answer_what_they_do_not_see():
    page = at_step("Sounding Board")
    hidden = comment(page, member("Legal"))
    for act in (
        lambda: reply_to(user=member("Sounding Board"), comment=hidden, text="What?"),
        lambda: resolve_comment(user=member("Sounding Board"), comment=hidden),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not CommentReply.objects.exists()


def test_when_the_step_is_over_people_outside_read_and_write_no_more():
    from guidance.actions.review_steps import may_read
    from tests.guidance.review_samples import answer

    page = at_step("Sounding Board")
    mine = comment(page, member("Sounding Board"))
    answer(page, "Sounding Board")
    assert not may_read(fresh(page), member("Sounding Board"))
    with pytest.raises(PermissionDenied):
        comment(page, member("Sounding Board"), "One thing more.")
    with pytest.raises(PermissionDenied):
        edit_comment(user=member("Sounding Board"), comment=mine, text="Never mind.")


def test_only_its_author_changes_or_deletes_a_comment():
    page = draft()
    mine = comment(page, member("Editors"))
    for act in (
        lambda: edit_comment(user=make.user(), comment=mine, text="I wrote this."),
        lambda: delete_comment(user=make.user(), comment=mine),
    ):
        with pytest.raises(PermissionDenied):
            act()
    edit_comment(user=member("Editors"), comment=mine, text="Who pays for it?")
    assert Comment.objects.get().text == "Who pays for it?"
    delete_comment(user=member("Editors"), comment=mine)
    assert not Comment.objects.exists()


def test_a_comment_that_was_answered_is_not_deleted():
    page = draft()
    mine = comment(page, member("Editors"))
    reply_to(user=member("Legal"), comment=mine, text="The authority.")
    with pytest.raises(ValidationError, match="answered this comment"):
        delete_comment(user=member("Editors"), comment=mine)
    assert Comment.objects.exists()


def test_ones_own_reply_can_be_changed_and_deleted():
    page = draft()
    reply = reply_to(
        user=member("Legal"), comment=comment(page, member("Editors")), text="The county."
    )
    edit_comment(user=member("Legal"), comment=reply, text="The district.")
    assert CommentReply.objects.get().text == "The district."
    delete_comment(user=member("Legal"), comment=reply)
    assert not CommentReply.objects.exists()
    assert Comment.objects.exists()


def test_a_comment_is_settled_and_opened_again():
    page = draft()
    mine = comment(page, member("Legal"))
    resolve_comment(user=member("Editors"), comment=mine)
    stored = Comment.objects.get()
    assert (stored.resolved_by, stored.resolved_at is not None) == (member("Editors"), True)
    resolve_comment(user=member("Editors"), comment=stored, resolved=False)
    assert Comment.objects.get().resolved_at is None


@pytest.mark.parametrize(
    ("text", "words"), [("", "Write your comment"), ("  \n", "Write your"), ("x" * (LONGEST + 1), "5,000")]
)  # fmt: skip
def test_empty_and_endless_comments_are_refused(text, words):
    with pytest.raises(ValidationError, match=words):
        comment(draft(), member("Editors"), text)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("block", ["", "nonsense", "8d8ac610-566d-4ef0-9c22-186b2a5ed793"])
def test_a_block_that_is_not_there_takes_no_comment(block):
    with pytest.raises(ValidationError, match="no longer in the draft"):
        comment_on(
            user=member("Editors"), section=section_of(draft()), block=block, text="Who pays?"
        )


def test_a_published_edition_takes_no_comments():
    page = draft()
    publish_edition(user=member("Publishers"), page=page)
    with pytest.raises(PermissionDenied):
        comment(fresh(page), member("Editors"))


def test_comments_are_in_the_log():
    page = draft()
    written = comment(page, member("Editors"))
    reply_to(user=member("Legal"), comment=written, text="The authority.")
    resolve_comment(user=member("Editors"), comment=written)
    rows = PageLogEntry.objects.filter(action__startswith="wagtail.comments")
    assert {(r.action, r.user.first_name) for r in rows} == {
        ("wagtail.comments.create", "Editors"),
        ("wagtail.comments.create_reply", "Legal"),
        ("wagtail.comments.resolve", "Editors"),
    }


def test_the_owner_the_followers_and_the_others_of_the_thread_are_told(
    django_capture_on_commit_callbacks,
):
    page = at_step("Sounding Board")
    section = section_of(page)
    PageSubscription.objects.create(
        user=member("Policy leads"), page=section, comment_notifications=True
    )
    outside = member("Sounding Board")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        written = comment(page, outside)
    assert {m.to[0] for m in mail.outbox} == {
        member("Editors").email,
        member("Policy leads").email,
    }
    assert f"#comment-{written.pk}" in mail.outbox[0].body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        reply_to(user=member("Editors"), comment=written, text="The authority.")
    assert outside.email in {m.to[0] for m in mail.outbox}


def test_reading_comments_costs_the_same_queries_whatever_their_number(
    django_assert_max_num_queries,
):
    page = draft()
    for n in range(12):
        reply_to(
            user=member("Legal"), comment=comment(page, member("Editors"), f"No. {n}"), text="Yes."
        )
    section = section_of(page)
    with django_assert_max_num_queries(6):
        found = comments_by_block([section], page, member("Editors"))
        assert sum(len(c.answers) for some in found.values() for c in some) == 12
