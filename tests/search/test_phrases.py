"""The phrases that complete what somebody types."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guidance.models import Instrument, Provision
from search.actions import phrases
from search.actions.phrases import phrases_of, register_source
from search.units import Phrase
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(document, kind):
    return {(p.text, p.address) for p in phrases_of(document) if p.kind == kind}


@pytest.fixture
def parks():
    document = make.document("parks", "Keeping parks open")
    blocks = [
        make.heading("Bees and wasps"),
        make.paragraph("1.1", "See section 3 of the Local Government Act 1999."),
        make.box("Bees"),
        make.term("Park", "A green place."),
        make.heading("Bees and wasps"),
    ]
    make.issued(
        document,
        [make.section("Duties", blocks, number="1", slug="duties")],
        slug="final",
        title="Final edition",
        published=date(2008, 7, 1),
        statements=[make.statement("1.1")],
        definitions=[
            make.block("definition", term="the Act", meaning="the Local Government Act 1999")
        ],
    )
    return document


def test_headings_titles_terms_and_numbers_lead_to_where_they_stand(parks):
    section = "/guidance/parks/final/duties/"
    assert told("parks", "heading") == {
        ("Duties", section),
        ("Bees and wasps", f"{section}#heading-bees-and-wasps"),
        ("Bees and wasps", f"{section}#heading-bees-and-wasps-2"),
        ("Bees", "/guidance/parks/para/box-bees/"),
    }
    assert told("parks", "number") == {("1.1", "/guidance/parks/para/1.1/")}
    assert told("parks", "term") == {("Park", "/guidance/parks/para/term-park/"), ("the Act", "")}


def test_every_address_is_answered_and_has_its_anchor(parks, client):
    for phrase in [*phrases_of("parks"), *phrases_of("")]:
        path, _, anchor = phrase.address.partition("#")
        if path:
            page = client.get(path).content.decode()
            assert not anchor or f'id="{anchor}"' in page


def test_the_document_and_all_its_editions_are_found_by_their_titles(parks):
    make.issued(parks, slug="next", title="Next edition", published=date(2009, 1, 1))
    assert told("parks", "document") == {("Keeping parks open", "/guidance/parks/")}
    assert told("parks", "edition") == {
        ("Final edition", "/guidance/parks/final/"),
        ("Next edition", "/guidance/parks/next/"),
    }


def test_the_words_are_those_of_the_edition_shown_today_and_of_no_draft_page(parks):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make.issued(
        parks,
        [make.section("To come", [make.paragraph("1.9")], number="1")],
        published=date(2009, 1, 1),
        in_force_from=tomorrow,
    )
    make.draft(parks, [make.section("Secret", [make.paragraph("1.7")], number="1")])
    assert {p.text for p in phrases_of("parks") if p.kind == "number"} == {"1.1"}
    assert not {"To come", "Secret"} & {p.text for p in phrases_of("parks")}


def test_where_nothing_applies_the_address_names_the_edition():
    document = make.document("woods")
    blocks = [make.paragraph("1.1")]
    make.issued(document, [make.section(blocks=blocks)], slug="draft", stage="consultation")
    assert told("woods", "number") == {("1.1", "/guidance/woods/para/1.1/?edition=draft")}


def test_provisions_are_those_that_issued_paragraphs_rest_on_or_cite(parks):
    unused = Instrument.objects.create(path="ukpga/1901/1", title="Unused Act 1901")
    Provision.objects.create(instrument=unused, place="section/1")
    assert told("", "provision") == {
        ("Local Government Act 1999", "/legislation/ukpga/1999/27/"),
        ("section 3A Local Government Act 1999", "/legislation/ukpga/1999/27/section/3A/"),
        ("section 3 Local Government Act 1999", "/legislation/ukpga/1999/27/section/3/"),
    }


def test_an_instrument_is_found_by_its_short_title_too(parks):
    Instrument.objects.filter(path="ukpga/1999/27").update(short_title="LGA 1999")
    assert ("LGA 1999", "/legislation/ukpga/1999/27/") in told("", "provision")


def test_another_app_adds_its_own(monkeypatch):
    monkeypatch.setattr(phrases, "_sources", {})
    own = Phrase("", "consultation", "Bees in parks", "/consultations/bees/")
    register_source("consultation", lambda: [own, own])
    assert phrases_of("") == [own]


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_as_many_queries_whatever_there_is(count, django_assert_num_queries):
    document = make.document()
    blocks = [b for n in range(count) for b in (make.paragraph(f"1.{n}"), make.heading(f"H {n}"))]
    make.issued(document, [make.section(blocks=blocks)])
    with django_assert_num_queries(4):
        phrases_of(document.slug)
