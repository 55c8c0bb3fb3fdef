"""The HTML reader: what a page shows, as blocks."""

import base64

import pytest

from guidance.outline.source import SourceBlock, SourceDocument, SourceKind, UnreadableFile
from guidance.readers.html import read_html

TEXT, HEADING, ITEM = SourceKind.TEXT, SourceKind.HEADING, SourceKind.ITEM
NOTE, TABLE, IMAGE = SourceKind.NOTE, SourceKind.TABLE, SourceKind.IMAGE
CONTENTS, FURNITURE = SourceKind.CONTENTS, SourceKind.FURNITURE


def page(body: str) -> SourceDocument:
    return read_html(f"<!doctype html><meta charset=utf-8><body>{body}".encode(), "page.html")


def kinds(body: str) -> list[tuple[SourceKind, str]]:
    return [(block.kind, block.text) for block in page(body)]


def only(body: str) -> SourceBlock:
    (block,) = page(body).blocks
    return block


# Text


def test_headings_and_paragraphs_come_in_order_with_their_level() -> None:
    blocks = page("<h1>Code</h1><p>One.</p>loose words<h3>Part</h3><div>Two.</div>").blocks
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (HEADING, 1, "Code"),
        (TEXT, 0, "One."),
        (TEXT, 0, "loose words"),
        (HEADING, 3, "Part"),
        (TEXT, 0, "Two."),
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>\n  1.1\tThe\n duty   applies </p>", "1.1 The duty applies"),
        ("<p>one<b> two</b> three</p>", "one two three"),
        ("<p>one <b> two </b> three</p>", "one two three"),
        ("<p>12&nbsp;&nbsp;March</p>", "12\u00a0\u00a0March"),
        ("<p>sec<wbr>tion</p>", "section"),
        ("<p>au&shy;thor&#8203;ity&#xFEFF;</p>", "authority"),
        ("<p>one<!-- not this --> two<?php nor this ?></p>", "one two"),
        ("<p>He said <q>yes</q>.</p>", "He said “yes”."),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>H<sub>2</sub>O on 1<sup>st</sup> May</p>", "H2O on 1st May"),
        ("<p>dash &#150; here</p>", "dash – here"),
        ("<p>one <span hidden></span> two</p>", "one two"),
    ],
)
def test_white_space_and_characters_are_shown_as_a_browser_shows_them(
    source: str, shown: str
) -> None:
    assert only(source).text == shown


def test_a_line_break_stays_in_its_paragraph_as_a_line_end() -> None:
    assert only("<p>4.6 First. <br>\n4.7 Second.<br></p>").text == "4.6 First.\n4.7 Second."


def test_a_blank_line_made_of_breaks_parts_paragraphs() -> None:
    assert kinds("<div>1.1 One<br>more<br> <br/>1.2 Two<br><br><br>1.3 Three</div>") == [
        (TEXT, "1.1 One\nmore"),
        (TEXT, "1.2 Two"),
        (TEXT, "1.3 Three"),
    ]


def test_marks_of_runs_are_kept_and_runs_with_the_same_marks_are_joined() -> None:
    block = only(
        "<p>a<b>b</b><strong>c</strong><em>d</em><sup>e</sup>"
        "<span style='font-weight:700'>f</span></p>"
    )
    assert [(s.text, s.bold, s.italic, s.superscript) for s in block.spans] == [
        ("a", False, False, False),
        ("bc", True, False, False),
        ("d", False, True, False),
        ("e", False, False, True),
        ("f", True, False, False),
    ]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://www.legislation.gov.uk/ukpga/2007/28", True),
        ("mailto:a@example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("/relative", False),
        ("#section", False),
        ("ftp://example.org", False),
    ],
)
def test_only_web_and_mail_addresses_are_kept(address: str, kept: bool) -> None:
    block = only(f'<p>See <a href="{address}">this</a> now.</p>')
    assert block.text == "See this now."
    assert [s.href for s in block.spans if s.href] == ([address] if kept else [])


def test_scripts_styles_and_templates_are_no_text() -> None:
    source = (
        "<style>p{}</style><p>seen</p><script>var x</script><noscript>no</noscript>"
        "<template><p>t</p></template>"
    )
    assert kinds(source) == [(TEXT, "seen")]


def test_each_block_says_in_which_line_of_the_source_it_stands() -> None:
    document = page("\n<p>one</p>\n\n<p>two</p>")
    assert [b.place.line for b in document] == [2, 4]


def test_the_title_is_the_first_heading_or_the_title_of_the_page() -> None:
    assert page("<title>Site</title><h1>The Code</h1><p>x</p>").title == "The Code"
    assert read_html(b"<html><head><title>Site\n name</title></head><p>x", "").title == "Site name"


# Character sets


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("<p>naïve – “quoted”</p>".encode(), "naïve – “quoted”"),
        ("\ufeff<p>naïve</p>".encode(), "naïve"),
        ("\ufeff<html><p>naïve</p>".encode("utf-16-le"), "naïve"),
        ("<meta charset=iso-8859-1><p>£5 – “x”</p>".encode("cp1252"), "£5 – “x”"),
        ("<p>£5 – “x”</p>".encode("cp1252"), "£5 – “x”"),
        ("<meta charset=utf-8><p>£5</p>".encode("cp1252"), "£5"),
        ("<meta charset=utf-16><p>£5</p>".encode(), "£5"),
        ("<meta charset=nonsense><p>£5</p>".encode(), "£5"),
        ("<meta charset=rot13><p>£5</p>".encode(), "£5"),
        (
            '<meta http-equiv=content-type content="text/html; charset=iso-8859-2"><p>ł</p>'.encode(
                "iso-8859-2"
            ),
            "ł",
        ),
        ('<?xml version="1.0" encoding="iso-8859-15"?><p>€</p>'.encode("iso-8859-15"), "€"),
    ],
)
def test_the_character_set_is_found(data: bytes, shown: str) -> None:
    assert [b.text for b in read_html(data, "")] == [shown]


# Lists


def test_list_items_have_the_label_and_depth_that_a_browser_shows() -> None:
    source = """<ul><li>a<ol><li>b<li>c</ol><li>d</ul>
        <ol type=a start=3><li>e<li>f</ol><ol reversed><li>g<li>h</ol>
        <ol type=I><li>i<li value=9>j<li>k</ol><ol style="list-style-type: lower-roman"><li>l</ol>
        <ul class=list-unstyled><li>m</ul>"""
    assert [(b.kind, b.level, b.label, b.text) for b in page(source)] == [
        (ITEM, 1, "•", "a"),
        (ITEM, 2, "1.", "b"),
        (ITEM, 2, "2.", "c"),
        (ITEM, 1, "•", "d"),
        (ITEM, 1, "c.", "e"),
        (ITEM, 1, "d.", "f"),
        (ITEM, 1, "2.", "g"),
        (ITEM, 1, "1.", "h"),
        (ITEM, 1, "I.", "i"),
        (ITEM, 1, "IX.", "j"),
        (ITEM, 1, "X.", "k"),
        (ITEM, 1, "i.", "l"),
        (ITEM, 1, "", "m"),
    ]


def test_a_second_paragraph_of_an_item_has_no_label_of_its_own() -> None:
    blocks = page("<ol><li><p>one</p><p>more</p><li><p>two</p></ol>").blocks
    assert [(b.label, b.text) for b in blocks] == [("1.", "one"), ("", "more"), ("2.", "two")]


def test_a_heading_in_a_list_item_takes_its_number() -> None:
    heading, text = page("<ol start=4><li><h2>Costs</h2><p>Text.</p></ol>").blocks
    assert (heading.kind, heading.label, text.label) == (HEADING, "4.", "")


def test_labels_that_word_computes_are_labels() -> None:
    source = """<p class=MsoNormal style='mso-list:l0 level2 lfo1'><span
        style='mso-list:Ignore'>2.13<span style='font:7pt'>&nbsp;&nbsp; </span></span>The duty</p>
        <p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='font-family:Symbol'
        ><span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span>an item</p>"""
    numbered, bullet = page(source).blocks
    assert (numbered.kind, numbered.label, numbered.text) == (TEXT, "2.13", "The duty")
    assert (bullet.kind, bullet.level, bullet.label, bullet.text) == (ITEM, 2, "•", "an item")


def test_letters_that_word_computes_make_items() -> None:
    block = only(
        "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a)</span>an item</p>"
    )
    assert (block.kind, block.level, block.label) == (ITEM, 2, "a)")


def test_comments_in_the_margin_of_word_are_furniture() -> None:
    source = """<p>A duty<span class=MsoCommentReference><a href="#_msocom_1">[AB1]</a></span> binds</p>
        <div style='mso-element:comment-list'><p class=MsoCommentText>Check this</p></div>"""
    assert kinds(source) == [
        (TEXT, "A duty binds"),
        (FURNITURE, "[AB1]"),
        (FURNITURE, "Check this"),
    ]


def test_a_bullet_typed_as_a_symbol_makes_an_item() -> None:
    block = only("<p><span style='font-family:Symbol'>·</span>&nbsp;&nbsp; an <b>item</b></p>")
    assert (block.kind, block.label, block.text) == (ITEM, "•", "an item")
    assert only("<p>o or two</p>").kind is TEXT


# Boxes, quotations, definitions


@pytest.mark.parametrize(
    "opening",
    [
        "<div class='call-to-action'>",
        "<div class='govuk-inset-text'>",
        "<div role=note class='application-notice info-notice'>",
        "<div class=information>",
        "<div class=example>",
        "<aside>",
        "<div style='border:solid windowtext 1.0pt;padding:1.0pt 4.0pt'>",
        "<section class='c-callout large'>",
    ],
)
def test_call_outs_are_boxes_with_their_title(opening: str) -> None:
    closing = f"</{opening[1:].split()[0].rstrip('>')}>"
    source = f"<p>before</p>{opening}<h3>Box 1</h3><p>in</p><ul><li>it</ul>{closing}<p>after</p>"
    before, title, text, item, after = page(source).blocks
    assert title.box
    assert title.box_title
    assert text.box == item.box == title.box
    assert not text.box_title
    assert before.box == after.box == 0


def test_two_boxes_are_two_and_a_box_in_a_box_is_one() -> None:
    source = "<aside><p>a</p></aside><aside><p>b</p><div class=example><p>c</p></div></aside>"
    a, b, c = page(source).blocks
    assert a.box != b.box == c.box


@pytest.mark.parametrize("name", ["search-box", "checkbox", "panel-body", "notices-list", "boxer"])
def test_other_classes_are_no_boxes(name: str) -> None:
    assert only(f"<div class='{name}'><p>x</p></div>").box == 0


def test_a_box_around_most_of_a_page_is_its_frame() -> None:
    prose = "<p>" + "The authority should consult. " * 20 + "</p>"
    blocks = page(f"<p>Intro</p><div class=panel>{prose * 5}</div>").blocks
    assert {b.box for b in blocks} == {0}


def test_a_bordered_table_of_one_cell_is_a_box() -> None:
    source = (
        "<p>x</p><table border=1><tr><td><p><b>Local persons</b></p><p>Who.</p></td></tr></table>"
    )
    _, title, text = page(source).blocks
    assert title.box == text.box != 0
    assert title.box_title


def test_a_summary_or_legend_is_the_title_of_its_box() -> None:
    title, text = page("<details><summary>Example</summary><p>Text</p></details>").blocks
    assert title.box_title
    assert text.box == title.box


def test_quotations_terms_and_definitions_say_so_in_their_style() -> None:
    source = "<blockquote><p>Said.</p></blockquote><dl><dt>LSP<dd>A partnership</dl>"
    quote, term, definition = page(source).blocks
    assert (quote.style, quote.indent > 0) == ("quote", True)
    assert (term.style, definition.style) == ("term", "definition")


# What is left out of the text, and what is not


def test_menus_banners_and_hidden_text_are_furniture_and_not_lost() -> None:
    source = """<header role=banner><a href=/>Site</a></header>
        <nav><ul><li><a href=/a>Home</a></ul></nav>
        <div class=breadcrumbs>You are here</div>
        <p>Text <span class=govuk-visually-hidden>unseen</span> runs on.</p>
        <div style="display: none"><p>Secret</p></div>
        <footer>Crown copyright</footer>"""
    assert kinds(source) == [
        (FURNITURE, "Site"),
        (FURNITURE, "Home"),
        (FURNITURE, "You are here"),
        (TEXT, "Text runs on."),
        (FURNITURE, "unseen"),
        (FURNITURE, "Secret"),
        (FURNITURE, "Crown copyright"),
    ]


def test_what_stands_outside_main_is_furniture() -> None:
    source = "<p>Cookies!</p><main><h1>Code</h1><p>The words of the code.</p></main><p>Share</p>"
    assert kinds(source) == [
        (FURNITURE, "Cookies!"),
        (HEADING, "Code"),
        (TEXT, "The words of the code."),
        (FURNITURE, "Share"),
    ]


def test_a_main_with_next_to_nothing_in_it_is_not_believed() -> None:
    source = "<main></main><p>1.1 The words of the code.</p><p>1.2 More words.</p>"
    assert [kind for kind, _ in kinds(source)] == [TEXT, TEXT]


def test_a_header_inside_the_content_is_text() -> None:
    source = "<article><header><h1>Code</h1></header><p>Words of the code.</p></article>"
    assert [kind for kind, _ in kinds(source)] == [HEADING, TEXT]


def test_a_list_of_links_into_the_page_is_its_contents_with_its_title() -> None:
    source = """<h2>Contents</h2><ol><li><a href=#a>Alpha</a><li><a href=#b>Beta</a>
        <li><a href=#c>Gamma</a></ol><h2 id=a>Alpha</h2><h2 id=b>Beta</h2><h2 id=c>Gamma</h2>"""
    assert [kind for kind, _ in kinds(source)] == [CONTENTS] * 4 + [HEADING] * 3


def test_contents_are_found_in_navigation_in_paragraphs_and_in_tables() -> None:
    links = [f"<a href=#s{n}>{n} Part</a>" for n in range(3)]
    targets = "".join(f"<h2 id=s{n}>Part</h2>" for n in range(3))
    for source in (
        f"<nav>{' '.join(links)}</nav>",
        "".join(f"<p>{link}</p>" for link in links),
        f"<table>{''.join(f'<tr><td>{link}<td>{n}' for n, link in enumerate(links))}</table>",
        "".join(f"<p class=MsoToc1>{n} Part&nbsp;.... {n}</p>" for n in range(3)),
    ):
        found = kinds(source + targets)
        assert {kind for kind, _ in found[:-3]} == {CONTENTS}
        assert [kind for kind, _ in found[-3:]] == [HEADING] * 3


def test_prose_with_cross_references_is_no_contents() -> None:
    source = "".join(
        f"<li><a href=#s{n}>Section {n}</a> explains what an authority should do about it."
        for n in range(4)
    )
    assert {b.kind for b in page(f"<ul>{source}</ul>")} == {ITEM}


def test_a_link_back_to_the_top_is_furniture() -> None:
    assert kinds("<p id=top>Text</p><p><a href=#top>Back to top</a></p>") == [
        (TEXT, "Text"),
        (FURNITURE, "Back to top"),
    ]


def test_controls_and_struck_out_text_are_furniture_and_the_latter_is_reported() -> None:
    document = page("<p>Keep <del>drop</del> this.<button>Print</button></p>")
    assert [(b.kind, b.text) for b in document] == [
        (TEXT, "Keep this."),
        (FURNITURE, "drop"),
        (FURNITURE, "Print"),
    ]
    assert "strikes out" in document.remarks[0][0]


# Tables


def cells(block: SourceBlock) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block.rows]


def test_a_table_has_its_cells_header_and_spans() -> None:
    block = only(
        """<table><thead><tr><th>Duty<th>Binds<th>When</thead>
        <tr><td rowspan=2>Involve<td colspan=2>All</tr><tr><td>Some<td>2009</table>"""
    )
    assert block.kind is TABLE
    assert cells(block) == [["Duty", "Binds", "When"], ["Involve", "All"], ["", "Some", "2009"]]
    assert [cell.header for cell in block.rows[0]] == [True] * 3
    assert [cell.span for cell in block.rows[1]] == [1, 2]


def test_a_cell_keeps_its_paragraphs_lists_and_inner_tables() -> None:
    block = only(
        """<table><tr><th>h<th>i<tr><td><p>one</p><p>two</p><ul><li>three</ul>
        <td><table><tr><td>four<td>five</table></table>"""
    )
    assert cells(block)[1] == ["one\ntwo\n• three", "four\nfive"]


def test_a_caption_stands_before_its_table() -> None:
    caption, table = page("<table><caption>Table 1</caption><tr><td>a<td>b</table>").blocks
    assert (caption.text, caption.style, table.kind) == ("Table 1", "caption", TABLE)


def test_a_first_row_in_bold_is_the_header_where_none_is_marked() -> None:
    block = only("<table><tr><td><b>A</b><td><b>B</b><tr><td>c<td>d</table>")
    assert [[cell.header for cell in row] for row in block.rows] == [[True, True], [False, False]]


def test_rows_that_reach_down_in_several_columns_keep_the_columns_in_line() -> None:
    block = only(
        """<table><tr><td>a<td rowspan=3>b<td rowspan=2>c<tr><td>d<tr><td>e<td>f</table>"""
    )
    assert cells(block) == [["a", "b", "c"], ["d", "", ""], ["e", "", "f"]]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>1.1<td>{0}<tr><td>1.2<td>{0}</table>",
        "<table><tr><td><p>1.1</p><td><p>{0}</p><tr><td>1.2<td>{0}</table>",
        "<table><tr><td>1.1<td><h2>Head</h2>{0}<tr><td>1.2<td>{0}</table>",
    ],
)
def test_a_table_that_only_arranges_paragraphs_is_text(table: str) -> None:
    prose = "An authority should consult the people who live in its area before it decides."
    blocks = [b for b in page(table.format(prose)) if b.kind is not HEADING]
    assert {b.kind for b in blocks} == {TEXT}
    assert blocks[-1].text == f"1.2\t{prose}"


def test_typed_paragraphs_in_a_layout_cell_are_text() -> None:
    source = "<table><tr><td>menu<td><p>1.1 One is here.</p><p>1.2 Two is here.</p></table>"
    assert kinds(source)[1:] == [(TEXT, "1.1 One is here."), (TEXT, "1.2 Two is here.")]


def test_hostile_spans_are_bounded() -> None:
    block = only("<table><tr><td colspan=999999 rowspan=999999>a<td>b<tr><td>c</table>")
    assert block.rows[0][0].span == 100
    assert len(block.rows[1]) <= 102


# Pictures


def test_a_picture_in_the_page_brings_its_bytes_and_its_description() -> None:
    data = base64.b64encode(b"\x89PNG fake").decode()
    document = page(f"<p>See <img alt='A  chart' src='data:image/png;base64,{data}'> here</p>")
    text, image = document.blocks
    assert text.text == "See here"
    assert (image.kind, image.alt, image.image) == (IMAGE, "A chart", b"\x89PNG fake")
    assert document.remarks == []


def test_a_picture_elsewhere_is_a_place_with_a_remark() -> None:
    document = page("<figure><img src=https://example.org/x.png alt=Map><figcaption>Fig 1</figure>")
    image, caption = document.blocks
    assert (image.alt, image.image, caption.style) == ("Map", b"", "caption")
    assert "add it by hand" in document.remarks[0][0]


def test_decoration_is_no_picture_and_a_drawing_keeps_its_words() -> None:
    assert kinds("<p>x<img src=dot.gif alt=''></p>") == [(TEXT, "x")]
    blocks = page("<p>x</p><svg><title>Chart</title><text>2007</text></svg>").blocks
    assert [(b.kind, b.text, b.alt) for b in blocks[1:]] == [
        (FURNITURE, "2007", ""),
        (IMAGE, "", "Chart"),
    ]


@pytest.mark.parametrize("address", ["data:image/svg+xml,<svg/>", "data:image/png;base64,%%%"])
def test_pictures_that_cannot_be_used_bring_no_bytes(address: str) -> None:
    document = page(f'<p>x</p><img alt=y src="{address}">')
    assert document.blocks[-1].image == b""
    assert "cannot be used" in document.remarks[0][0]


# Pages that are none


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><body></body></html>", "shows no text"),
        (b"<html><script>x</script></html>", "shows no text"),
        (b"<!-- -->", "no text"),
        (b"<div>" * 3000 + b"deep", "too deeply"),
    ],
)
def test_a_page_without_text_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_html(data, "")


def test_deep_nesting_below_the_limit_is_read_whole() -> None:
    data = b"<div>a" * 1500 + b"</div>b" * 1500
    assert sum(len(b.text) for b in read_html(data, "")) == 3000
