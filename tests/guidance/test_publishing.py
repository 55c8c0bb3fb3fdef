"""Issuing an edition: everything appears together, or nothing does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from guidance.actions import publishing
from guidance.actions.publishing import EditionNotReady, check_edition, publish_edition
from guidance.models import (
    Edition,
    EditionPage,
    Entry,
    Lineage,
    Paragraph,
    ParagraphVersion,
    Section,
    SectionPage,
    VersionProvision,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
NOON = datetime(2008, 7, 1, 12, tzinfo=UTC)


def two_sections():
    return [
        make.section("Who decides", number="1", blocks=[make.heading("First things"), make.paragraph("1.1"), make.box("Local persons"), make.paragraph("1.2")]),
        make.section("What is asked", number="2", blocks=[make.paragraph("2.1", notes={"1": "See the Act."}), make.term("Park")]),
    ]  # fmt: skip


def test_an_issued_edition_has_its_pages_live_and_closed():
    page = make.draft(make.document(), two_sections())
    edition = publish_edition(user=make.user(), page=page, now=NOON)
    stored = EditionPage.objects.get(pk=page.pk)
    sections = SectionPage.objects.child_of(stored)
    for each in (stored, *sections):
        assert each.issued
        assert each.live
        assert not each.has_unpublished_changes
        assert each.first_published_at == NOON
        assert each.live_revision_id == each.latest_revision_id
        assert each.get_lock() is not None
    assert stored.get_parent().live
    assert edition.page_id == page.pk
    assert edition.issued_at == NOON


def test_every_block_is_an_entry_in_order_with_its_reference_and_the_number_that_it_follows():
    edition = make.issued(make.document(), two_sections())
    rows = edition.entries.values_list(
        "position", "section__slug", "version__kind", "reference", "after"
    )
    assert list(rows) == [
        (1, "1-who-decides", "heading", "", ""),
        (2, "1-who-decides", "paragraph", "1.1", "1.1"),
        (3, "1-who-decides", "box", "box-local-persons", "1.1"),
        (4, "1-who-decides", "paragraph", "1.2", "1.2"),
        (5, "2-what-is-asked", "paragraph", "2.1", "2.1"),
        (6, "2-what-is-asked", "glossary", "term-park", "2.1"),
    ]
    assert list(edition.entries.citable().values_list("position", flat=True)) == [2, 3, 4, 5, 6]


def test_where_numbering_starts_again_the_prefix_tells_paragraphs_apart():
    sections = [
        make.section("Body", blocks=[make.paragraph("1"), make.paragraph("2")]),
        make.section(
            "Forms", prefix="Annex", blocks=[make.paragraph("1"), make.box("How to apply")]
        ),
    ]
    edition = make.issued(make.document(), sections)
    assert list(edition.entries.values_list("reference", flat=True)) == [
        "1",
        "2",
        "annex-1",
        "box-how-to-apply",
    ]


def test_boxes_of_one_title_are_told_apart_by_the_number_that_they_follow():
    blocks = [
        make.paragraph("1"),
        make.box("Example"),
        make.paragraph("2"),
        make.box("Example"),
        make.box("Example"),
    ]
    edition = make.issued(make.document(), [make.section(blocks=blocks)])
    boxes = edition.entries.filter(version__kind="box").values_list("reference", flat=True)
    assert list(boxes) == ["box-example", "box-example-after-2", "box-example-2"]


def test_the_basis_of_a_paragraph_follows_from_the_statements_and_boxes_stand_with_their_paragraph():
    sections = [make.section(number="1", blocks=[make.paragraph("1.1"), make.box("Fees"), make.paragraph("1.2"), make.box("Sharing data"), make.paragraph("1.3")])]  # fmt: skip
    statements = [
        make.statement("1.1 to 1.2, except the box on sharing data"),
        make.statement("1.3", "non-statutory"),
    ]
    edition = make.issued(make.document(), sections, statements=statements)
    found = {
        e.reference: (
            e.version.status,
            [b.provision.path for b in e.version.bases.all()],
            e.statements,
        )
        for e in edition.entries.select_related("version")
    }
    assert found == {
        "1.1": ("statutory", [make.SECTION_3A], [0]),
        "box-fees": ("statutory", [make.SECTION_3A], [0]),
        "1.2": ("statutory", [make.SECTION_3A], [0]),
        "box-sharing-data": ("unstated", [], []),
        "1.3": ("non-statutory", [], [1]),
    }


def test_statements_keep_what_their_provisions_were_resolved_to():
    statement = make.statement("1.1", provisions=["section 3A of the Local Government Act 1999"])
    edition = make.issued(make.document(), statements=[statement])
    assert edition.statements[0]["provisions"] == [make.SECTION_3A]
    assert EditionPage.objects.get(pk=edition.page_id).as_issued["statements"] == edition.statements


def test_statements_that_disagree_do_not_block_and_are_kept_with_the_entry():
    page = make.draft(
        make.document(), statements=[make.statement("1.1"), make.statement("1.1", "non-statutory")]
    )
    assert [c.code for c in check_edition(page)] == ["statements-disagree"]
    entry = publish_edition(user=make.user(), page=page).entries.get()
    assert (entry.conflict, entry.statements) == (True, [0, 1])


def test_an_unchanged_paragraph_is_the_same_version_in_the_next_edition():
    document = make.document()
    first = make.issued(document, two_sections())
    copy = first.page.copy(
        recursive=True, update_attrs={"slug": "second", "title": "Second"}, user=make.user()
    )
    copy.published = copy.in_force_from = date(2009, 7, 1)
    copy.save_revision()
    make.reword(SectionPage.objects.child_of(copy).first(), {"1.2": "An authority may consult."})
    second = publish_edition(user=make.user(), page=copy)
    before, after = (
        dict(e.entries.values_list("reference", "version_id")) for e in (first, second)
    )
    assert {r for r in before if before[r] != after[r]} == {"1.2"}
    assert ParagraphVersion.objects.count() == 7
    assert Paragraph.objects.count() == 6
    assert list(second.lineage.values_list("change", "before__number", "after__number")) == [
        ("substantive", "1.2", "1.2")
    ]
    assert second.previous == first
    assert second.digest != first.digest


def test_words_that_come_back_are_the_version_that_they_were():
    document = make.document()
    mine = make.uuid4()
    texts = ["Ask first.", "Ask somebody.", "Ask first."]
    editions = [
        make.issued(
            document,
            [make.section(blocks=[make.paragraph("1", text, mine)])],
            published=date(2008 + i, 1, 1),
        )
        for i, text in enumerate(texts)
    ]
    versions = [e.entries.get().version_id for e in editions]
    assert versions[0] == versions[2] != versions[1]


def test_the_latest_draft_is_what_is_issued_not_the_row_behind_it():
    page = make.draft(make.document())
    section = SectionPage.objects.child_of(page).get()
    make.reword(section, {"1.1": "Written yesterday."})
    page.title = "A better title"
    page.save_revision()
    edition = publish_edition(user=make.user(), page=EditionPage.objects.get(pk=page.pk))
    assert edition.title == "A better title"
    assert edition.entries.get().version.text == "Written yesterday."
    assert "Written yesterday." in str(SectionPage.objects.get(pk=section.pk).body.raw_data[0])
    assert EditionPage.objects.get(pk=page.pk).title == "A better title"


def test_an_edition_is_issued_once():
    page = make.draft(make.document())
    stale = EditionPage.objects.get(pk=page.pk)
    publish_edition(user=make.user(), page=page)
    with pytest.raises(EditionNotReady, match="published already"):
        publish_edition(user=make.user(), page=stale)
    assert Edition.objects.count() == 1


def test_nobody_without_permission_issues_an_edition():
    page = make.draft(make.document())
    with pytest.raises(PermissionDenied):
        publish_edition(user=make.user("reader@example.org", superuser=False), page=page)
    assert not Edition.objects.exists()


def test_wagtail_itself_does_not_publish_a_section_or_an_edition():
    page = make.draft(make.document())
    for each in (page, SectionPage.objects.child_of(page).get()):
        with pytest.raises(PermissionDenied):
            each.get_latest_revision().publish(user=make.user())
        assert not type(each).objects.get(pk=each.pk).live


@pytest.mark.parametrize("failing", ["write_edition", "close_pages", "log"])
def test_a_failure_at_any_step_leaves_nothing_behind(monkeypatch, failing):
    page = make.draft(make.document(), two_sections(), statements=[make.statement("1.1")])

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(publishing, failing, fail)
    with pytest.raises(RuntimeError):
        publish_edition(user=make.user(), page=page)
    for model in (Edition, Section, Entry, Paragraph, ParagraphVersion, VersionProvision, Lineage):
        assert not model.objects.exists(), model
    stored = EditionPage.objects.get(pk=page.pk)
    assert not stored.issued
    assert not stored.live
    assert not SectionPage.objects.filter(issued=True).exists()


def test_publishing_is_in_the_pages_history_and_in_the_log_with_ids_only(caplog):
    caplog.set_level("INFO", logger="guidance")
    person = make.user("somebody@example.org", first_name="Ada")
    edition = make.issued(make.document(), by=person)
    entry = PageLogEntry.objects.get(page=edition.page_id, action="wagtail.publish")
    assert entry.user == person
    assert entry.data == {"edition": edition.slug, "digest": edition.digest}
    line = next(
        r.getMessage() for r in caplog.records if "event=edition_published" in r.getMessage()
    )
    assert line.split() == [
        "event=edition_published",
        f"document={edition.document_id}",
        f"edition={edition.pk}",
        f"user={person.pk}",
    ]


def test_an_edition_is_never_issued_before_the_one_that_came_before_it():
    document = make.document()
    first = make.issued(document, now=NOON)
    second = make.issued(document, published=date(2009, 1, 1), now=NOON - timedelta(days=1))
    assert second.previous == first
    assert second.issued_at >= first.issued_at


def test_publishing_costs_the_same_queries_whatever_the_number_of_paragraphs(
    django_assert_max_num_queries,
):
    def edition(count):
        blocks = [make.paragraph(f"1.{n}") for n in range(1, count + 1)]
        return make.draft(make.document(), [make.section(number="1", blocks=blocks)])

    small, large, person = edition(2), edition(200), make.user()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        publish_edition(user=person, page=small)
    with CaptureQueriesContext(connection) as many:
        publish_edition(user=person, page=large)
    assert len(many) <= len(few) + 8
