"""Withdrawal: an act with a date and a reason, which nobody can undo but by a new edition."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.signals import page_published

from guidance.actions.withdrawing import consequences, withdraw_document
from guidance.models import Edition, GuidancePage, Withdrawal
from tests import factories as make
from tests.guidance.review_samples import member

pytestmark = pytest.mark.django_db


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def withdraw(document, from_day, reason="The duty was repealed.", by="Publishers"):
    return withdraw_document(
        user=member(by), document=document, withdrawn_from=from_day, reason=reason
    )


@pytest.fixture
def edition(db) -> Edition:
    return make.issued(make.document(), published=date(2008, 7, 1), title="Final edition")


def in_force(document, on):
    return Edition.objects.filter(document=document).in_force_on(on).first()


def test_from_its_day_on_nothing_is_in_force_and_before_it_everything_is_as_it_was(edition):
    withdrawal = withdraw(edition.document, day(3))
    assert in_force(edition.document, day(2)) == edition
    assert in_force(edition.document, day(3)) is None
    assert withdrawal.made_on == day(0)
    assert withdrawal.made_by == member("Publishers")


def test_it_can_be_today_and_not_yesterday(edition):
    with pytest.raises(ValidationError) as refused:
        withdraw(edition.document, day(-1))
    assert "withdrawn_from" in refused.value.message_dict
    withdraw(edition.document, day(0))
    assert in_force(edition.document, day(0)) is None


def test_it_needs_a_reason(edition):
    with pytest.raises(ValidationError) as refused:
        withdraw(edition.document, day(1), reason="  ")
    assert "reason" in refused.value.message_dict
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("group", ["Editors", "Policy leads", "Legal", "Sounding Board"])
def test_only_who_may_publish_may_withdraw(edition, group):
    with pytest.raises(PermissionDenied):
        withdraw(edition.document, day(1), by=group)
    assert not Withdrawal.objects.exists()


def test_what_is_withdrawn_already_is_not_withdrawn_again(edition):
    withdraw(edition.document, day(1))
    with pytest.raises(ValidationError, match="withdrawn already, from"):
        withdraw(edition.document, day(1))
    with pytest.raises(ValidationError, match="withdrawn already, from"):
        withdraw(edition.document, day(9))
    assert Withdrawal.objects.count() == 1


def test_it_can_be_brought_forward(edition):
    withdraw(edition.document, day(9))
    withdraw(edition.document, day(1))
    assert in_force(edition.document, day(1)) is None


def test_where_nothing_is_in_force_there_is_nothing_to_withdraw():
    coming = make.issued(make.document(), published=day(0), in_force_from=day(5))
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        withdraw(coming.document, day(1))
    withdraw(coming.document, day(5))
    assert in_force(coming.document, day(5)) is None


def test_a_consultation_draft_is_not_withdrawn():
    document = make.issued(make.document(), stage="consultation").document
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        withdraw(document, day(1))


def test_a_later_edition_applies_again(edition):
    withdraw(edition.document, day(3))
    again = make.issued(
        GuidancePage.objects.get(pk=edition.document_id), published=day(0), in_force_from=day(3)
    )
    assert in_force(edition.document, day(3)) is None, "made on the same day, the withdrawal ranks"
    later = make.issued(
        GuidancePage.objects.get(pk=edition.document_id), published=day(0), in_force_from=day(4)
    )
    assert in_force(edition.document, day(4)) == later
    assert again.pk != later.pk


def test_nobody_undoes_it_in_the_database(edition):
    withdrawal = withdraw(edition.document, day(1))
    for act in (
        withdrawal.delete,
        lambda: Withdrawal.objects.all().delete(),
        lambda: Withdrawal.objects.update(withdrawn_from=day(99)),
        lambda: Withdrawal.objects.update(reason="Other"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Withdrawal.objects.get().withdrawn_from == day(1)


def test_it_is_in_the_log_with_its_reason_and_told_to_the_site_and_the_publishers(
    edition, django_capture_on_commit_callbacks
):
    heard = []
    other = member("Publishers", "Another publisher")

    def hear(instance, **_):
        heard.append(instance.pk)

    page_published.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(edition.document, day(1))
    finally:
        page_published.disconnect(hear)
    assert heard == [edition.document_id]
    row = PageLogEntry.objects.get(page=edition.document_id, action="guidance.withdraw")
    assert row.user == member("Publishers")
    assert row.comment == "The duty was repealed."
    assert "Withdrew the guidance from" in row.message
    assert any(m.to == [other.email] and "is withdrawn from" in m.subject for m in mail.outbox)


def test_a_failure_leaves_no_withdrawal(edition, monkeypatch):
    from guidance.actions import withdrawing

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(withdrawing, "log", fail)
    with pytest.raises(RuntimeError):
        withdraw(edition.document, day(1))
    assert not Withdrawal.objects.exists()


def test_what_follows_from_it_is_said_before(edition):
    coming = make.issued(
        GuidancePage.objects.get(pk=edition.document_id),
        published=day(0),
        in_force_from=day(30),
        title="Next edition",
    )
    words = " ".join(consequences(edition.document))
    assert "“Final edition” is in force now" in words
    assert "cannot be taken back" in words
    assert f"“{coming.title}” is to be in force from" in words
