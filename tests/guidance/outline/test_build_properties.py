"""Nothing is dropped in silence: what a reader hands over is in the outline or its furniture."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.outline.build import build, characters, source_characters
from guidance.outline.model import PROSE_TAGS, Outline, Prose
from guidance.outline.source import Cell, Place, SourceBlock, SourceDocument, SourceKind, Span
from guidance.readers.text import read_text
from tests.guidance.outline.samples import SAMPLES, Sample

WORDS = st.sampled_from(
    [
        "The authority should keep a register.",
        "Partners must agree the measures",
        "and publish them each year",
        "Consultation question: Do you agree?",
        "Question 3: What else?",
        "Annex A",
        "Chapter 2: Records",
        "Introduction",
        "Glossary",
        "Term – what it means",
        "Contents",
        "Fig 2: The process",
        "Table 1",
        "Timetable for the Bill",
        "12 December First reading",
        "2007",
        "Records 12",
        "the diagram below",
        "© Crown copyright 2011",
        "“A conversation”",
        "Jane Roe, Chair of the Board",
        "a < b & c > d",
        "é “quoted” – ünïcode ½ ²",
        "Local Area Agreement (LAA)",
        "1.2.3",
        "",
        " ",
        "\n",
    ]
)
NUMBERS = st.sampled_from(
    [
        "",
        "",
        "",
        "1. ",
        "2. ",
        "3. ",
        "1.1 ",
        "1.2 ",
        "1.3. ",
        "2.1 ",
        "A1 ",
        "(a) ",
        "(b) ",
        "i. ",
        "5 ",
        "- ",
    ]
)
MARKS = st.sampled_from(["", "", "", "1", "2", "12", "*"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    parts: list[Span] = [Span(draw(NUMBERS), bold=draw(st.booleans()))]
    for _ in range(draw(st.integers(0, 3))):
        parts.append(
            Span(
                draw(WORDS) + draw(st.text(max_size=8)),
                bold=draw(st.booleans()),
                italic=draw(st.booleans()),
                href=draw(
                    st.sampled_from(["", "https://example.org/a?b=1&c", "javascript:alert(1)"])
                ),
            )
        )
        if mark := draw(MARKS):
            parts.append(Span(mark, superscript=True, note=mark))
    return tuple(s for s in parts if s.text)


@st.composite
def blocks(draw: st.DrawFn) -> SourceBlock:
    kind = draw(st.sampled_from(list(SourceKind)))
    place = Place(line=draw(st.integers(1, 500)))
    if kind is SourceKind.TABLE:
        width = draw(st.integers(1, 3))
        rows = draw(st.lists(st.lists(spans(), min_size=width, max_size=width), max_size=3))
        cells = tuple(
            tuple(Cell((one,), header=i == 0) for one in row) for i, row in enumerate(rows)
        )
        return SourceBlock(kind, place=place, rows=cells, box=draw(st.integers(0, 2)))
    return SourceBlock(
        kind,
        draw(spans()),
        place,
        level=draw(st.integers(0, 3)),
        label=draw(
            st.sampled_from(
                ["", "", "•", "o", "1.", "2.", "1.1", "1.2", "(a)", "iv.", "Chapter 3."]
            )
        )
        if kind in (SourceKind.TEXT, SourceKind.HEADING, SourceKind.ITEM)
        else "",
        box=draw(st.sampled_from([0, 0, 0, 1, 2])),
        box_title=draw(st.booleans()) and kind is SourceKind.TEXT,
        mark=draw(MARKS) if kind is SourceKind.NOTE else "",
        style=draw(st.sampled_from(["", "Normal", "quote"])),
    )


@given(
    st.lists(blocks(), max_size=25),
    st.sampled_from(["text", "docx", "html", "pdf"]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_is_in_the_outline_or_its_furniture(
    listed: list[SourceBlock], kind: str
) -> None:
    source = SourceDocument(kind, listed)
    assert characters(build(source)) == source_characters(source)


@given(st.lists(blocks(), max_size=20))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_prose_is_well_formed_and_keeps_to_its_tags(listed: list[SourceBlock]) -> None:
    for html in prose_of(build(SourceDocument("docx", listed))):
        check = Check()
        check.feed(html)
        check.close()
        assert check.stack == []


class Check(HTMLParser):
    """Fails on a tag that is not allowed, an address that is not safe, or a list that is not one."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in PROSE_TAGS
        assert all(
            name == "href" and re.match("https?:|mailto:", value or "") for name, value in attrs
        )
        if tag == "li":
            assert self.stack[-1:] == ["ul"]
        if tag == "ul":
            assert self.stack[-1:] in ([], ["li"])
        if tag != "br":
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def prose_of(outline: Outline) -> Iterable[str]:
    for block in outline.blocks():
        for part in getattr(block, "body", ()):
            if isinstance(part, Prose):
                yield part.html
            else:
                yield from (i.html for i in part.items)
        if hasattr(block, "html"):
            yield block.html
        for row in [getattr(block, "header", []), *getattr(block, "rows", [])]:
            yield from row
        yield from (note.html for note in getattr(block, "notes", ()))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_the_samples_lose_nothing(sample: Sample) -> None:
    source = read_text(sample.text.encode(), sample.name)
    assert characters(build(source)) == source_characters(source)


@pytest.mark.parametrize(
    "line",
    [
        "1." * 1_000_000,
        "(" * 2_000_000,
        "*" * 1_000_000,
        "A1 " * 500_000,
        "a\t" * 100_000,
        "[" * 1_000_000,
    ],
    ids=["numbers", "brackets", "stars", "letters", "tabs", "links"],
)
def test_a_hostile_line_does_not_hang(line: str) -> None:
    started = time.process_time()
    build(read_text(line.encode(), "hostile.txt"))
    assert time.process_time() - started < 10
