"""Writes small Word files for the tests, part by part, so that each holds exactly one thing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from guidance.outline.source import SourceBlock, SourceDocument, SourceKind
from guidance.readers.docx import read_docx

OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "w": f"{OFFICE}/wordprocessingml/2006/main",
    "r": f"{OFFICE}/officeDocument/2006/relationships",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "a": f"{OFFICE}/drawingml/2006/main",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
    "m": f"{OFFICE}/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATED = (
    "styles",
    "numbering",
    "footnotes",
    "endnotes",
    "settings",
    "comments",
    "header",
    "footer",
)


def root(name: str, content: str) -> str:
    return f"<w:{name} {DECLARED}>{content}</w:{name}>"


def relations(rows: Mapping[str, tuple[str, str]], outside: tuple[str, ...] = ()) -> str:
    listed = "".join(
        f'<Relationship Id="{identity}" Type="{OFFICE}/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if identity in outside else ""}/>'
        for identity, (kind, target) in rows.items()
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{listed}</Relationships>'


def word_file(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    settings: str = "",
    comments: str = "",
    header: str = "",
    footer: str = "",
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx whose parts have these contents; `links` and `pictures` are by relation id."""
    parts = dict(
        zip(
            RELATED,
            (styles, numbering, footnotes, endnotes, settings, comments, header, footer),
            strict=True,
        )
    )
    names = {"header": "hdr", "footer": "ftr"}
    given = {kind: content for kind, content in parts.items() if content}
    rows = {f"part-{kind}": (kind, f"{kind}.xml") for kind in given}
    rows |= {identity: ("hyperlink", target) for identity, target in (links or {}).items()}
    rows |= {identity: ("image", f"media/{identity}.png") for identity in pictures or {}}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "_rels/.rels", relations({"main": ("officeDocument", "word/document.xml")})
        )
        package.writestr("word/document.xml", root("document", f"<w:body>{body}</w:body>"))
        package.writestr("word/_rels/document.xml.rels", relations(rows, tuple(links or {})))
        for kind, content in given.items():
            package.writestr(f"word/{kind}.xml", root(names.get(kind, kind), content))
        for identity, image in (pictures or {}).items():
            package.writestr(f"word/media/{identity}.png", image)
    return held.getvalue()


def run(text: str, marks: str = "") -> str:
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "", style: str = "") -> str:
    """A w:p; `content` is plain text, or runs when it begins with a tag."""
    runs = content if content.startswith("<") else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def numbered(text: str, depth: int = 0, numbering: int = 1, properties: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return paragraph(text, listed + properties)


def level(
    depth: int, number_format: str, text: str, start: int = 1, more: str = "", left: int = 0
) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{left or 360 * (depth + 1)}"/></w:pPr></w:lvl>'
    )


def abstract(identity: int, *levels: str, link: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{link}{"".join(levels)}</w:abstractNum>'


def instance(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_override(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(
    identity: str, name: str = "", properties: str = "", marks: str = "", base: str = ""
) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name or identity}"/>'
        f"{based}<w:pPr>{properties}</w:pPr><w:rPr>{marks}</w:rPr></w:style>"
    )


def run_style(identity: str, marks: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{identity}"><w:name w:val="{identity}"/>'
        f"<w:rPr>{marks}</w:rPr></w:style>"
    )


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


LINES = '<w:tblBorders><w:top w:val="single"/><w:bottom w:val="single"/></w:tblBorders>'


def table(*rows: str, ruled: bool = True) -> str:
    return f"<w:tbl><w:tblPr>{LINES if ruled else ''}</w:tblPr>{''.join(rows)}</w:tbl>"


def opened(body: str, **parts: object) -> SourceDocument:
    return read_docx(word_file(body, **parts), "draft.docx")  # type: ignore[arg-type]


def blocks(body: str, **parts: object) -> list[SourceBlock]:
    return opened(body, **parts).blocks


def shown(body: str, **parts: object) -> list[tuple[SourceKind, str]]:
    return [(block.kind, block.text) for block in blocks(body, **parts)]


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    return [block.label for block in blocks(body, numbering=numbering, styles=styles)]
