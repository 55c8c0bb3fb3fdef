"""The bytes of an HTML page made into a tree: which character set, which parser, which limits.

The character set is settled as a browser settles it (byte order mark, declaration, guess), because
a guidance page read as Latin-1 loses its quotation marks and dashes without a word.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from guidance.outline.source import UnreadableFile

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A page that declares one of these is read as windows-1252, which is what browsers do and what
# authors meant: WHATWG Encoding Standard, section 4.2.
_MEANT_WINDOWS_1252 = frozenset({"ascii", "iso8859-1", "iso8859-9", "cp1252"})
# The character sets that browsers know, by Python's names for them.
_OF_THE_WEB = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp(?:125\d|866|874|932|949)|koi8-[ru]|mac-roman"
    r"|gb(?:2312|k|18030)|big5(?:hkscs)?|shift_jis|euc_(?:jp|kr)"
)
_DECLARATION_WITHIN = 4096
# Control characters that no reader sees and that XML and databases refuse.
_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_ONE_LINE_END = bytes.maketrans(b"\r\f", b"\n ")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a page and the name of the character set that it was read in."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace"), name
    for name in (_declared(data), "utf-8"):
        if name:
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                continue
    return data.decode("windows-1252", errors="replace"), "windows-1252"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARATION_WITHIN])
    if not found:
        return ""
    try:
        codec = codecs.lookup((found[1] or found[2]).decode("ascii"))
    except LookupError:
        return ""
    # A page whose declaration could be read as ASCII is not UTF-16, whatever it says.
    if not _OF_THE_WEB.fullmatch(codec.name):
        return "utf-8"
    return "windows-1252" if codec.name in _MEANT_WINDOWS_1252 else codec.name


def parse_page(text: str) -> etree._Element:
    """The tree of a page; raises UnreadableFile when there is nothing in it or it is a trap."""
    # huge_tree: without it libxml2 drops what stands deeper than 256 elements, or in a text of
    # more than 10 MB, and says nothing. It keeps its own limit of 2,048 elements.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    source = text.encode("utf-8", "replace").replace(b"\r\n", b"\n")
    try:
        root = etree.fromstring(source.translate(_ONE_LINE_END, _CONTROLS), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(
            "This web page is damaged and cannot be read: open it in a browser, save it again as "
            "a complete web page, and send that file."
        ) from error
    if root is None:
        raise UnreadableFile("This web page has no text: check that the right file was chosen.")
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile(
            "This web page nests its elements too deeply to be read safely: copy its text into a "
            "Word document and send that."
        )
    return root
