"""Stored prose (a few tags of HTML) as Markdown, in the dialect of CommonMark with GFM footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from guidance.rendering.exported import plain

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)(?:([#+>=-])|(\d{1,9})([.)]))(?=\s|$|[#+=-])", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset({"p", "ul", "ol"})
_AROUND = {"b": "**", "i": "*", "strong": "**", "em": "*"}

Mark = Callable[[str], str]
"""What a raised mark becomes: a footnote's reference, or the mark as it is."""


def prose_markdown(html: str, mark: Mark) -> str:
    """Blocks parted by an empty line; lists indented by what their items begin with."""
    if not html:
        return ""
    root = lxml_html.fragment_fromstring(plain(html), create_parent="div")
    return "\n\n".join(filter(None, _blocks(root, mark)))


def inline_markdown(html: str, mark: Mark) -> str:
    """Prose on one line, as a cell of a table takes it."""
    return prose_markdown(html, mark).replace("  \n", "<br>").replace("\n", "<br>")


def escaped(text: str) -> str:
    """Plain text of which Markdown makes nothing else."""
    return _guarded(_special(text))


def indented(text: str, by: str) -> str:
    """Every line but the first, and no empty one, moved in."""
    return re.sub(r"\n(?=[^\n])", f"\n{by}", text)


def _blocks(parent: HtmlElement, mark: Mark) -> Iterator[str]:
    """The blocks in an element; loose words between them are a paragraph."""
    loose = _text(parent.text)
    for child in parent:
        if child.tag in _BLOCKS:
            yield _line(loose)
            yield _list(child, mark) if child.tag != "p" else _paragraph(child, mark)
            loose = _text(child.tail)
        else:
            loose += _inline(child, mark) + _text(child.tail)
    yield _line(loose)


def _paragraph(element: HtmlElement, mark: Mark) -> str:
    return "\n\n".join(filter(None, _blocks(element, mark)))


def _list(element: HtmlElement, mark: Mark) -> str:
    lines: list[str] = []
    for number, item in enumerate(element.iterchildren("li"), 1):
        bullet = f"{number}. " if element.tag == "ol" else "- "
        inner = "\n\n".join(filter(None, _blocks(item, mark)))
        lines.append(bullet + indented(inner, " " * len(bullet)))
    return "\n".join(lines)


def _inline(element: HtmlElement, mark: Mark) -> str:
    if element.tag == "br":
        return "  \n"
    if element.tag == "sup":
        return mark(element.text_content())
    inner = _text(element.text) + "".join(
        _inline(child, mark) + _text(child.tail) for child in element
    )
    if element.tag == "a" and _is_address(element.get("href", "")):
        return f"[{inner}]({element.get('href').replace(' ', '%20')})"
    around = _AROUND.get(str(element.tag), "")
    if not around or not inner.strip():
        return inner
    before = inner[: len(inner) - len(inner.lstrip())]
    after = inner[len(inner.rstrip()) :]
    return f"{before}{around}{inner.strip()}{around}{after}"


def _is_address(href: str) -> bool:
    return bool(href) and not any(c in href for c in "()<>\n")


def _text(text: str | None) -> str:
    return _special(_SPACE.sub(" ", text)) if text else ""


def _special(text: str) -> str:
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text))


def _line(text: str) -> str:
    """Loose words as a block: a hard break where there was one, nothing at its ends."""
    lines = [line.strip(" ") for line in text.split("\n")]
    return _guarded("  \n".join(lines).strip(" \n"))


def _guarded(text: str) -> str:
    """What would begin a list, a heading or a quotation at the start of a line does not."""
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)
