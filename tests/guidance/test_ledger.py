"""The ledger proved, rebuilt from its pages, and rendered again."""

from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from guidance import guards
from guidance.actions.ledger import LedgerDiffers, rebuild_ledger, render_ledger, verify_ledger
from guidance.models import (
    Duty,
    Edition,
    EditionPage,
    Entry,
    Instrument,
    Lineage,
    Paragraph,
    ParagraphVersion,
    Section,
    VersionImage,
    VersionProvision,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

LEDGER = (
    Lineage,
    Entry,
    VersionProvision,
    VersionImage,
    ParagraphVersion,
    Paragraph,
    Section,
    Edition,
)


@pytest.fixture
def editions():
    """Two editions: words changed, a paragraph renumbered, one moved, one gone, one new."""
    document = make.document()
    kept, moved, renumbered, gone = (uuid4() for _ in range(4))
    duty = Duty.objects.create(title="The duty to involve", commences="1 April 2009")
    duties = [make.block("duty", duty=duty.pk, explained_in="1.1")]
    first = make.issued(
        document,
        [
            make.section("One", number="1", blocks=[make.paragraph("1.1", "Ask.", kept), make.paragraph("1.2", "Wait.", renumbered), make.paragraph("1.3", "Go.", gone), make.box("Note", identity=moved)]),
            make.section("Two", number="2", blocks=[make.paragraph("2.1", notes={"1": "See <i>there</i>."})]),
        ],
        statements=[make.statement("1.1 to 2.1")],
        duties=duties,
        published=date(2008, 1, 1),
    )  # fmt: skip
    second = make.issued(
        document,
        [
            make.section("One", number="1", blocks=[make.paragraph("1.1", "Ask again.", kept), make.paragraph("1.4", "Wait.", renumbered)]),
            make.section("Two", number="2", blocks=[make.box("Note", identity=moved), make.paragraph("2.1")]),
        ],
        published=date(2009, 1, 1),
    )  # fmt: skip
    return first, second


def snapshot():
    """Every row of the ledger, primary keys and all."""
    return {model: list(model.objects.order_by("pk").values()) for model in LEDGER}


def wipe(*models):
    with guards.lifted(), connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def tamper(sql, *values):
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_ledger_as_published_verifies_with_nothing_to_report(editions):
    assert list(verify_ledger()) == []


def test_rebuilding_a_whole_ledger_changes_no_row(editions):
    before = snapshot()
    rebuilt = rebuild_ledger()
    assert (rebuilt.editions, rebuilt.put_back) == (2, 0)
    assert snapshot() == before


def test_a_lost_ledger_comes_back_digest_for_digest_from_the_pages_alone(editions):
    def essence():
        return [
            (e.slug, e.digest, e.previous and e.previous.slug, e.issued_at, e.issued_by_id, e.statements, e.duties,
             list(e.entries.values_list("position", "reference", "paragraph_id", "version__digest", "version__html", "statements")),
             list(e.sections.values_list("position", "title", "html")),
             sorted(e.lineage.values_list("change", "before__digest", "after__digest"), key=str))
            for e in Edition.objects.order_by("issued_at")
        ]  # fmt: skip

    before = essence()
    wipe(*LEDGER)
    assert not Edition.objects.exists()
    rebuilt = rebuild_ledger()
    assert rebuilt.editions == 2
    assert rebuilt.put_back > 10
    assert essence() == before


@pytest.mark.parametrize("model", [Lineage, Entry, VersionProvision])
def test_rows_that_were_lost_are_put_back_and_the_others_keep_their_keys(editions, model):
    before = snapshot()
    if model is Entry:
        wipe(Lineage)
    wipe(model)
    rebuild_ledger()
    after = snapshot()
    assert list(verify_ledger()) == []
    for other in LEDGER:
        if other not in (model, Lineage):
            assert after[other] == before[other]


def test_the_register_may_change_without_touching_what_was_published(editions):
    Duty.objects.update(title="Another name")
    Instrument.objects.filter(path=make.ACT[0]).update(
        title="Local Government Act 1999 (as amended)"
    )
    rebuild_ledger()
    assert [d.where for d in verify_ledger(html=False)] == []
    assert Edition.objects.order_by("pk")[0].duties[0]["title"] == "The duty to involve"


TAMPERINGS = [
    ("UPDATE guidance_paragraphversion SET text = 'Do nothing.' WHERE number = '1.1'", "text"),
    ("UPDATE guidance_paragraphversion SET content = '{\"kind\": \"paragraph\"}' WHERE number = '2.1'", "digest"),
    ("UPDATE guidance_paragraphversion SET status = 'non-statutory' WHERE number = '1.3'", "digest"),
    ("UPDATE guidance_edition SET title = 'Forged'", "digest"),
    ("UPDATE guidance_edition SET digest = ''", "digest"),
    ("UPDATE guidance_entry SET reference = '9.9' WHERE reference = '1.2'", "digest"),
    ("UPDATE guidance_entry SET after = '9.9' WHERE reference = '1.2'", "statements differ"),
    ("UPDATE guidance_section SET title = 'Forged' WHERE number = '2'", "digest"),
    ("UPDATE guidance_edition SET issued_at = '2001-01-01 00:00:00+00:00'", "when it was issued"),
    ("UPDATE guidance_lineage SET change = 'editorial' WHERE change = 'inserted'", "lineage"),
    ("DELETE FROM guidance_versionprovision", "digest"),
    ("UPDATE guidance_editionpage SET stage = 'corrigendum'", "facts"),
    ("UPDATE guidance_sectionpage SET number = '7' WHERE number = '2'", "differ"),
    ("UPDATE guidance_sectionpage SET body = '[]' WHERE number = '2'", "differ"),
    ("UPDATE wagtailcore_page SET title = 'Forged' WHERE id IN (SELECT page_ptr_id FROM guidance_sectionpage)", "differ"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "words"), TAMPERINGS)
def test_whatever_is_changed_behind_the_site_is_found(editions, sql, words):
    tamper(sql)
    found = list(verify_ledger())
    assert found
    assert words in str(found[0])


def test_a_rebuild_that_does_not_come_out_the_same_names_the_difference_and_changes_nothing(
    editions,
):
    tamper("UPDATE guidance_sectionpage SET body = '[]' WHERE number = '2'")
    before = snapshot()
    with pytest.raises(LedgerDiffers) as error:
        rebuild_ledger()
    assert "2.1" in str(error.value) or "Note" in str(error.value) or "entry" in str(error.value)
    assert snapshot() == before
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("rebuild_ledger")


def test_an_issued_page_without_an_edition_is_reported_and_a_rebuild_brings_it_back(editions):
    _, second = editions
    tamper("DELETE FROM guidance_lineage")
    tamper("DELETE FROM guidance_entry WHERE edition_id = %s", second.pk)
    tamper("DELETE FROM guidance_section WHERE edition_id = %s", second.pk)
    tamper("DELETE FROM guidance_edition WHERE id = %s", second.pk)
    assert "not in the ledger" in str(next(verify_ledger()))
    rebuild_ledger()
    assert Edition.objects.get(slug=second.slug).digest == second.digest
    assert list(verify_ledger()) == []


def test_stale_html_is_reported_and_rendered_again(editions):
    fresh = list(ParagraphVersion.objects.order_by("pk").values_list("html", flat=True))
    ParagraphVersion.objects.filter(number="1.1").update(html="<p>old</p>")
    Section.objects.filter(number="2").update(html="")
    assert all("render_ledger" in str(d) for d in verify_ledger())
    done = render_ledger()
    assert done.versions == 2
    assert done.sections >= 2
    assert list(ParagraphVersion.objects.order_by("pk").values_list("html", flat=True)) == fresh
    assert list(verify_ledger()) == []


def test_a_missing_guard_is_reported(editions):
    with connection.cursor() as cursor:
        on_table = " ON guidance_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER guard_entry_delete{on_table}")
    assert "guard_entry_delete" in str(next(verify_ledger()))
    guards.install()
    assert list(verify_ledger()) == []


def test_the_commands_say_what_they_did_and_fail_with_exit_code_1(editions):
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "Verified 2 editions" in out.getvalue()
    call_command("rebuild_ledger", stdout=out)
    assert "Rebuilt 2 editions, identical digest for digest; 0 rows were put back" in out.getvalue()
    call_command("render_ledger", stdout=out)
    assert "0 paragraph versions" in out.getvalue()
    tamper("UPDATE guidance_entry SET reference = '9.9' WHERE reference = '1.2'")
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger", stderr=err)
    assert stopped.value.code == 1
    assert err.getvalue().count("\n") == 1


def test_who_issued_an_edition_and_when_is_recovered(editions):
    first, _ = editions
    when, who = first.issued_at, first.issued_by_id
    wipe(*LEDGER)
    rebuild_ledger()
    edition = Edition.objects.get(page=EditionPage.objects.get(slug=first.slug))
    assert (edition.issued_at, edition.issued_by_id) == (when, who)
