"""Late responses are admitted or refused once, by name and with a reason, and the counts follow."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from consultation.actions.counting import counted
from consultation.actions.late import NotDecided, decide_late
from consultation.models import Lateness, Letter, Response
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    return samples.submitted(samples.closed(), received_at=timezone.now())


@pytest.fixture
def user():
    return factories.user("decides@example.org")


@pytest.mark.parametrize(("admit", "stands"), [(True, "admitted"), (False, "refused")])
def test_a_decision_is_kept_told_and_counted(response, user, admit, stands):
    decide_late(user=user, response=response, admit=admit, reason="The post was on strike.")
    response.refresh_from_db()
    assert (response.lateness, response.late_decided_by) == (stands, user)
    assert counted(response.consultation_id, "lateness") == {stands: 1}
    assert Letter.objects.filter(kind="late").count() == 1
    assert Response.objects.standing().exists() is admit
    entry = ModelLogEntry.objects.for_instance(response).latest("timestamp")
    assert entry.action == ("consultation.admit" if admit else "consultation.refuse")
    assert entry.data["reason"] == "The post was on strike."


def test_a_double_click_decides_once(response, user):
    for _ in range(2):
        decide_late(user=user, response=response, admit=True, reason="Strike.")
    assert counted(response.consultation_id, "lateness") == {"admitted": 1}
    assert Letter.objects.filter(kind="late").count() == 1


def test_what_somebody_else_decided_is_not_undone_unseen(response, user):
    decide_late(user=user, response=response, admit=True, reason="Strike.")
    with pytest.raises(NotDecided, match="meanwhile"):
        decide_late(user=user, response=response, admit=False, reason="No.")
    decide_late(
        user=user, response=response, admit=False, reason="A mistake.", seen=Lateness.ADMITTED
    )
    assert counted(response.consultation_id, "lateness") == {"refused": 1}


def test_a_reason_is_asked_for(response, user):
    with pytest.raises(NotDecided, match="Give the reason"):
        decide_late(user=user, response=response, admit=True, reason="  ")


def test_what_came_in_time_is_not_decided(user):
    in_time = samples.submitted(samples.consultation())
    with pytest.raises(NotDecided, match="in time"):
        decide_late(user=user, response=in_time, admit=False, reason="No.")


def test_only_who_may_decide_decides(response):
    nobody = factories.user("nobody@example.org", superuser=False)
    with pytest.raises(PermissionDenied):
        decide_late(user=nobody, response=response, admit=True, reason="Strike.")
