"""Role by action: every act of the editorial side, tried for real by everybody, in one table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, TaskState

from guidance.actions.commenting import comment_on, resolve_comment
from guidance.actions.correcting import start_corrigendum
from guidance.actions.obligations import Decision, decide_obligations
from guidance.actions.planning_publication import cancel_plan, plan_publication
from guidance.actions.reviewing import decide_changes
from guidance.actions.starting import start_edition
from guidance.actions.withdrawing import withdraw_document
from guidance.models import (
    Edition,
    EditionPage,
    ObligationDecision,
    PlannedPublication,
    SectionPage,
    Withdrawal,
)
from tests import factories as make
from tests.guidance.review_samples import at_step, draft, fresh, member

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous",
    "no role",
    "Editors",
    "Policy leads",
    "Legal",
    "Sounding Board",
    "Publishers",
    "Administrators",
    "superuser",
)


class Who(NamedTuple):
    """A person and the browser in which they are signed in."""

    user: Any
    client: Client

    def opens(self, name: str, *args: Any) -> bool:
        """Whether the page is shown, rather than refused or led away from."""
        return self.client.get(reverse(name, args=args)).status_code == 200

    def sends(self, name: str, *args: Any, **data: Any) -> None:
        self.client.post(reverse(name, args=args), data)


def sign_in(role: str) -> Who:
    client = Client()
    if role == "anonymous":
        return Who(AnonymousUser(), client)
    if role == "superuser":
        user = make.user("superuser@example.org")
    elif role == "no role":
        user = make.user("member@example.org", superuser=False)
    else:
        user = member(role)
    client.force_login(user)
    return Who(user, client)


def section_of(page: EditionPage) -> SectionPage:
    return SectionPage.objects.child_of(page).get()


def second_draft() -> EditionPage:
    """A draft of a document of which an edition is published."""
    first = make.issued(make.document(), published=timezone.localdate() - timedelta(days=900))
    return start_edition(
        user=member("Editors"),
        document=first.document,
        stage="final",
        published=timezone.localdate(),
        in_force_from=timezone.localdate(),
    )


# ---- the acts: each tries one thing for a person and says whether it was done


def reads_a_draft(who: Who) -> bool:
    page = draft()
    return who.opens("guidance_reading", page.pk) and who.opens(
        "guidance_reading_section", page.pk, section_of(page).pk
    )


def reads_the_draft_before_the_sounding_board(who: Who) -> bool:
    page = at_step("Sounding Board")
    return who.opens("guidance_reading", page.pk) and who.opens(
        "guidance_reading_section", page.pk, section_of(page).pk
    )


def edits_a_section(who: Who) -> bool:
    section = section_of(draft())
    form = {"title": "Other", "slug": section.slug, "number": "1", "prefix": "", "body-count": "0"}
    form |= {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comment_notifications": "",
    }
    who.sends("wagtailadmin_pages:edit", section.pk, **form)
    section.refresh_from_db()
    return section.get_latest_revision().content["title"] == "Other"


def edits_an_edition(who: Who) -> bool:
    page = draft()
    form = {"title": "Other", "slug": page.slug, "stage": "final", "published": "2008-07-01"}
    form |= {f"{name}-count": "0" for name in ("statements", "duties", "definitions")}
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "correction": ""}
    who.sends("wagtailadmin_pages:edit", page.pk, **form)
    return fresh(page).get_latest_revision().content["title"] == "Other"


def edits_while_the_sounding_board_reads(who: Who) -> bool:
    section = section_of(at_step("Sounding Board"))
    before = section.revisions.count()
    form = {"title": "Other", "slug": section.slug, "number": "1", "prefix": "", "body-count": "0"}
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    who.sends("wagtailadmin_pages:edit", section.pk, **form)
    return section.revisions.count() > before


def starts_an_edition(who: Who) -> bool:
    edition = make.issued(make.document())
    start_edition(user=who.user, document=edition.document, stage="consultation")
    return EditionPage.objects.filter(issued=False).exists()


def starts_a_corrigendum(who: Who) -> bool:
    edition = make.issued(make.document())
    start_corrigendum(
        user=who.user,
        document=edition.document,
        corrects=edition,
        correction="Paragraph 1.1 named the wrong section.",
        published=timezone.localdate(),
    )
    return EditionPage.objects.filter(stage="corrigendum").exists()


def imports(who: Who) -> bool:
    return who.opens("guidance_imports:start")


def sees_the_changes(who: Who) -> bool:
    return who.opens("guidance_changes", second_draft().pk)


def decides_about_changes(who: Who) -> bool:
    decide_changes(user=who.user, page=second_draft(), decisions=[])
    return True


def confirms_demands(who: Who) -> bool:
    page = draft()
    block = section_of(page).body.raw_data[0]["id"]
    decision = Decision(block, "a" * 64, True, "must")
    decide_obligations(user=who.user, page=page, decisions=[decision])
    return ObligationDecision.objects.exists()


def comments_on_a_draft(who: Who) -> bool:
    return _comments(who, draft())


def comments_on_the_draft_before_the_sounding_board(who: Who) -> bool:
    return _comments(who, at_step("Sounding Board"))


def _comments(who: Who, page: EditionPage) -> bool:
    section = section_of(page)
    block = section.body.raw_data[0]["id"]
    address = reverse("guidance_reading_section", args=[page.pk, section.pk])
    who.client.post(address, {"act": "comment", "block": block, "text": "Who pays?"})
    seen = Comment.objects.exists()
    Comment.objects.all().delete()
    with suppress(PermissionDenied, AttributeError):
        comment_on(user=who.user, section=section, block=block, text="Who pays?")
    assert Comment.objects.exists() is seen, "the page and the action disagree"
    return seen


def settles_anothers_comment(who: Who) -> bool:
    page = at_step("Sounding Board")
    section = section_of(page)
    other = member("Sounding Board", "Another member")
    comment = comment_on(
        user=other, section=section, block=section.body.raw_data[0]["id"], text="Who pays?"
    )
    resolve_comment(user=who.user, comment=comment)
    return Comment.objects.filter(resolved_at__isnull=False).exists()


def sends_for_review(who: Who) -> bool:
    page = draft()
    who.sends("guidance_publication", page.pk, act="submit")
    return bool(fresh(page).workflow_in_progress)


def _answers(group: str) -> Callable[[Who], bool]:
    def answers(who: Who) -> bool:
        page = at_step(group)
        step = page.current_workflow_task_state
        address = reverse("guidance_reading", args=[page.pk])
        who.client.post(address, {"answer": "approve", "step": step.pk})
        return TaskState.objects.get(pk=step.pk).status == "approved"

    answers.__name__ = f"answers_for_{group.lower().replace(' ', '_')}"
    return answers


def publishes(who: Who) -> bool:
    page = draft()
    who.sends("guidance_publication", page.pk)
    return Edition.objects.exists()


def plans_publication(who: Who) -> bool:
    day = timezone.localdate() + timedelta(days=3)
    who.sends("guidance_publication", draft().pk, act="plan", day=day.isoformat(), time="09:30")
    return PlannedPublication.objects.exists()


def takes_a_plan_back(who: Who) -> bool:
    page = draft()
    at = timezone.now() + timedelta(days=3)
    plan_publication(user=member("Publishers"), page=page, at=at)
    cancel_plan(user=who.user, page=page)
    return not PlannedPublication.objects.exists()


def withdraws(who: Who) -> bool:
    document = make.issued(make.document(), published=timezone.localdate()).document
    withdraw_document(
        user=who.user, document=document, withdrawn_from=timezone.localdate(), reason="Repealed."
    )
    return Withdrawal.objects.exists()


def opens_the_withdrawal(who: Who) -> bool:
    return who.opens("guidance_withdrawal", make.issued(make.document()).document_id)


def reads_the_history(who: Who) -> bool:
    return who.opens("guidance_edition_history", draft().pk)


def reads_wagtails_history(who: Who) -> bool:
    return who.opens("wagtailadmin_pages:history", draft().pk)


def sees_drafts_in_the_explorer(who: Who) -> bool:
    return who.opens("wagtailadmin_explore", draft().pk)


def sees_drafts_in_a_chooser(who: Who) -> bool:
    return who.opens("wagtailadmin_choose_page_child", draft().pk)


def previews_a_draft(who: Who) -> bool:
    return who.opens("wagtailadmin_pages:view_draft", section_of(draft()).pk)


def sees_the_registers(who: Who) -> bool:
    return who.opens("guidance_duty_modeladmin_index")


def sees_images(who: Who) -> bool:
    return who.opens("wagtailimages:index")


def manages_users(who: Who) -> bool:
    return who.opens("wagtailusers_users:index") and who.opens("wagtailusers_users:add")


def manages_the_steps_of_the_review(who: Who) -> bool:
    return who.opens("wagtailadmin_workflows:index")


def enters_the_admin(who: Who) -> bool:
    return who.opens("wagtailadmin_home")


# act: anonymous, no role, Editors, Policy leads, Legal, Sounding Board, Publishers,
#      Administrators, superuser
TABLE: dict[Callable[[Who], bool], str] = {
    enters_the_admin:                                  ". . y y y y y y y",
    reads_a_draft:                                     ". . y y y . y y y",
    reads_the_draft_before_the_sounding_board:         ". . y y y y y y y",
    previews_a_draft:                                  ". . y y y . y y y",
    sees_drafts_in_the_explorer:                       ". . y y y . y y y",
    sees_drafts_in_a_chooser:                          ". . y y y . y y y",
    edits_a_section:                                   ". . y y y . y y y",
    edits_an_edition:                                  ". . y y y . y y y",
    edits_while_the_sounding_board_reads:              ". . . . . . . . y",
    starts_an_edition:                                 ". . y y . . y y y",
    starts_a_corrigendum:                              ". . y y . . y y y",
    imports:                                           ". . y y . . y y y",
    sees_the_changes:                                  ". . y y y . y y y",
    decides_about_changes:                             ". . y y y . y y y",
    confirms_demands:                                  ". . y y y . y y y",
    comments_on_a_draft:                               ". . y y y . y y y",
    comments_on_the_draft_before_the_sounding_board:   ". . y y y y y y y",
    settles_anothers_comment:                          ". . y y y . y y y",
    sends_for_review:                                  ". . y y y . y y y",
    _answers("Policy leads"):                          ". . . y . . . . y",
    _answers("Legal"):                                 ". . . . y . . . y",
    _answers("Sounding Board"):                        ". . . . . y . . y",
    _answers("Publishers"):                            ". . . . . . y . y",
    publishes:                                         ". . . . . . y y y",
    plans_publication:                                 ". . . . . . y y y",
    takes_a_plan_back:                                 ". . . . . . y y y",
    withdraws:                                         ". . . . . . y y y",
    opens_the_withdrawal:                              ". . . . . . y y y",
    reads_the_history:                                 ". . y y y . y y y",
    reads_wagtails_history:                            ". . y y y . y y y",
    sees_the_registers:                                ". . y y y . y y y",
    sees_images:                                       ". . y y . . y y y",
    manages_users:                                     ". . . . . . . y y",
    manages_the_steps_of_the_review:                   ". . . . . . . y y",
}  # fmt: skip


@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.__name__)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(role, act):
    may = dict(zip(ROLES, TABLE[act].split(), strict=True))[role] == "y"
    try:
        done = act(sign_in(role))
    except (PermissionDenied, ValidationError):
        done = False
    assert done is may
