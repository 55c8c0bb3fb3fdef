"""Web pages: saved from a site such as GOV.UK, or exported by Word, LibreOffice, Google or Pandoc.

What a reader of the page sees becomes blocks; what a site puts around its content (menus, notices,
running heads) and what it hides is furniture. Scripts, styles and comments are not text.
"""

from __future__ import annotations

from lxml import etree

from guidance.outline.source import Place, SourceDocument, SourceKind, UnreadableFile
from guidance.readers.html_notes import find_notes
from guidance.readers.html_settle import settle
from guidance.readers.html_source import decode, parse_page
from guidance.readers.html_walk import Walk

# A <main> that holds less of the page's words than this is a place to skip to, not its content.
_LEAST_MAIN = 0.25
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})


def read_html(data: bytes, name: str) -> SourceDocument:
    """Read a web page; raises UnreadableFile where there is no page to read. `name` is not used:
    nothing is taken from a file's name."""
    text, charset = decode(data)
    root = parse_page(text)
    walk = Walk(find_notes(root), _mains(root), _in_page_links(root))
    walk.run(root)
    blocks = walk.writer.blocks
    if not any(block.spans or block.rows for block in blocks):
        raise UnreadableFile(
            "This web page shows no text: open it in a browser, and if the text appears there, "
            "save it as a complete web page and send that file."
        )
    settle(blocks, walk.writer.inner_links)
    if charset == "windows-1252" and not data.isascii():
        remark = "The page is read in Windows-1252: check its quotation marks and accents."
        walk.remarks.insert(0, (remark, Place(line=1)))
    headings = (b.text for b in blocks if b.kind is SourceKind.HEADING and b.level == 1)
    return SourceDocument("html", blocks, next(headings, "") or _title(root), walk.remarks)


def _title(root: etree._Element) -> str:
    return " ".join((root.findtext("head/title") or "").split())


def _in_page_links(root: etree._Element) -> int:
    return sum(1 for a in root.iter("a") if (a.get("href") or "").startswith("#"))


def _mains(root: etree._Element) -> set[etree._Element]:
    """The elements that hold the content of the page, or none where the page does not say."""
    for elements in (
        [e for e in root.iter("main", "div", "section") if _is_main(e)],
        list(root.iter("article")),
    ):
        mains = [e for e in elements if not any(a in elements for a in e.iterancestors())]
        if len(mains) == 1 and _letters(mains[0]) >= _LEAST_MAIN * _letters(root):
            return set(mains)
    return set()


def _is_main(element: etree._Element) -> bool:
    return bool(element.tag == "main" or element.get("role") == "main")


def _letters(element: etree._Element) -> int:
    """How many letters an element shows, roughly: scripts and styles do not count."""
    total = 0
    for inner in element.iter(etree.Element):
        if inner.tag not in _UNSEEN:
            total += len((inner.text or "").strip())
        total += len((inner.tail or "").strip())
    return total
