"""Links in rendered words: to what is cited, and to the meanings of terms."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from guidance.content import plain_text
from guidance.rendering import render_version
from guidance.rendering.annotate import Link, annotate
from guidance.rendering.terms import Term, Terms, terms_list

VOID = {"br", "img"}
TERMS = Terms(
    [
        Term("LAA", "Local Area Agreement", "means-laa"),
        Term("Partner Authority", "Who must help.", "means-partner-authority", "term-partner"),
        Term("the Act", "The Parks Act 1999", "means-the-act"),
    ]
)


def paragraph(html: str, notes: dict[str, str] | None = None) -> dict:
    return {
        "kind": "paragraph", "number": "1", "title": "",
        "body": [{"type": "text", "html": html}],
        "notes": [{"mark": m, "html": h} for m, h in (notes or {}).items()],
    }  # fmt: skip


def linked(content: dict, *words: str, **more) -> str:
    text = plain_text(content)
    links = [Link(text.index(w), text.index(w) + len(w), f"/to/{i}/") for i, w in enumerate(words)]
    return annotate(render_version(content), text, links, **more)[0]


def shown(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def assert_well_formed(html: str) -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag, attrs):
            assert not (tag == "a" and "a" in self.open), html
            if tag not in VOID:
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag, html

    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []


def test_words_become_a_link():
    html = linked(paragraph("<p>Under section 3 of the Act they may.</p>"), "section 3 of the Act")
    assert '<p>Under <a href="/to/0/">section 3 of the Act</a> they may.</p>' in html


def test_a_link_reaches_through_inline_tags_and_entities():
    html = linked(
        paragraph("<p>See <b>section</b> 3 of the Parks &amp; Gardens Act, and on.</p>"),
        "section 3 of the Parks & Gardens Act",
    )
    assert '<a href="/to/0/"><b>section</b> 3 of the Parks &amp; Gardens Act</a>, and' in html


def test_what_would_break_the_markup_is_left_alone():
    for broken in (
        "<p>See <b>section</b></p><p>3 of it.</p>",
        "<p><b>See section</b> 3 of it.</p>",
    ):
        content = paragraph(broken)
        text = plain_text(content)
        start = text.index("section")
        html, _ = annotate(render_version(content), text, [Link(start, text.index("3") + 1, "/x/")])
        assert html == render_version(content)


def test_nothing_is_linked_inside_a_link():
    content = paragraph('<p>See <a href="https://example.org/">section 3 of the LAA</a>.</p>')
    assert linked(content, "section 3", terms=TERMS) == render_version(content)


def test_words_after_a_footnote_mark_and_in_the_note_are_found_in_their_place():
    content = paragraph("<p>First.<sup>1</sup> See para 2.</p>", {"1": "See para 3."})
    html = linked(content, "para 2", "para 3")
    assert 'See <a href="/to/0/">para 2</a>.' in html
    assert 'See <a href="/to/1/">para 3</a>.' in html


def test_sub_paragraphs_lists_and_tables_keep_their_places():
    content = paragraph("<p>Either:</p><ul><li>see para 2</li><li>see para 3</li></ul>")
    content["body"].append(
        {"type": "subparagraphs", "items": [{"label": "(a)", "depth": 1, "html": "<p>see para 4</p>"}]}
    )  # fmt: skip
    html = linked(content, "para 3", "para 4")
    assert '<li>see <a href="/to/0/">para 3</a></li>' in html
    assert 'see <a href="/to/1/">para 4</a>' in html
    table = {
        "kind": "table", "number": "", "title": "Who", "header": ["What"],
        "rows": [["see para 2", "para 3"]], "notes": [],
    }  # fmt: skip
    assert '<td>see <a href="/to/0/">para 2</a></td>' in linked(table, "para 2")


def test_words_of_a_title_are_no_part_of_the_rendered_words():
    box = {
        "kind": "box", "number": "", "title": "Section 3 of the Act",
        "body": [{"type": "text", "html": "<p>Section 3 of the Act says.</p>"}], "notes": [],
    }  # fmt: skip
    text = plain_text(box)
    links = [Link(0, 20, "/a/"), Link(text.rindex("Section"), text.rindex(" says"), "/b/")]
    assert annotate(render_version(box), text, links)[0] == (
        '<p><a href="/b/">Section 3 of the Act</a> says.</p>'
    )


def test_a_term_is_linked_where_it_is_used_first():
    content = paragraph("<p>LAAs help partner authorities. An LAA must.</p>", {"1": "An LAA."})
    html, used = annotate(render_version(content), "", [], TERMS)
    assert html.startswith(
        '<p><a role="doc-glossref" href="#means-laa">LAAs</a> help'
        ' <a role="doc-glossref" href="#means-partner-authority">partner authorities</a>. An LAA must.'
    )
    assert [term.words for term in used] == ["LAA", "Partner Authority"]


def test_a_term_inside_a_citation_or_explained_on_the_spot_is_left_alone():
    content = paragraph("<p>Section 3 of the Act. A Local Area Agreement (LAA) helps. LAAs do.</p>")
    html = linked(content, "Section 3 of the Act", terms=TERMS)
    assert "doc-glossref" not in html


def test_a_glossary_does_not_explain_itself_and_is_linked_to_where_it_stands():
    content = paragraph("<p>A partner authority.</p>")
    assert "doc-glossref" not in linked(content, terms=TERMS, owner="term-partner")
    html, used = annotate(render_version(content), "", [], TERMS, "1", {"term-partner"})
    assert 'href="#term-partner"' in html
    assert used == []


def test_no_term_is_found_inside_another_word():
    content = paragraph("<p>LAAX, XLAA, non-LAA, the Action and the Actor.</p>")
    assert annotate(render_version(content), "", [], TERMS)[1] == []


def test_the_meanings_stand_in_order_at_the_end():
    html = terms_list(TERMS.all)
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["LAA", "Partner Authority", "the Act"]
    assert terms_list([]) == ""


def test_a_footnote_mark_inside_a_link_is_no_second_link():
    content = paragraph('<p><a href="/x/">See<sup>1</sup></a> it.</p>', {"1": "A note."})
    html = render_version(content)
    assert '<a href="/x/">See<sup>1</sup></a>' in html
    assert_well_formed(html)


pieces = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul><li>", "</li></ul>", "<br>", " ", "\n", "para 2",
         " LAA ", "the Act", "partner authority", "&amp;", "&lt;", "é", "• ", "<sup>1</sup>",
         '<a href="/x/">', "</a>", "(", ")", "section 3"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@example('<a href="/x/"><sup>1</sup></a>', [])
@given(pieces, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=4))
def test_the_words_stay_as_they_are_and_the_markup_stays_whole(html, spans):
    from guidance.content import prose

    content = paragraph(prose(html), {"1": "See para 2 & LAA."})
    text = plain_text(content)
    links = [Link(start, min(start + size, len(text)), "/x/?a=1&b=2") for start, size in spans]
    links = [link for link in links if link.start < link.end]
    before = render_version(content)
    after, _ = annotate(before, text, links, TERMS, "1")
    assert shown(after) == shown(before)
    assert_well_formed(before)
    assert_well_formed(after)


@given(pieces, st.data())
def test_a_link_holds_exactly_the_words_that_were_asked_for(html, data):
    from guidance.content import prose

    content = paragraph(prose(html.replace("<a", "<b").replace("</a>", "</b>")))
    text = plain_text(content)
    words = [m.span() for m in re.finditer(r"para 2|section 3", text)]
    if not words:
        return
    start, end = data.draw(st.sampled_from(words))
    after, _ = annotate(render_version(content), text, [Link(start, end, "/x/")])
    found = re.findall(r'<a href="/x/">(.*?)</a>', after, re.DOTALL)
    assert all("".join(shown(f).split()) == "".join(text[start:end].split()) for f in found)
