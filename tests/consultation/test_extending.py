"""A consultation stays open longer by an act with a reason, and nothing brings the old close back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import PageLogEntry

from consultation.actions.extending import extend_consultation
from consultation.models import ConsultationPage
from guidance.consultations import consultations
from tests import factories as make
from tests.consultation import samples

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def user():
    return make.user()


@pytest.fixture
def page():
    closes = timezone.now().replace(hour=17, minute=0) + 13 * WEEK
    return samples.consultation(closes=closes)


def fresh(page) -> ConsultationPage:
    return ConsultationPage.objects.get(pk=page.pk)


def test_it_closes_later_and_says_why(page, user, django_capture_on_commit_callbacks):
    assert [c.closes for c in consultations()] == [page.closes]
    before, later = page.closes, page.closes + WEEK
    with django_capture_on_commit_callbacks(execute=True):
        made = extend_consultation(user=user, consultation=page, closes=later, reason=" Floods. ")
    assert (made.closed_before, made.closes, made.reason) == (before, later, "Floods.")
    assert fresh(page).closes == page.closes == later
    assert [c.closes for c in consultations()] == [later]
    entry = PageLogEntry.objects.get(page=page.pk, action="consultation.extend")
    assert (entry.user, entry.data["reason"]) == (user, "Floods.")


@pytest.mark.parametrize("upcoming", [False, True])
def test_publishing_a_draft_that_is_older_does_not_bring_the_old_close_back(page, user, upcoming):
    if upcoming:
        ConsultationPage.objects.filter(pk=page.pk).update(opens=timezone.now() + WEEK)
        page = fresh(page)
    page.summary = "Another summary."
    revision = page.save_revision(user=user)
    later = page.closes + WEEK
    extend_consultation(user=user, consultation=fresh(page), closes=later, reason="Floods.")
    assert fresh(page).get_latest_revision_as_object().closes == later
    revision.publish(user=user)
    assert (fresh(page).closes, fresh(page).summary) == (later, "Another summary.")


@pytest.mark.parametrize(
    ("by", "reason", "field"),
    [
        (timedelta(0), "Floods.", "closes"),
        (-WEEK, "Floods.", "closes"),
        (WEEK, "  ", "reason"),
        (WEEK, "x" * 2001, "reason"),
    ],
)
def test_it_is_never_shortened_and_never_without_a_reason(page, user, by, reason, field):
    with pytest.raises(ValidationError) as caught:
        extend_consultation(user=user, consultation=page, closes=page.closes + by, reason=reason)
    assert list(caught.value.message_dict) == [field]
    assert not page.extensions.exists()


def test_midnight_is_refused_since_it_is_on_neither_day(page, user):
    midnight = datetime(timezone.now().year + 2, 1, 9, 0, 0, tzinfo=UTC)
    with pytest.raises(ValidationError, match="unsure which day"):
        extend_consultation(user=user, consultation=page, closes=midnight, reason="Floods.")


def test_what_is_over_or_not_published_cannot_be_extended(user):
    later = timezone.now() + 20 * WEEK
    for page in (samples.closed(), samples.consultation(live=False)):
        with pytest.raises(ValidationError):
            extend_consultation(user=user, consultation=page, closes=later, reason="Floods.")


@pytest.mark.parametrize(
    ("role", "may"), [("Editors", False), ("Policy leads", False), ("Publishers", True)]
)
def test_those_who_may_publish_may_extend(page, role, may):
    person = make.user(f"{role}@example.org".replace(" ", "-"), superuser=False)
    person.groups.add(Group.objects.get(name=role))
    args = {"user": person, "consultation": page, "closes": page.closes + WEEK, "reason": "Floods."}
    if may:
        extend_consultation(**args)
    else:
        with pytest.raises(PermissionDenied):
            extend_consultation(**args)
