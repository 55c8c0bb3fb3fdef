"""Prose as HTML with few tags: cleaning what comes in, and turning it into text and back.

Everything that a person reads as prose has passed through `clean`. The tags are those of
`guidance.outline.model.PROSE_TAGS`; a link may also be Wagtail's own (`linktype` and `id`).
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3

from guidance.outline.model import PROSE_TAGS

SCHEMES = frozenset({"http", "https", "mailto"})
LINK_ATTRIBUTES = frozenset({"href", "linktype", "id"})

_RENAMED = {"strong": "b", "em": "i"} | dict.fromkeys(
    ("div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "dt", "dd",
     "tr", "pre", "address", "header", "footer", "caption", "figcaption"), "p"
)  # fmt: skip
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[\s>])")
_EMPTY = re.compile(r"<(p|b|i|sup|li|ul|ol)>\s*</\1>")
_SITE_RELATIVE = re.compile(r"/(?![/\\])|#")
_ABSOLUTE = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):", re.IGNORECASE)
_ROUNDS = 8

_cleaner = nh3.Cleaner(
    tags=set(PROSE_TAGS) | set(_RENAMED),
    clean_content_tags={"script", "style", "template", "title", "noscript"},
    attributes={"a": set(LINK_ATTRIBUTES)},
    attribute_filter=lambda tag, name, value: _link_value(name, value),
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def clean(html: str) -> str:
    """The prose of `html` in PROSE_TAGS alone, well-formed; cleaning it again changes nothing.

    Scripts and styles go with their content, any other tag leaves its words; blocks such as `div`
    or a heading become paragraphs, `strong` and `em` become `b` and `i`. A link keeps an http,
    https, mailto or site-relative address, or Wagtail's `linktype` and `id`.
    """
    for _ in range(_ROUNDS):
        cleaned = _once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return from_text(to_text(html))


def to_text(html: str, *, notes: bool = True) -> str:
    """The words of prose: one line for each block, "• " before a list item, two spaces for each
    further depth. `notes=False` leaves out what is raised (`sup`), that is, footnote markers."""
    reader = _TextReader(notes)
    reader.feed(html)
    reader.close()
    return reader.text()


def from_text(text: str) -> str:
    """Plain text as prose: a paragraph for each block of lines, everything escaped."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = ([line.strip() for line in block.split("\n") if line.strip()] for block in blocks)
    return "".join(
        f"<p>{'<br>'.join(escape(line, quote=False) for line in block)}</p>"
        for block in lines
        if block
    )


def _once(html: str) -> str:
    cleaned = _cleaner.clean(html)
    cleaned = _RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2]]}", cleaned)
    return _EMPTY.sub("", cleaned)


def _link_value(name: str, value: str) -> str | None:
    """Relative addresses that could leave the site ("//host", "../x") are dropped."""
    if name == "id":
        return value if value.isascii() and value.isdigit() else None
    if name == "linktype":
        return value if value in ("page", "document") else None
    address = value.strip()
    return address if _SITE_RELATIVE.match(address) or _ABSOLUTE.match(address) else None


class _TextReader(HTMLParser):
    """Collects lines; a block begins and ends one."""

    _BLOCKS = frozenset({"p", "ul", "ol", "li"})
    _HIDDEN = frozenset({"script", "style", "template"})

    def __init__(self, notes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._bullet = ""
        self._depth = 0
        self._hidden = 0
        self._left_out = self._HIDDEN if notes else self._HIDDEN | {"sup"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._left_out:
            self._hidden += 1
        elif tag == "br":
            self._lines.append("")
        elif tag in self._BLOCKS:
            self._break()
        if tag in ("ul", "ol"):
            self._depth += 1
        elif tag == "li":
            self._bullet = "  " * max(self._depth - 1, 0) + "• "

    def handle_endtag(self, tag: str) -> None:
        if tag in self._left_out:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in self._BLOCKS:
            self._break()
        if tag in ("ul", "ol"):
            self._depth = max(self._depth - 1, 0)
        elif tag == "li":
            self._bullet = ""

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        words = re.sub(r"[ \t\n\r\f]+", " ", data)
        if words.strip():
            self._lines[-1] += self._bullet + (words.lstrip() if self._bullet else words)
            self._bullet = ""
        elif self._lines[-1]:
            self._lines[-1] += words

    def text(self) -> str:
        lines = [line.rstrip() if "• " in line else line.strip() for line in self._lines]
        return "\n".join(lines).strip("\n")

    def _break(self) -> None:
        if self._lines[-1].strip():
            self._lines.append("")
        else:
            self._lines[-1] = ""
