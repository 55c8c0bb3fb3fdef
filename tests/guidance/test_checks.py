"""What stands in the way of issuing an edition: each finding says what, where and what to do."""

from datetime import date
from uuid import uuid4

import pytest

from guidance.actions.publishing import EditionNotReady, check_edition, publish_edition
from guidance.models import Edition, EditionPage, SectionPage
from tests import factories as make

pytestmark = pytest.mark.django_db


def codes(page):
    return [(c.code, c.blocking) for c in check_edition(page)]


def one_section(*blocks, **fields):
    return [make.section(number="1", blocks=blocks, **fields)]


TWICE = uuid4()

# Made when the test runs, since a page asks the database for its type.
FAULTS = {
    "no-paragraphs": lambda: {"sections": one_section(make.heading("Nothing else"))},
    "published-missing": lambda: {"published": None, "in_force_from": date(2008, 1, 1)},
    "in-force-missing": lambda: {"published": None},
    "in-force-on-draft": lambda: {"stage": "consultation", "in_force_from": date(2008, 1, 1)},
    "slug-reserved": lambda: {"slug": "as-at"},
    "number-repeated": lambda: {"sections": one_section(make.paragraph("1.1"), make.paragraph("1.1"))},
    "number-unreadable": lambda: {"sections": one_section(make.paragraph("1"), make.paragraph("–"))},
    "identity-repeated": lambda: {"sections": one_section(make.paragraph("1", identity=TWICE), make.paragraph("2", identity=TWICE))},
    "identity-missing": lambda: {"sections": one_section(make.paragraph("1", identity="not-an-id"))},
    "range-names-nothing": lambda: {"statements": [make.statement("1.1 to 1.9")]},
    "ranges-unreadable": lambda: {"statements": [make.statement("all of it, mostly")]},
    "provision-unresolved": lambda: {"statements": [make.statement("1.1", provisions=["section 3 of the Nowhere Act 1812"])]},
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_blocks_and_says_where_it_is_and_what_to_do(code):
    page = make.draft(make.document(), **FAULTS[code]())
    check = next(c for c in check_edition(page) if c.code == code)
    assert check.blocking
    assert check.message.endswith(".")
    assert check.remedy.endswith(".")
    assert check.place
    assert check.page in {page.pk, *SectionPage.objects.child_of(page).values_list("pk", flat=True)}
    with pytest.raises(EditionNotReady) as error:
        publish_edition(user=make.user(), page=page)
    assert code in [c.code for c in error.value.checks]
    assert not Edition.objects.exists()
    assert not EditionPage.objects.get(pk=page.pk).issued


def test_a_repeated_number_names_both_places():
    sections = [
        make.section("Who", number="1", blocks=[make.paragraph("1.1")]),
        make.section("What", number="2", blocks=[make.paragraph("1.1")]),
    ]
    check = next(
        c
        for c in check_edition(make.draft(make.document(), sections))
        if c.code == "number-repeated"
    )
    assert "in section 1 Who" in check.message
    assert "in section 2 What" in check.message
    assert "prefix" in check.remedy


def test_a_prefix_keeps_an_annex_apart():
    sections = [
        make.section("Body", blocks=[make.paragraph("1")]),
        make.section("Forms", prefix="Annex", blocks=[make.paragraph("1")]),
    ]
    assert codes(make.draft(make.document(), sections)) == []


def test_dates_and_addresses_that_an_edition_has_already_are_not_given_again():
    document = make.document()
    make.issued(document, slug="first", published=date(2008, 1, 1))
    rival = make.draft(document, slug="second", published=date(2008, 1, 1))
    assert codes(rival) == [("dates-taken", True)]
    EditionPage.objects.filter(pk=rival.pk).update(published=date(2008, 1, 2))
    page = EditionPage.objects.get(pk=rival.pk)
    page.save_revision(clean=False)
    assert codes(page) == []


def test_a_section_cannot_take_an_address_of_the_site():
    page = make.draft(make.document(), [make.section(slug="status", blocks=[make.paragraph("1")])])
    assert codes(page) == [("slug-reserved", True)]


def test_paragraphs_of_another_document_are_not_issued_a_second_time():
    edition = make.issued(make.document())
    other = make.document()
    copy = edition.page.copy(recursive=True, to=other, user=make.user())
    assert codes(copy) == [("identity-elsewhere", True)]


ADVICE = {
    "note-missing": lambda: {
        "sections": one_section(make.paragraph("1", "<p>As said.<sup>4</sup></p>"))
    },
    "note-unreferenced": lambda: {
        "sections": one_section(make.paragraph("1", "As said.", notes={"4": "There."}))
    },
    "section-empty": lambda: {
        "sections": [*one_section(make.paragraph("1")), make.section("Later")]
    },
    "provision-missing": lambda: {"statements": [make.statement("1.1", provisions=[])]},
    "exception-names-nothing": lambda: {
        "statements": [make.statement("1.1, except the box on bees")]
    },
    "statements-disagree": lambda: {
        "statements": [make.statement("1.1"), make.statement("1.1", "non-statutory")]
    },
}


@pytest.mark.parametrize("code", ADVICE)
def test_advice_is_given_and_blocks_nothing(code):
    page = make.draft(make.document(), **ADVICE[code]())
    assert (code, False) in codes(page)
    assert publish_edition(user=make.user(), page=page).digest


def test_an_ordinal_is_not_taken_for_a_footnote():
    page = make.draft(
        make.document(), one_section(make.paragraph("1", "<p>The 1<sup>st</sup> of May.</p>"))
    )
    assert codes(page) == []


def test_an_unresolved_provision_of_a_statement_that_claims_no_statute_is_only_advice():
    statement = make.statement("1.1", "non-statutory")
    statement["value"]["provisions"] = [make.block("item") | {"value": "the Nowhere Act 1812"}]
    page = make.draft(make.document(), statements=[statement])
    assert codes(page) == [("provision-unresolved", False)]
    assert not publish_edition(user=make.user(), page=page).entries.get().version.bases.exists()


def test_checks_look_at_the_draft_and_what_blocks_comes_first():
    sections = one_section(make.paragraph("1", "<p>As said.<sup>4</sup></p>"), make.paragraph("2"))
    page = make.draft(make.document(), sections)
    child = SectionPage.objects.child_of(page).get()
    child.body = [*child.body.raw_data, make.paragraph("2")]
    child.save_revision()
    assert codes(page) == [("number-repeated", True), ("note-missing", False)]
