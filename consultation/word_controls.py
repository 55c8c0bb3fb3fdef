"""Writes the fields of a Word form: content controls for words and check boxes, over python-docx.
Pure.

What they are is in ISO/IEC 29500-1, 17.5.2 (structured document tags), and for check boxes in
[MS-DOCX] 2.6.1.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from zlib import crc32

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from consultation.word_marks import EMPTY, PLACEHOLDER

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_GREY, _INK, _BLUE = "595959", "0B0C0C", "1D4F8C"
_FIELD_STYLE, _QUOTED_STYLE = "Field", "Quoted"
_FONT = "Arial"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def add_check_box(paragraph: Paragraph, tag: str, label: str) -> None:
    """An empty check box and its words; `label` is also what a screen reader says of the box."""
    paragraph._p.append(
        _control(
            tag,
            label,
            '<w14:checkbox><w14:checked w14:val="0"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>',
            '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
            f"</w:rPr><w:t>{EMPTY}</w:t></w:r>",
        )
    )
    paragraph.add_run(f" {label}")
    paragraph.paragraph_format.space_after = Pt(3)


def add_line(paragraph: Paragraph, tag: str, label: str) -> None:
    """A field for one line of words, in a paragraph."""
    paragraph._p.append(_control(tag, label, "<w:text/>", _placeholder_run(), empty=True))


def add_box(document: Document, tag: str, label: str) -> None:
    """A field for as many paragraphs as are wanted, with a frame."""
    inside = f'<w:p><w:pPr><w:pStyle w:val="{_FIELD_STYLE}"/></w:pPr>{_placeholder_run()}</w:p>'
    control = _control(tag, label, "", inside, empty=True)
    body = document.element.body
    body.insert(len(body) - 1, control)  # the last is the section's own


def add_table(
    document: Document, heads: tuple[str, ...], rows: int, about: str, widths: tuple[float, ...]
) -> Any:
    """An empty table with a row of heads that repeats on each page, and words about it for those who
    do not see it. Widths in centimetres."""
    table = document.add_table(rows=rows + 1, cols=len(heads), style="Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr
    for name, words in (("w:tblCaption", about), ("w:tblDescription", about)):
        made = parse_xml(f"<{name} {nsdecls('w')}/>")
        made.set(qn("w:val"), words)
        properties.append(made)
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def quote(document: Document, words: str) -> None:
    """Words of the draft that a question asks about."""
    document.add_paragraph(words, _QUOTED_STYLE)


def dress(document: Document) -> None:
    """A4, plain type, British English, and the styles of the form."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    sizes = {"Normal": 11, "Title": 22, "Heading 1": 16, "Heading 2": 13, "List Bullet": 11}
    for name, size in sizes.items():
        _plain(document.styles[name], size, bold=name.startswith("Heading"))
    for name, inset in ((_FIELD_STYLE, _frame()), (_QUOTED_STYLE, _rule())):
        style: Any = document.styles.add_style(name, 1)
        style.base_style = document.styles["Normal"]
        style.element.get_or_add_pPr().append(inset)
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Pt(7)


def describe(document: Document, *, title: str, author: str, about: str, made: datetime) -> None:
    """The properties of the document; `made` makes it the same whenever it is written."""
    core = document.core_properties
    core.title, core.author, core.subject, core.language = title, author, about, "en-GB"
    core.comments, core.keywords, core.last_modified_by = "", "", author
    core.created = core.modified = made.replace(tzinfo=None, microsecond=0)
    core.revision = 1


def packed(document: Document) -> bytes:
    """The file; the same document gives the same bytes. Without the template's picture of itself."""
    written, made = io.BytesIO(), io.BytesIO()
    _without_thumbnail(document)
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()


def _control(tag: str, label: str, kind: str, inside: str, *, empty: bool = False) -> Any:
    made = parse_xml(
        f"<w:sdt {nsdecls('w')} {_W14}><w:sdtPr><w:alias/><w:tag/><w:id/>"
        f"{'<w:showingPlcHdr/>' if empty else ''}{kind}</w:sdtPr>"
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )
    properties = made.find(qn("w:sdtPr"))
    assert properties is not None
    values = (label[:64], tag, str(crc32(tag.encode()) & 0x7FFFFFFF))
    for element, value in zip(properties, values, strict=False):
        element.set(qn("w:val"), value)
    return made


def _placeholder_run() -> str:
    return (
        f'<w:r><w:rPr><w:color w:val="{_GREY}"/></w:rPr>'
        f'<w:t xml:space="preserve">{PLACEHOLDER}</w:t></w:r>'
    )


def _plain(style: Any, size: int, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(_INK)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), _FONT)


def _frame() -> Any:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="{_GREY}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")


def _rule() -> Any:
    left = f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{_BLUE}"/>'
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{left}</w:pBdr>")


def _without_thumbnail(document: Document) -> None:
    relations = document.part.package.rels
    for key in [k for k, r in relations.items() if r.reltype.endswith("/thumbnail")]:
        del relations[key]
