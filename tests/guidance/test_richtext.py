"""Prose in few tags."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidance.outline.model import PROSE_TAGS
from guidance.richtext import clean, from_text, to_text

PIECES = ["<p>", "</p>", "<b>", "</b>", "<i>", "<a href='/x'>", "</a>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<sup>", "</sup>", "<div>", "</div>", "<table><tr><td>", "<button>", "<script>", "</script>", "<style>", "<svg><p>", "<math>", "<select>", "<h2>", "<!--", "-->", "text", " ", "&lt;", "&", "<", "x > y", "<strong>", "<em>", "<p", "\x00"]  # fmt: skip
soup = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)
TAG = re.compile(r"</?([a-z]+)[ >]")


class Balance(HTMLParser):
    """Fails where an end tag does not close the tag that was opened last."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(soup)
@example("<p><button><p>x</p></button></p>")
@example("<b><p>x<b>y<p>z")
def test_cleaned_prose_is_stable_well_formed_and_has_few_tags(html):
    cleaned = clean(html)
    assert clean(cleaned) == cleaned
    assert set(TAG.findall(cleaned)) <= PROSE_TAGS
    balance = Balance()
    balance.feed(cleaned)
    assert balance.open == []


@given(soup, soup)
def test_no_script_survives(before, after):
    cleaned = clean(f"{before}<script>alert(1)</script><img src=x onerror=alert(1)>{after}")
    assert not re.search(r"<(script|img)|<[^>]*\bon\w+=", cleaned)


@given(
    st.text(
        st.characters(exclude_characters="<>&", exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
        max_size=60,
    )
)
def test_text_without_markup_comes_back(text):
    assert to_text(from_text(text)) == re.sub(" +", " ", text.strip())


@given(st.lists(st.text("abc &'\"", min_size=1, max_size=20).filter(str.strip), max_size=4))
def test_lines_and_blocks_come_back_as_lines(lines):
    words = [" ".join(line.split()) for line in lines]
    assert to_text(from_text("\n\n".join(lines))).split("\n") == (words or [""])
    assert to_text(from_text("\n".join(lines))).split("\n") == (words or [""])


@given(st.lists(st.sampled_from([p for p in PIECES if "&" not in p]), max_size=12).map("".join))
def test_text_of_prose_holds_no_tag(html):
    assert not re.search(r"</?(p|b|i|a|sup|ul|ol|li|br)\b[^<]*>", to_text(clean(html)))


def test_text_written_as_text_is_escaped():
    assert from_text("a <b> & c\n\nd\ne") == "<p>a &lt;b&gt; &amp; c</p><p>d<br>e</p>"


def test_lists_have_bullets_and_blocks_end_lines():
    html = "<p>One<sup>20</sup> two</p><ul><li>first<ul><li>deep</li></ul></li><li>second</li></ul>"
    assert to_text(html) == "One20 two\n• first\n  • deep\n• second"
    assert to_text(html, notes=False) == "One two\n• first\n  • deep\n• second"


@pytest.mark.parametrize(
    ("href", "kept"),
    [("https://www.legislation.gov.uk/ukpga/2007/28", True), ("http://x.test", True), ("mailto:a@x.test", True), ("/guidance/", True), ("#n1", True), ("javascript:alert(1)", False), ("JaVaScript:x", False), ("//evil.test", False), ("/\\evil.test", False), ("data:text/html,x", False), ("../up", False), ("ftp://x.test", False)],
)  # fmt: skip
def test_only_safe_addresses_are_kept(href, kept):
    assert (f'href="{href}"' in clean(f'<a href="{href}">x</a>')) is kept


def test_links_to_pages_of_the_site_are_kept():
    assert clean('<a linktype="page" id="3" onclick="x">y</a>') == '<a linktype="page" id="3">y</a>'
    assert clean('<a id="x" class="c">y</a>') == "<a>y</a>"


def test_other_blocks_become_paragraphs_and_strong_becomes_b():
    assert (
        clean("<h2>A</h2><div>b <strong>c</strong> <em>d</em></div>")
        == "<p>A</p><p>b <b>c</b> <i>d</i></p>"
    )
