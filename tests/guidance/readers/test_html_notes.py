"""Footnotes in pages, as each tool writes them: markers, notes, and the links back."""

import pytest

from guidance.outline.source import SourceDocument, SourceKind
from guidance.readers.html import read_html

GOVSPEAK = """<p>A duty<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup> and
 more<sup id="fnref:2" role="doc-noteref"><a href="#fn:2" class="footnote" rel="footnote"
 >[footnote 2]</a></sup>.</p><div class="footnotes" role="doc-endnotes"><ol>
 <li id="fn:1"><p>First note. <a href="#fnref:1" class="reversefootnote">↩</a></p></li>
 <li id="fn:2" role="doc-endnote"><p>Second note.&nbsp;<a href="#fnref:2" role="doc-backlink"
 aria-label="go to where this is referenced">↩</a></p></li></ol></div>"""

PANDOC = """<p>A duty<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup>
 </a> and more<a href="#fn2" id="fnref2" class="footnote-ref"><sup>2</sup></a>.</p>
 <section id="footnotes" class="footnotes" role="doc-endnotes"><hr /><ol>
 <li id="fn1"><p>First note.<a href="#fnref1" class="footnote-back">↩︎</a></p></li>
 <li id="fn2"><p>Second note.<a href="#fnref2" class="footnote-back">↩︎</a></p></li></ol></section>"""

WORD = """<p class=MsoNormal>A duty<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
 title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>
 <![if !supportFootnotes]>[1]<![endif]></span></span></a> and more<a href="#_ftn2" name="_ftnref2"
 ><span class=MsoFootnoteReference>[2]</span></a>.</p>
 <div style='mso-element:footnote-list'><br clear=all><hr size=1>
 <div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
 style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span
 class=MsoFootnoteReference>[1]</span></a> First note.</p></div>
 <div id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2"><span
 class=MsoFootnoteReference>[2]</span></a> Second note.</p></div></div>"""

LIBREOFFICE = """<p>A duty<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"
 ><sup>1</sup></a> and more<a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"
 ><sup>2</sup></a>.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym"
 name="sdfootnote1sym" href="#sdfootnote1anc">1</a>First note.</p></div>
 <div id="sdfootnote2"><p><a class="sdfootnotesym" name="sdfootnote2sym" href="#sdfootnote2anc">2
 </a>Second note.</p></div>"""

GOOGLE = """<p>A duty<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> and more<sup>
 <a href="#ftnt2" id="ftnt_ref2">[2]</a></sup>.</p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]
 </a><span>&nbsp;First note.</span></p></div><div><p><a href="#ftnt_ref2" id="ftnt2">[2]</a><span
 >&nbsp;Second note.</span></p></div>"""

PARLIAMENT = """<p>A duty<a href="#note1" name="n1"><sup>1</sup></a> and more<a href="#note2"
 name="n2"><sup>2</sup></a>.</p><hr><p><a href="#n1" name="note1"><sup>1</sup></a> First note.</p>
 <p><a href="#n2" name="note2"><sup>2</sup></a> Second note.</p>"""

WIKI = """<p>A duty<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> and
 more<sup id="cite_ref-2"><a href="#cite_note-2">[2]</a></sup>.</p><ol class="references">
 <li id="cite_note-1"><span><a href="#cite_ref-1">^</a></span> <span>First note.</span></li>
 <li id="cite_note-2"><span><a href="#cite_ref-2">^</a></span> <span>Second note.</span></li></ol>"""

ONE_WAY = """<p>A duty<sup><a href="#fn1">1</a></sup> and more<sup><a href="#fn2">2</a></sup>.</p>
 <p id="fn1"><sup>1</sup> First note.</p><p id="fn2"><sup>2</sup> Second note.</p>"""

UNLINKED = """<p>A duty<sup>1</sup> and more<sup>2</sup>.</p><div class="footnotes">
 <p><sup>1</sup> First note.</p><p><sup>2</sup> Second note.</p></div>"""

TABLE = """<p>A duty<a href="#f1" id="r1">1</a> and more<a href="#f2" id="r2">2</a>.</p>
 <table><tr><td><a id="f1" href="#r1">1</a><td>First note.<tr><td><a id="f2" href="#r2">2</a>
 <td>Second note.</table>"""


def page(body: str) -> SourceDocument:
    return read_html(f"<meta charset=utf-8><body>{body}".encode(), "")


def notes(document: SourceDocument) -> list[tuple[str, str]]:
    return [(b.mark, b.text) for b in document if b.kind is SourceKind.NOTE]


def markers(document: SourceDocument) -> list[tuple[str, str]]:
    return [(s.text, s.note) for b in document for s in b.spans if s.note]


@pytest.mark.parametrize(
    "source",
    [GOVSPEAK, PANDOC, WORD, LIBREOFFICE, GOOGLE, PARLIAMENT, WIKI, ONE_WAY, UNLINKED, TABLE],
    ids=[
        "govspeak", "pandoc", "word", "libreoffice", "google", "parliament", "wiki", "one-way",
        "unlinked", "table",
    ],
)  # fmt: skip
def test_markers_and_notes_of_each_tool_are_found(source: str) -> None:
    document = page(source)
    assert notes(document) == [("1", "First note."), ("2", "Second note.")]
    assert [note for _, note in markers(document)] == ["1", "2"]
    assert [b.kind for b in document] == [SourceKind.TEXT, SourceKind.NOTE, SourceKind.NOTE]
    assert document.blocks[0].text.startswith("A duty")


def test_the_marker_keeps_its_words_and_the_mark_is_bare() -> None:
    assert markers(page(GOVSPEAK)) == [("1", "1"), ("[footnote 2]", "2")]


def test_a_note_of_two_paragraphs_is_one_block() -> None:
    source = GOVSPEAK.replace("First note.", "First.</p><p>Then.")
    assert notes(page(source))[0] == ("1", "First.\nThen.")


def test_two_markers_may_lead_to_one_note() -> None:
    source = """<p>A<sup id=r1><a href=#f1>1</a></sup> B<sup id=r2><a href=#f1>1</a></sup></p>
        <ol class=footnotes><li id=f1>Note. <a href=#r1>↩</a> <a href=#r2>↩</a></li></ol>"""
    document = page(source)
    assert notes(document) == [("1", "Note.")]
    assert [note for _, note in markers(document)] == ["1", "1"]


def test_a_note_without_a_marker_is_a_note() -> None:
    source = GOVSPEAK.replace("</ol>", "<li id=fn:3><p>Third, unused.</p></li></ol>")
    assert notes(page(source))[2] == ("3", "Third, unused.")


def test_a_marker_without_a_note_is_still_a_marker() -> None:
    document = page('<p>A duty<sup><a href="#fn:9" class="footnote">9</a></sup>.</p>')
    assert markers(document) == [("9", "9")]
    assert notes(document) == []


def test_a_note_stands_whole_where_it_begins_with_a_number() -> None:
    source = GOVSPEAK.replace("First note.", "1 April 2009 is the date.")
    assert notes(page(source))[0] == ("1", "1 April 2009 is the date.")


def test_words_that_lead_back_are_furniture() -> None:
    source = GOVSPEAK.replace("↩", "Return to text", 1)
    document = page(source)
    assert notes(document)[0] == ("1", "First note.")
    assert [b.text for b in document if b.kind is SourceKind.FURNITURE] == ["Return to text"]


def test_the_title_over_the_notes_is_furniture() -> None:
    document = page(GOVSPEAK.replace("<ol>", "<h2>Footnotes</h2><ol>"))
    assert [b.kind for b in document][1] is SourceKind.FURNITURE


def test_notes_outside_main_are_still_notes() -> None:
    body, _, rest = GOVSPEAK.partition("<div class")
    document = page(f"<main><h1>Code</h1>{body}</main><footer><div class{rest}</footer>")
    assert [mark for mark, _ in notes(document)] == ["1", "2"]


def test_a_note_in_a_cell_keeps_its_marker_there() -> None:
    source = GOVSPEAK.replace("<p>A duty", "<table><tr><th>h<th>i<tr><td>x<td>A duty").replace(
        ".</p><div", ".</table><div"
    )
    document = page(source)
    spans = [s for row in document.blocks[0].rows for c in row for p in c.paragraphs for s in p]
    assert [s.note for s in spans if s.note] == ["1", "2"]


@pytest.mark.parametrize(
    "source",
    [
        "<p>See <a href=#s2>2</a> below.</p><h2 id=s2>Two</h2><p>Text.</p>",
        "<p id=a>Go to <a href=#b>paragraph 4</a>.</p><p id=b>Come from <a href=#a>there</a>.</p>",
        "<p>See <a href=#s2>2</a>.</p><ul><li id=s2>Two</ul>",
        "<p>See m<sup>2</sup> of land.</p><p>Text.</p>",
    ],
)
def test_other_links_and_raised_figures_make_no_note(source: str) -> None:
    document = page(source)
    assert notes(document) == []
    assert markers(document) == []
