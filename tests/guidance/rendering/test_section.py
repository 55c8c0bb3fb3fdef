"""A section's reading column."""

from __future__ import annotations

import re
from uuid import UUID

from guidance.rendering import Row, SectionFrame, SectionLink, render_section, render_version

ACT = (
    (
        "section 3A of the Local Government Act 1999",
        "https://www.legislation.gov.uk/ukpga/1999/27/section/3A",
    ),
)
FRAME = SectionFrame(
    "parks", "final", "access", "Access", "2",
    [SectionLink("aims", "Aims", "1"), SectionLink("access", "Access", "2"), SectionLink("money", "Money", "3")],
)  # fmt: skip


def row(
    kind: str, reference: str = "", *, status: str = "unstated", title: str = "", **more
) -> Row:
    number = reference if kind == "paragraph" else ""
    content = {
        "kind": kind, "number": number, "title": title, "html": "<p>Words.</p>", "level": more.pop("level", 2),
        "body": [{"type": "text", "html": "<p>Words.<sup>1</sup></p>"}],
        "notes": [{"mark": "1", "html": "A note."}] if more.pop("note", False) else [],
        "header": ["Who"], "rows": [["All"]], "alt": "",
    }  # fmt: skip
    return Row(
        reference=reference, kind=kind, number=number, title=title, after=number, status=status,
        provisions=ACT if status == "statutory" else (), html=render_version(content),
        id=UUID(int=1), digest="d", **more,
    )  # fmt: skip


def test_a_number_is_a_link_to_itself_and_its_status_is_said_in_words():
    html = render_section(FRAME, [row("paragraph", "2.13", status="statutory", statements=(0,))])
    assert '<div class="para statutory" id="2.13"><a class="number" href="#2.13"' in html
    assert "<summary>Statutory<span" in html
    assert 'href="/guidance/parks/final/status/#statement-1">statement 1</a>' in html
    assert 'href="/guidance/parks/para/2.13/?edition=final"' in html


def test_the_statuses_are_summed_up_in_ranges_above_the_text():
    rows = [
        row("paragraph", f"2.{n}", status="statutory" if n in (2, 3, 4, 7) else "unstated")
        for n in range(1, 9)
    ]
    html = render_section(FRAME, rows)
    assert "Local Government Act 1999</a>: paragraphs 2.2 to 2.4 and 2.7." in html


def test_a_section_that_no_statement_covers_says_so_once():
    html = render_section(FRAME, [row("paragraph", "2.1"), row("paragraph", "2.2")])
    assert html.count("No statement of status covers this section.") == 1
    assert "Status not stated" not in html


def test_the_same_mark_in_two_paragraphs_leads_each_to_its_own_note():
    html = render_section(
        FRAME, [row("paragraph", "2.1", note=True), row("paragraph", "2.2", note=True)]
    )
    assert re.findall(r'note-mark" role="doc-noteref" href="#([^"]+)"', html) == [
        "2.1-note-1",
        "2.2-note-1",
    ]
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"2.1-note-1", "2.2-note-1"} <= set(ids)


def test_notes_stand_again_at_the_end_with_the_way_back():
    html = render_section(FRAME, [row("paragraph", "2.1", note=True)])
    end = html[html.index('class="endnotes"') :]
    assert "A note." in end
    assert 'href="#2.1" aria-label="Back to 2.1"' in end
    assert 'class="endnotes"' not in render_section(FRAME, [row("paragraph", "2.1")])


def test_no_heading_level_is_skipped_and_headings_stand_in_the_contents():
    rows = [
        row("heading", title="Deep", level=4), row("heading", title="Deep", level=2),
        row("heading", title="Deeper", level=4), row("box", "box-who", title="Who?"),
    ]  # fmt: skip
    html = render_section(FRAME, rows)
    assert re.findall(r"<h(\d)", html) == ["1", "2", "2", "3", "4"]
    assert 'href="#heading-deep">Deep' in html
    assert 'href="#heading-deep-2">Deep' in html


def test_neighbours_are_linked_and_the_ends_have_one():
    html = render_section(FRAME, [])
    assert 'rel="prev" class="prev" href="/guidance/parks/final/aims/"' in html
    assert 'rel="next" class="next" href="/guidance/parks/final/money/"' in html
    last = SectionFrame("parks", "final", "money", "Money", "3", FRAME.siblings)
    assert 'rel="next"' not in render_section(last, [])


def test_terms_that_follow_each_other_are_one_list():
    rows = [
        row("glossary", "term-a", title="A"),
        row("glossary", "term-b", title="B"),
        row("paragraph", "2.1"),
    ]
    html = render_section(FRAME, rows)
    assert html.count("<dl") == html.count("</dl>") == 1
    assert html.index("</dl>") < html.index('id="2.1"')


def test_rendering_again_gives_the_same():
    rows = [
        row("paragraph", "2.1", note=True, status="statutory"),
        row("box", "box-a", title="A & B"),
    ]
    assert render_section(FRAME, rows) == render_section(FRAME, rows)
    assert "A &amp; B" in render_section(FRAME, rows)
