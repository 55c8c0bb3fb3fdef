"""Publication at a set time: what is planned, what is issued, what is refused and who hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import PageLogEntry

from guidance.actions import planning_publication
from guidance.actions.planning_publication import (
    cancel_plan,
    in_words,
    plan_publication,
    publish_due,
)
from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.models import Edition, PlannedPublication, PlanState, SectionPage
from tests import factories as make
from tests.guidance.review_samples import draft, fresh, member

pytestmark = pytest.mark.django_db


def soon(**more):
    return timezone.now() + timedelta(**(more or {"hours": 1}))


def planned(page=None, at=None):
    page = page or draft()
    return plan_publication(user=member("Publishers"), page=page, at=at or soon())


def reword(page):
    make.reword(SectionPage.objects.child_of(page).get(), {"1.1": "Other words."})


def test_an_edition_is_issued_when_its_time_has_come_and_not_before():
    plan = planned()
    assert publish_due() == []
    assert not Edition.objects.exists()
    done = publish_due(plan.at)
    assert [p.state for p in done] == [PlanState.DONE]
    edition = Edition.objects.get()
    assert edition.page_id == plan.page_id
    assert edition.digest == plan.digest
    assert edition.issued_at == plan.at


def test_it_is_issued_late_where_nobody_looked_in_time():
    plan = planned()
    late = plan.at + timedelta(days=2)
    publish_due(late)
    assert Edition.objects.get().issued_at == late


def test_looking_again_issues_nothing_twice():
    plan = planned()
    publish_due(plan.at)
    assert publish_due(plan.at) == []
    assert Edition.objects.count() == 1


def test_what_was_changed_after_it_was_planned_is_not_issued():
    plan = planned()
    reword(plan.page)
    refused = publish_due(plan.at)
    assert [p.state for p in refused] == [PlanState.REFUSED]
    assert "changed after it was planned" in refused[0].refusal
    assert not Edition.objects.exists()
    assert publish_due(plan.at) == []


def test_a_save_that_changes_no_words_does_not_keep_it():
    plan = planned()
    section = SectionPage.objects.child_of(plan.page).get()
    section.save_revision(user=member("Editors"))
    publish_due(plan.at)
    assert Edition.objects.exists()


def test_who_lost_the_right_to_publish_does_not_publish_through_a_plan():
    plan = planned()
    member("Publishers").groups.clear()
    refused = publish_due(plan.at)
    assert refused[0].state == PlanState.REFUSED
    assert "may no longer publish" in refused[0].refusal
    assert not Edition.objects.exists()


def test_what_stands_in_the_way_by_then_is_named():
    page = draft(slug="second")
    plan = planned(page)
    rival = make.issued(page.get_parent().specific, slug="rival")
    refused = publish_due(plan.at)
    assert rival.title in refused[0].refusal
    assert Edition.objects.get() == rival


def test_the_planner_is_told_of_a_refusal(django_capture_on_commit_callbacks):
    plan = planned()
    reword(plan.page)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        publish_due(plan.at)
    message = next(m for m in mail.outbox if m.to == [member("Publishers").email])
    assert "was not published" in message.subject
    assert "changed after it was planned" in message.body
    assert "London time" in message.body


def test_one_that_breaks_off_waits_for_the_next_run_and_does_not_keep_the_others(monkeypatch):
    first, second = planned(), planned(draft(slug="other"))
    publish = planning_publication.publish_edition

    def fail(*, page, **more):
        if page.pk == first.page_id:
            raise RuntimeError("the disk is full")
        return publish(page=page, **more)

    monkeypatch.setattr(planning_publication, "publish_edition", fail)
    assert [p.pk for p in publish_due(second.at)] == [second.pk]
    first.refresh_from_db()
    assert first.state == PlanState.WAITING
    monkeypatch.undo()
    publish_due(second.at)
    assert Edition.objects.count() == 2


def test_a_time_that_is_past_is_refused():
    with pytest.raises(ValidationError, match="past"):
        planned(at=timezone.now() - timedelta(seconds=1))
    assert not PlannedPublication.objects.exists()


def test_what_is_blocked_cannot_be_planned():
    with pytest.raises(EditionNotReady):
        planned(draft(published=None, in_force_from=timezone.localdate()))
    assert not PlannedPublication.objects.exists()


@pytest.mark.parametrize("group", ["Editors", "Policy leads", "Legal", "Sounding Board"])
def test_only_who_may_publish_may_plan_or_take_back(group):
    page = draft()
    with pytest.raises(PermissionDenied):
        plan_publication(user=member(group), page=page, at=soon())
    planned(page)
    with pytest.raises(PermissionDenied):
        cancel_plan(user=member(group), page=page)
    assert PlannedPublication.objects.exists()


def test_a_plan_is_replaced_and_a_refused_one_can_be_planned_anew():
    plan = planned()
    reword(plan.page)
    publish_due(plan.at)
    later = soon(days=2)
    again = planned(fresh(plan.page), later)
    assert (again.pk, again.state, again.refusal) == (plan.pk, PlanState.WAITING, "")
    publish_due(later)
    assert Edition.objects.get().digest == again.digest


def test_a_plan_that_was_taken_back_publishes_nothing():
    plan = planned()
    cancel_plan(user=member("Publishers"), page=plan.page)
    assert publish_due(plan.at) == []
    assert not Edition.objects.exists()


def test_publishing_by_hand_settles_the_plan():
    plan = planned()
    publish_edition(user=member("Publishers"), page=plan.page)
    plan.refresh_from_db()
    assert plan.state == PlanState.DONE
    assert publish_due(plan.at) == []
    cancel_plan(user=member("Publishers"), page=fresh(plan.page))
    assert PlannedPublication.objects.exists()


def test_planning_refusing_and_taking_back_are_in_the_log():
    plan = planned()
    reword(plan.page)
    publish_due(plan.at)
    cancel_plan(user=member("Publishers"), page=fresh(plan.page))
    rows = PageLogEntry.objects.filter(page=plan.page_id, action__startswith="guidance.")
    found = {row.action: row for row in rows}
    assert set(found) >= {
        "guidance.plan_publication",
        "guidance.refuse_plan",
        "guidance.cancel_plan",
    }
    assert found["guidance.plan_publication"].user == member("Publishers")
    assert in_words(plan.at) in found["guidance.plan_publication"].message
    assert "changed after it was planned" in found["guidance.refuse_plan"].comment


def test_a_time_is_said_as_it_is_in_london():
    summer = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    winter = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    assert in_words(summer) == "1 July 2026 at 09:30, London time"
    assert in_words(winter) == "3 December 2026 at 09:30, London time"


def test_the_command_says_what_it_did_and_can_run_again():
    plan = planned()
    PlannedPublication.objects.update(at=timezone.now())
    out = StringIO()
    call_command("publish_due_editions", stdout=out)
    call_command("publish_due_editions", stdout=out)
    assert out.getvalue() == f"Published “{plan.page.title}”.\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'",
    reason="an in-memory database has one writer; on disk SQLite lets one in at a time",
)
def test_of_several_workers_at_once_one_publishes():
    plan, gate, settled = planned(), Barrier(3), []

    def work():
        try:
            gate.wait()
            settled.extend(p.pk for p in publish_due(plan.at))
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert settled == [plan.pk]
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_leaves_the_plan_for_the_next(monkeypatch):
    plan = planned()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("guidance.actions.publishing.write_edition", die)
    with pytest.raises(KeyboardInterrupt):
        publish_due(plan.at)
    monkeypatch.undo()
    assert not Edition.objects.exists()
    assert not fresh(plan.page).issued
    publish_due(plan.at)
    assert Edition.objects.get().digest == plan.digest
