"""Exports: valid Akoma Ntoso, and Markdown of which nothing is read that was not written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guidance.content import content_of
from guidance.rendering.akoma_ntoso import akoma_ntoso
from guidance.rendering.exported import Exported, ExportedEntry, ExportedSection
from guidance.rendering.markdown import markdown
from guidance.rendering.prose_markdown import escaped
from guidance.rendering.standalone import standalone
from guidance.rendering.version import render_version
from tests import factories

SCHEMA = etree.XMLSchema(
    file=Path(__file__).parents[2] / "api" / "akoma_ntoso" / "akomantoso30.xsd"
)


def entry(raw, reference: str = "") -> ExportedEntry:
    content = content_of(raw)
    return ExportedEntry(
        identity=raw["id"],
        reference=reference,
        after="2.1",
        kind=content["kind"],
        number=content["number"],
        title=content["title"],
        status="statutory",
        provisions=["ukpga/2007/28/section/138"] if reference else [],
        digest="d" * 64,
        content=content,
        html=render_version(content),
    )


def exported(*entries: ExportedEntry, whole: bool = True) -> Exported:
    return Exported(
        document="parks",
        title="Keeping parks open",
        slug="final-2008",
        edition="Final edition, 2008",
        stage="final",
        published=date(2008, 6, 1),
        in_force_from=date(2008, 7, 1),
        digest="e" * 64,
        address="https://example.org/guidance/parks/final-2008/",
        site="https://example.org",
        publisher="A ministry",
        statements=[{"status": "statutory", "paragraphs": "2.1", "provisions": ["ukpga/2007/28"]}],
        sections=[ExportedSection("governance", "2", "", "Governance", entries)],
        whole=whole,
    )


def assert_valid(xml: str):
    root = etree.fromstring(xml.encode())
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def subparagraphs(*rows):
    items = [
        factories.block("item", label=label, depth=depth, text=text) for label, depth, text in rows
    ]
    return factories.block("subparagraphs") | {"value": items}


EVERYTHING = [
    entry(factories.heading("A heading", 3)),
    entry(
        factories.block(
            "paragraph", number="2.1", notes=[factories.block("item", mark="1", text="<p>A note.</p>")],
            body=[
                *factories.body("<p>Loose <b>bold</b> <i>words</i><sup>1</sup> of the 5<sup>th</sup>.</p><ul><li>One<ul><li>Deeper</li></ul></li><li><p>Two</p></li></ul>"),
                subparagraphs(("(a)", 1, "<p>first</p>"), ("(i)", 2, "inner"), ("(b)", 1, "second")),
                *factories.body('<p>An <a href="https://example.org/a b">address</a><br>next line</p>'),
            ],
        ),
        "2.1",
    ),
    entry(factories.box("A box"), "box-a-box"),
    entry(factories.table("Who", ["Who", ""], [["a|b", "<p>one</p><p>two</p>"], ["c", ""]]), "table-who"),
    entry(factories.term("Partner"), "term-partner"),
    entry(factories.block("figure", caption="A map", alt="Two parks", description="<p>Far.</p>", image=None), "figure-a-map"),
    entry(factories.block("quotation", text="<p>Well said.</p>", source="A person", notes=[])),
    entry(factories.block("question", number="1", text="<p>Is it clear?</p>")),
    entry(factories.block("text", body=factories.body("Unnumbered."), notes=[factories.block("item", mark="*", text="Left over.")])),
]  # fmt: skip


def test_every_kind_of_block_is_valid_akoma_ntoso():
    root = assert_valid(akoma_ntoso(exported(*EVERYTHING)))
    text = "".join(root.itertext())
    for words in ("A note.", "Deeper", "(i)", "Two parks", "Well said.", "Left over.", "5th"):
        assert words in text
    assert {note.get("marker") for note in root.iter("{*}authorialNote")} == {"1", "*"}
    inner = root.find(".//{*}item/{*}blockList/{*}item/{*}num")
    assert inner.text == "(i)"
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    assert len(ids) == len(set(ids))


def test_an_edition_without_text_and_a_paragraph_alone_are_valid_too():
    assert_valid(akoma_ntoso(exported()))
    for one in EVERYTHING:
        if one.reference:
            assert_valid(akoma_ntoso(exported(one, whole=False)))


@given(st.text(), st.text(), st.text(max_size=20))
def test_no_words_make_akoma_ntoso_invalid(text, label, mark):
    raw = factories.block(
        "paragraph", number=label, notes=[factories.block("item", mark=mark, text=text)],
        body=[*factories.body(f"<p>{text}<sup>{mark}</sup></p>"), subparagraphs((label, 3, text))],
    )  # fmt: skip
    assert_valid(akoma_ntoso(exported(entry(raw, "2.1"))))
    assert markdown(exported(entry(raw, "2.1")))


def test_markdown_is_what_a_person_would_write():
    text = markdown(exported(*EVERYTHING))
    assert "# Keeping parks open" in text
    assert "## 2 Governance" in text
    assert "#### A heading" in text
    assert (
        "**2.1** Loose **bold** *words*[^2.1-1] of the 5<sup>th</sup>.\n\n- One\n\n  - Deeper\n- Two"
        in text
    )
    assert "- (a) first\n  - (i) inner\n- (b) second" in text
    assert "[address](https://example.org/a%20b)  \nnext line" in text
    assert "[^2.1-1]: A note." in text
    assert "> **A box**" in text
    assert "| Who |  |\n| --- | --- |\n| a\\|b | one<br><br>two |\n| c |  |" in text
    assert "**Partner**: A green place." in text
    assert "*Picture: Two parks*" in text
    assert "> Well said.\n>\n> — A person" in text
    assert "**Question 1** Is it clear?" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a * b_c [d] <e> `f`", "a \\* b\\_c \\[d\\] \\<e\\> \\`f\\`"),
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("2.13 a number", "2.13 a number"),
        ("---", "\\---"),
        ("&lt; is five characters", "&amp;lt; is five characters"),
        ("AT&T", "AT&T"),
    ],
)
def test_plain_words_stay_plain_in_markdown(text, expected):
    assert escaped(text) == expected


def test_an_html_document_has_each_id_once():
    html = standalone(exported(*EVERYTHING))
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert 'href="#2.1-note-1"' in html
    assert 'id="2.1-note-1"' in html
