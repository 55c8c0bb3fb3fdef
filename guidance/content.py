"""The words of one block in their one canonical form: what a digest covers and a page is drawn from.

Made from the raw data of a StreamField child. Ids of nested blocks, the editor's own marks and white
space that nobody sees are no part of it, so that opening and saving a page changes no digest. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any

from guidance.richtext import clean, to_text

Content = dict[str, Any]
"""`kind`, `number`, `title` and, by kind, `body`, `html`, `notes`, `header`, `rows`, `image` and more."""

Images = Mapping[int, Mapping[str, Any]]
"""What is known of pictures by id: width, height and digest of the file."""

_TITLES = {
    "box": "title",
    "heading": "text",
    "table": "caption",
    "figure": "caption",
    "glossary": "term",
}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BEFORE_WORDS = re.compile(r"(<(?:p|li|ul|ol|br)>|</(?:ul|ol|li|p)>) ")
_AFTER_WORDS = re.compile(r" (?=</?(?:p|li|ul|ol)>|<br>)")
_BOUNDARY = re.compile(r"</?(?:p|li|ul|ol|br)>")
_ONLY_PARAGRAPH = re.compile(r"<p>((?:(?!</?(?:p|ul|ol|li)>).)*)</p>", re.DOTALL)
_BLOCK = re.compile(r"(</?(?:p|ul|ol|li)>)")
_OPENS = re.compile(r"<[a-z](?!r>)")
_SEAM = re.compile(r"</([bi])><\1>")
_PLAIN = re.compile(r"[^<>&\s]+(?: [^<>&\s]+)*")


def content_of(block: Mapping[str, Any], images: Images | None = None) -> Content:
    """The content of a StreamField child given as raw data ({"type", "value", "id"}).

    `images` describes the pictures that figures may show; one that it lacks has its id alone.
    Raises KeyError for a type that sections do not have.
    """
    kind = block["type"]
    value = block.get("value") or {}
    content: Content = {"kind": kind, "number": "", "title": ""}
    content.update(_FIELDS[kind](value))
    if kind == "figure":
        content["image"] = _image(value.get("image"), images or {})
    return content


def head_of(block: Mapping[str, Any]) -> tuple[str, str, str]:
    """Kind, number and title of a StreamField child, without reading its words."""
    kind, value = block["type"], block.get("value") or {}
    number = _line(value.get("number")) if kind in ("paragraph", "question") else ""
    name = _TITLES.get(kind)
    if kind == "table":
        value = value.get("table") or {}
    return kind, number, _line(value.get(name)) if name else ""


def plain_text(content: Mapping[str, Any]) -> str:
    """The words of a block for reading and searching: title, text and notes, a line for each part;
    numbers, labels of sub-paragraphs included, footnote markers left out."""
    marks = frozenset(note["mark"] for note in content.get("notes", ()))
    pieces = [content.get("title", ""), *_pieces(content, marks)]
    pieces += [to_text(note["html"]) for note in content.get("notes", ())]
    return "\n".join(piece for piece in pieces if piece)


def prose(html: str) -> str:
    """Stored rich text, cleaned, with the white space that a browser would show."""
    if _PLAIN.fullmatch(html):
        return html
    spaced = _joined(_SPACE.sub(" ", clean(html)).strip(" "))
    if not _BOUNDARY.search(spaced):
        return spaced
    return in_paragraphs(_AFTER_WORDS.sub("", _BEFORE_WORDS.sub(r"\1", spaced)))


def aside(html: str) -> str:
    """Prose of a note, a cell or a sub-paragraph: an only paragraph is not marked as one, whether
    an importer wrote it so or the editor, which marks every paragraph."""
    found = prose(html)
    only = _ONLY_PARAGRAPH.fullmatch(found)
    return only[1] if only else found


def passage(html: str) -> str:
    """Prose that stands by itself, always in paragraphs."""
    found = prose(html)
    return found if not found or _BLOCK.search(found) else f"<p>{found}</p>"


def _joined(html: str) -> str:
    """Prose in which bold or italic that ends and begins again goes on."""
    while (found := _SEAM.sub("", html)) != html:
        html = found
    return html


def in_paragraphs(html: str) -> str:
    """Prose in which words beside a paragraph or a list are a paragraph of their own; as it is
    where marks of words hold whole paragraphs."""
    if not _BLOCK.search(html):
        return html
    parts: list[str] = []
    depth = 0
    for piece in filter(None, _BLOCK.split(html)):
        if _BLOCK.fullmatch(piece):
            depth += -1 if piece[1] == "/" else 1
        elif not depth and piece.strip():
            if len(_OPENS.findall(piece)) != piece.count("</"):
                return html
            piece = f"<p>{piece}</p>"
        parts.append(piece)
    return "".join(parts)


def markers(content: Mapping[str, Any]) -> list[str]:
    """The marks of notes that the words refer to, in order: what stands raised in the text."""
    return [
        mark
        for html in _prose_of(content)
        for raised in re.findall(r"<sup>(.*?)</sup>", html)
        for mark in unescape(re.sub(r"<[^>]*>", "", raised)).replace(",", " ").split()
    ]


def items_of_list(value: Any) -> Iterator[Mapping[str, Any]]:
    """The values of a ListBlock's raw data, in the present form or the one before it."""
    for item in value or ():
        if isinstance(item, Mapping) and item.get("type") == "item" and "value" in item:
            yield item["value"]
        else:
            yield item


def _line(text: Any) -> str:
    return " ".join(str(text or "").split())


def _body(value: Any) -> list[dict[str, Any]]:
    return [_part(part) for part in value or ()]


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    if part["type"] == "text":
        return {"type": "text", "html": passage(part["value"] or "")}
    items = [
        {
            "label": _line(item.get("label")),
            "depth": int(item.get("depth") or 1),
            "html": aside(item.get("text") or ""),
        }
        for item in items_of_list(part["value"])
    ]
    return {"type": "subparagraphs", "items": items}


def _notes(value: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"mark": _line(note.get("mark")), "html": aside(note.get("text") or "")}
        for note in items_of_list(value.get("notes"))
    ]


def _table(value: Mapping[str, Any]) -> Content:
    table = value.get("table") or {}
    return {
        "title": _line(table.get("caption")),
        "header": [escape(_line(c.get("heading")), quote=False) for c in table.get("columns", ())],
        "rows": [[aside(cell or "") for cell in row["values"]] for row in table.get("rows", ())],
        "notes": _notes(value),
    }


def _image(image: Any, images: Images) -> dict[str, Any] | None:
    if not image:
        return None
    known = images.get(int(image), {})
    return {"id": int(image), **{key: known.get(key) for key in ("width", "height", "digest")}}


_FIELDS: dict[str, Callable[[Mapping[str, Any]], Content]] = {
    "paragraph": lambda v: {
        "number": _line(v.get("number")), "body": _body(v.get("body")), "notes": _notes(v)
    },
    "text": lambda v: {"body": _body(v.get("body")), "notes": _notes(v)},
    "box": lambda v: {
        "title": _line(v.get("title")), "body": _body(v.get("body")), "notes": _notes(v)
    },
    "heading": lambda v: {"title": _line(v.get("text")), "level": int(v.get("level") or 2)},
    "table": _table,
    "figure": lambda v: {
        "title": _line(v.get("caption")),
        "alt": _line(v.get("alt")),
        "description": passage(v.get("description") or ""),
    },
    "quotation": lambda v: {
        "html": passage(v.get("text") or ""), "source": _line(v.get("source")), "notes": _notes(v)
    },
    "glossary": lambda v: {
        "title": _line(v.get("term")), "html": passage(v.get("definition") or ""), "notes": _notes(v)
    },
    "question": lambda v: {"number": _line(v.get("number")), "html": passage(v.get("text") or "")},
}  # fmt: skip


def _prose_of(content: Mapping[str, Any]) -> Iterator[str]:
    """Every piece of HTML in a block but its notes."""
    for part in content.get("body", ()):
        if part["type"] == "text":
            yield part["html"]
        else:
            yield from (item["html"] for item in part["items"])
    for row in (content.get("header", ()), *content.get("rows", ())):
        yield from row
    yield from (content[key] for key in ("html", "description") if content.get(key))


def _pieces(content: Mapping[str, Any], marks: frozenset[str]) -> Iterator[str]:
    for part in content.get("body", ()):
        if part["type"] == "text":
            yield _words(part["html"], marks)
        for item in part.get("items", ()):
            yield f"{item['label']} {_words(item['html'], marks)}".strip()
    rows: Sequence[Sequence[str]] = [content.get("header", ()), *content.get("rows", ())]
    yield from ("\t".join(_words(cell, marks) for cell in row).strip() for row in rows)
    yield _words(content.get("html", ""), marks)
    yield content.get("source", "")
    yield content.get("alt", "")
    yield _words(content.get("description", ""), marks)


def _words(html: str, marks: frozenset[str]) -> str:
    """The text of prose; a raised mark of one of the notes is no word, a raised "th" is."""
    if not html:
        return ""
    if marks and "<sup>" in html:
        html = re.sub(
            r"<sup>(.*?)</sup>",
            lambda sup: "" if set(re.split(r"[\s,]+", sup[1].strip())) <= marks else sup[0],
            html,
        )
    return to_text(html)
