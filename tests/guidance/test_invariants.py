"""The invariants of the architecture, each tried to be broken; identity above all."""

import json
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowState, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, streamfield

from guidance.actions.ledger import verify_ledger
from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.models import Edition, EditionPage, Entry, GuidancePage, ParagraphVersion, SectionPage
from tests import factories as make


def ids(page):
    """The identities in a page's latest draft, in order."""
    return [block["id"] for block in page.get_latest_revision_as_object().body.raw_data]


def copied(edition, **attributes):
    """A copy of an issued edition, as the admin makes it, with its sections."""
    page = EditionPage.objects.get(pk=edition.page_id)
    return page.copy(
        recursive=True,
        update_attrs={"slug": "next", "title": "Next", **attributes},
        user=make.user(),
    )


@pytest.mark.django_db
class TestIdentity:
    def test_stands_once_in_an_edition_whoever_writes_the_row(self):
        edition = make.issued(make.document())
        entry = edition.entries.get()
        draft = make.draft(edition.document, slug="again")
        row = Edition.objects.get(pk=edition.pk)
        row.pk, row.page, row.slug, row.published, row.digest = (
            None,
            draft,
            "again",
            date(2020, 1, 1),
            "",
        )
        row.save(force_insert=True)
        section = edition.sections.get()
        section.pk, section.edition, section.page = (
            None,
            row,
            SectionPage.objects.child_of(draft).get(),
        )
        section.save(force_insert=True)
        columns = {
            "edition": row,
            "section": section,
            "paragraph": entry.paragraph,
            "version": entry.version,
        }
        Entry.objects.create(**columns, position=1, reference="1.1")
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(**columns, position=2, reference="1.2")

    def test_is_kept_when_the_edition_is_copied_and_the_copy_is_an_open_draft(self):
        edition = make.issued(make.document())
        copy = copied(edition)
        old, new = (SectionPage.objects.child_of(p).get() for p in (edition.page, copy))
        assert ids(old) == ids(new)
        for page in (copy, new):
            stored = type(page).objects.get(pk=page.pk)
            latest = stored.get_latest_revision_as_object()
            for each in (stored, latest):
                assert not each.issued
                assert not each.live
                assert each.get_lock() is None
        assert copy.as_issued is None

    def test_is_kept_when_a_section_is_edited_in_the_admin(self, client):
        client.force_login(make.user("editor@example.org"))
        blocks = [
            make.paragraph("1.1"),
            make.box("Bees"),
            make.paragraph("1.2", notes={"1": "There."}),
        ]
        page = SectionPage.objects.child_of(
            make.draft(make.document(), [make.section(number="1", blocks=blocks)])
        ).get()
        before = ids(page)
        form = client.get(f"/admin/pages/{page.pk}/edit/").context["form"]
        block = form.fields["body"].block
        state = block.get_form_state(form.instance.body)
        assert [b["id"] for b in state] == before
        assert self.saved_through_the_editor(client, page, before) == before

    @staticmethod
    def saved_through_the_editor(client, page, before):
        """Post the section with its second paragraph renumbered and moved to the front."""
        from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

        converter = ContentstateConverter(features=["bold"])
        words = converter.from_database_format("<p>Newly said.</p>")
        body = {"number": "1.9", "body": streamfield([("text", words)]), "notes-count": "0"}
        box = {"title": "Bees", "body": streamfield([("text", words)]), "notes-count": "0"}
        children = [("paragraph", body), ("paragraph", {**body, "number": "1.1"}), ("box", box)]
        data = nested_form_data({"title": page.title, "slug": page.slug, "number": "1", "prefix": "", "body": streamfield(children), "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}})  # fmt: skip
        for index, identity in enumerate([before[2], before[0], before[1]]):
            data[f"body-{index}-id"] = identity
        response = client.post(f"/admin/pages/{page.pk}/edit/", data)
        assert response.status_code == 302, response.context and response.context["form"].errors
        latest = SectionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert latest.body.raw_data[0]["value"]["number"] == "1.9"
        moved = [block["id"] for block in latest.body.raw_data]
        return [moved[1], moved[2], moved[0]]

    def test_is_kept_through_rewording_renumbering_and_moving_to_another_section(self):
        document, kept = make.document(), uuid4()
        make.issued(document, [make.section("One", number="1", blocks=[make.paragraph("1.1", "Ask.", kept), make.paragraph("1.2")]), make.section("Two", number="2", blocks=[make.paragraph("2.1")])])  # fmt: skip
        second = make.issued(
            document,
            [make.section("One", number="1", blocks=[make.paragraph("1.2")]), make.section("Two", number="2", blocks=[make.paragraph("2.1"), make.paragraph("2.2", "Ask everybody.", kept)])],
            published=date(2009, 1, 1),
        )  # fmt: skip
        assert second.entries.get(reference="2.2").paragraph_id == kept
        assert ParagraphVersion.objects.filter(paragraph=kept).count() == 2
        assert set(
            second.lineage.filter(after__paragraph=kept).values_list("change", flat=True)
        ) >= {"substantive", "renumbered"}

    def test_is_kept_by_export_and_import_of_the_page(self):
        page = SectionPage.objects.child_of(make.draft(make.document())).get()
        exported = json.loads(json.dumps(page.serializable_data(), default=str))
        imported = SectionPage.from_serializable_data(exported, check_fks=False)
        assert [b["id"] for b in imported.body.raw_data] == ids(page)


@pytest.mark.django_db
def test_a_next_edition_made_by_copying_says_the_same_until_it_is_edited():
    edition = make.issued(make.document(), published=date(2008, 1, 1))
    copy = copied(edition)
    copy.published = copy.in_force_from = date(2009, 1, 1)
    copy.save_revision()
    again = publish_edition(user=make.user(), page=copy)
    assert [e.version_id for e in again.entries.all()] == [
        e.version_id for e in edition.entries.all()
    ]
    assert not again.lineage.exists()


@pytest.mark.django_db
def test_a_draft_is_never_live_however_it_is_saved():
    page = make.draft(make.document())
    page.live = True
    page.save()
    assert not EditionPage.objects.get(pk=page.pk).live
    section = SectionPage.objects.child_of(page).get()
    section.live = True
    section.save_revision()
    assert not SectionPage.objects.get(pk=section.pk).live


@pytest.mark.django_db
def test_a_page_does_not_say_that_it_was_issued_unless_it_keeps_what_it_said():
    page = make.draft(make.document())
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionPage.objects.filter(pk=page.pk).update(issued=True)


@pytest.mark.django_db
def test_a_revision_from_before_the_issue_cannot_open_an_issued_page_again():
    edition = make.issued(make.document())
    page = EditionPage.objects.get(pk=edition.page_id)
    old = page.revisions.order_by("pk").first().as_object()
    assert old.issued
    with pytest.raises(IntegrityError), transaction.atomic():
        old.title = "Other"
        old.save()
    assert list(verify_ledger()) == []


@pytest.mark.django_db
def test_a_workflow_approves_a_section_and_leaves_it_a_draft_but_publishes_other_pages():
    person, page = make.user(), make.draft(make.document())
    section = SectionPage.objects.child_of(page).get()
    approver = GroupApprovalTask.objects.create(name="Legal")
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=approver)
    for each in (section, page.get_parent().specific):
        each.save_revision()
        workflow.start(each, person).current_task_state.approve(user=person)
    assert not SectionPage.objects.get(pk=section.pk).live
    assert GuidancePage.objects.get(pk=page.get_parent().pk).live
    assert section.workflow_states.get().status == WorkflowState.STATUS_APPROVED


@pytest.mark.django_db
def test_every_status_traces_to_a_statement_of_its_edition():
    statements = [make.statement("1.1 to 1.2"), make.statement("1.2", "non-statutory")]
    blocks = [make.paragraph("1.1"), make.box("Bees"), make.paragraph("1.2"), make.paragraph("1.3")]
    edition = make.issued(
        make.document(), [make.section(number="1", blocks=blocks)], statements=statements
    )
    for entry in edition.entries.select_related("version"):
        claimed = {edition.statements[i]["status"] for i in entry.statements}
        assert entry.version.status in (claimed or {"unstated"})
        assert entry.conflict == (len(claimed) > 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'",
    reason="an in-memory database has one writer; on disk SQLite lets one in at a time",
)
def test_of_two_people_who_publish_at_once_one_wins():
    page, people, gate, outcomes = (
        make.draft(make.document()),
        [make.user(), make.user()],
        Barrier(2),
        [],
    )

    def publish(person):
        try:
            gate.wait()
            outcomes.append(
                publish_edition(user=person, page=EditionPage.objects.get(pk=page.pk)).pk
            )
        except EditionNotReady as error:
            outcomes.append(error.checks[0].code)
        finally:
            connection.close()

    threads = [Thread(target=publish, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, outcomes)) == sorted(
        ["already-published", str(Edition.objects.get().pk)]
    )


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_issue_and_its_database_can_be_emptied():
    make.issued(make.document())
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_and_is_empty_and_guarded_afterwards():
    assert not Edition.objects.exists()
    make.issued(make.document())
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(title="Forged")
