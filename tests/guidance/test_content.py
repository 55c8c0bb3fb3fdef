"""The canonical content of a block: what the digest covers, whatever the editor left around it."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.content import content_of, head_of, markers, plain_text, prose
from guidance.digests import digest
from tests import factories as make


def test_a_paragraph_has_its_number_its_body_and_its_notes():
    raw = {
        "type": "paragraph",
        "id": str(uuid4()),
        "value": {
            "number": " 2.13 ",
            "body": [
                {"type": "text", "id": "a", "value": "<p>It must:<sup>20</sup></p>"},
                {
                    "type": "subparagraphs",
                    "id": "b",
                    "value": [
                        {
                            "type": "item",
                            "id": "c",
                            "value": {"label": "(a)", "depth": 1, "text": "<p>ask;</p>"},
                        },
                        {"label": "(b)", "depth": 2, "text": "wait."},
                    ],
                },
            ],
            "notes": [
                {"type": "item", "id": "d", "value": {"mark": "20", "text": "See <i>there</i>."}}
            ],
        },
    }
    content = content_of(raw)
    assert content == {
        "kind": "paragraph",
        "number": "2.13",
        "title": "",
        "body": [
            {"type": "text", "html": "<p>It must:<sup>20</sup></p>"},
            {
                "type": "subparagraphs",
                "items": [
                    {"label": "(a)", "depth": 1, "html": "ask;"},
                    {"label": "(b)", "depth": 2, "html": "wait."},
                ],
            },
        ],
        "notes": [{"mark": "20", "html": "See <i>there</i>."}],
    }
    assert plain_text(content) == "It must:\n(a) ask;\n(b) wait.\nSee there."
    assert markers(content) == ["20"]


def test_a_table_has_its_caption_header_and_rows():
    content = content_of(
        make.table("Table 1", ["Who", "When & where"], [["<p>All<sup>1</sup></p>", "Now"]])
    )
    assert content["title"] == "Table 1"
    assert content["header"] == ["Who", "When &amp; where"]
    assert content["rows"] == [["All<sup>1</sup>", "Now"]]
    assert markers(content) == ["1"]
    assert plain_text(content) == "Table 1\nWho\tWhen & where\nAll1\tNow"


def test_a_figure_knows_its_picture_by_what_the_picture_is():
    raw = make.block(
        "figure", image=7, alt="A map", caption="The park", description="<p>Two paths.</p>"
    )
    known = {7: {"width": 10, "height": 20, "digest": "abc"}}
    assert content_of(raw, known)["image"] == {"id": 7, "width": 10, "height": 20, "digest": "abc"}
    assert content_of(make.block("figure", alt="Lost"))["image"] is None
    assert plain_text(content_of(raw)) == "The park\nA map\nTwo paths."


SAME = [
    ("<p>An <b>apple</b> a day.</p>", '<p data-block-key="x1y2z">An <b>apple</b> a day.</p>'),
    ("<p>One.</p><p>Two.</p>", "<p>One.</p>\n  <p>Two.</p>\n"),
    ("<ul><li>One</li><li>Two</li></ul>", "<ul>\n<li> One </li>\n<li>Two</li>\n</ul>"),
    ("<p>Two words</p>", "<p>Two\n      words</p>"),
    ("<p>A<br>B</p>", "<p>A<br/>\nB</p>"),
    ("<p><b>Must</b></p>", "<p><strong>Must</strong></p>"),
]


@pytest.mark.parametrize(("plain", "edited"), SAME)
def test_what_a_reader_cannot_see_makes_no_other_digest(plain, edited):
    one, other = (content_of(make.paragraph("1", html)) for html in (plain, edited))
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>must</p>", "<p>may</p>"),
        ("<p>must</p>", "<p><b>must</b></p>"),
        ("<p>one two</p>", "<p>onetwo</p>"),
        ("<p>A</p><p>B</p>", "<p>A<br>B</p>"),
        ("<p>a\u00a0b</p>", "<p>a b</p>"),
        ('<p><a href="https://a.example">x</a></p>', '<p><a href="https://b.example">x</a></p>'),
    ],
)
def test_what_a_reader_can_see_makes_another_digest(before, after):
    assert digest(content_of(make.paragraph("1", before))) != digest(
        content_of(make.paragraph("1", after))
    )


def test_nested_ids_are_no_part_of_the_content():
    assert content_of(make.paragraph("1", "Same.")) == content_of(make.paragraph("1", "Same."))


@pytest.mark.parametrize("value", [{}, None, {"body": None, "notes": None}, {"table": None}])
@pytest.mark.parametrize(
    "kind",
    ["paragraph", "text", "box", "heading", "table", "figure", "quotation", "glossary", "question"],
)
def test_a_block_that_is_not_filled_in_has_empty_content(kind, value):
    content = content_of({"type": kind, "value": value, "id": "x"})
    assert content["kind"] == kind
    assert plain_text(content) == ""


def test_an_ordinal_is_no_footnote_and_keeps_its_letters():
    content = content_of(
        make.paragraph("1", "<p>On the 1<sup>st</sup> of May<sup>3</sup></p>", notes={"3": "Yes."})
    )
    assert plain_text(content).splitlines()[0] == "On the 1st of May"
    assert markers(content) == ["st", "3"]


html = st.recursive(
    st.text(alphabet="ab <>&\n\t\u00a0é", max_size=12),
    lambda inner: st.tuples(
        st.sampled_from(["p", "b", "i", "sup", "ul", "li", "div", "script", "br"]),
        st.lists(inner, max_size=3),
    ).map(lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"),
    max_leaves=8,
)


@given(html)
def test_canonical_prose_is_canonical(text):
    assert prose(prose(text)) == prose(text)


@given(
    st.sampled_from(
        ["paragraph", "box", "heading", "table", "figure", "glossary", "question", "text"]
    ),
    st.text(),
)
def test_the_head_of_a_block_is_that_of_its_content(kind, words):
    values = {"number": words, "title": words, "text": words, "term": words, "caption": words}
    raw = {"type": kind, "id": "x", "value": {**values, "table": {"caption": words}}}
    if kind in ("heading", "question"):
        raw["value"]["level"] = "2"
    content = content_of(raw)
    assert head_of(raw) == (content["kind"], content["number"], content["title"])
