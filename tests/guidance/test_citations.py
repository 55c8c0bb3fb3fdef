"""What paragraphs cite, as the ledger holds it, and what an editor is told of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidance.actions.check_citations import check_citations
from guidance.actions.checks import examine
from guidance.actions.citing import cited_in
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.edition_source import issued as issued_source
from guidance.actions.ledger import rebuild_ledger, render_ledger, verify_ledger
from guidance.actions.ledger_citations import find_cited, stored_as, stored_citations
from guidance.actions.publishing import publish_edition
from guidance.edition_text import Block, Facts, SectionSource, compose, placed
from guidance.models import Citation, Edition, Instrument, Section
from guidance.readers.bounded import read_outline
from guidance.streams import section_stream
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUSING = ("ukpga/2002/7", "Homelessness Act 2002")


def sections(changes: dict[str, str] | None = None, keep: dict[str, Any] | None = None):
    """Two sections whose paragraphs cite; identities are kept by number in `keep`."""
    said = {
        "1.1": "In this guidance the Local Government Act 1999 (“the Act”) is what matters.",
        "1.2": "Section 3A of the Act applies; see paragraphs 1.4 and 2.2, and section 2.",
        "1.3": "Nothing is cited here.",
        "1.4": "See para 2.1(a) and section 5 of the Widgets Act 2010.",
        "2.1": "See paragraph 1.3 above, and section 3(1) of the Act.",
        "2.2": "Sections 3 and 5 of the Act are explained in paragraph 9.9.",
    } | (changes or {})
    keep = {} if keep is None else keep
    blocks: dict[str, list[Any]] = {"1": [], "2": []}
    for number, text in said.items():
        identity = keep.setdefault(number, uuid4())
        if text:
            blocks[number[0]].append(make.paragraph(number, text, identity))
    blocks["2"].append(make.box("Help", "As in para 2.2.", keep.setdefault("box", uuid4())))
    return [make.section(f"Part {n}", b, number=n, slug=f"part-{n}") for n, b in blocks.items()]


@pytest.fixture
def keep() -> dict[str, Any]:
    return {}


@pytest.fixture
def document():
    return make.document("parks")


@pytest.fixture
def first(document, keep) -> Edition:
    return make.issued(document, sections(keep=keep), slug="first", published=date(2008, 1, 1))


def cited(edition: Edition) -> list[tuple[str, str, str]]:
    """(where, words, target) of every row in order."""
    references = dict(edition.entries.values_list("paragraph_id", "reference"))
    rows = edition.citations.select_related("provision__instrument", "to_section")
    found = []
    for row in sorted(rows, key=lambda r: (references[r.paragraph_id], r.position)):
        target = (
            row.provision.path
            if row.provision
            else f"section {row.to_section.number}"
            if row.to_section
            else references[row.to_paragraph_id]
        )
        found.append((references[row.paragraph_id], row.words, target))
    return found


def test_publication_writes_what_each_paragraph_cites(first):
    act = "ukpga/1999/27"
    assert cited(first) == [
        ("1.1", "Local Government Act 1999", act),
        ("1.2", "Section 3A of the Act", f"{act}/section/3A"),
        ("1.2", "paragraphs 1.4", "1.4"),
        ("1.2", "2.2", "2.2"),
        ("1.2", "section 2", "section 2"),
        ("1.4", "para 2.1(a)", "2.1"),
        ("2.1", "paragraph 1.3", "1.3"),
        ("2.1", "section 3(1) of the Act", f"{act}/section/3/1"),
        ("2.2", "Sections 3", f"{act}/section/3"),
        ("2.2", "5 of the Act", f"{act}/section/5"),
        ("box-help", "para 2.2", "2.2"),
    ]


def test_the_words_stand_where_a_row_says(first):
    for row in Citation.objects.select_related("version"):
        assert " ".join(row.version.text[row.start : row.end].split()) == row.words


CHANGES: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("nothing", {}, {}),
    ("a paragraph reworded", {"1.3": "See section 1."}, {}),
    ("a cited paragraph removed", {"2.2": ""}, {}),
    ("a number that was missing comes", {"9.9": "Here it is."}, {}),
    ("the Act means another", {"1.1": "The Homelessness Act 2002 (“the Act”) matters."}, {}),
    ("two Acts have one name", {"1.3": "The Homelessness Act 2002 (“the Act”) too."}, {}),
    ("a paragraph renumbered", {}, {"1.3": "1.5", "1.5": "1.3"}),
]


@pytest.mark.parametrize(
    ("changes", "renumbered"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_what_is_taken_over_is_what_would_be_found(first, document, keep, changes, renumbered):
    Instrument.objects.get_or_create(path=HOUSING[0], defaults={"title": HOUSING[1]})
    for old, new in renumbered.items():
        keep[new] = keep.pop(old, uuid4())
    changes = {k: v for k, v in changes.items()} | (
        {"1.5": "Nothing is cited here.", "1.3": "A new one."} if renumbered else {}
    )
    page = make.draft(
        document, _with_nine(sections({k: v for k, v in changes.items() if k != "9.9"}, keep), changes),
        slug="next", published=date(2009, 1, 1),
    )  # fmt: skip
    edition = publish_edition(user=make.user(), page=page)
    source = issued_source(edition.page)
    text = compose(source.facts, source.sections)
    assert stored_citations(edition) == stored_as(find_cited(text, Earlier(), {}))
    assert list(verify_ledger()) == []


def _with_nine(pages, changes):
    if "9.9" in changes:
        pages.append(make.section("Nine", [make.paragraph("9.9", changes["9.9"])], number="9"))
    return pages


def test_a_paragraph_that_takes_a_number_over_is_what_an_unchanged_reference_means(
    first, document, keep
):
    keep["2.2"], keep["2.3"] = uuid4(), keep["2.2"]
    second = make.issued(
        document, sections({"2.2": "New.", "2.3": "Sections 3 and 5 of the Act are explained."}, keep),
        slug="second", published=date(2009, 1, 1),
    )  # fmt: skip
    row = Citation.objects.get(edition=second, paragraph=keep["box"])
    assert row.to_paragraph_id == keep["2.2"]


def test_no_more_queries_are_asked_for_more_paragraphs():
    def published(count: int) -> int:
        document = make.document()
        for n in (1, 2):
            blocks = [
                make.paragraph(f"1.{i}", f"See para 1.{i % count + 1} and section 3 of the Local Government Act 1999.")
                for i in range(1, count + 1)
            ]  # fmt: skip
            page = make.draft(
                document, [make.section("One", blocks, number="1")], published=date(2008, 1, n)
            )
            with CaptureQueriesContext(
                connection,
            ) as asked:
                publish_edition(user=make.user("p@example.org"), page=page)
        return len(asked)

    assert published(2) == published(30)


def test_a_rebuild_puts_citations_back_and_stale_ones_are_found_again(first):
    before = stored_citations(first)
    Citation.objects.filter(edition=first).delete()
    assert any("citations" in str(d) for d in verify_ledger())
    assert rebuild_ledger().put_back == sum(before.values())
    assert stored_citations(first) == before
    Citation.objects.filter(edition=first, words="2.2").delete()
    render_ledger()
    assert stored_citations(first) == before
    assert list(verify_ledger()) == []


def test_an_act_that_comes_into_the_register_is_linked_when_the_ledger_is_rendered_again(first):
    Instrument.objects.create(path="ukpga/2010/99", title="Widgets Act 2010")
    assert any("citations" in str(d) for d in verify_ledger())
    render_ledger()
    assert ("1.4", "section 5 of the Widgets Act 2010", "ukpga/2010/99/section/5") in cited(first)
    assert list(verify_ledger()) == []


def test_stored_sections_link_to_what_is_cited(first):
    html = Section.objects.get(edition=first, number="1").html
    assert '<a href="/legislation/ukpga/1999/27/section/3A/">Section 3A of the Act</a>' in html
    assert 'see <a href="#1.4">paragraphs 1.4</a> and ' in html
    assert '<a href="/guidance/parks/first/part-2/#2.2">2.2</a>' in html
    assert '<a href="/guidance/parks/first/part-2/">section 2</a>' in html
    assert "section 5 of the Widgets Act 2010." in html


def test_the_editor_is_told_what_cannot_be_resolved(first):
    source = issued_source(first.page)
    text = compose(source.facts, source.sections)
    found = [(c.code, c.place) for c in check_citations(source, text, None)]
    assert found == [
        ("citation-unresolved", "paragraph 1.4 in section 1 Part 1"),
        ("cross-reference-unresolved", "paragraph 2.2 in section 2 Part 2"),
    ]


def test_an_act_that_is_not_known_is_reported_once(document):
    blocks = [
        make.paragraph("1.1", "The Parks & Lakes Act 2010 applies, and section 4 of the Parks and Lakes Act 2010."),
        make.paragraph("1.2", "See section 5 of the Parks and Lakes Act 2010."),
    ]  # fmt: skip
    edition = make.issued(document, [make.section("One", blocks, number="1")])
    source = issued_source(edition.page)
    (check,) = check_citations(source, compose(source.facts, source.sections), None)
    assert "at 3 places" in check.message


def test_the_editor_is_told_what_has_come_to_mean_another_paragraph(first, document, keep):
    keep["2.2"], keep["2.3"] = uuid4(), keep["2.2"]
    page = make.draft(
        document, sections({"2.2": "New.", "2.3": "Sections 3 and 5 of the Act."}, keep),
        slug="second", published=date(2009, 1, 1),
    )  # fmt: skip
    examined = examine(page)
    assert examined.text is not None
    found = check_citations(examined.source, examined.text, earlier(document.pk))
    stale = [c for c in found if c.code == "cross-reference-out-of-date"]
    assert {c.paragraph for c in stale} == {keep["1.2"], keep["box"]}
    assert all("2.3" in c.message for c in stale)


def test_a_name_that_means_two_acts_is_not_guessed(document):
    Instrument.objects.get_or_create(path=HOUSING[0], defaults={"title": HOUSING[1]})
    blocks = [
        make.paragraph("1.1", "The Local Government Act 1999 (“the Act”) applies."),
        make.paragraph("1.2", "The Homelessness Act 2002 (“the Act”) applies."),
        make.paragraph("1.3", "See section 3 of the Act."),
    ]
    edition = make.issued(document, [make.section("One", blocks, number="1")])
    assert not edition.citations.filter(words__contains="section 3").exists()


def test_the_glossary_says_which_act_is_the_act(document):
    blocks = [
        make.term("The Act", "The Local Government Act 1999."),
        make.paragraph("1.1", "See section 3 of the Act."),
    ]
    edition = make.issued(document, [make.section("One", blocks, number="1")])
    assert ("1.1", "section 3 of the Act", "ukpga/1999/27/section/3") in cited(edition)


def test_the_cross_references_of_the_facts_are_found(shared_data):
    name = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"
    outline = read_outline(shared_data / name)
    sources = [
        SectionSource(i, s.number, s.prefix, s.title, f"s{i}", [Block(b) for b in section_stream(s, [uuid4() for _ in s.blocks])])
        for i, s in enumerate(outline.sections, 1)
    ]  # fmt: skip
    facts = Facts("d", "e", "E", "final", date(2008, 1, 1), date(2008, 1, 1))
    text = compose(facts, placed(sources))
    references = {n.identity: n.reference for n in text.lines}
    found = set()
    for c in cited_in(text):
        where = c.line.after if c.line.block.kind == "paragraph" else f"box after {c.line.after}"
        if c.kind == "paragraph":
            found.add((where, references.get(c.paragraph or "", "")))
        elif c.kind == "section":
            found.add((where, f"section {text.sections[(c.section or 0) - 1].number}"))
    wanted = {
        (row["from"], row["to"])
        for row in json.loads((shared_data / "facts.json").read_text())[name]["cross_references"]
    }
    assert wanted <= found
    read_besides = {  # by hand: the list of facts leaves these out
        ("3.6", "section 2"), ("4.4", "5.4"), ("5.3", "section 3"), ("5.3", "section 4"),
        ("5.8", "section 4"), ("5.11", "section 2"), ("6.1", "section 2"), ("6.14", "section 2"),
        ("box after 2.24", "6.12"), ("box after 2.24", "6.13"), ("15", "section 2"),
    }  # fmt: skip
    numbered = {
        f
        for f in found
        if (f[0] and not f[0].startswith("box after "))
        or f[0] in ("box after 2.6", "box after 2.24")
    }
    assert numbered - wanted == read_besides
