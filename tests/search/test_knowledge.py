"""What queries are read with comes from what is shown today, the register and the synonyms."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guidance.models import Instrument
from search.actions.knowledge import abbreviations, agreed, forget, knowledge
from search.models import Synonym
from search.vocabulary import Origin
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget()
    yield
    forget()


def published(*blocks, document=None, **fields):
    sections = [make.section(blocks=[*blocks, make.paragraph("1.9")], number="1")]
    return make.issued(document or make.document(), sections, **fields)


def same_as(words):
    """What else says the same as these words taken together, as stems."""
    [concept] = knowledge().vocabulary.concepts(words.split())
    return {" ".join(a.stems) for a in concept.alternatives if a.origin is Origin.SYNONYM}


LONG = "local area agreement"


@pytest.mark.parametrize(
    "block",
    [
        make.paragraph("1.1", "Each Local Area Agreement (LAA) is agreed."),
        make.term("LAA", "Local Area Agreement. A plan for three years."),
        make.term("LAA", "local area agreement, which is made for three years"),
        make.term("Local Area Agreement (LAA)", "A plan."),
        make.table("Abbreviations", ["Short", "Long"], [["LAA", "Local Area Agreement"]]),
        make.table("Abbreviations", ["Long", "Short"], [["Local Area Agreement", "LAA"]]),
    ],
)
def test_an_abbreviation_finds_its_long_form_and_the_reverse(block):
    published(block)
    assert same_as("LAAs") == {LONG}
    assert same_as("local area agreements") == {"laa"}


def test_so_does_one_from_the_definitions_of_the_edition():
    terms = [make.block("definition", term="LAA", meaning="Local Area Agreement")]
    edition = published(definitions=terms)
    assert same_as("LAA") == {LONG}
    assert abbreviations() == {edition.pk: [("LAA", "Local Area Agreement")]}


def test_words_of_a_draft_page_teach_nothing():
    document = make.document()
    published(document=document)
    blocks = [make.paragraph("1.1", "A Local Area Agreement (LAA).")]
    make.draft(document, [make.section(blocks=blocks, number="1")], published=date(2009, 1, 1))
    assert same_as("LAA") == set()


def test_words_of_an_edition_count_from_the_day_on_which_it_is_shown():
    document = make.document()
    published(document=document, published=date(2008, 1, 1))
    tomorrow = timezone.localdate() + timedelta(days=1)
    published(
        make.paragraph("1.1", "A Local Area Agreement (LAA)."),
        document=document,
        published=date(2009, 1, 1),
        in_force_from=tomorrow,
    )
    assert same_as("LAA") == set()


class TestFresh:
    def test_a_synonym_counts_from_the_next_query_on_and_so_does_its_change(self):
        assert same_as("bins") == set()
        synonym = Synonym.objects.create(words="bins, refuse")
        assert same_as("bins") == {"refus"}
        Synonym.objects.filter(pk=synonym.pk).update(words="bins, waste")
        assert same_as("bins") == {"wast"}
        synonym.delete()
        assert same_as("bins") == set()

    def test_a_publication_and_a_renamed_instrument_too(self):
        knowledge()
        published(make.paragraph("1.1", "A Local Area Agreement (LAA)."))
        assert same_as("LAA") == {LONG}
        Instrument.objects.filter(path=make.ACT[0]).update(short_title="LGA99")
        assert knowledge().titles.exactly("LGA99")

    def test_asked_again_within_a_second_it_asks_nothing(self, settings, django_assert_num_queries):
        settings.READING_UNASKED_SECONDS = 1.0
        published()
        knowledge()
        with django_assert_num_queries(0):
            knowledge()

    def test_asked_after_a_second_it_asks_four_small_queries(self, django_assert_num_queries):
        published()
        first = knowledge()
        with django_assert_num_queries(4):
            assert knowledge() is first


class TestDefinitions:
    LGA = ("the Local Government Act 1999", "ukpga/1999/27")
    DPA = ("the Data Protection Act 1998", "ukpga/1998/29")

    @pytest.fixture(autouse=True)
    def _register(self):
        Instrument.objects.get_or_create(path=self.DPA[1], defaults={"title": self.DPA[0][4:]})

    def define(self, meaning, term="the Act"):
        published(definitions=[make.block("definition", term=term, meaning=meaning)])

    def test_the_act_is_what_all_guidance_agrees_that_it_is(self):
        self.define(self.LGA[0])
        self.define(self.LGA[0])
        assert knowledge().definitions == {"Act": self.LGA[1]}

    def test_and_nothing_where_it_does_not(self):
        self.define(self.LGA[0])
        self.define(self.DPA[0])
        assert knowledge().definitions == {}

    def test_what_a_text_defines_in_brackets_counts(self):
        published(make.paragraph("1.1", "Under the Data Protection Act 1998 (“the 1998 Act”)."))
        assert knowledge().definitions == {"1998 Act": self.DPA[1]}

    def test_a_term_that_is_no_instrument_does_not(self):
        self.define("a green place", "park")
        assert knowledge().definitions == {}


@pytest.mark.parametrize(
    ("defined", "expected"),
    [
        ([], {}),
        ([{"Act": "a"}, {"Act": "a", "Order": "b"}], {"Act": "a", "Order": "b"}),
        ([{"Act": "a"}, {"Act": "b"}], {}),
        ([{"Act": ""}], {}),
        ([{"Act": "a"}, {"Act": ""}], {}),
    ],
)
def test_agreed(defined, expected):
    assert agreed(defined) == expected
