"""The database refuses to change what was issued, whoever asks and however."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from guidance import guards
from guidance.actions.ledger import verify_ledger
from guidance.models import (
    Edition,
    EditionPage,
    Entry,
    GuidancePage,
    Instrument,
    Lineage,
    Paragraph,
    ParagraphVersion,
    Provision,
    Section,
    SectionPage,
    VersionImage,
    VersionProvision,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

LEDGER = (
    Edition,
    Section,
    Paragraph,
    ParagraphVersion,
    VersionProvision,
    VersionImage,
    Entry,
    Lineage,
)


@pytest.fixture
def edition():
    """The second edition of a document, so that every table of the ledger has rows."""
    document = make.document()
    picture = get_image_model().objects.create(title="Map", file=get_test_image_file())
    figure = make.block("figure", image=picture.pk, alt="A map", caption="The park", description="")
    identity = make.uuid4()
    make.issued(
        document, [make.section(number="1", blocks=[make.paragraph("1.1", "Ask.", identity)])]
    )
    return make.issued(
        document,
        [make.section(number="1", blocks=[make.paragraph("1.1", "Ask first.", identity), figure])],
        statements=[make.statement("1.1")],
        published=date(2009, 1, 1),
    )


def refused(action, match="part of the record"):
    """Whether the database itself refuses the action, and leaves everything as it is."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        action()


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def columns():
    for model in LEDGER:
        for field in model._meta.concrete_fields:
            if field.column != "html":
                yield pytest.param(model, field, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "field"), list(columns()))
def test_no_column_of_the_ledger_but_html_is_updated_by_raw_sql(edition, model, field):
    table, column = model._meta.db_table, field.column
    assert model.objects.exists()
    refused(lambda: execute(f"UPDATE {table} SET {column} = {column}"))


@pytest.mark.parametrize("model", LEDGER)
def test_no_row_of_the_ledger_is_deleted_by_any_way(edition, model):
    table, first = model._meta.db_table, model.objects.first()
    refused(lambda: execute(f"DELETE FROM {table}"))
    refused(lambda: model.objects.all()._raw_delete(using="default"))
    with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
        model.objects.all().delete()
    with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
        first.delete()
    assert model.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize("model", LEDGER)
def test_no_row_of_the_ledger_is_saved_or_updated_by_the_orm(edition, model):
    first = model.objects.first()
    other = [
        f.attname for f in model._meta.concrete_fields if not f.primary_key and f.column != "html"
    ]
    refused(first.save)
    refused(lambda: model.objects.update(**{other[0]: getattr(first, other[0])}))
    refused(lambda: model.objects.bulk_update([first], [model._meta.get_field(other[0]).name if not other[0].endswith("_id") else other[0][:-3]]))  # fmt: skip


def test_rendered_html_may_be_renewed(edition):
    assert ParagraphVersion.objects.update(html="<p>new</p>") == 3
    assert Section.objects.update(html="<p>new</p>") == 2
    version = ParagraphVersion.objects.first()
    version.html = "<p>newer</p>"
    version.save(update_fields=["html"])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", LEDGER)
def test_no_table_of_the_ledger_is_truncated(edition, model):
    connection.check_constraints()  # or PostgreSQL refuses because of checks that are still to come
    refused(lambda: execute(f"TRUNCATE {model._meta.db_table} CASCADE"))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is a word of SQLite")
def test_no_row_of_the_ledger_is_replaced(edition):
    for table in ("guidance_paragraphversion", "guidance_edition", "guidance_paragraph"):
        refused(
            lambda t=table: execute(f"INSERT OR REPLACE INTO {t} SELECT * FROM {t}"),
            match="deleted",
        )


def test_a_published_edition_takes_no_further_rows(edition):
    entry, section = edition.entries.first(), edition.sections.get()
    spare = Paragraph.objects.create(pk=make.uuid4(), document=edition.document)
    version = ParagraphVersion.objects.create(
        paragraph=spare, kind="paragraph", content={}, digest="x"
    )
    more = {
        "section": section,
        "position": 99,
        "paragraph": spare,
        "version": version,
        "reference": "9",
    }
    refused(lambda: Entry.objects.create(edition=edition, **more), match="takes no further rows")
    page = SectionPage(title="Late", slug="late")
    refused(
        lambda: Section.objects.create(
            edition=edition, page=section.page, position=9, title="Late", slug="late"
        ),
        match="takes no further rows",
    )
    assert page.pk is None
    refused(
        lambda: Lineage.objects.create(edition=edition, after=entry.version, change="moved"),
        match="takes no further rows",
    )


def test_a_published_paragraph_gets_no_other_basis_and_no_other_picture(edition):
    version = edition.entries.first().version
    other = Provision.objects.create(
        instrument=Instrument.objects.get(path=make.ACT[0]), place="section/99"
    )
    refused(
        lambda: VersionProvision.objects.create(version=version, provision=other, position=7),
        match="are fixed",
    )
    picture = get_image_model().objects.first()
    refused(lambda: VersionImage.objects.create(version=version, image=picture), match="are fixed")


def test_an_entry_joins_only_what_belongs_together(edition):
    open_edition = Edition.objects.create(
        document=edition.document,
        page=make.draft(edition.document, slug="open"),
        slug="open",
        title="Open",
        stage="consultation",
        published=date(2010, 1, 1),
        issued_at=edition.issued_at,
    )
    entry = edition.entries.first()
    strange = {"edition": open_edition, "section": entry.section, "position": 1}
    refused(
        lambda: Entry.objects.create(**strange, paragraph=entry.paragraph, version=entry.version),
        match="version of its own paragraph",
    )


def test_an_edition_is_sealed_once(edition):
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(digest="0" * 64))
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(digest=""))


PAGE_COLUMNS = [
    (model, field.column)
    for model in (EditionPage, SectionPage)
    for field in model._meta.local_concrete_fields
    if field.column != "page_ptr_id"
]


@pytest.mark.parametrize(("model", "column"), PAGE_COLUMNS)
def test_no_column_of_an_issued_page_is_changed(edition, model, column):
    changed = {
        "published": "'2001-01-01'",
        "in_force_from": "'2001-01-01'",
        "issued": "NOT issued",
        "body": "'[]'",
        "statements": "'[{}]'",
        "duties": "'[{}]'",
        "definitions": "'[{}]'",
        "as_issued": "'{}'",
        "corrects_id": "0",
    }.get(column, "'other'")
    table = model._meta.db_table
    refused(lambda: execute(f"UPDATE {table} SET {column} = {changed} WHERE issued"))


@pytest.mark.parametrize(
    "change",
    [{"slug": "other"}, {"title": "Other"}, {"live": False}, {"first_published_at": None}],
)
@pytest.mark.parametrize("model", [EditionPage, SectionPage])
def test_what_wagtail_keeps_of_an_issued_page_is_not_changed(edition, model, change):
    pk = model.objects.filter(issued=True).first().pk
    refused(lambda: Page.objects.filter(pk=pk).update(**change))
    Page.objects.filter(pk=pk).update(numchild=Page.objects.get(pk=pk).numchild, locked=True)


def test_issued_pages_are_not_deleted_by_any_way(edition):
    page = EditionPage.objects.get(pk=edition.page_id)
    document = GuidancePage.objects.get(pk=edition.document_id)
    section = SectionPage.objects.child_of(page).get()
    for each in (page, section, document, document.get_parent()):
        with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
            each.delete()
    for each in (page, section, document):
        refused(
            lambda each=each: execute("DELETE FROM wagtailcore_page WHERE id = %s", each.pk),
            match="deleted",
        )
    refused(lambda: execute("DELETE FROM guidance_editionpage"))
    refused(lambda: execute("DELETE FROM guidance_sectionpage"))
    assert list(verify_ledger()) == []


def test_a_draft_is_edited_moved_and_deleted_as_ever(edition):
    draft = make.draft(edition.document, slug="draft")
    draft.title = "Other"
    draft.slug = "other"
    draft.save()
    SectionPage.objects.child_of(draft).get().delete()
    draft.delete()
    assert not EditionPage.objects.filter(slug="other").exists()


def test_the_address_of_a_document_with_published_editions_stays(edition):
    document = GuidancePage.objects.get(pk=edition.document_id)
    refused(
        lambda: Page.objects.filter(pk=document.pk).update(slug="elsewhere"),
        match="cited under this address",
    )
    document.title = "A title may be mended"
    document.save()


def test_the_place_of_an_instrument_that_paragraphs_rest_on_is_fixed_and_its_title_is_not(edition):
    refused(
        lambda: Instrument.objects.filter(path=make.ACT[0]).update(path="ukpga/1999/28"),
        match="rest on this",
    )
    refused(
        lambda: Provision.objects.filter(bases__isnull=False).update(place="section/4"),
        match="rest on this",
    )
    Instrument.objects.filter(path=make.ACT[0]).update(title="Local Government Act 1999 c. 27")
    Instrument.objects.create(path="ukpga/2001/1", title="Unused Act 2001").delete()


def test_a_picture_that_a_published_paragraph_shows_stays(edition):
    picture = VersionImage.objects.get().image
    with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
        picture.delete()
    picture.file.save("other.png", ContentFile(b"other"), save=False)
    refused(picture.save, match="shows this picture")
    get_image_model().objects.filter(pk=picture.pk).update(title="A map of the park")


class TestThroughTheAdmin:
    """What a superuser tries with the forms that Wagtail has for it."""

    @pytest.fixture(autouse=True)
    def _signed_in(self, client, edition):
        client.force_login(make.user("admin@example.org"))
        self.client, self.edition = client, edition

    def unchanged(self):
        return list(verify_ledger()) == [] and EditionPage.objects.get(pk=self.edition.page_id).live

    @pytest.mark.parametrize(
        "name",
        ["wagtailadmin_pages:delete", "wagtailadmin_pages:unpublish", "wagtailadmin_pages:edit"],
    )
    @pytest.mark.parametrize("which", ["edition", "section", "document"])
    def test_posting_to_a_wagtail_view_changes_nothing_published(self, name, which):
        section = SectionPage.objects.get(section__edition=self.edition)
        pk = {
            "edition": self.edition.page_id,
            "section": section.pk,
            "document": self.edition.document_id,
        }[which]
        empty = ("body", "statements", "duties", "definitions")
        forms = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        data = {"title": "Forged", "slug": "forged", "action-publish": "1", **forms, **{f"{name}-count": "0" for name in empty}}  # fmt: skip
        response = self.client.post(reverse(name, args=[pk]), data)
        assert response.status_code < 500
        assert self.unchanged()
        assert GuidancePage.objects.get(pk=self.edition.document_id).slug != "forged"

    @pytest.mark.parametrize("way", ["admin", "orm"])
    def test_moving_an_issued_edition_to_another_document_is_refused(self, way):
        other = make.document()
        if way == "admin":
            url = reverse("wagtailadmin_pages:move_confirm", args=[self.edition.page_id, other.pk])
            assert self.client.post(url).status_code in (302, 403)
        else:
            page = EditionPage.objects.get(pk=self.edition.page_id)
            refused(lambda: page.move(other, pos="last-child"), match="stays where it is")
        assert (
            EditionPage.objects.get(pk=self.edition.page_id).get_parent().pk
            == self.edition.document_id
        )


def test_every_guard_is_in_place_and_can_be_lifted_for_one_transaction(edition):
    assert guards.missing() == []
    with pytest.raises(RuntimeError), guards.lifted():
        Edition.objects.update(title="Changed")
        raise RuntimeError
    assert not Edition.objects.filter(title="Changed").exists()
    assert guards.missing() == []
    with guards.lifted():
        Edition.objects.update(title="Changed")
    refused(lambda: Edition.objects.update(title="Again"))
