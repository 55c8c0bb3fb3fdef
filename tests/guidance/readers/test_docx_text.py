"""The words of a Word file: marks, fields, links, tracked changes, and what is not shown."""

import io
import zipfile

import pytest

from guidance.outline.source import SourceKind, Span
from guidance.readers.docx import read_docx
from tests.guidance.readers.docx_writing import (
    blocks,
    opened,
    paragraph,
    run,
    run_style,
    shown,
    style,
    word_file,
)

TEXT, HEADING, CONTENTS, FURNITURE = (
    SourceKind.TEXT,
    SourceKind.HEADING,
    SourceKind.CONTENTS,
    SourceKind.FURNITURE,
)


def spans(content: str, style_name: str = "", **parts: object) -> tuple[Span, ...]:
    return blocks(paragraph(content, style=style_name), **parts)[0].spans


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_runs_with_the_same_marks_are_one_span() -> None:
    assert spans(run("must ") + run("not", "<w:b/>") + run(" do", "<w:b/>")) == (
        Span("must "),
        Span("not do", bold=True),
    )


def test_marks_come_from_styles_and_toggle() -> None:
    styles = style("Strong", marks="<w:b/>") + run_style("Loud", "<w:b/>")
    content = (
        run("inherited")
        + run("cancelled", '<w:rStyle w:val="Loud"/>')
        + run("own", '<w:rStyle w:val="Loud"/><w:b/><w:i/>')
        + run("off", '<w:b w:val="0"/>')
    )
    found = spans(content, "Strong", styles=styles)
    assert [(s.text, s.bold) for s in found] == [
        ("inherited", True),
        ("cancelled", False),
        ("own", True),
        ("off", False),
    ]


def test_superscript_is_kept() -> None:
    assert spans(run("4") + run("th", '<w:vertAlign w:val="superscript"/>'))[1].superscript


def test_tabs_breaks_hyphens_and_symbols() -> None:
    content = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        '<w:softHyphen/><w:t>e</w:t><w:br w:type="page"/><w:sym w:font="Symbol" w:char="F0B3"/>'
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    assert blocks(paragraph(content))[0].text == "a\tb\nc\N{NON-BREAKING HYPHEN}de≥✓"


def test_tracked_changes_are_accepted_with_one_remark_each() -> None:
    content = (
        run("may ")
        + f"<w:ins>{run('must ')}</w:ins><w:del><w:r><w:delText>can </w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run('come')}</w:moveTo>"
    )
    document = opened(paragraph(content))
    assert document.blocks[0].text == "may must come"
    assert [words for words, _ in document.remarks] == [
        "2 tracked insertions were accepted.",
        "2 tracked deletions were accepted.",
    ]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = paragraph("First half, ", "<w:rPr><w:del/></w:rPr>") + paragraph("second half.")
    assert shown(body) == [(TEXT, "First half, second half.")]


def test_a_drop_capital_belongs_to_its_word() -> None:
    body = paragraph("T", '<w:framePr w:dropCap="drop"/>') + paragraph("his code")
    assert shown(body) == [(TEXT, "This code")]


def test_a_style_separator_runs_two_paragraphs_together() -> None:
    body = paragraph("Costs. ", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + paragraph(
        "They fall."
    )
    assert shown(body) == [(TEXT, "Costs. They fall.")]


def test_hidden_text_is_kept_apart_and_reported() -> None:
    document = opened(paragraph(run("Seen") + run("unseen", "<w:vanish/>")))
    assert [(b.kind, b.text) for b in document] == [(TEXT, "Seen"), (FURNITURE, "unseen")]
    assert document.remarks[0][0] == "1 paragraph holds hidden text."


def test_comments_are_left_out_and_counted() -> None:
    body = paragraph('<w:r><w:t>Text</w:t><w:commentReference w:id="0"/></w:r>')
    comments = '<w:comment w:id="0"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    document = opened(body, comments=comments)
    assert [b.text for b in document] == ["Text"]
    assert document.remarks[0][0] == "1 comment was left out."


def test_fields_show_their_results() -> None:
    nested = field("IF 1 = 1", run("see ") + field("REF a", run("2.4")) + run(" below"))
    simple = f'<w:fldSimple w:instr="SEQ Table">{run("3")}</w:fldSimple>'
    assert blocks(paragraph(nested + simple))[0].text == "see 2.4 below3"


def test_a_field_without_a_result_hides_no_text() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("kept")
    assert shown(paragraph(broken) + paragraph("next")) == [(TEXT, "kept"), (TEXT, "next")]


def test_a_number_that_word_computes_in_a_field_is_reported() -> None:
    unread = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>AUTONUM</w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r>'
    )
    (remark, _), *_ = opened(paragraph(unread + run("Text"))).remarks
    assert remark.startswith("1 number that Word computes in a field")


def test_links_outside_have_their_address() -> None:
    content = f'<w:hyperlink r:id="x1" w:anchor="s3">{run("the Act")}</w:hyperlink>'
    content += field('HYPERLINK "https://example.org/b"', run("a page"))
    content += f'<w:hyperlink w:anchor="below">{run("below")}</w:hyperlink>'
    found = spans(content, links={"x1": "https://example.org/a"})
    assert [(s.text, s.href) for s in found] == [
        ("the Act", "https://example.org/a#s3"),
        ("a page", "https://example.org/b"),
        ("below", ""),
    ]


def test_a_contents_list_and_its_title_are_contents() -> None:
    styles = style("h", "heading 1") + style("t1", "toc 1")
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Overview&#9;1')}"
        "</w:sdtContent></w:sdt>"
    )
    body = (
        paragraph("Contents", style="h")
        + paragraph("Introduction\t2", style="t1")
        + control
        + paragraph(field("TOC \\o", run("Duties\t3")))
        + paragraph("Introduction", style="h")
    )
    assert [kind for kind, _ in shown(body, styles=styles)] == [CONTENTS] * 4 + [HEADING]


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("heading 3", "", 3),
        ("Überschrift 2", '<w:outlineLvl w:val="1"/>', 2),
        ("Anything", '<w:outlineLvl w:val="0"/>', 1),
        ("Chapter Heading", "", 1),
        ("Heading 1_Sub Heading", "", 2),
        ("Body Text", "", 0),
        ("heading 2", '<w:outlineLvl w:val="9"/>', 0),
    ],
)
def test_heading_levels(name: str, properties: str, expected: int) -> None:
    (found,) = blocks(paragraph("Duties", style="s"), styles=style("s", name, properties))
    assert found.level == expected
    assert (found.kind is HEADING) is (expected > 0)


def test_a_style_based_on_a_heading_is_one() -> None:
    styles = style("h2", "heading 2") + style("own", "Own", base="h2")
    assert blocks(paragraph("Duties", style="own"), styles=styles)[0].level == 2


def test_running_heads_are_furniture_once_each() -> None:
    page = paragraph(run("Page ") + field("PAGE", run("2")))
    found = shown(paragraph("Text"), header=paragraph("Draft"), footer=page + paragraph(""))
    assert found == [(TEXT, "Text"), (FURNITURE, "Draft"), (FURNITURE, "Page 2")]


def test_content_controls_and_smart_tags_are_read_through() -> None:
    inner = f"<w:smartTag>{run('Leeds')}</w:smartTag><w:sdt><w:sdtContent>{run('!')}</w:sdtContent></w:sdt>"
    assert shown(f"<w:customXml>{paragraph(inner)}</w:customXml>") == [(TEXT, "Leeds!")]


def test_formulas_keep_their_characters() -> None:
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>"
        "</m:f></m:oMath>"
    )
    assert blocks(paragraph(run("x = ") + formula))[0].text == "x = a/b"


def test_a_picture_has_its_bytes_and_description() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="A map"/><a:graphic>'
        '<a:graphicData><a:blip r:embed="pic"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    (found,) = blocks(paragraph(drawing), pictures={"pic": b"PNG"})
    assert (found.kind, found.image, found.alt) == (SourceKind.IMAGE, b"PNG", "A map")


def test_pages_are_known_where_word_remembers_them() -> None:
    body = paragraph("a") + paragraph("<w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>")
    assert [str(b.place) for b in blocks(body)] == ["page 1", "page 2"]
    assert [str(b.place) for b in blocks(paragraph("a") + paragraph("b"))] == ["line 1", "line 2"]


def test_an_inserted_file_is_reported() -> None:
    document = opened(paragraph("a") + '<w:altChunk r:id="x"/>')
    assert document.remarks[0][0].startswith("A file inserted whole")


def test_a_file_of_the_strict_kind_reads_the_same() -> None:
    usual = word_file(paragraph("Text", style="h"), styles=style("h", "heading 1"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(strict, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            for name in ("wordprocessingml/main", "officeDocument/relationships", "drawingml/main"):
                kind, _, leaf = name.partition("/")
                content = content.replace(
                    f"http://schemas.openxmlformats.org/{kind}/2006/{leaf}".encode(),
                    f"http://purl.oclc.org/ooxml/{name}".encode(),
                )
            new.writestr(part, content)
    (found,) = read_docx(strict.getvalue(), "strict.docx").blocks
    assert (found.kind, found.text) == (HEADING, "Text")
