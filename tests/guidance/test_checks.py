"""What stands in the way of issuing an edition: each finding says what, where and what to do."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.checks import run_checks

from guidance.actions import checks as running
from guidance.actions.checks import examine
from guidance.actions.publishing import EditionNotReady, check_edition, publish_edition
from guidance.editorial.codes import CODES, Severity
from guidance.models import Edition, EditionPage, SectionPage
from tests import factories as make
from tests.guidance.check_samples import SAMPLES, noted, numbers, said, text

pytestmark = pytest.mark.django_db

BLOCKING = [name for name, code in CODES.items() if code.severity is Severity.BLOCKING]
ADVICE = [name for name, code in CODES.items() if code.severity is Severity.ADVISORY]
FREE = [name for name in BLOCKING if not CODES[name].fixed]


def codes(page):
    return [(c.code, c.blocking) for c in check_edition(page)]


def found(page, code):
    return next((c for c in check_edition(page) if c.code == code), None)


def test_every_code_has_a_sample_and_every_sample_a_code():
    assert set(SAMPLES) == set(CODES)


@pytest.mark.parametrize("code", SAMPLES)
def test_a_check_finds_its_fault_and_says_where_it_is_and_what_to_do(code):
    page = SAMPLES[code][0]()
    check = found(page, code)
    assert check is not None
    assert check.blocking is (code in BLOCKING)
    assert check.message.endswith((".", "”."))
    assert check.remedy.endswith(".")
    assert check.place
    assert check.page in {page.pk, *SectionPage.objects.child_of(page).values_list("pk", flat=True)}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_check_leaves_alone_what_is_close_to_its_fault_and_sound(code):
    assert found(SAMPLES[code][1](), code) is None


@pytest.mark.parametrize("code", BLOCKING)
def test_what_blocks_is_not_issued(code):
    page = SAMPLES[code][0]()
    before = Edition.objects.count()
    with pytest.raises(EditionNotReady) as error:
        publish_edition(user=make.user(), page=page)
    assert code in [c.code for c in error.value.checks]
    assert Edition.objects.count() == before
    assert not EditionPage.objects.get(pk=page.pk).issued


@pytest.mark.parametrize("code", ["note-missing", "statements-disagree", "number-gap"])
def test_advice_blocks_nothing(code):
    page = SAMPLES[code][0]()
    assert publish_edition(user=make.user(), page=page).digest


@pytest.mark.parametrize("code", ADVICE)
def test_settings_make_advice_block_also_at_publication(code, settings):
    page = SAMPLES[code][0]()
    settings.GUIDANCE_CHECKS = {code: "blocking"}
    assert found(page, code).blocking
    assert code in [c.code for c in examine(page, blocking_only=True).checks]


@pytest.mark.parametrize("code", [*FREE, "note-missing", "abbreviation-undefined"])
def test_settings_turn_a_check_off(code, settings):
    settings.GUIDANCE_CHECKS = {code: "off"}
    assert found(SAMPLES[code][0](), code) is None


def test_settings_make_a_corrigendum_without_a_reason_only_advice(settings):
    page = SAMPLES["correction-missing"][0]()
    settings.GUIDANCE_CHECKS = {"correction-missing": "advisory"}
    assert ("correction-missing", False) in codes(page)
    assert publish_edition(user=make.user(), page=page).digest


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"note-mising": "off"}, "“note-mising” is no check"),
        ({"note-missing": "maybe"}, "“maybe” is no severity for “note-missing”"),
        ({"number-repeated": "off"}, "“number-repeated” always blocks"),
        ({"number-repeated": "advisory"}, "“number-repeated” always blocks"),
        (["note-missing"], "must be a dict"),
    ],
)
def test_the_site_does_not_start_with_settings_that_mean_nothing(chosen, words, settings):
    settings.GUIDANCE_CHECKS = chosen
    assert [e.id for e in run_checks() if words in e.msg] == ["guidance.E001"]


def test_the_site_starts_with_settings_that_mean_something(settings):
    settings.GUIDANCE_CHECKS = {"note-missing": "off", "number-gap": "blocking"}
    assert not [e for e in run_checks() if e.id == "guidance.E001"]


def test_at_publication_no_advice_is_looked_for(monkeypatch):
    looked = []
    for name in ("_ON_PAGES", "_ON_TEXT"):
        spied = tuple((_spy(find, looked), codes) for find, codes in getattr(running, name))
        monkeypatch.setattr(running, name, spied)
    examine(SAMPLES["abbreviation-undefined"][0](), blocking_only=True)
    assert looked == [
        "check_dates",
        "check_rivals",
        "check_correction",
        "check_sections",
        "check_identities_and_numbers",
        "check_strangers",
    ]


def _spy(find, looked):
    def spied(*given):
        looked.append(find.__name__)
        return find(*given)

    return spied


def test_every_code_that_a_check_may_find_stands_beside_it_in_the_table():
    """Else a setting could not make it block at publication."""
    folder = Path(running.__file__).parent
    for find, listed in (*running._ON_PAGES, *running._ON_TEXT):
        tree = ast.parse((folder / f"{find.__module__.rpartition('.')[2]}.py").read_text())
        words = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        assert set(listed) <= words, find.__name__
        assert set(listed) <= set(CODES)


def test_the_documentation_lists_every_check_with_its_default():
    page = Path(__file__).parents[2] / "docs" / "features" / "checks.md"
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|$", page.read_text(), re.MULTILINE)
    assert [(name, finds, default) for name, finds, default in rows] == [
        (c.name, c.finds, "always blocks" if c.fixed else c.severity.value) for c in CODES.values()
    ]


def test_a_repeated_number_names_both_places():
    sections = [
        make.section("Who", number="1", blocks=[make.paragraph("1.1")]),
        make.section("What", number="2", blocks=[make.paragraph("1.1")]),
    ]
    check = found(make.draft(make.document(), sections), "number-repeated")
    assert "in section 1 Who" in check.message
    assert "in section 2 What" in check.message
    assert "prefix" in check.remedy


def test_a_prefix_keeps_an_annex_apart():
    sections = [
        make.section("Body", blocks=[make.paragraph("1"), make.paragraph("2")]),
        make.section("Forms", prefix="Annex", blocks=[make.paragraph("1"), make.paragraph("2")]),
    ]
    assert codes(make.draft(make.document(), sections)) == []


@pytest.mark.parametrize(
    "given",
    [
        ["1.1", "1.2", "2.1", "2.2"],
        ["1", "2", "1.1", "1.2"],
        ["1.1", "1.1A", "1.1B", "1.2"],
        ["1", "1.1", "1.2", "2", "2.1"],
    ],
)
def test_numbers_that_run_on_are_left_alone(given):
    assert codes(numbers(*given)) == []


def test_a_number_that_a_heading_has_is_not_missed():
    page = text(make.paragraph("3.1"), make.heading("3.2 Ponds"), make.paragraph("3.3"))
    assert codes(page) == []


def test_a_gap_that_was_issued_before_is_not_named_again():
    document = make.document()
    blocks = [make.paragraph("1.1"), make.paragraph("1.3")]
    make.issued(document, [make.section(blocks=blocks)], published=date(2008, 1, 1))
    blocks = [*blocks, make.paragraph("1.5")]
    page = make.draft(document, [make.section(blocks=blocks)], published=date(2009, 1, 1))
    gaps = [c.message for c in check_edition(page) if c.code == "number-gap"]
    assert gaps == ["1.4 is missing: 1.3 is followed by 1.5."]


def test_a_section_cannot_take_an_address_of_the_site():
    page = make.draft(make.document(), [make.section(slug="status", blocks=[make.paragraph("1")])])
    assert codes(page) == [("slug-reserved", True)]


def test_language_is_read_in_new_and_changed_paragraphs_only():
    document = make.document()
    old = make.paragraph("1.1", " ".join(["word"] * 60) + ".")
    make.issued(document, [make.section(blocks=[old])], published=date(2008, 1, 1))
    new = make.paragraph("1.2", " ".join(["other"] * 60) + ".")
    page = make.draft(document, [make.section(blocks=[old, new])], published=date(2009, 1, 1))
    places = [c.place for c in check_edition(page) if c.code == "sentence-long"]
    assert places == ["paragraph 1.2 in section Governance"]


def test_a_list_is_not_one_long_sentence():
    items = "".join(f"<li>{'word ' * 12}</li>" for _ in range(6))
    assert codes(said(f"<p>A plan says:</p><ul>{items}</ul>")) == []


def test_each_paragraph_has_at_most_one_finding_of_how_it_reads():
    words = " ".join(["institutional"] * 60) + "."
    assert codes(said(words)) == [("sentence-long", False)]


def test_an_unresolved_provision_of_a_statement_that_claims_no_statute_blocks_nothing():
    page = SAMPLES["provision-unknown"][0]()
    assert codes(page) == [("provision-unknown", False)]
    edition = publish_edition(user=make.user(), page=page)
    assert not any(entry.version.bases.exists() for entry in edition.entries.all())


def test_checks_look_at_the_draft_and_what_blocks_comes_first():
    page = noted(("4", "5", "There."))
    child = SectionPage.objects.child_of(page).get()
    child.body = [*child.body.raw_data, make.paragraph("1.1")]
    child.save_revision()
    assert codes(page) == [
        ("number-repeated", True),
        ("note-missing", False),
        ("note-unreferenced", False),
    ]


def test_an_issued_edition_is_read_as_it_was_issued():
    page = SAMPLES["note-missing"][0]()
    publish_edition(user=make.user(), page=page)
    assert codes(EditionPage.objects.get(pk=page.pk)) == [("note-missing", False)]
