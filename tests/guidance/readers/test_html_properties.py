"""Whatever the page: no visible character is lost, none is invented, nothing hidden becomes text."""

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from guidance.outline.source import SourceDocument, SourceKind, UnreadableFile
from guidance.readers.html import read_html

# No "o", which Word prints for a bullet; no digits and signs: labels and marks are made of them.
WORDS = st.text(alphabet="abcdefghijklmnpqrstuvwxyzäéß", min_size=1, max_size=8)
SPACED = st.builds("".join, st.lists(st.one_of(WORDS, st.sampled_from([" ", "\n", "&nbsp;"]))))
ATTRIBUTES = st.sampled_from(
    [
        "", "", "", " class=box", " class=MsoToc1", " id=a", " hidden", " style='display:none'",
        " role=navigation", " role=presentation", " role=main", " class=footnotes", " href='#a'",
        " href='https://example.org/x'", " type=1", " colspan=2", " rowspan=3", " start=4",
        " class=footnote href='#a'", " style='border:1px solid'", " name=a", " rel=footnote",
    ]
)  # fmt: skip
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "b",
        "i",
        "sup",
        "sub",
        "a",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "thead",
        "tbody",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h4",
        "section",
        "article",
        "main",
        "nav",
        "header",
        "footer",
        "aside",
        "details",
        "summary",
        "figure",
        "figcaption",
        "pre",
        "del",
        "button",
        "q",
        "em",
        "address",
        "fieldset",
        "legend",
        "custom-tag",
        "center",
        "label",
        "ins",
    ]
)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, attributes, inner: f"<{tag}{attributes}>{''.join(inner)}</{tag}>",
        TAGS,
        ATTRIBUTES,
        st.lists(children, max_size=4),
    )


SHAPES = st.sampled_from(
    [
        "<table><tr><th>{0}<th>{1}<tr><td>{2}<td>{3}</table>",
        "<table><caption>{0}</caption><tr><td rowspan=2>{1}<td>{2}<tr><td colspan=2>{3}</table>",
        "<table><tr><td>{0}<td><table><tr><td>{1}<td>{2}</table></table>{3}",
        "<table border=1><tr><td><p>{0}</p>{1}</table>{2}{3}",
        "<ol start=4><li>{0}<ul><li>{1}</ul><li><p>{2}</p>{3}</ol>",
        "<p>{0}<sup id=r><a href=#f>1</a></sup></p>{1}<ol class=footnotes><li id=f>{2}"
        "<a href=#r>^</a></li></ol>{3}",
        "<div class=call-to-action><h3>{0}</h3><p>{1}</p></div>{2}<main>{3}</main>",
        "<ul><li><a href=#a>{0}</a><li><a href=#b>{1}</a><li><a href=#c>{2}</a></ul>{3}",
        "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>{0}</span>{1}</p>{2}{3}",
        "<dl><dt>{0}<dd>{1}</dl><blockquote>{2}</blockquote><aside>{3}</aside>",
    ]
)


def shaped(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda shape, inner: shape.format(*inner),
        SHAPES,
        st.lists(children, min_size=4, max_size=4),
    )


def nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(element(children), shaped(children))


PIECES = st.one_of(SPACED, st.sampled_from(["<br>", "<hr>", "<!-- c -->", "<p>", "</div>", "<td>"]))
PAGES = st.lists(st.recursive(PIECES, nested, max_leaves=16), min_size=1).map("".join)


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha())


def words_of(document: SourceDocument) -> str:
    """All that blocks hold: their text and the labels that a page's words became."""
    return "".join(b.text if b.label in ("", "•") else b.label + b.text for b in document)


def shown(page: bytes) -> str:
    """All text of a page that is not script or style, by the parser's own walk."""
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return "" if root is None else "".join(root.itertext(etree.Element))


@settings(max_examples=120, deadline=None)
@given(PAGES)
def test_every_letter_of_a_page_is_in_a_block_once(body: str) -> None:
    page = f"<body>{body}".encode()
    try:
        document = read_html(page, "")
    except UnreadableFile:
        assert not letters(shown(page))
        return
    assert letters(words_of(document)) == letters(shown(page))


@settings(max_examples=50, deadline=None)
@given(PAGES)
def test_reading_twice_gives_the_same_blocks(body: str) -> None:
    page = f"<p>x</p>{body}".encode()
    assert read_html(page, "").blocks == read_html(page, "").blocks


@settings(max_examples=50, deadline=None)
@given(PAGES)
def test_blocks_are_clean(body: str) -> None:
    for block in read_html(f"<p>x</p>{body}".encode(), ""):
        assert block.text.strip() or block.kind in (SourceKind.IMAGE, SourceKind.NOTE)
        assert "\u00ad" not in block.text
        assert all(span.text for span in block.spans)
        assert not any(span.href.startswith("#") for span in block.spans)
        if block.kind in (SourceKind.FURNITURE, SourceKind.CONTENTS):
            assert block.box == 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        outcome: SourceDocument | str = read_html(data, "")
    except UnreadableFile as error:
        outcome = str(error)
    assert isinstance(outcome, SourceDocument) or outcome.endswith(".")


def test_the_command_paper_is_read_whole(shared_data: Path) -> None:
    page = (shared_data / "real" / "rail-vision-command-paper.html").read_bytes()
    document = read_html(page, "")
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    assert letters("".join(b.text for b in document)) == letters(
        "".join(root.find("body").itertext())
    )
    assert len({b.box for b in document if b.box}) == 9
    assert sum(b.box_title for b in document) == 9
    assert [b.mark for b in document if b.kind is SourceKind.NOTE] == ["1", "2", "3"]
    assert [s.note for b in document for s in b.spans if s.note] == ["1", "2", "3"]
    assert document.title == "Connecting people: a strategic vision for rail"
