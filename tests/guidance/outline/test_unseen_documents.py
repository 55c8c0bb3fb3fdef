"""Forms of numbering met in documents that nobody had in mind: codes, notes, decisions, plans."""

from __future__ import annotations

import textwrap
import time

from guidance.outline.build import build
from guidance.outline.meaning import definitions
from guidance.outline.model import Heading, Outline, Paragraph, SubParagraphs
from guidance.outline.source import SourceBlock, SourceDocument, SourceKind, plain
from guidance.readers.html import read_html
from guidance.readers.text import read_text
from tests.guidance.outline.samples import prose


def from_lines(*lines: str) -> Outline:
    return build(read_text("\n\n".join(lines).encode(), "sample.txt"))


def from_blocks(*blocks: SourceBlock) -> Outline:
    return build(SourceDocument("docx", list(blocks)))


def from_page(body: str) -> Outline:
    page = f"<html><body><main><h1>Notes on markets</h1>{body}</main></body></html>"
    return build(read_html(page.encode(), "page.html"))


def text(words: str, label: str = "", **more: object) -> SourceBlock:
    return SourceBlock(SourceKind.TEXT, plain(words), label=label, **more)  # type: ignore[arg-type]


def bold(words: str, **more: object) -> SourceBlock:
    return SourceBlock(SourceKind.TEXT, plain(words, bold=True), **more)  # type: ignore[arg-type]


def heading(words: str, level: int = 1) -> SourceBlock:
    return SourceBlock(SourceKind.HEADING, plain(words), level=level)


def item(words: str) -> SourceBlock:
    return SourceBlock(SourceKind.ITEM, plain(words), label="•", level=1)


def numbers(first: int, last: int, stem: str = "") -> list[str]:
    return [f"{stem}{n}" for n in range(first, last + 1)]


def automatic(first: int, last: int, close: str = ".", **more: object) -> list[SourceBlock]:
    return [text(prose(n), label=f"{n}{close}", **more) for n in range(first, last + 1)]


def titles(outline: Outline) -> list[str]:
    return [s.title for s in outline.sections]


def test_numbers_quoted_between_two_paragraphs_are_not_paragraphs() -> None:
    blocks = automatic(1, 14)
    blocks += [text(f"3.{n} {prose(n)}") for n in range(1, 6)]
    blocks += automatic(15, 20)
    blocks += [text(f"{n}. {prose(n)}") for n in range(1, 8)]
    blocks += automatic(21, 30)
    assert from_blocks(*blocks).numbers == numbers(1, 30)


def test_the_parts_of_the_paragraph_before_are_paragraphs_of_their_own() -> None:
    blocks = automatic(1, 6)
    blocks += [text(prose(n), label=f"6.{n}") for n in range(1, 4)]
    blocks += automatic(7, 12)
    assert from_blocks(*blocks).numbers == [*numbers(1, 6), "6.1", "6.2", "6.3", *numbers(7, 12)]


def test_a_typed_number_in_the_style_of_quotations_is_not_the_automatic_one() -> None:
    blocks = automatic(1, 20, style="Numbered")
    blocks += [text(f"{n}. {prose(n)}", style="Quote") for n in (20, 21)]
    blocks += automatic(21, 24, style="Numbered")
    outline = from_blocks(*blocks)
    assert outline.numbers == numbers(1, 24)
    last = [b for b in outline.blocks() if isinstance(b, Paragraph)]
    assert "'20.'" in str(last[19].body)


def test_automatic_numbers_of_two_formats_are_one_sequence() -> None:
    blocks = automatic(1, 12, style="Numbered") + automatic(13, 30, close="", style="Numbered")
    assert from_blocks(*blocks).numbers == numbers(1, 30)


def test_a_decision_that_begins_after_its_author_and_a_colon_is_numbered() -> None:
    lines = [f"{n}. {prose(n)}" for n in range(1, 21)]
    assert from_lines("Decision of the tribunal", "Judge Marsh:", *lines).numbers == numbers(1, 20)


def test_an_order_after_a_decision_keeps_the_numbers_of_both() -> None:
    blocks = [heading("Decision")]
    for start in (1, 11, 21):
        blocks += [heading(f"Part that begins at {start}", 2), *automatic(start, start + 9)]
    blocks += [heading("Order"), heading("Parties", 2), *automatic(1, 20)]
    blocks += [heading("Costs", 2), *automatic(21, 45)]
    assert from_blocks(*blocks).numbers == [*numbers(1, 30), *numbers(1, 45)]


def test_a_short_paragraph_in_a_style_of_its_own_is_no_heading() -> None:
    blocks = automatic(1, 14, style="Numbered")
    blocks.append(text("Question 11 asked:–", label="15.", style="Quote"))
    blocks += automatic(16, 30, style="Numbered")
    assert from_blocks(*blocks).numbers == numbers(1, 30)


def test_a_title_before_its_own_parts_is_a_heading() -> None:
    lines = [f"1.{n} {prose(n)}" for n in range(1, 8)]
    for area, name in ((1, "Eastern fields"), (2, "Northern edge"), (3, "West of the river")):
        lines.append(f"2.{area} {name}")
        lines += [f"2.{area}.{n} {prose(n)}" for n in range(1, 4)]
    outline = from_lines("Review of open land", "1 Purpose", *lines[:7], "2 Places", *lines[7:])
    parts = [f"2.{area}.{n}" for area in (1, 2, 3) for n in (1, 2, 3)]
    assert outline.numbers == [*numbers(1, 7, "1."), *parts]


def test_a_paragraph_that_speaks_of_publication_is_not_part_of_the_imprint() -> None:
    lines = [f"1.{n} {prose(n)}" for n in range(1, 21)]
    lines[6] = "1.7 The results are published by the authority each year, and printed on request."
    assert from_lines("Code on results", "1 Results", *lines).numbers == numbers(1, 20, "1.")


def test_a_contents_list_may_name_the_same_title_in_every_chapter() -> None:
    chapters = ("General", "Search of a person", "Search of premises", "Records")
    blocks = [bold("Code on searches"), bold("CONTENTS")]
    for c, name in enumerate(chapters, 1):
        blocks += [bold(f"CHAPTER {c} – {name.upper()}"), item("Scope"), item("Steps to be taken")]
    for c, name in enumerate(chapters, 1):
        blocks.append(bold(f"Chapter {c} - {name}"))
        blocks += [text(prose(n), label=f"{c}.{n}") for n in range(1, 6)]
    outline = from_blocks(*blocks)
    assert [t for t in titles(outline) if t.lower() in {c.lower() for c in chapters}] == [*chapters]
    assert len(outline.numbers) == 20


def test_a_contents_list_needs_no_title_of_its_own() -> None:
    chapters = ("Introduction", "Production orders", "Warrants")
    blocks = [text("Code of practice on orders and warrants")]
    for c, name in enumerate(chapters, 1):
        blocks += [bold(f"CHAPTER {c} - {name.upper()}"), item("Seizure of computers etc.")]
    at = 0
    for c, name in enumerate(chapters, 1):
        blocks.append(bold(f"CHAPTER {c} - {name.upper()}"))
        blocks += automatic(at + 1, at + 6)
        at += 6
    outline = from_blocks(*blocks)
    assert [len(s.paragraphs) for s in outline.sections if s.number] == [6, 6, 6]


def test_numbers_that_a_page_sets_as_headings_go_to_their_text() -> None:
    body = "<h2>Policy background</h2>"
    body += "".join(f"<section><h3>{n}</h3><p>{prose(n)}</p></section>" for n in range(1, 15))
    body += f"<h3>a.</h3><p>{prose(1)}</p><h3>b.</h3><p>{prose(2)}</p>"
    body += f"<section><h3>15</h3><p>{prose(15)}</p></section>"
    outline = from_page(body)
    assert outline.numbers == numbers(1, 15)
    assert not [b for b in outline.blocks() if isinstance(b, Heading) and b.text.strip("ab.") == ""]
    lettered = next(b for b in outline.blocks() if isinstance(b, Paragraph) and b.number == "14")
    parts = [p for p in lettered.body if isinstance(p, SubParagraphs)]
    assert [i.label for p in parts for i in p.items] == ["a.", "b."]


def test_an_article_next_to_a_number_is_not_its_letter() -> None:
    body = "".join(
        f"<p><span>3.{n}</span><span>{'A constable must say so.' if n == 4 else prose(n)}</span></p>"
        for n in range(1, 9)
    )
    assert from_page(f"<h2>3 Searches</h2>{body}").numbers == numbers(1, 8, "3.")


def test_a_number_with_a_real_letter_keeps_it() -> None:
    lines = [f"3.{n} {prose(n)}" for n in range(1, 9)]
    lines.insert(4, "3.4A constables from other forces are bound in the same way as those here.")
    expected = [*numbers(1, 4, "3."), "3.4A", *numbers(5, 8, "3.")]
    assert from_lines("Code", "3 Searches", *lines).numbers == expected


def test_lettered_numbers_may_stand_close_to_their_text() -> None:
    body = "<h2>Annex A</h2>" + "".join(f"<p>A.{n}{prose(n)}</p>" for n in range(1, 9))
    assert from_page(body).numbers == numbers(1, 8, "A.")


def test_capitals_in_brackets_do_not_take_for_ever() -> None:
    started = time.perf_counter()
    definitions(["The Licensing (" + "AMENDMENTS" * 40 + " and so on) of markets " * 40])
    assert time.perf_counter() - started < 1


def test_wrapped_lines_without_blank_lines_still_begin_paragraphs() -> None:
    lines = ["Report on registers", ""]
    for n in range(1, 31):
        lines += textwrap.wrap(f"{n}. {prose(n, 4)}", 78)
        if n % 5 == 0:
            lines.append("Meeting the needs of those who ask for an entry of their own")
        if n % 7 == 0:
            lines[-1] = lines[-1].rstrip(".") + f".{n}"  # the mark of a note
    outline = build(read_text("\n".join(lines).encode(), "report.txt"))
    assert outline.numbers == numbers(1, 30)


def test_an_annex_that_lists_the_recommendations_again_has_no_paragraphs() -> None:
    lines = [f"{n}. {prose(n)}" for n in range(1, 31)]
    listed = [f"{n}. {prose(n, 1)}" for n in range(1, 10)]
    outline = from_lines("Report", "Findings", *lines, "Annex: list of recommendations", *listed)
    assert outline.numbers == numbers(1, 30)


def test_an_annex_with_paragraphs_of_its_own_keeps_them() -> None:
    lines = [f"{n}. {prose(n)}" for n in range(1, 31)]
    own = [f"{n}. {prose(n)}" for n in range(1, 10)]
    outline = from_lines("Report", "Findings", *lines, "Annex A: How fees are set", *own)
    assert outline.numbers == [*numbers(1, 30), *numbers(1, 9)]
