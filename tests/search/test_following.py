"""The index follows the ledger, whatever happens to it on the way."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from guidance.actions.ledger import rebuild_ledger, render_ledger
from guidance.actions.withdrawing import withdraw_document
from guidance.models import AuthorityType, Citation, Edition, Instrument
from search.actions import following
from search.actions.following import ensure_fresh, mark
from search.actions.indexing import check, items_of, rebuild
from search.actions.using import engine
from search.engines import EngineDown
from search.models import Pending
from tests import factories as make
from tests.search.places import fresh_url

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.SEARCH_URL = fresh_url(tmp_path)
    following.forget()


def marked():
    return set(Pending.objects.values_list("document", flat=True))


def published(document, **fields):
    blocks = [make.paragraph("1.1", "See section 3 of the Local Government Act 1999.")]
    return make.issued(document, [make.section(blocks=blocks, number="1")], **fields)


def breaks(monkeypatch, *methods):
    def fail(*_, **__):
        raise EngineDown("Words that nobody should read in a log.")

    for method in methods:
        monkeypatch.setattr(type(engine()), method, fail)


@pytest.mark.django_db
class TestWhatMarks:
    """Each act marks its document in its own transaction."""

    @pytest.fixture
    def parks(self):
        document = make.document("parks")
        published(document, published=date(2008, 1, 1))
        Pending.objects.all().delete()
        return document

    def test_publication(self, parks):
        published(parks, published=date(2009, 1, 1))
        assert marked() == {"parks"}

    def test_a_publication_that_breaks_off_marks_nothing(self, parks):
        page = make.draft(parks, published=date(2009, 1, 1))
        from guidance.actions.publishing import publish_edition

        with pytest.raises(RuntimeError), transaction.atomic():
            publish_edition(user=make.user(), page=page)
            assert marked() == {"parks"}
            raise RuntimeError
        assert marked() == set()

    def test_withdrawal(self, parks):
        today = timezone.localdate()
        withdraw_document(user=make.user(), document=parks, withdrawn_from=today, reason="Old.")
        assert marked() == {"parks"}

    def test_rebuilding_the_ledger(self, parks):
        rebuild_ledger()
        assert marked() == {"parks"}

    def test_citations_found_again(self, parks):
        render_ledger()
        assert marked() == set()
        assert Citation.objects.all().delete()[0]
        render_ledger()
        assert marked() == {"parks"}

    def test_another_title(self, parks):
        parks.refresh_from_db()
        parks.title = "Parks for all"
        parks.save()
        assert marked() == {"parks"}

    def test_a_document_of_which_nothing_is_issued_does_not(self, parks):
        make.document("secret")
        assert marked() == set()

    def test_an_instrument_renamed_is_of_no_document(self, parks):
        instrument = Instrument.objects.get(path=make.ACT[0])
        instrument.title = "Local Government Act 1999 (as amended)"
        instrument.save()
        assert marked() == {""}

    def test_authority_types_renamed_or_put_into_classes(self, parks):
        AuthorityType.objects.create(name="parish wardens", slug="parish-wardens")
        assert marked() == set()
        kind = AuthorityType.objects.get(slug="parish-wardens")
        kind.slug = "wardens"
        kind.save()
        assert marked() == {"parks"}
        Pending.objects.all().delete()
        AuthorityType.objects.get(slug="best-value-authorities").includes.add(kind)
        assert marked() == {"parks"}

    def test_marking_again_moves_the_instant(self, parks):
        mark(["parks", "parks"])
        before = Pending.objects.get().since
        mark(["parks"])
        assert Pending.objects.get().since > before

    def test_marking_is_one_query(self, parks, django_assert_num_queries):
        with django_assert_num_queries(1):
            mark(["parks", "other", "third"])


@pytest.mark.django_db(transaction=True)
class TestFollowing:
    def test_a_published_edition_is_in_the_index_when_publication_returns(self):
        published(make.document("parks"))
        assert set(engine().stored("parks")) == {item.id for item in items_of("parks")}
        assert marked() == set()
        assert list(check()) == []

    def test_an_engine_that_is_down_does_not_hold_up_publication(self, monkeypatch, caplog):
        rebuild()
        breaks(monkeypatch, "stored", "rebuild", "documents")
        edition = published(make.document("parks"))
        assert Edition.objects.filter(pk=edition.pk).exists()
        assert marked() == {"parks"}
        [line] = [r.getMessage() for r in caplog.records if "event=search" in r.getMessage()]
        assert line == "event=search_index_behind document=parks reason=EngineDown"

    def test_nor_does_a_fault_of_ours(self, monkeypatch, caplog):
        monkeypatch.setattr(following, "sync_pending", lambda **_: 1 / 0)
        published(make.document("parks"))
        assert marked() == {"parks"}
        assert "reason=ZeroDivisionError" in caplog.text

    def test_the_next_publication_completes_what_was_left(self):
        rebuild()
        with pytest.MonkeyPatch.context() as broken:
            breaks(broken, "stored", "documents", "rebuild")
            published(make.document("parks"))
        published(make.document("woods"))
        assert engine().documents() >= {"parks", "woods"}
        assert marked() == set()

    @pytest.mark.parametrize("command", ["sync_search", "publish_due_editions"])
    def test_so_do_the_commands(self, command):
        rebuild()
        with pytest.MonkeyPatch.context() as broken:
            breaks(broken, "stored", "documents", "rebuild")
            published(make.document("parks"))
        call_command(command)
        assert "parks" in engine().documents()
        assert marked() == set()


@pytest.mark.django_db
class TestStayingFresh:
    def test_a_search_heals_an_index_that_is_not_there(self):
        published(make.document("parks"))
        ensure_fresh()
        assert "parks" in engine().documents()
        assert marked() == set()

    def test_it_looks_at_most_once_a_second(self, monkeypatch, django_assert_num_queries):
        published(make.document("parks"))
        now = following.monotonic()
        monkeypatch.setattr(following, "monotonic", lambda: now)
        ensure_fresh()
        with django_assert_num_queries(0):
            ensure_fresh()

    def test_a_later_look_is_one_query(self, monkeypatch, django_assert_num_queries):
        ensure_fresh()
        monkeypatch.setattr(following, "monotonic", lambda: following._freshness._next_look + 0.1)
        with django_assert_num_queries(1):
            ensure_fresh()

    def test_it_sees_to_marks_that_were_left(self, monkeypatch):
        ensure_fresh()
        published(make.document("parks"))
        Pending.objects.update(since=timezone.now() - timedelta(minutes=1))
        monkeypatch.setattr(following, "monotonic", lambda: following._freshness._next_look + 0.1)
        ensure_fresh()
        assert marked() == set()
        assert "parks" in engine().documents()

    def test_after_a_failure_it_waits_and_never_raises(self, monkeypatch):
        calls = []
        monkeypatch.setattr(following, "catch_up", lambda **_: calls.append(1) or 1 / 0)
        ensure_fresh()
        now = following.monotonic()
        monkeypatch.setattr(following, "monotonic", lambda: now + 2)
        ensure_fresh(down=True)
        assert len(calls) == 1
        monkeypatch.setattr(following, "monotonic", lambda: now + 60)
        ensure_fresh(down=True)
        assert len(calls) == 2

    def test_what_came_into_force_overnight_is_looked_at(self):
        document = make.document("parks")
        published(document, published=date(2008, 1, 1))
        today = timezone.localdate()
        published(document, published=date(2009, 1, 1), in_force_from=today)
        published(make.document("woods"), published=date(2008, 1, 1))
        assert set(following._turned(today - timedelta(days=1), today)) == {"parks"}
        assert following._turned(today, today) == []


KILLED = """
import os, signal
import django
django.setup()
from search.actions import indexing
from search.actions.using import engine
kind, write = type(engine()), type(engine()).apply
def once(self, *args):
    write(self, *args)
    os.kill(os.getpid(), signal.SIGKILL)
kind.apply = once
indexing.BATCH = 2
indexing.sync_pending()
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_the_next_run_completes_it(tmp_path, settings):
    rebuild()
    with pytest.MonkeyPatch.context() as patch:
        breaks(patch, "stored", "documents", "rebuild")
        published(make.document("parks"))
    environment = {
        **os.environ,
        "DATABASE_URL": database_for_others(tmp_path),
        "SEARCH_URL": settings.SEARCH_URL,
        "DJANGO_SETTINGS_MODULE": "guidance_site.settings.test",
        "LOG_LEVEL": "WARNING",
    }

    def run(*arguments):
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)

    assert run("-c", KILLED).returncode == -signal.SIGKILL
    wanted = {item.id for item in items_of("parks")}
    assert 0 < len(set(engine().stored("parks")) & wanted) < len(wanted)
    assert run("manage.py", "check_search").returncode == 1
    completed = run("manage.py", "sync_search")
    assert completed.returncode == 0, completed.stderr
    assert set(engine().stored("parks")) == wanted
    assert run("manage.py", "check_search").returncode == 0


def database_for_others(folder):
    """The address of this test's database, or of a copy of it where it is in memory."""
    if connection.vendor == "postgresql":
        of = connection.settings_dict
        return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
    connection.ensure_connection()
    copy = sqlite3.connect(folder / "copy.sqlite3")
    connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{folder / 'copy.sqlite3'}"
