"""The words of an e-mail as its reader sees them: from bytes in whatever character set they claim,
and from HTML without what is hidden in it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

LARGEST = 20_000_000
"""Characters of HTML that are read; a longer page is cut there."""

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th "
    "thead tr ul".split()
) - {"td", "th"}
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"})
_UNSEEN = frozenset("head title style script template object noscript svg math select".split())
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0\u200b\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decoded(data: bytes, charset: str) -> str:
    """The text of bytes that claim a character set: theirs if it fits, or else UTF-8, or else
    Windows-1252, which takes anything."""
    for name in (charset, "utf-8"):
        try:
            return plain(data.decode(name or "utf-8"))
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return plain(data.decode("cp1252", "replace"))


def plain(text: str) -> str:
    """Line ends are one character, and nothing is in it that a database or a page refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return _CONTROLS.sub("", text).encode("utf-8", "replace").decode()


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Lines that were wrapped on their way, joined again (RFC 3676, format=flowed)."""
    lines: list[str] = []
    open_line = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        line = line.removeprefix(" ") if not quoted else line
        flows = line.endswith(" ") and line != "-- " and not quoted
        words = line[:-1] if flows and delete_space else line
        if open_line and not quoted and line != "-- ":
            lines[-1] += words
        else:
            lines.append(words)
        open_line = flows
    return "\n".join(lines)


def text_of_html(html: str) -> str:
    """What a person reads, in lines: blocks part lines, items of a numbered list keep their numbers,
    what is quoted begins with "> ". What is hidden, and every script, is left out."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(html[:LARGEST].encode("utf-8", "replace") or b"<p>", parser)
    if root is None:
        return ""
    page = _Page()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if _hidden(element):
                walk.skip_subtree()
                element.text = None
                continue
            page.open(element)
        else:
            page.close(element)
    # What is nested deeper than the parser goes is read without its marks.
    return plain(page.text if page.text.strip() else re.sub(r"<[^<>]*>", " ", html[:LARGEST]))


def _hidden(element: etree._Element) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return _HIDING.search(element.get("style") or "") is not None


@dataclass
class _Page:
    """Lines as they are written; a line knows how deep in quotations it is."""

    lines: list[str] = field(default_factory=list)
    line: str = ""
    depth: int = 0
    fixed: int = 0
    items: list[int] = field(default_factory=list)

    def open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.end_line()
        if tag in _SPACED:
            self.blank_line()
        if tag == "blockquote":
            self.depth += 1
        elif tag == "pre":
            self.fixed += 1
        elif tag in ("ol", "ul"):
            self.items.append(_number(element.get("start"), 1) if tag == "ol" else 0)
        elif tag == "li":
            self.line = self._item(element)
        elif tag == "br":
            self.end_line(always=True)
        elif tag in ("td", "th") and self.line:
            self.line += "\t"
        self.write(element.text)

    def close(self, element: etree._Element) -> None:
        tag = element.tag
        if not _hidden(element):
            if tag in _BLOCKS:
                self.end_line()
            if tag in _SPACED:
                self.blank_line()
            if tag == "blockquote":
                self.depth -= 1
            elif tag == "pre":
                self.fixed -= 1
            elif tag in ("ol", "ul") and self.items:
                self.items.pop()
        self.write(element.tail)

    def write(self, words: str | None) -> None:
        if not words:
            return
        if self.fixed:
            first, *rest = words.split("\n")
            self.line += first
            for line in rest:
                self.end_line(always=True)
                self.line = line
            return
        words = _BLANKS.sub(" ", words)
        self.line += words.lstrip() if not self.line or self.line[-1].isspace() else words

    def end_line(self, *, always: bool = False) -> None:
        words = self.line.rstrip()
        if words or always:
            self.lines.append("> " * self.depth + words)
        self.line = ""

    def blank_line(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" * self.depth)

    @property
    def text(self) -> str:
        self.end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n") + "\n"

    def _item(self, element: etree._Element) -> str:
        if not self.items or not self.items[-1]:
            return "- "
        number = _number(element.get("value"), self.items[-1])
        self.items[-1] = number + 1
        return f"{number}. "


def _number(written: str | None, default: int) -> int:
    """Of a list; never 0, which stands for a list without numbers."""
    if written and written.isascii() and written.isdecimal() and len(written) < 6:
        return int(written) or default
    return default
