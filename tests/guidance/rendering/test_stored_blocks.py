"""Blocks are found in the stored HTML of a section, whatever stands inside them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guidance.rendering import Row, SectionFrame, render_section
from guidance.rendering.stored_blocks import with_blocks

FRAME = SectionFrame("parks", "draft", "aims", "Aims")
INSIDE = (
    "<p>Words.</p>",
    "<div><div>deep</div></div>",
    '<figure><img alt="a > b, &lt;div&gt; and <div" src="/x.png"></figure>',
    '<div class="table-scroll"><table><tr><td><div>cell</div></td></tr></table></div>',
    '<p>“&lt;div class="para unstated" id="9.9"&gt;”</p>',
)
KINDS = ("paragraph", "box", "table", "figure", "glossary", "question", "heading", "text")


def row(kind: str, at: int, html: str) -> Row:
    cited = kind in ("paragraph", "box", "table", "figure", "glossary")
    return Row(
        reference=f"r-{at}" if cited else "", kind=kind, number=str(at), title=f"Title {at}", after="",
        status="unstated", provisions=[], html=html, id=str(at), digest="0" * 64, statements=[],
        conflict=False,
    )  # fmt: skip


rows = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(INSIDE)), max_size=12).map(
    lambda picked: [row(kind, at, html) for at, (kind, html) in enumerate(picked)]
)


@given(rows)
def test_every_block_is_found_once_and_in_order(found):
    html = render_section(FRAME, found)
    seen: list[str] = []
    assert (
        with_blocks(html, lambda b: seen.append(b.reference or f"q{b.question}") or b.html) == html
    )
    questions = iter(range(len(found)))
    assert seen == [
        r.reference or f"q{next(questions)}" for r in found if r.reference or r.kind == "question"
    ]


@given(rows)
def test_what_is_added_stands_outside_the_block_and_nothing_else_changes(found):
    html = render_section(FRAME, found)
    made = with_blocks(html, lambda b: b.followed_by("<hr class=mine>"))
    assert made.replace("<hr class=mine>", "") == html
    assert made.count("<div") - made.count("</div") == html.count("<div") - html.count("</div")
