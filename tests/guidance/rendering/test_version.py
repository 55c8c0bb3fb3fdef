"""One block's words as HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.rendering import render_version
from guidance.richtext import to_text


def paragraph(html: str, notes: tuple[tuple[str, str], ...] = (), **more):
    body = [{"type": "text", "html": html}]
    found = [{"mark": mark, "html": text} for mark, text in notes]
    return {"kind": "paragraph", "number": "1", "title": "", "body": body, "notes": found, **more}


def test_a_marker_leads_to_its_note_and_the_note_stands_closed_after_the_words():
    html = render_version(paragraph("<p>The duty.<sup>20</sup></p>", (("20", "See the Act."),)))
    assert '<sup><a class="note-mark" role="doc-noteref" href="#note-20">20</a></sup>' in html
    assert html.index("</p><details") < html.index('<li id="note-20">')
    assert "<summary>Footnote 20</summary>" in html


def test_two_marks_in_one_superscript_are_two_links():
    html = render_version(paragraph("<p>A.<sup>20 21</sup></p>", (("20", "x"), ("21", "y"))))
    assert re.findall(r'href="#note-(\d+)"', html) == ["20", "21"]
    assert "<summary>Footnotes 20, 21</summary>" in html


def test_a_superscript_that_is_no_mark_stays_a_superscript():
    html = render_version(paragraph("<p>On the 1<sup>st</sup> of May.</p>", (("1", "x"),)))
    assert "1<sup>st</sup>" in html


def test_a_mark_of_any_characters_makes_an_id_without_them():
    html = render_version(paragraph("<p>A<sup>*</sup></p>", (("*", "x"),)))
    assert 'href="#note-x2a"' in html
    assert 'id="note-x2a"' in html


def test_sub_paragraphs_nest_by_depth_and_keep_their_labels():
    items = [("(a)", 1), ("i.", 2), ("ii.", 2), ("(b)", 1)]
    part = {
        "type": "subparagraphs",
        "items": [{"label": label, "depth": d, "html": f"word{label}"} for label, d in items],
    }
    html = render_version({**paragraph(""), "body": [part]})
    assert html.count("<ol") == html.count("</ol>") == 2
    assert html.count("<li>") == html.count("</li>") == 4
    assert re.findall(r'class="label">([^<]+)<', html) == ["(a)", "i.", "ii.", "(b)"]


@given(st.lists(st.integers(-2, 6), min_size=1, max_size=12))
def test_lists_are_well_formed_whatever_the_depths(depths):
    part = {
        "type": "subparagraphs",
        "items": [{"label": "a", "depth": depth, "html": "x"} for depth in depths],
    }
    html = render_version({**paragraph(""), "body": [part]})
    stack = []
    for closing, tag in re.findall(r"<(/?)(ol|li)\b", html):
        if closing:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert stack == []


def test_a_table_is_a_table_with_caption_header_and_a_region_that_takes_the_focus():
    html = render_version(
        {
            "kind": "table",
            "title": "Who does what",
            "header": ["Who", ""],
            "rows": [["A", "<b>B</b>"]],
            "notes": [],
        }
    )
    assert (
        '<caption>Who does what</caption><thead><tr><th scope="col">Who</th><td></td></tr>' in html
    )
    assert 'tabindex="0" aria-label="Who does what"' in html
    assert "<td>A</td><td><b>B</b></td>" in html


@pytest.mark.django_db
def test_a_figure_whose_picture_is_missing_shows_its_alternative_in_words():
    for image in (None, {"id": 999, "width": 1, "height": 1, "digest": ""}):
        html = render_version(
            {
                "kind": "figure",
                "title": "Figure 1",
                "alt": "Three boxes",
                "description": "",
                "image": image,
            }
        )
        assert '<p class="alternative">Three boxes</p>' in html
        assert "<figcaption>Figure 1</figcaption>" in html


def test_a_quotation_and_a_question_say_whose_and_which():
    quoted = {"kind": "quotation", "html": "<p>Ask.</p>", "source": "A councillor", "notes": []}
    assert "<blockquote><p>Ask.</p></blockquote><figcaption>A councillor" in render_version(quoted)
    asked = {"kind": "question", "number": "3", "html": "<p>Is it clear?</p>"}
    assert render_version(asked).startswith('<p class="question-label">Question 3</p>')


HOSTILE = st.text(
    alphabet=st.sampled_from(list("<>&\"'/= abcscriptonloadsrc:javscript")), max_size=60
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_that_is_typed_becomes_a_tag_an_attribute_or_a_script(text, title, mark):
    html = render_version(
        {
            "kind": "table",
            "title": title,
            "header": [text],
            "rows": [[text]],
            "notes": [{"mark": mark, "html": text}] if mark else [],
        }
    )
    tags = {tag.lower() for tag in re.findall(r"<\s*([a-zA-Z0-9]+)", html)}
    allowed = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"}
    assert tags <= allowed | {"ul", "ol", "li", "span", "p", "b", "i", "a", "sup", "br"}
    for attributes in re.findall(r"<[a-z]+((?:\s+[a-z-]+=\"[^\"]*\")*)\s*>", html):
        assert not re.search(r"\s(?:on\w+|style|src)=", attributes)
    assert not re.search(r'href="\s*javascript', html, re.IGNORECASE)


@given(st.text(alphabet="abc <>&é–", max_size=40))
def test_every_word_is_shown(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    html = render_version(paragraph(f"<p>{escaped}</p>"))
    assert to_text(html) == to_text(f"<p>{escaped}</p>")
