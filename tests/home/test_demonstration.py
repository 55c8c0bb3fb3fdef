"""What `make run` shows came in by the real import and the real act of publication."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from guidance.models import Edition, Entry
from home.models import HomePage
from home.site_tree import ensure_site_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    out = StringIO()
    call_command("load_demonstration", stdout=out)
    return out.getvalue()


def test_it_publishes_a_document_in_force_and_a_draft_for_consultation(demonstration):
    stages = dict(Edition.objects.values_list("document__slug", "stage"))
    assert stages == {"local-priorities": "final", "community-buildings": "consultation"}
    entries = Entry.objects.filter(edition__document__slug="local-priorities")
    kinds = list(entries.values_list("version__kind", flat=True))
    assert kinds.count("paragraph") == 60
    assert kinds.count("box") == 3
    assert kinds.count("table") == 2
    assert kinds.count("figure") == 1
    assert kinds.count("glossary") == 5
    assert kinds.count("quotation") == 1


def test_its_paragraphs_have_the_status_that_its_statements_give_them(demonstration):
    entries = Entry.objects.filter(edition__document__slug="local-priorities")
    statuses = dict(entries.exclude(reference="").values_list("reference", "version__status"))
    assert statuses["2.2"] == "non-statutory"
    assert statuses["2.3"] == "statutory"
    assert statuses["4.2"] == "unstated"
    assert statuses["box-two-tiers-one-agreement"] == "statutory"
    assert statuses["box-sharing-data"] == "unstated"


def test_running_it_again_adds_nothing(demonstration):
    before = (Edition.objects.count(), Entry.objects.count(), User.objects.count())
    again = StringIO()
    call_command("load_demonstration", stdout=again)
    assert (Edition.objects.count(), Entry.objects.count(), User.objects.count()) == before
    assert again.getvalue() == ""


def test_each_role_can_sign_in_with_the_password_that_it_prints(demonstration, client):
    out = StringIO()
    call_command("load_demonstration", "--how-to-sign-in", stdout=out)
    password = out.getvalue().rsplit(": ", 1)[1].strip()
    for email in ("editor@example.org", "publisher@example.org", "administrator@example.org"):
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
