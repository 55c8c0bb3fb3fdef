"""Units: what of the ledger the search finds, and through which days."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from guidance.actions.publishing import publish_edition
from guidance.actions.withdrawing import withdraw_document
from guidance.models import (
    AuthorityType,
    Duty,
    Entry,
    Kind,
    ObligationDecision,
    ParagraphVersion,
)
from guidance.obligations import sentence_digest
from guidance.querysets import IN_FORCE_STAGES
from search.actions.reading_ledger import units_of
from search.units import ANYONE, Unit
from tests import factories as make

pytestmark = pytest.mark.django_db

ONE, TWO = UUID(int=1), UUID(int=2)
Y2008, Y2009, Y2010 = date(2008, 1, 1), date(2009, 1, 1), date(2010, 1, 1)


def edition(document, slug, blocks, day=None, **fields):
    """An issued edition of one section; without a day a draft."""
    if day is None:
        fields |= {"stage": "consultation", "published": fields.get("published", date(2007, 1, 1))}
    else:
        fields |= {"published": fields.get("published", day), "in_force_from": day}
    sections = [make.section("Duties", number="1", slug="duties", blocks=blocks)]
    return make.issued(document, sections, slug=slug, **fields)


def told(document, *names):
    """Of each unit, by the first day and the number, what was asked for."""
    names = names or ("number", "text", "editions", "since", "until")
    units = sorted(units_of(document.slug), key=lambda u: (u.since or date.min, u.reference))
    return [tuple(getattr(unit, name) for name in names) for unit in units]


class TestThroughEditions:
    def test_what_stands_unchanged_is_one_unit_from_its_first_day_to_its_last(self):
        document = make.document()
        for slug, day in (("a", Y2008), ("b", Y2009), ("c", Y2010)):
            other = make.paragraph("1.2", f"As of {slug}.", TWO)
            edition(document, slug, [make.paragraph("1.1", "Ask.", ONE), other], day)
        assert told(document) == [
            ("1.1", "Ask.", ("a", "b", "c"), Y2008, None),
            ("1.2", "As of a.", ("a",), Y2008, Y2009),
            ("1.2", "As of b.", ("b",), Y2009, Y2010),
            ("1.2", "As of c.", ("c",), Y2010, None),
        ]

    def test_a_corrected_renumbered_or_moved_paragraph_begins_anew(self):
        document = make.document()
        edition(document, "a", [make.paragraph("1.1", "Ask.", ONE)], Y2008)
        edition(document, "b", [make.paragraph("1.4", "Ask.", ONE)], Y2009)
        moved = [make.heading("Asking"), make.paragraph("1.4", "Ask.", ONE)]
        edition(document, "c", moved, Y2010)
        assert told(document, "number", "trail", "since", "until", "edition") == [
            ("1.1", (), Y2008, Y2009, "a"),
            ("1.4", (), Y2009, Y2010, "b"),
            ("1.4", ("Asking",), Y2010, None, "c"),
        ]

    def test_what_goes_and_comes_back_is_two_units(self):
        document = make.document()
        ask, tell = make.paragraph("1.1", "Ask.", ONE), make.paragraph("1.2", "Tell.", TWO)
        edition(document, "a", [ask, tell], Y2008)
        edition(document, "b", [tell], Y2009)
        edition(document, "c", [ask, tell], Y2010)
        found = [row for row in told(document) if row[0] == "1.1"]
        assert found == [
            ("1.1", "Ask.", ("a",), Y2008, Y2009),
            ("1.1", "Ask.", ("c",), Y2010, None),
        ]

    def test_a_corrigendum_of_the_same_day_leaves_what_it_corrects_findable(self):
        document = make.document()
        edition(document, "a", [make.paragraph("1.1", "Aks.", ONE)], Y2008)
        first = document.issued_editions.get()
        blocks = [make.paragraph("1.1", "Ask.", ONE)]
        edition(
            document,
            "b",
            blocks,
            Y2008,
            published=date(2008, 1, 5),
            stage="corrigendum",
            corrects=first,
            correction="A slip.",
        )
        late = date(2008, 1, 5)
        assert told(document) == [
            ("1.1", "Aks.", ("a",), Y2008, late),
            ("1.1", "Ask.", ("b",), late, None),
        ]

    def test_withdrawal_ends_what_stands(self):
        document = make.document()
        edition(document, "a", [make.paragraph("1.1", "Ask.", ONE)], Y2008)
        today = timezone.localdate()
        withdraw_document(user=make.user(), document=document, withdrawn_from=today, reason="Old.")
        assert told(document, "since", "until") == [(Y2008, today)]

    def test_an_edition_that_never_came_into_force_is_found_and_applies_on_no_day(self):
        document = make.document()
        edition(document, "a", [make.paragraph("1.1", "Ask.", ONE)], Y2010, published=Y2008)
        edition(document, "b", [make.paragraph("1.1", "Ask all.", ONE)], Y2010, published=Y2009)
        units = {unit.edition: unit for unit in units_of(document.slug)}
        assert (units["a"].since, units["a"].until) == (Y2010, Y2010)
        assert not any(units["a"].in_force_on(day) for day in (Y2008, Y2009, Y2010, date.max))
        assert units["b"].in_force_on(Y2010)

    def test_it_adds_itself_to_the_unit_of_the_same_words_and_changes_no_days(self):
        document = make.document()
        same = make.paragraph("1.1", "Ask.", ONE)
        edition(document, "a", [same], Y2008)
        edition(document, "b", [same], Y2010, published=date(2008, 5, 1))
        edition(document, "c", [same], Y2010, published=date(2008, 6, 1))
        [unit] = units_of(document.slug)
        assert (unit.editions, unit.since, unit.until) == (("a", "b", "c"), Y2008, None)
        assert unit.edition == "c"

    def test_drafts_share_units_among_themselves_alone(self):
        document = make.document()
        same = make.paragraph("1.1", "Ask.", ONE)
        edition(document, "first", [same], published=date(2007, 1, 1))
        edition(document, "second", [same, make.paragraph("1.2", "Tell.", TWO)])
        edition(document, "final", [same], Y2008)
        assert told(document) == [
            ("1.1", "Ask.", ("first", "second"), None, None),
            ("1.2", "Tell.", ("second",), None, None),
            ("1.1", "Ask.", ("final",), Y2008, None),
        ]
        assert [unit.stage for unit in units_of(document.slug) if unit.draft] == [
            "consultation",
            "consultation",
        ]

    def test_no_two_units_share_an_id_and_each_comes_back_as_it_was_stored(self):
        document = make.document()
        same = make.paragraph("1.1", "Ask.", ONE)
        for slug, day in (("d", None), ("a", Y2008), ("b", Y2009)):
            edition(document, slug, [same, make.paragraph("1.2", f"{slug}.", TWO)], day)
        units = units_of(document.slug)
        assert len({unit.id for unit in units}) == len(units) == 5
        assert [Unit.read(unit.stored) for unit in units] == units


class TestWhatAUnitSays:
    def test_where_it_stands(self):
        document = make.document(title="Keeping parks open")
        blocks = [
            make.heading("Asking", 2),
            make.heading("Whom to ask", 3),
            make.paragraph("1.1", "Ask.", notes={"1": "As the Act says."}),
            make.box("Bees", "They sting."),
            make.heading("Telling", 2),
            make.block("text", body=make.body("In short."), notes=[]),
        ]
        edition(document, "a", blocks, Y2008)
        rows = told(document, "kind", "reference", "after", "title", "text", "trail")
        assert sorted(rows) == [
            ("box", "box-bees", "1.1", "Bees", "Bees\nThey sting.", ("Asking", "Whom to ask")),
            ("paragraph", "1.1", "1.1", "", "Ask.\nAs the Act says.", ("Asking", "Whom to ask")),
            ("text", "", "1.1", "", "In short.", ("Telling",)),
        ]
        unit = units_of(document.slug)[0]
        assert (unit.document_title, unit.section, unit.section_number, unit.section_title) == (
            *("Keeping parks open", "duties", "1", "Duties"),
        )

    def test_a_heading_reaches_no_further_than_its_section(self):
        document = make.document()
        make.issued(
            document,
            [
                make.section("One", [make.heading("Asking"), make.paragraph("1.1")], number="1"),
                make.section("Two", [make.paragraph("2.1")], number="2"),
            ],
        )
        assert told(document, "number", "trail") == [("1.1", ("Asking",)), ("2.1", ())]

    def test_what_it_stands_under_and_what_it_cites(self):
        document = make.document()
        text = "See section 3 of the Local Government Act 1999."
        blocks = [make.paragraph("1.1", text), make.paragraph("1.2")]
        edition(document, "a", blocks, Y2008, statements=[make.statement("1.1")])
        first, second = sorted(units_of(document.slug), key=lambda unit: unit.number)
        assert (first.status, first.provisions) == ("statutory", (make.SECTION_3A,))
        assert first.cites == ("ukpga/1999/27/section/3",)
        assert (second.status, second.provisions, second.cites) == ("unstated", (), ())

    def test_headings_are_no_units_and_everything_else_is_in_the_order_of_the_text(self):
        document = make.document()
        blocks = [make.paragraph("1.2"), make.heading("Asking"), make.paragraph("1.1")]
        edition(document, "a", blocks, Y2008)
        units = sorted(units_of(document.slug), key=lambda unit: unit.order)
        assert [unit.number for unit in units] == ["1.2", "1.1"]

    def test_a_document_with_nothing_issued_has_none(self):
        document = make.document()
        make.draft(document)
        assert units_of(document.slug) == []
        assert units_of("no-such-document") == []


class TestWhomItBinds:
    @staticmethod
    def duty(binds, excepts=(), title="Duty to ask"):
        duty = Duty.objects.create(title=title)
        duty.binds.set(AuthorityType.objects.filter(name__in=binds))
        duty.excepts.set(AuthorityType.objects.filter(name__in=excepts))
        return duty

    @staticmethod
    def explained(duty, words):
        return make.block("duty", duty=duty.pk, explained_in=words)

    def binds(self, blocks, duties):
        document = make.document()
        edition(document, "a", blocks, Y2008, duties=duties)
        return {unit.reference: unit for unit in units_of(document.slug)}

    def test_a_duty_binds_where_it_is_explained_also_through_a_class_less_its_exceptions(self):
        duty = self.duty(["best value authorities"], ["police authorities"])
        blocks = [make.paragraph("1.1"), make.box("Bees"), make.paragraph("1.2")]
        units = self.binds(blocks, [self.explained(duty, "1.1")])
        for reference in ("1.1", "box-bees"):
            unit = units[reference]
            assert {"best-value-authorities", "fire-and-rescue-authorities"} <= set(unit.binds)
            assert "police-authorities" not in unit.binds
            assert unit.exempts == ("police-authorities",)
        assert (units["1.2"].binds, units["1.2"].exempts) == ((ANYONE,), ())

    def test_who_is_named_by_another_duty_of_the_paragraph_is_bound_all_the_same(self):
        duties = [
            self.explained(self.duty(["best value authorities"], ["police authorities"]), "1.1"),
            self.explained(self.duty(["police authorities"], title="Duty to tell"), "1.1"),
        ]
        unit = self.binds([make.paragraph("1.1")], duties)["1.1"]
        assert "police-authorities" in unit.binds
        assert unit.exempts == ()

    def test_a_duty_explained_nowhere_in_particular_is_about_no_paragraph(self):
        duty = self.duty(["police authorities"])
        units = self.binds([make.paragraph("1.1")], [self.explained(duty, "throughout")])
        assert units["1.1"].binds == (ANYONE,)

    def test_a_confirmed_sentence_binds_whom_it_names(self):
        document, person = make.document(), make.user()
        text = "Police authorities must ask."
        page = make.draft(
            document, [make.section(number="1", blocks=[make.paragraph("1.1", text, ONE)])]
        )
        ObligationDecision.objects.create(
            page=page,
            paragraph=ONE,
            sentence=sentence_digest(text),
            confirmed=True,
            strength="must",
            binds=["police authorities"],
            excepts=[],
            decided_by=person,
        )
        publish_edition(user=person, page=page)
        [unit] = units_of(document.slug)
        assert unit.binds == ("police-authorities",)


def test_every_word_comes_from_an_issued_row_and_nothing_of_a_draft_is_there():
    document = make.document()
    edition(document, "a", [make.paragraph("1.1", "Ask.", ONE), make.box("Bees")], Y2008)
    secret = [make.section("Secret", [make.paragraph("9.1", "Hidden words.")], number="9")]
    page = make.draft(document, secret, title="Hidden title", slug="hidden", published=Y2010)
    page.get_parent().specific.save_revision(clean=False)
    issued = set(ParagraphVersion.objects.values_list("text", flat=True))
    for unit in units_of(document.slug):
        assert unit.text in issued
        assert Entry.objects.filter(
            edition__slug=unit.edition, version__digest=unit.version, reference=unit.reference
        ).exists()
        assert "idden" not in unit.stored
        assert "Secret" not in unit.stored


@pytest.mark.parametrize("editions", [1, 4])
def test_it_takes_as_many_queries_whatever_there_is(editions, django_assert_num_queries):
    document = make.document()
    for n in range(editions):
        blocks = [make.paragraph(f"1.{m}", f"Words {n} {m}.") for m in range(1, 4)]
        edition(document, f"e{n}", blocks, date(2008 + n, 1, 1))
    with django_assert_num_queries(9):
        units_of(document.slug)


def test_on_any_day_the_units_in_force_are_the_entries_of_the_edition_in_force():
    document = make.document()
    days = [Y2008, Y2010, Y2009, date(2008, 6, 1)]
    identities = [uuid4() for _ in range(6)]
    for n, day in enumerate(days):
        blocks = [
            make.paragraph(f"1.{m}", f"Words {n % (m + 1)}.", identities[m])
            for m in range(6)
            if (n + m) % 4
        ]
        edition(document, f"e{n}", blocks, day, published=date(2008, 1, 1 + n))
    units = units_of(document.slug)
    asked = [date(2007, 1, 1), *(date(2008 + n // 12, n % 12 + 1, 1) for n in range(40))]
    for day in asked:
        found = {(u.paragraph, u.version, u.reference) for u in units if u.in_force_on(day)}
        current = document.issued_editions.in_force_on(day).first()
        rows = (
            current.entries.exclude(version__kind=Kind.HEADING) if current else Entry.objects.none()
        )
        wanted = rows.values_list("paragraph_id", "version__digest", "reference")
        assert found == {(str(pk), digest, reference) for pk, digest, reference in wanted}
    assert all(u.stage in IN_FORCE_STAGES for u in units)
