"""What `make run` shows came in by the real import, revision and act of publication."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import User
from consultation.models import ConsultationPage, Letter
from guidance.actions.ledger import verify_ledger
from guidance.models import Edition, Entry, GuidancePage
from home.models import HomePage
from home.site_tree import ensure_site_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for all tests of this module and then rolled back."""
    out = StringIO()
    base = override_settings(BASE_DIR=tmp_path_factory.mktemp("demonstration"))
    with django_db_blocker.unblock(), base, transaction.atomic():
        call_command("load_demonstration", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def entries(edition):
    return Entry.objects.filter(edition__slug=edition)


def test_it_tells_a_document_through_three_editions_and_shows_a_draft(demonstration):
    editions = Edition.objects.order_by("issued_at").values_list(
        "document__slug", "slug", "stage", "in_force_from"
    )
    assert [(d, e, s, str(day or "")) for d, e, s, day in editions] == [
        ("local-priorities", "draft-2008", "consultation", ""),
        ("local-priorities", "final-2009", "final", "2009-04-01"),
        ("local-priorities", "amended-2010", "final", "2010-04-01"),
        ("community-buildings", "draft-2026", "consultation", ""),
    ]
    assert demonstration.count("Published") == 4
    assert all(GuidancePage.objects.values_list("summary", flat=True))
    assert all(e.issued_at.date() == e.published for e in Edition.objects.all())


def test_its_final_edition_has_every_kind_of_block(demonstration):
    kinds = Counter(entries("final-2009").values_list("version__kind", flat=True))
    assert kinds["paragraph"] == 60
    assert kinds["box"] == 3
    assert kinds["table"] == 2
    assert kinds["figure"] == 1
    assert kinds["glossary"] == 5
    assert kinds["quotation"] == 1
    assert not kinds["question"]
    assert entries("draft-2008").filter(version__kind="question").count() == 3


def test_its_amended_edition_shows_every_kind_of_change_with_its_reason(demonstration):
    lineage = Edition.objects.get(slug="amended-2010").lineage.all()
    assert Counter(lineage.values_list("change", flat=True)) == {
        "renumbered": 7,
        "substantive": 4,
        "editorial": 2,
        "moved": 1,
        "split": 1,
        "inserted": 1,
        "merged": 1,
        "removed": 1,
    }
    assert all(lineage.values_list("reason", flat=True))
    assert entries("amended-2010").filter(reference="2.13A").exists()


def test_what_changed_after_the_consultation_has_its_reason(demonstration):
    lineage = Edition.objects.get(slug="final-2009").lineage
    numbered = lineage.filter(before__kind="paragraph") | lineage.filter(after__kind="paragraph")
    assert numbered.count() == 12
    assert all(numbered.values_list("reason", flat=True))


def test_its_paragraphs_have_the_status_that_its_statements_give_them(demonstration):
    rows = entries("final-2009").exclude(reference="")
    statuses = dict(rows.values_list("reference", "version__status"))
    assert statuses["2.2"] == "non-statutory"
    assert statuses["2.3"] == "statutory"
    assert statuses["4.2"] == "unstated"
    assert statuses["box-two-tiers-one-agreement"] == "statutory"
    assert statuses["box-sharing-data"] == "unstated"


def test_what_it_demands_is_confirmed_and_says_whom_it_binds(demonstration):
    obligations = Edition.objects.get(slug="amended-2010").obligations
    assert {row["strength"] for row in obligations} == {"must", "should", "may"}
    assert all(row["binds"] for row in obligations)


def test_its_ledger_can_be_proved(demonstration):
    assert list(verify_ledger()) == []


def test_running_it_again_adds_nothing(demonstration):
    def counted():
        return Edition.objects.count(), Entry.objects.count(), User.objects.count()

    before, again = counted(), StringIO()
    call_command("load_demonstration", stdout=again)
    assert counted() == before
    assert again.getvalue() == ""


def test_each_role_can_sign_in_with_the_password_that_it_prints(demonstration, client):
    out = StringIO()
    call_command("load_demonstration", "--how-to-sign-in", stdout=out)
    password = out.getvalue().rsplit(": ", 1)[1].strip()
    people = [line.split()[0] for line in out.getvalue().splitlines() if "@" in line]
    assert len(people) == 7
    for email in people:
        assert client.login(username=email, password=password)
        assert client.get("/admin/").status_code == 200


def test_it_refuses_a_site_that_is_not_for_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="not a demonstration site"):
        call_command("load_demonstration")


def test_every_database_has_a_home_page_and_a_guidance_index_once():
    index = ensure_site_tree()
    assert ensure_site_tree() == index
    assert HomePage.objects.count() == 1
    assert index.get_url() == "/guidance/"


def test_it_shows_a_closed_and_an_open_consultation_with_responses_of_every_kind(demonstration):
    closed, opened = ConsultationPage.objects.published().order_by("opens")
    assert (closed.phase(), opened.phase()) == ("closed", "open")
    assert [q.wording.number for q in closed.questions.asked()] == ["1", "2", "3"]
    assert all(q.paragraphs.count() == 1 for q in closed.questions.all())
    received = closed.responses.received()
    assert set(received.values_list("channel", flat=True)) == {"online", "email", "post"}
    assert received.filter(lateness="waiting").count() == 2
    assert received.filter(attachments__original=True).count() == 3
    assert opened.responses.received().exists()
    assert not Letter.objects.exists()
