"""Footnotes of a page: which links are markers, which elements are notes, which links lead back.

There is no element for a footnote in HTML, so each tool has its own way. What they share is a pair
of links: the marker leads to the note and the note leads back. Known names (govspeak, kramdown,
Pandoc, Word, LibreOffice, legislation.gov.uk, ARIA) are accepted without the way back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from guidance.readers.html_lists import list_counter

_MARK = re.compile(
    r"[\[({]*\s*(?:(?:foot|end)?note|fn\.?)?\s*"
    r"([0-9]{1,3}[a-z]?|[a-z]{1,2}|[ivxl]{1,6}|[*†‡§¶#]{1,4})\s*[\])}.]*",
    re.IGNORECASE,
)
_MARKER_NAMES = re.compile(
    r"foot-?note|end-?note|note-?ref|fn-?ref|mso-footnote-id|mso-endnote-id", re.I
)
_BACK_NAMES = re.compile(r"back|reverse|return|notesym", re.I)
_NOTE_FRAGMENT = re.compile(r"note|fn|ftn|sdfoot|endn", re.I)
_NOTE_BLOCKS = frozenset({"p", "li", "div", "section", "aside", "td", "th", "dd", "dt", "tr"})
_NOTE_CONTAINERS = frozenset({"div", "li", "aside", "section"})
_STOP = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "body", "main", "article", "table", "ul", "ol"}
)
_targets = etree.XPath("//*[@id] | //a[@name]")
_note_sections = etree.XPath(
    "//*[self::section or self::div or self::aside or self::ol]"
    "[contains(@class, 'footnote') or contains(@class, 'endnote') or @role = 'doc-endnotes']"
)
_has_heading = etree.XPath("boolean(.//h1 | .//h2)")


@dataclass(slots=True)
class Notes:
    """What is what: markers and notes by their mark, and the links (or lone marks) to leave out."""

    markers: dict[etree._Element, str] = field(default_factory=dict)
    definitions: dict[etree._Element, str] = field(default_factory=dict)
    back_links: set[etree._Element] = field(default_factory=set)


def find_notes(root: etree._Element) -> Notes:
    """The notes of a whole page."""
    notes = Notes()
    links = [(a, name) for a in root.iter("a") if (name := _fragment(a))]
    if links:
        _find_linked(root, links, notes)
    sections = _note_sections(root)
    within = set(sections)
    for section in sections:
        if not any(outer in within for outer in section.iterancestors()):
            _find_listed(section, notes)
    if notes.definitions:
        _find_unlinked_markers(root, notes)
    return notes


def _find_linked(
    root: etree._Element, links: list[tuple[etree._Element, str]], notes: Notes
) -> None:
    wanted = {name for _, name in links}
    targets: dict[str, etree._Element] = {}
    for element in _targets(root):
        for name in (element.get("id"), element.get("name")):
            if name in wanted:
                targets.setdefault(name, element)
    targeted = set(targets.values())
    seen: set[etree._Element] = set()
    for link, name in links:
        seen.add(link)
        if link in notes.back_links or _named_back(link):
            continue
        target = targets.get(name)
        note = _note_of(target, targeted) if target is not None else None
        if note is None or link in note.iterdescendants("a"):
            if _is_named_marker(link) and (target is None or note is None) and _mark_of(link):
                notes.markers[link] = _mark_of(link)
            continue
        back = [
            a
            for a in note.iter("a")
            if a not in seen and _leads_back(a, targets.get(_fragment(a)), link)
        ]
        mark = _mark_of(link)
        if not (_is_named_marker(link) or (mark and (back or _is_raised_note_link(link, name)))):
            continue
        mark = notes.definitions.setdefault(note, mark or _words(link))
        notes.markers[link] = mark
        notes.back_links.update(back)
    for note in notes.definitions:
        notes.back_links.update(a for a in note.iter("a") if _named_back(a))


def _find_listed(section: etree._Element, notes: Notes) -> None:
    """Notes of a section of notes that no marker leads to, so that they are notes all the same."""
    lists = [section] if section.tag == "ol" else section.iter("ol")
    for element in lists:
        if any(parent in notes.definitions for parent in element.iterancestors()):
            continue
        counter = list_counter(element)
        for item in element.iterchildren("li"):
            label = counter.label(dict(item.items())).rstrip(".")
            if item not in notes.definitions and not _holds_note(item, notes):
                notes.definitions[item] = label or "*"
                notes.back_links.update(a for a in item.iter("a") if _named_back(a))
    for paragraph in section.iter("p"):
        if any(e in notes.definitions for e in (paragraph, *paragraph.iterancestors())):
            continue
        first = next(iter(paragraph), None)
        if first is None or first.tag not in ("sup", "a") or (paragraph.text or "").strip():
            continue
        if mark := _mark_of(first):
            notes.definitions[paragraph] = mark
            notes.back_links.add(first)


def _find_unlinked_markers(root: etree._Element, notes: Notes) -> None:
    """Raised marks without a link that a note without a marker explains."""
    marked = set(notes.markers.values())
    waiting = {mark for mark in notes.definitions.values() if mark not in marked}
    if not waiting:
        return
    for raised in root.iter("sup"):
        if raised in notes.back_links or next(raised.iter("a"), None) is not None:
            continue
        if any(e in notes.definitions for e in raised.iterancestors()):
            continue
        if (mark := _mark_of(raised)) in waiting:
            notes.markers[raised] = mark


def _note_of(target: etree._Element, targeted: set[etree._Element]) -> etree._Element | None:
    """The element that holds the whole note whose target this is."""
    element: etree._Element | None = target
    while element is not None and element.tag not in _NOTE_BLOCKS:
        if element.tag in _STOP:
            return None
        element = element.getparent()
    if element is None or _has_heading(element):
        return None
    parent = element.getparent()
    if element.tag in ("td", "th"):
        return parent
    if element.tag == "dt":
        following = element.getnext()
        return following if following is not None and following.tag == "dd" else element
    if element.tag == "p" and parent is not None and _is_one_note(parent, element, targeted):
        return parent
    return element


def _is_one_note(
    container: etree._Element, first: etree._Element, targeted: set[etree._Element]
) -> bool:
    """Whether a container that opens with a note's first paragraph holds that note and no more."""
    if container.tag not in _NOTE_CONTAINERS or container[0] is not first or len(container) > 12:
        return False
    inside = sum(1 for element in islice(container.iterdescendants(), 500) if element in targeted)
    return inside <= 1 and not _has_heading(container)


def _leads_back(
    link: etree._Element, target: etree._Element | None, marker: etree._Element
) -> bool:
    if target is None:
        return False
    if target is marker or target is marker.getprevious() or target in marker.iterdescendants():
        return True
    return target in _ancestors(marker, 4) and target.tag not in _STOP


def _ancestors(element: etree._Element, most: int) -> Iterator[etree._Element]:
    for ancestor in element.iterancestors():
        if not most:
            return
        most -= 1
        yield ancestor


def _fragment(link: etree._Element) -> str:
    before, hash_mark, name = (link.get("href") or "").partition("#")
    return unquote(name) if hash_mark and "://" not in before else ""


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _mark_of(element: etree._Element) -> str:
    """The mark that a marker prints, without brackets: "[footnote 12]" is 12."""
    found = _MARK.fullmatch(_words(element))
    return found[1] if found else ""


def _names(link: etree._Element) -> str:
    keys = ("rel", "role", "class", "style", "{http://www.idpf.org/2007/ops}type", "epub:type")
    return " ".join(link.get(key) or "" for key in keys)


def _is_named_marker(link: etree._Element) -> bool:
    names = _names(link)
    return _MARKER_NAMES.search(names) is not None and not _BACK_NAMES.search(names)


def _named_back(link: etree._Element) -> bool:
    names = _names(link)
    return (
        _BACK_NAMES.search(names) is not None
        and (_MARKER_NAMES.search(names) is not None or "back" in names.lower())
        and bool(_fragment(link))
    )


def _is_raised_note_link(link: etree._Element, name: str) -> bool:
    raised = any(e.tag == "sup" for e in _ancestors(link, 2)) or link.find(".//sup") is not None
    return raised and _NOTE_FRAGMENT.search(name) is not None


def _holds_note(element: etree._Element, notes: Notes) -> bool:
    return any(inner in notes.definitions for inner in element.iterdescendants())
