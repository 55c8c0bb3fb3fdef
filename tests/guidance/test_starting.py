"""Starting a new edition: a draft that says the same, paragraph by paragraph, under the same
identities."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from guidance.actions.edition_source import drafted
from guidance.actions.publishing import publish_edition
from guidance.actions.starting import (
    NothingToStartFrom,
    drafts_of,
    last_issued,
    proposal,
    start_edition,
)
from guidance.edition_text import compose
from guidance.models import Edition, EditionPage, ObligationDecision, SectionPage
from tests import factories as make

pytestmark = pytest.mark.django_db


def rich_sections():
    image = get_image_model().objects.create(title="Map", file=get_test_image_file())
    figure = make.block("figure", image=image.pk, alt="A map", caption="The parks", description="")
    noted = make.paragraph("1.1", "<p>Consult.<sup>1</sup></p>", notes={"1": "See the Act."})
    table = make.table("Who", ["Who", "What"], [["<p>All</p>", "<p>Each</p>"]])
    return [
        make.section("Aims", number="1", blocks=[make.heading("First"), noted, figure, table]),
        make.section("Forms", prefix="Annex", blocks=[make.paragraph("1"), make.box("How")]),
    ]


def start(document, **fields):
    return start_edition(user=make.user(), document=document, **{"stage": "final", **fields})


def entries(text):
    return [(n.identity, n.reference, n.digest, n.section) for n in text.lines]


def test_a_new_edition_has_every_paragraph_under_its_identity_and_with_its_digest():
    document = make.document()
    first = make.issued(document, rich_sections(), statements=[make.statement("1.1")])
    page = start(document)
    source = drafted(page)
    text = compose(source.facts, source.sections)
    issued = first.entries.order_by("position").values_list(
        "paragraph_id", "reference", "version__digest", "section__position"
    )
    assert entries(text) == [(str(identity), *rest) for identity, *rest in issued]
    assert not source.redrafted


def test_a_new_edition_is_a_draft_and_leaves_the_old_one_as_it_is():
    document = make.document()
    first = make.issued(document, rich_sections(), product_code="AB1", isbn="978")
    page = EditionPage.objects.get(pk=start(document).pk)
    children = SectionPage.objects.child_of(page)
    for each in (page, *children):
        assert not each.issued
        assert not each.live
        assert each.latest_revision is not None
        assert each.live_revision is None
        assert each.first_published_at is None
        assert each.alias_of is None
    assert page.as_issued is None
    assert (page.product_code, page.isbn, page.correction) == ("", "", "")
    old = EditionPage.objects.get(pk=first.page_id)
    assert old.issued
    assert old.translation_key != page.translation_key
    assert [s.slug for s in children] == [s.slug for s in SectionPage.objects.child_of(old)]


def test_a_new_edition_can_be_published_and_changes_nothing_if_nothing_was_edited():
    document = make.document()
    make.issued(document, rich_sections(), published=date(2008, 7, 1))
    page = start(document, published=date(2009, 7, 1), in_force_from=date(2009, 7, 1))
    second = publish_edition(user=make.user(), page=page)
    assert not second.lineage.exists()


def test_the_edition_issued_last_is_copied_whatever_its_dates():
    document = make.document()
    make.issued(document, slug="later", published=date(2010, 7, 1))
    make.issued(document, slug="earlier", published=date(2009, 7, 1))
    assert last_issued(document).slug == "earlier"
    entry = PageLogEntry.objects.get(page=start(document).pk, action="guidance.start_edition")
    assert entry.data == {"from": "earlier", "stage": "final", "corrects": ""}


def test_a_corrigendum_copies_the_edition_that_it_corrects():
    document = make.document()
    first = make.issued(document, slug="first", published=date(2008, 7, 1))
    make.issued(document, slug="second", published=date(2009, 7, 1))
    page = start(document, stage="corrigendum", corrects=first)
    kept = [block["id"] for block in SectionPage.objects.child_of(page).get().body.raw_data]
    assert kept == [str(pk) for pk in first.entries.values_list("paragraph_id", flat=True)]
    assert EditionPage.objects.get(pk=page.pk).corrects == first
    assert drafted(page).facts.corrects == "first"


def test_an_edition_of_another_document_cannot_be_corrected():
    document = make.document()
    make.issued(document)
    with pytest.raises(ValidationError) as error:
        start(document, stage="corrigendum", corrects=make.issued(make.document()))
    assert "corrects" in error.value.message_dict


def test_confirmed_demands_stay_confirmed():
    document = make.document()
    first = make.issued(document)
    who = make.user()
    told = {"sentence": "a" * 64, "confirmed": True, "strength": "must", "binds": ["councils"]}
    ObligationDecision.objects.create(page=first.page, paragraph=uuid4(), decided_by=who, **told)
    page = start(document)
    copied = ObligationDecision.objects.get(page=page)
    assert {key: getattr(copied, key) for key in told} == told
    assert copied.decided_by == who
    assert ObligationDecision.objects.filter(page=first.page).count() == 1


@pytest.mark.parametrize("issued_too", [False, True])
def test_without_an_issued_edition_there_is_nothing_to_copy(issued_too):
    document = make.document()
    draft = make.draft(document, title="The only draft") if issued_too else None
    with pytest.raises(NothingToStartFrom) as error:
        start(document)
    assert str(error.value).endswith(".")
    assert error.value.drafts == ([draft] if draft else [])
    assert ("The only draft" in str(error.value)) is issued_too


def test_a_second_draft_is_allowed_and_both_are_listed():
    document = make.document()
    make.issued(document)
    one, two = start(document), start(document)
    assert {page.pk for page in drafts_of(document)} == {one.pk, two.pk}
    assert one.slug != two.slug


@pytest.mark.parametrize(
    ("stage", "published", "title", "slug"),
    [
        ("final", date(2009, 4, 1), "Final edition, April 2009", "final-april-2009"),
        ("consultation", date(2007, 11, 9), "Draft for consultation, November 2007", "draft-november-2007"),
        ("final", None, "Final edition", "final"),
    ],
)  # fmt: skip
def test_a_title_and_a_slug_are_proposed_that_are_free(stage, published, title, slug):
    document = make.document()
    assert proposal(document, stage, published) == (title, slug)
    make.draft(document, slug=slug, title=title)
    make.draft(document, slug=f"{slug}-2")
    assert proposal(document, stage, published) == (f"{title} 2", f"{slug}-3")


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("slug", {"slug": "compare"}),
        ("slug", {"slug": "first"}),
        ("stage", {"stage": "whatever"}),
        ("in_force_from", {"stage": "consultation", "in_force_from": date(2009, 1, 1)}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(field, wanted):
    document = make.document()
    make.issued(document, slug="first")
    with pytest.raises(ValidationError) as error:
        start(document, **wanted)
    assert list(error.value.message_dict) == [field]
    assert EditionPage.objects.child_of(document).count() == 1


@pytest.mark.parametrize(("group", "may"), [("Editors", True), ("Publishers", True), (None, False)])
def test_who_may_start_an_edition(group, may):
    document = make.document()
    make.issued(document)
    person = make.user("someone@example.org", superuser=False)
    if group:
        person.groups.add(Group.objects.get(name=group))
    if may:
        assert start_edition(user=person, document=document, stage="final").owner == person
    else:
        with pytest.raises(PermissionDenied):
            start_edition(user=person, document=document, stage="final")
    assert Edition.objects.count() == 1
