"""The index is brought to what the ledger says, from whatever it holds."""

import json
from dataclasses import replace
from datetime import date
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from search.actions import indexing
from search.actions.indexing import (
    IndexBusy,
    catch_up,
    check,
    health,
    items_of,
    rebuild,
    sync_document,
    sync_pending,
)
from search.actions.indexing_lock import alone
from search.actions.using import engine, fallback
from search.engines import EngineDown, Request, Scope, When
from search.models import Pending
from search.units import Phrase, Unit
from tests import factories as make
from tests.search.places import fresh_url


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.SEARCH_URL = fresh_url(tmp_path)


@pytest.fixture
def parks(db):
    """Issued, and not indexed yet."""
    document = make.document("parks")
    blocks = [make.paragraph("1.1", "Ask everybody."), make.box("Bees", "They sting.")]
    make.issued(document, [make.section(blocks=blocks, number="1")], published=date(2008, 1, 1))
    return document


def digests(document):
    return {item.id: item.digest for item in items_of(document)}


def found():
    """The numbers and titles of all units that the engine finds."""
    request = Request(scope=Scope(When.EVERYTHING), size=50)
    return sorted(hit.unit.reference for hit in engine().search(request).hits)


def broken(monkeypatch, method):
    def fail(*_, **__):
        raise EngineDown("It is not there.")

    monkeypatch.setattr(type(engine()), method, fail)


def test_rebuilding_indexes_all_that_is_issued_and_nothing_else(parks):
    make.draft(make.document("secret"))
    assert rebuild() == len(items_of("parks")) + len(items_of(""))
    assert found() == ["1.1", "box-bees"]
    assert engine().documents() <= {"parks", ""}
    assert list(check()) == []


@pytest.mark.django_db
def test_an_empty_ledger_makes_an_empty_index():
    assert rebuild() == 0
    assert found() == []
    assert catch_up() == 0
    assert list(check()) == []
    assert not sync_document("no-such-document")


def test_syncing_says_what_it_changed_and_then_changes_nothing(parks):
    rebuild()
    make.issued(parks, published=date(2009, 1, 1), slug="next")
    drift = sync_document("parks")
    assert (drift.document, drift.engine) == ("parks", engine().name)
    assert drift.missing
    assert drift.stale
    assert not sync_document("parks")
    assert engine().stored("parks") == digests("parks")


def test_a_document_that_is_gone_is_taken_out(parks):
    rebuild()
    engine().apply([Phrase("gone", "document", "Gone")])
    assert sync_document("gone").surplus == 1
    assert engine().stored("gone") == {}


def test_checking_names_each_document_that_differs_and_writes_nothing(parks):
    rebuild()
    [one, other, *_] = list(engine().stored("parks"))
    engine().apply([Phrase("gone", "document", "Gone")], [one, other])
    for _ in range(2):
        assert [(d.document, d.missing, d.stale, d.surplus) for d in check()] == [
            ("gone", 0, 0, 1),
            ("parks", 2, 0, 0),
        ]


def test_catching_up_makes_an_index_where_there_is_none(parks):
    with pytest.raises(EngineDown):
        engine().stored("parks")
    assert catch_up() == 1
    assert engine().stored("parks") == digests("parks")


def test_catching_up_finds_documents_that_the_index_lacks_or_should_not_have(parks):
    engine().rebuild([Phrase("gone", "document", "Gone")])
    assert catch_up() == 2
    assert engine().documents() - {""} == {"parks"}
    assert catch_up() == 0


def test_what_is_marked_is_indexed_once_and_the_mark_goes(parks):
    rebuild()
    make.issued(parks, published=date(2009, 1, 1), slug="next")
    assert Pending.objects.filter(document="parks").exists()
    assert sync_pending() == 1
    assert not Pending.objects.exists()
    assert sync_pending() == 0
    assert engine().stored("parks") == digests("parks")


def test_a_mark_made_while_its_document_is_indexed_is_seen_to(parks, monkeypatch):
    rebuild()
    Pending.objects.get_or_create(document="parks")
    real, publications = indexing.units_of, iter([date(2010, 1, 1)])

    def publish_meanwhile(document):
        units = real(document)
        for day in publications:
            make.issued(parks, published=day, slug="meanwhile")
        return units

    monkeypatch.setattr(indexing, "units_of", publish_meanwhile)
    assert sync_pending() == 1
    assert not Pending.objects.exists()
    assert engine().stored("parks") == digests("parks")


def test_an_engine_that_is_down_leaves_the_mark(parks, monkeypatch):
    rebuild()
    Pending.objects.get_or_create(document="parks")
    broken(monkeypatch, "stored")
    with pytest.raises(EngineDown):
        sync_pending()
    assert Pending.objects.filter(document="parks").exists()


def test_many_items_go_in_batches_and_what_is_old_goes_last(parks, monkeypatch):
    engine().rebuild([Phrase("parks", "heading", "Gone")])
    calls = []
    real = type(engine()).apply

    def apply(self, add=(), remove=()):
        calls.append((len(add), len(list(remove))))
        return real(self, add, remove)

    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(type(engine()), "apply", apply)
    sync_document("parks")
    assert all(added <= 2 for added, _ in calls)
    assert [removed for _, removed in calls] == [0] * (len(calls) - 1) + [1]
    assert engine().stored("parks") == digests("parks")


class TestReserve:
    @pytest.fixture(autouse=True)
    def _reserve(self, settings, tmp_path):
        settings.SEARCH_FALLBACK_URL = f"embedded:{tmp_path / 'reserve'}"

    def test_it_is_kept_up_to_date_beside_the_engine(self, parks):
        rebuild()
        make.issued(parks, published=date(2009, 1, 1), slug="next")
        sync_pending()
        for each in (engine(), fallback()):
            assert each.stored("parks") == digests("parks")

    def test_it_is_brought_up_while_the_engine_is_down_and_the_mark_stays(self, parks, monkeypatch):
        rebuild()
        make.issued(parks, published=date(2009, 1, 1), slug="next")
        real, main = type(engine()).stored, engine()

        def stored(self, document):
            if self is main:
                raise EngineDown("It is not there.")
            return real(self, document)

        monkeypatch.setattr(type(main), "stored", stored)
        with pytest.raises(EngineDown):
            sync_pending()
        assert fallback().stored("parks") == digests("parks")
        assert Pending.objects.filter(document="parks").exists()


class TestOneAtATime:
    def test_who_finds_another_at_the_index_waits_as_long_as_he_will(self, parks):
        rebuild()
        begun, end = Event(), Event()

        def other():
            with alone(0):
                begun.set()
                end.wait(60)
            connection.close()

        thread = Thread(target=other)
        thread.start()
        begun.wait(60)
        try:
            with pytest.raises(IndexBusy):
                sync_document("parks", patience=0)
        finally:
            end.set()
            thread.join()
        assert not sync_document("parks", patience=0)

    @pytest.mark.django_db
    def test_who_is_alone_stays_so_within(self):
        with alone(0) as first, alone(0) as second:
            assert first
            assert second
        with alone(0) as again:
            assert again


class TestHealth:
    def test_it_says_what_the_engine_holds_and_what_is_behind(self, parks):
        rebuild()
        Pending.objects.all().delete()
        said = health()
        assert (said["ok"], said["units"], said["pending"]) == (True, 2, 0)
        assert "remedy" not in said

    def test_long_behind_is_not_well_and_says_what_to_do(self, parks):
        rebuild()
        Pending.objects.update(since="2020-01-01T00:00Z")
        said = health()
        assert not said["ok"]
        assert "sync_search" in str(said["remedy"])

    @pytest.mark.django_db
    def test_an_engine_that_raises_is_not_well(self, monkeypatch):
        broken(monkeypatch, "health")
        said = health()
        assert not said["ok"]
        assert said["remedy"] == "It is not there."


class TestCommands:
    def test_rebuilding_says_how_much(self, parks, capsys):
        call_command("rebuild_search")
        assert "Indexed" in capsys.readouterr().out
        assert not Pending.objects.exists()
        assert found() == ["1.1", "box-bees"]

    def test_syncing_is_silent_when_nothing_is_to_be_done(self, parks, capsys):
        call_command("sync_search")
        assert capsys.readouterr().out
        call_command("sync_search")
        assert capsys.readouterr().out == ""

    def test_checking_fails_on_drift_until_it_is_repaired(self, parks, capsys):
        rebuild()
        call_command("check_search")
        engine().apply([], [next(iter(engine().stored("parks")))])
        with pytest.raises(SystemExit) as ended:
            call_command("check_search", json=True)
        assert ended.value.code == 1
        report = capsys.readouterr().out.partition("{")
        [drift] = json.loads("{" + report[2])["drift"]
        assert (drift["document"], drift["missing"]) == ("parks", 1)
        call_command("check_search", repair=True)
        assert f"parks: 1 missing ({engine().name})" in capsys.readouterr().out
        call_command("check_search")

    @pytest.mark.parametrize("name", ["rebuild_search", "sync_search", "check_search"])
    def test_an_engine_that_is_down_is_said_in_a_sentence(self, parks, monkeypatch, name):
        for method in ("rebuild", "documents", "stored"):
            broken(monkeypatch, method)
        with pytest.raises(CommandError, match="It is not there"):
            call_command(name)


@pytest.fixture(scope="class")
def class_index(request, tmp_path_factory):
    request.cls.folder = tmp_path_factory.mktemp("index")


@pytest.mark.usefixtures("class_index")
class TestFromAnyState(TestCase):
    """Whatever the index holds of a document, syncing comes to the same."""

    @hypothesis_settings(max_examples=25)
    @given(data=st.data())
    def test_it_comes_to_what_is_wanted(self, data):
        with self.settings(SEARCH_URL=f"embedded:{self.folder}"):
            document = make.document()
            blocks = [make.paragraph(f"1.{n}", f"Words {n}.") for n in range(1, 5)]
            make.issued(document, [make.section(blocks=blocks, number="1")])
            wanted = items_of(document.slug)
            held = []
            for item in wanted:
                state = data.draw(st.sampled_from(["missing", "stale", "there"]))
                if state == "stale":
                    changed = {"text": "Old."} if isinstance(item, Unit) else {"weight": 7}
                    item = replace(item, **changed)
                if state != "missing":
                    held.append(item)
            others = data.draw(st.lists(st.sampled_from("abc"), unique=True))
            held += [Phrase(document.slug, "term", word) for word in others]
            beside = Phrase("other", "term", "Beside")
            engine().rebuild([*held, beside])
            sync_document(document.slug)
            assert engine().stored(document.slug) == {item.id: item.digest for item in wanted}
            assert engine().stored("other") == {beside.id: beside.digest}
