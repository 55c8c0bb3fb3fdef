"""Puts links into rendered words where they cite something, and where they use a defined term.

The words stay as they are: only tags are added, never inside a link, a heading, a footnote mark or
another annotation, and where a tag would break the markup the words are left alone. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from guidance.rendering.terms import Term, Terms

_TAG = re.compile(r"""<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_WORD = re.compile(r"&(?:#?\w+);|[^\s&]+|&")
_PLAIN = re.compile(r"\S+")
_BULLET = re.compile(r"(?m)^ *• ")
_NOTE_MARKS = re.compile(r'<sup>(?:\s|,|;|<a class="note-mark"[^>]*>[^<]*</a>)*</sup>')
_LEFT_OUT = re.compile(r'<summary>.*?</summary>|<span class="note-label">[^<]*</span>', re.DOTALL)
_CLOSED = frozenset({"a", "button", "summary", "sup", "h1", "h2", "h3", "h4", "h5", "h6", "label"})
_INLINE = frozenset({"b", "i", "sup"})
_OPENED = re.compile(r"<(?:b|i)>\Z")
_CLOSED_AFTER = re.compile(r"</(?:b|i)>")
_NOTES = '<details class="notes"'


@dataclass(frozen=True, slots=True)
class Link:
    """Characters `start` to `end` of the plain words lead to `address`."""

    start: int
    end: int
    address: str


@dataclass(slots=True)
class _Node:
    """A run of text between two tags; `free` says that it may be annotated."""

    start: int
    end: int
    free: bool


@dataclass(slots=True)
class _Squeezed:
    """Words without white space, and where each stands in the source: (place among the squeezed
    characters, place in the source, length there)."""

    text: str = ""
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, word: str, at: int, length: int) -> None:
        self.places.append((len(self.text), at, length))
        self.text += word

    def count(self, position: int) -> int:
        """How many squeezed characters stand before a position of the source."""
        index = bisect_right(self.places, position, key=lambda place: place[1]) - 1
        if index < 0:
            return 0
        squeezed, at, length = self.places[index]
        return squeezed + min(position - at, length)

    def position(self, index: int) -> int:
        """Where the squeezed character stands in the source; a character entity is one."""
        squeezed, at, length = self.places[
            bisect_right(self.places, index, key=lambda place: place[0]) - 1
        ]
        return at + min(index - squeezed, length)

    def end(self, index: int) -> int:
        """Where the squeezed character ends in the source."""
        place = bisect_right(self.places, index, key=lambda place: place[0]) - 1
        squeezed, at, length = self.places[place]
        following = self.places[place + 1][0] if place + 1 < len(self.places) else len(self.text)
        if following - squeezed != length:
            return at + length
        return at + index - squeezed + 1


def annotate(
    html: str,
    text: str,
    links: Sequence[Link],
    terms: Terms | None = None,
    owner: str = "",
    here: Container[str] = (),
) -> tuple[str, list[Term]]:
    """The HTML of a version with its citations as links, and the terms used that are explained at
    the end of the section.

    `text` are the plain words that `links` count in. `owner` is the reference of the block, which
    does not explain itself. A glossary entry whose reference is in `here` is linked to directly.
    """
    nodes = list(_nodes(html))
    insertions: list[tuple[int, int, str]] = []
    if links:
        insertions = list(_linked(html, text, links, nodes))
    used: list[Term] = []
    if terms:
        for start, end, term in _explained(html, nodes, terms, owner, insertions):
            insertions.append((start, end, term.tag(here)))
            if not term.stands_in(here):
                used.append(term)
    for start, end, tag in sorted(insertions, reverse=True):
        html = f"{html[:start]}{tag}{html[start:end]}</a>{html[end:]}"
    return html, used


def _nodes(html: str) -> Iterator[_Node]:
    """The runs of text with whether they are free; what is no word of the text is left out."""
    hidden = [m.span() for m in (*_NOTE_MARKS.finditer(html), *_LEFT_OUT.finditer(html))]
    closed = 0
    at = 0
    for tag in _TAG.finditer(html):
        if tag.start() > at and not any(s <= at < e for s, e in hidden):
            yield _Node(at, tag.start(), not closed)
        if tag["name"].lower() in _CLOSED:
            closed = max(closed + (-1 if tag["close"] else 1), 0)
        at = tag.end()
    if at < len(html):
        yield _Node(at, len(html), not closed)


def _linked(
    html: str, text: str, links: Sequence[Link], nodes: Sequence[_Node]
) -> Iterator[tuple[int, int, str]]:
    plain, shown = _squeezed_text(text), _squeezed_html(html, nodes)
    if plain.text.endswith(shown.text) or shown.text.endswith(plain.text):
        shift = len(shown.text) - len(plain.text)
    else:
        return
    last = 0
    for link in sorted(links, key=lambda link: (link.start, link.end)):
        first, after = plain.count(link.start) + shift, plain.count(link.end) + shift
        if first < 0 or after <= first:
            continue
        for start, end in _around(html, shown.position(first), shown.end(after - 1)):
            if start >= last and _can_be_wrapped(html, start, end, nodes):
                yield start, end, f'<a href="{escape(link.address)}">'
                last = end
                break


def _around(html: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words alone, then with the inline tags that open right before or close right after."""
    starts, ends = [start], [end]
    while opened := _OPENED.search(html, max(0, starts[-1] - 5), starts[-1]):
        starts.append(opened.start())
    while closed := _CLOSED_AFTER.match(html, ends[-1]):
        ends.append(closed.end())
    yield from ((s, e) for s in starts for e in ends)


def _can_be_wrapped(html: str, start: int, end: int, nodes: Sequence[_Node]) -> bool:
    """Whether a tag around it leaves the markup whole: free words, inline tags opened and closed."""
    if any(n.start < end and n.end > start and not n.free for n in nodes):
        return False
    open_tags: list[str] = []
    for tag in _TAG.finditer(html, start, end):
        name = tag["name"].lower()
        if name == "br":
            continue
        if name not in _INLINE:
            return False
        if not tag["close"]:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def _explained(
    html: str,
    nodes: Sequence[_Node],
    terms: Terms,
    owner: str,
    taken: Sequence[tuple[int, int, str]],
) -> Iterator[tuple[int, int, Term]]:
    """The first use of each term, notes left out; one that is explained right there needs no link."""
    spans = [(start, end) for start, end, _ in taken]
    ends = html.find(_NOTES)
    seen: set[str] = {term.anchor for term in terms.all if owner and term.reference == owner}
    for node in nodes:
        if not node.free or (ends >= 0 and node.start > ends):
            continue
        for start, end, term in terms.find(html, node.start, node.end):
            if term.anchor in seen or any(s < end and e > start for s, e in spans):
                continue
            seen.add(term.anchor)
            if not term.explained_before(html[node.start : start]):
                yield start, end, term


def _squeezed_text(text: str) -> _Squeezed:
    found = _Squeezed()
    bullets = {m.end() - 2 for m in _BULLET.finditer(text)}
    for word in _PLAIN.finditer(text):
        if word.start() not in bullets:
            found.add(word[0], word.start(), len(word[0]))
    return found


def _squeezed_html(html: str, nodes: Sequence[_Node]) -> _Squeezed:
    found = _Squeezed()
    for node in nodes:
        for word in _WORD.finditer(html, node.start, node.end):
            said = unescape(word[0]) if word[0][0] == "&" else word[0]
            if not said.isspace():
                found.add(said, word.start(), len(word[0]))
    return found
