"""The words of one block as HTML: no number, no status, nothing that an edition adds.

Footnote markers become links to the notes, which stand in a `details` after the words: without a
script a browser opens it when the link is followed, and `render_section` gathers them at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from wagtail.rich_text import expand_db_html

from guidance.rendering.images import image_address
from guidance.richtext import clean

Content = Mapping[str, Any]

MARKER_STEM = '<a class="note-mark" role="doc-noteref" href="#'
MARKER = f"{MARKER_STEM}note-"
NOTES_OPEN = '<details class="notes"><summary>'
NOTE_OPEN = '<li id="note-'
_SUP = re.compile(r"<sup>(.*?)</sup>", re.DOTALL)
_LINK = re.compile(r"<a\b.*?</a>", re.DOTALL)
_MARK = re.compile(r"[^\s,;]+")


def render_version(content: Content) -> str:
    """The HTML of a block's content; the same content always gives the same HTML.

    Markers and notes are addressed as `#note-20`; `render_section` makes them unique in a section.
    """
    return _RENDERERS[content["kind"]](content)


def note_anchor(mark: str) -> str:
    """A mark as part of an id: letters and digits as they are, anything else by its code."""
    return "".join(c if c.isascii() and c.isalnum() else f"x{ord(c):x}" for c in mark)


def prose(html: str, marks: frozenset[str] = frozenset()) -> str:
    """Safe HTML of stored prose, markers of the notes in `marks` made into links.

    A marker that stands in a link stays as it is: a link cannot hold another.
    """
    safe = clean(html)
    if "linktype=" in safe:
        safe = expand_db_html(safe)
    if not marks or "<sup>" not in safe:
        return safe
    links = [link.span() for link in _LINK.finditer(safe)]
    return _SUP.sub(
        lambda sup: (
            sup[0] if any(s < sup.start() < e for s, e in links) else _link_marks(sup, marks)
        ),
        safe,
    )


def _link_marks(sup: re.Match[str], marks: frozenset[str]) -> str:
    """One `sup` may hold two marks ("20 21") and may be an ordinal and no mark at all."""

    def link(found: re.Match[str]) -> str:
        mark = found[0]
        if mark not in marks:
            return mark
        return f'{MARKER}{note_anchor(mark)}">{mark}</a>'

    inner = sup[1]
    return f"<sup>{inner if '<' in inner else _MARK.sub(link, inner)}</sup>"


def _marks(content: Content) -> frozenset[str]:
    return frozenset(escape(note["mark"], quote=False) for note in content.get("notes") or ())


def _notes(notes: Sequence[Mapping[str, str]] | None) -> str:
    if not notes:
        return ""
    marks = ", ".join(escape(note["mark"]) for note in notes)
    items = "".join(
        f'{NOTE_OPEN}{note_anchor(note["mark"])}"><span class="note-label">{escape(note["mark"])}'
        f"</span> <div>{prose(note['html'])}</div></li>"
        for note in notes
    )
    label = "Footnote" if len(notes) == 1 else "Footnotes"
    return f"{NOTES_OPEN}{label} {marks}</summary><ul>{items}</ul></details>"


def _body(content: Content) -> str:
    marks = _marks(content)
    parts = (
        prose(part["html"], marks)
        if part["type"] == "text"
        else _subparagraphs(part["items"], marks)
        for part in content["body"]
    )
    return "".join(parts) + _notes(content.get("notes"))


def _subparagraphs(items: Sequence[Mapping[str, Any]], marks: frozenset[str]) -> str:
    """Lists inside lists by depth; the label is printed as it stands, never counted."""
    html: list[str] = []
    depth = 0
    for item in items:
        wanted = min(max(int(item["depth"]), 1), depth + 1)
        if wanted > depth:
            html.append('<ol class="subparagraphs">')
        else:
            html.append("</li>" + "</ol></li>" * (depth - wanted))
        depth = wanted
        label = escape(item["label"])
        html.append(
            f'<li><span class="label">{label}</span> <div>{prose(item["html"], marks)}</div>'
        )
    return "".join(html) + "</li></ol>" * depth


def _table(content: Content) -> str:
    marks = _marks(content)
    title = escape(content.get("title") or "")
    caption = f"<caption>{title}</caption>" if title else ""
    header = "".join(
        f'<th scope="col">{prose(cell, marks)}</th>' if cell.strip() else "<td></td>"
        for cell in content.get("header") or ()
    )
    head = f"<thead><tr>{header}</tr></thead>" if header else ""
    rows = "".join(
        "<tr>" + "".join(f"<td>{prose(cell, marks)}</td>" for cell in row) + "</tr>"
        for row in content["rows"]
    )
    return (
        f'<div class="table-scroll" role="group" tabindex="0" aria-label="{title or "Table"}">'
        f"<table>{caption}{head}<tbody>{rows}</tbody></table></div>{_notes(content.get('notes'))}"
    )


def _figure(content: Content) -> str:
    """A picture; where there is none its text alternative stands in its place, in words."""
    image, alt = content.get("image"), escape(content.get("alt") or "")
    address = image_address(image["id"]) if image else None
    if image and address:
        size = f'width="{int(image["width"])}" height="{int(image["height"])}"'
        picture = f'<img src="{escape(address)}" alt="{alt}" {size} loading="lazy">'
    else:
        picture = f'<p class="alternative">{alt}</p>' if alt else ""
    title = escape(content.get("title") or "")
    caption = f"<figcaption>{title}</figcaption>" if title else ""
    description = prose(content.get("description") or "")
    return f"<figure>{caption}{picture}{description}</figure>"


def _quotation(content: Content) -> str:
    words = prose(content["html"], _marks(content))
    source = escape(content.get("source") or "")
    cited = f"<figcaption>{source}</figcaption>" if source else ""
    quoted = f'<figure class="quotation"><blockquote>{words}</blockquote>{cited}</figure>'
    return quoted + _notes(content.get("notes"))


def _question(content: Content) -> str:
    label = f"Question {escape(content.get('number') or '')}".strip()
    return f'<p class="question-label">{label}</p>{prose(content["html"])}'


def _glossary(content: Content) -> str:
    return prose(content["html"], _marks(content)) + _notes(content.get("notes"))


def _heading(content: Content) -> str:
    level = min(max(int(content.get("level") or 2), 2), 4)
    return f"<h{level}>{escape(content['title'])}</h{level}>"


_RENDERERS: dict[str, Callable[[Content], str]] = {
    "paragraph": _body,
    "text": _body,
    "box": _body,
    "table": _table,
    "figure": _figure,
    "quotation": _quotation,
    "question": _question,
    "glossary": _glossary,
    "heading": _heading,
}
